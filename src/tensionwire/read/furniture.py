"""Page furniture: lines that sites put around reports, told by `data/furniture.tsv` and by their shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tensionwire.read.blocks import ended, squeezed, words
from tensionwire.read.tables import table

# Longer paragraphs are never furniture because of a phrase that they hold or begin with.
SHORT, PARAGRAPH = 40, 60
_BULLETS = " \t•·▪◦●○■□►▶▸»›|*_~✓→↓←–—\u3000"
_CLOSERS = _BULLETS + ".:…!>«,"
_DIGITS = re.compile(r"\d+")
_RULE = re.compile(r"^[\W_]*$")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$|^(?:[@#]\w+[\s,]*)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The table, ready to match: whole lines by their words, the rest as one expression a place."""

    line: Mapping[str, str]
    start: re.Pattern[str]
    end: re.Pattern[str]
    within: re.Pattern[str]
    kinds: Mapping[tuple[str, str], str]


def _pattern(phrases: list[str], form: str) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(form.format("|".join(map(re.escape, longest_first))))


@cache
def phrases() -> Phrases:
    """The table, read once."""
    kinds = {(where, phrase): kind for kind, where, phrase in table("furniture.tsv")}
    of = {place: [p for w, p in kinds if w == place] for place in ("line", "start", "end", "in")}
    return Phrases(
        line={phrase.strip(_CLOSERS): kinds["line", phrase] for phrase in of["line"]},
        start=_pattern(of["start"], r"({})(?!\w)"),
        end=_pattern(of["end"], r"({})$"),
        within=_pattern(of["in"], r"(?<!\w)({})"),
        kinds=kinds,
    )


def key(line: str) -> str:
    """What a line says without regard to case, numbers, bullets and kinds of quotation marks.

    >>> key("  • 16x9 Image")
    '#x# image'
    """
    low = squeezed(line).lower().replace("#", "♯").translate({0x2019: "'", 0x2018: "'"})
    return _DIGITS.sub("#", low).strip(_BULLETS)


def furniture(line: str) -> str | None:
    """The kind of furniture that a line is (see the table; "rule" for lines without words), or None.

    >>> furniture("0:00 0:01:59 0:00"), furniture("WATCH: Fire In The Port"), furniture("A fire broke out.")
    ('player', 'teaser', None)
    """
    if _RULE.match(line):
        return _shape(line)
    if _ADDRESS.match(line.strip()):
        return "share"
    low, table_, length = key(line), phrases(), words(line)
    if kind := table_.line.get(low.strip(_CLOSERS)):
        return kind
    for where, pattern, limit in (("start", table_.start, SHORT), ("end", table_.end, PARAGRAPH)):
        found = pattern.match(low) if where == "start" else pattern.search(low)
        if found and length <= limit and _fits(table_.kinds[where, found[1]], where, line):
            return table_.kinds[where, found[1]]
    found = table_.within.search(low) if length <= PARAGRAPH else None
    return table_.kinds["in", found[1]] if found else None


def _shape(line: str) -> str:
    """What a line without words is: the mark that ends agency copy, or a mere rule."""
    return table_kind if (table_kind := phrases().line.get(key(line).strip(_CLOSERS))) else "rule"


def _fits(kind: str, where: str, line: str) -> bool:
    """False for a long line that closes as a sentence does, and only begins like a teaser or button."""
    return kind not in ("teaser", "share", "nav") or not ended(line) or words(line) <= 18


def unwrapped(text: str) -> list[str]:
    """Lines of a text, with paragraphs that were broken at a fixed width put together again.

    >>> unwrapped("One\\n\\nTwo")
    ['One', 'Two']
    """
    paragraphs = [
        [squeezed(line) for line in part.split("\n") if line.strip()] for part in re.split(r"\n[ \t\u00a0]*\n", text)
    ]
    inner = sorted(len(line) for part in paragraphs for line in part[:-1])
    whole = [line for part in paragraphs for line in part[:-1]]
    width = inner[int(len(inner) * 0.9)] if inner else 0
    # Broken text has many lines of about one width that end in the middle of a sentence, and none much wider.
    broken = (
        len(inner) >= 2
        and 45 <= width <= 120
        and max(len(line) for part in paragraphs for line in part) <= width + 15
        and inner[len(inner) // 2] >= 0.75 * width
        and sum(not ended(line) for line in whole) >= 0.7 * len(whole)
    )
    return [line for part in paragraphs for line in (_mended(part, width) if broken else part) if line]


def _mended(lines: list[str], width: int) -> list[str]:
    """A broken paragraph: a line goes on in the next one when it is about as wide as the text."""
    mended: list[str] = []
    going_on = False
    for line in lines:
        if going_on:
            mended[-1] += " " + line
        else:
            mended.append(line)
        going_on = len(line) >= 0.7 * width
    return mended
