"""Parties of a sentence: whoever it names, resolved mentions first, names of the tables besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tensionwire.coding.who import MOST_MEMBERS
from tensionwire.ontology.gazetteer import WORD, Gazetteer, key
from tensionwire.records import Identity, Resolved, Span

_COORDINATED = re.compile(r"\W*(?:and|or|both|as well as|with)?\W*(?:the)?\W*", re.IGNORECASE)
_PIECES = re.compile(r"[^-‑]+")


@dataclass(frozen=True, slots=True)
class Party:
    """Words that name one side: the codes of the states meant (none: unknown), and the name."""

    span: Span
    codes: tuple[str, ...]
    name: str


Side = tuple[Party, ...]


def parties_by_sentence(resolved: Resolved) -> Mapping[int, Mapping[Span, Identity]]:
    """The resolved mentions of a report by the sentence that they stand in."""
    found: dict[int, dict[Span, Identity]] = {}
    sentences, s = resolved.annotated.sentences, 0
    for span in sorted(resolved.identities):
        while s < len(sentences) and sentences[s].end <= span.start:
            s += 1
        if s < len(sentences) and sentences[s].holds(span):
            found.setdefault(s, {})[span] = resolved.identities[span]
    return found


def parties(resolved: Resolved, s: int, identities: Mapping[Span, Identity]) -> list[Party]:
    """Whoever a sentence names, in text order.

    What a word like "Russian-backed" names is a party of its own within the words for the other one.
    """
    text = resolved.annotated.report.text
    known = [party(span, who) for span, who in identities.items()]
    known = [one for one in known if one.codes or one.name[:1].isupper()]
    known = [one for one in known if not any(one != o and one.span.holds(o.span) for o in known)]
    named = [
        one
        for one in _named(resolved, resolved.annotated.sentences[s])
        if _half_a_word(one.span, text) or not any(one.span.overlap(o.span) for o in known)
    ]
    return sorted((*known, *named), key=lambda one: (one.span.start, -one.span.end))


def party(span: Span, who: Identity) -> Party:
    """A resolved mention as a party; a group stands for its members unless there are too many to name."""
    members = who.members if 2 <= len(who.members) <= MOST_MEMBERS else ()
    return Party(span, (who.code,) if who.code else members, who.name)


def groups(found: Sequence[Party], text: str) -> list[Side]:
    """Parties that stand side by side ("Russia and Iran") as one group."""
    grouped: list[list[Party]] = []
    for one in found:
        if grouped and _COORDINATED.fullmatch(text, grouped[-1][-1].span.end, one.span.start):
            grouped[-1].append(one)
        else:
            grouped.append([one])
    return [tuple(group) for group in grouped]


def _half_a_word(span: Span, text: str) -> bool:
    return text[span.start - 1 : span.start] == "-" or text[span.end : span.end + 1] == "-"


def _named(resolved: Resolved, within: Span) -> Iterator[Party]:
    """States, bodies and armed groups that the tables know by the words of a stretch."""
    text, day = resolved.annotated.report.text, resolved.annotated.report.published
    spans = [
        Span(*piece.span())
        for word in WORD.finditer(text, within.start, within.end)
        for piece in _PIECES.finditer(text, word.start(), word.end())
    ]
    words = [span.of(text) for span in spans]
    keys, at, table = [key(word) for word in words], 0, Gazetteer.load()
    while at < len(words):
        match = table.match(keys, words, at) if words[at][:1].isupper() else None
        entry = next((e for e in match[1] if e.holds(day)), None) if match else None
        if match and entry is not None and entry.code != "-":
            yield Party(Span(spans[at].start, spans[at + match[0] - 1].end), (entry.code,), entry.name)
        at += match[0] if match else 1
