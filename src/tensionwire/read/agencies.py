"""Credited news agencies: whose reporting a report says it draws on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tensionwire.read.tables import grouped, table

# Credits stand in the dateline and in the last lines; elsewhere an agency is a source like any other.
HEAD, TAIL = 300, 900
_LIST = 200
_WORD = re.compile(r"\w+")
_MARKS = str.maketrans(dict.fromkeys(",.;:!?()[]{}/&—–-'\"“”‘’«»…*|", " "))
_STOP = re.compile(r"(?<![A-Z])[.;](?:\s|$)|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Agency names and the words of a credit, as expressions."""

    named: Mapping[str, str]
    name: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    line: re.Pattern[str]
    dateline: re.Pattern[str]
    signed: re.Pattern[str]
    openings: frozenset[str]
    wide: tuple[str, ...]


def _any(texts: tuple[str, ...]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


@cache
def credits() -> Credits:
    """The two tables, read once."""
    named = {alias: name for name, also in table("agencies.tsv") for alias in (name, *also.split("|")) if alias}
    cues = grouped("credit_cues.tsv")
    # Names in scripts without spaces run on into the next word (新华社北京).
    wide = tuple(n for n in named if ord(n[0]) > 0x2E80)
    spaced = tuple(n for n in named if n not in wide)
    name = rf"(?:(?<![\w-])(?:{_any(spaced)})(?![\w-])|(?:{_any(wide)}))"
    return Credits(
        named=named,
        name=re.compile(name),
        before=re.compile(rf"(?<!\w)(?:{_any(cues['before'])})(?!\w)", re.IGNORECASE),
        after=re.compile(rf"(?<!\w)(?:{_any(cues['after'])})(?!\w)", re.IGNORECASE),
        line=re.compile(rf"\W*(?:{_any(cues['line'])})(?!\w)", re.IGNORECASE),
        dateline=re.compile(
            rf"[^\n.!?]{{0,80}}?\(\s*({name}(?:\s*[/,&-]\s*{name})*)\s*\)|\W*({name})(?=[\u3000-\u9fff])"
        ),
        signed=re.compile(
            rf"(?:\(([^()\n]{{2,60}})\)|(?:[—–/]{{1,2}}|\s--?)\s*({name}(?:\s*[/,&]\s*{name})*)\s*/?)\s*$"
        ),
        openings=frozenset(_WORD.findall(n)[0] for n in spaced),
        wide=wide,
    )


def _named_at_all(stretch: str) -> bool:
    """False where no agency can be named, told at a tenth of the cost of looking for credits."""
    known = credits()
    if not known.openings.isdisjoint(stretch.translate(_MARKS).split()):
        return True
    return not stretch.isascii() and any(name in stretch for name in known.wide)


def _listed(stretch: str) -> Iterator[tuple[int, str]]:
    """The agencies of a stretch, with where they stand."""
    known = credits()
    for match in known.name.finditer(stretch):
        yield match.start(), known.named[match[0]]


def credit_line(line: str) -> bool:
    """True for a line of its own that credits others, such as ends a report.

    >>> credit_line("With reporting by Reuters and dpa"), credit_line("Reporting by Ann Lee; editing by Bo")
    (True, True)
    >>> credit_line("Reuters reported that the port was closed.")
    False
    """
    if len(line) > 300:
        return False
    known = credits()
    if known.line.match(line):
        return True
    return bool(known.after.search(line) and len(line) <= 200)


def _before(text: str) -> Iterator[tuple[int, str]]:
    """Agencies that follow the words of a credit: "based on reporting by AFP and TASS"."""
    for cue in credits().before.finditer(text):
        stretch = text[cue.end() : cue.end() + _LIST]
        stop = _STOP.search(stretch)
        found = list(_listed(stretch[: stop.start()] if stop else stretch))
        # "Information from the ministry, which Reuters has seen" credits nobody.
        if found and found[0][0] <= 60:
            yield from ((cue.end() + at, name) for at, name in found)


def _after(text: str) -> Iterator[tuple[int, str]]:
    """Agencies that stand before the words of a credit: "The Associated Press contributed to this report"."""
    for cue in credits().after.finditer(text):
        stretch = text[max(0, cue.start() - _LIST) : cue.start()]
        starts = [stop.end() for stop in _STOP.finditer(stretch)]
        base = max(0, cue.start() - _LIST) + (starts[-1] if starts else 0)
        yield from ((base + at, name) for at, name in _listed(text[base : cue.start()]))


def agencies(text: str, byline: str | None = None) -> tuple[str, ...]:
    """The agencies that a report credits, in the order in which it names them.

    >>> agencies("Talks failed.\\n\\nWith reporting by Reuters, AP, AFP, and dpa")
    ('Reuters', 'AP', 'AFP', 'dpa')
    >>> agencies("GENEVA (AP) — Envoys met."), agencies("Reuters said it had seen the letter.")
    (('AP',), ())
    """
    known = credits()
    head, at = text[:HEAD], max(0, len(text) - TAIL)
    found: list[tuple[int, str]] = []
    if not (byline or _named_at_all(head) or _named_at_all(text[at:])):
        return ()
    if opening := known.dateline.match(head):
        found += _listed(opening[1] or opening[2])
    found += list(_before(head)) if at else []
    found += [(at + place, name) for place, name in (*_before(text[at:]), *_after(text[at:]))]
    found += [(len(text), name) for name in _signature(text[at:])]
    found += [(-1, name) for _, name in _listed(byline or "")]
    return tuple(dict.fromkeys(name for _, name in sorted(found, key=lambda pair: pair[0])))


def _signature(tail: str) -> list[str]:
    """The agencies in a closing bracket or after a closing dash, where nothing but names stands there."""
    known = credits()
    signed = known.signed.search(tail.rstrip())
    if not signed:
        return []
    names = signed[1] or signed[2]
    rest = known.name.sub("", names)
    return [name for _, name in _listed(names)] if len(rest.strip(" ,/&-+").split()) <= 1 else []
