"""Ties that a report states in so many words, where the encoder marked none.

Three exact patterns over named parties ("A-backed B"; "A, another key B ally", "B's ally A"; "A, an ally of
B"), with words from `data/tie_words.tsv`. On the training reports nine in ten of what they find is right;
"pro-A" and "anti-A" are left out, since fewer than half of them were ties between states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tensionwire.coding.parties import Party
from tensionwire.records import Span

_TABLE = Path(__file__).parent / "data" / "tie_words.tsv"
PRECISION = 0.9
_FEW_WORDS = r"(?:[\w’'-]+\s+){0,3}"
_GENITIVE = re.compile(r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,2}")
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_SUBJECT = re.compile(rf"(?:,|\s+(?:is|are|remains?|was|were|as))\s*{_FEW_WORDS}")
_BEHIND = re.compile(r",?\s+(?:the\s+)?")
_NEAR = 25


@dataclass(frozen=True, slots=True)
class Stated:
    """A tie found by a pattern: the words, its sign and its two parties."""

    span: Span
    sign: str
    a: Party
    b: Party


@dataclass(frozen=True, slots=True)
class _Words:
    signs: Mapping[str, str]
    compound: re.Pattern[str]
    noun: re.Pattern[str]


def may_state(sentence: str) -> bool:
    """Whether a sentence holds a word that can state a tie, so that a closer look is worth while.

    >>> may_state("It is an old ally."), may_state("It rained.")
    (True, False)
    """
    words = _words()
    return words.noun.search(sentence) is not None or words.compound.search(sentence) is not None


def stated(text: str, sentence: Span, found: Sequence[Party]) -> Iterator[Stated]:
    """The ties that a sentence states between the parties found in it."""
    words = _words()
    for match in words.noun.finditer(text, sentence.start, sentence.end):
        pair = _by_noun(text, match, found)
        if pair is not None:
            yield _stated(words, match, *pair)
    for one in found:
        match_ = words.compound.match(text, one.span.end)
        other = _backed(one, match_, found) if match_ else None
        if match_ and other is not None:
            yield _stated(words, match_, one, other)


def _stated(words: _Words, match: re.Match[str], a: Party, b: Party) -> Stated:
    span = Span(min(a.span.start, b.span.start, match.start()), max(a.span.end, b.span.end, match.end()))
    return Stated(span, words.signs[match.group(1).lower()], a, b)


def _by_noun(text: str, match: re.Match[str], found: Sequence[Party]) -> tuple[Party, Party] | None:
    """The one who is the ally, and the one whose ally it is."""
    before = [one for one in found if one.span.end <= match.start()]
    after = [one for one in found if one.span.start >= match.end()]
    owner = next((one for one in before if _GENITIVE.fullmatch(text, one.span.end, match.start())), None)
    start = owner.span.start if owner else match.start()
    if owner is None:
        owner = next((one for one in after if _OF.fullmatch(text, match.end(), one.span.start)), None)
        after = []
    if owner is None:
        return None
    subject = [one for one in before if one.span.end <= start and _SUBJECT.fullmatch(text, one.span.end, start)]
    behind = [one for one in after if _BEHIND.fullmatch(text, match.end(), one.span.start)]
    who = subject[-1] if subject else behind[0] if behind else None
    return (who, owner) if who is not None else None


def _backed(one: Party, match: re.Match[str], found: Sequence[Party]) -> Party | None:
    """Whom the compound describes: the next party close by, or the one whose words hold it."""
    following = [o for o in found if 0 <= o.span.start - match.end() <= _NEAR]
    around = [o for o in found if o is not one and o.span.start <= one.span.start and o.span.end > match.end()]
    return next(iter((*around, *following)), None)


@cache
def _words() -> _Words:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    classes = {kind: [word for k, _, word in rows if k == kind] for kind in ("compound", "noun")}
    return _Words(
        signs=MappingProxyType({word: sign for _, sign, word in rows}),
        compound=re.compile(rf"-({'|'.join(classes['compound'])})\b", re.IGNORECASE),
        noun=re.compile(rf"\b({'|'.join(classes['noun'])})\b", re.IGNORECASE),
    )
