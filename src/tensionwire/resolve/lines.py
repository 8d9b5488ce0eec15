"""A sentence as words with capitals: where names may start and end in it, and what leads to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from tensionwire.ontology.places import PlaceWords, place_words
from tensionwire.records import Span

MOST_WORDS = 5

_WORD = re.compile(r"(?:St|Mt|Ft|Sts)\.|(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-‑'’](?![sS]\b)[^\W_]+)*|['’][sS]\b")
_IN_A_NAME = frozenset({" ", "-"})
# "al-Shayrat" starts a name with a small letter.
_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|at|ad|an|az|ez|es|et)[-‑]\S", re.IGNORECASE)
_SMALL = frozenset({"the", "a", "an", "as", "but", "by", "with", "after", "before", "during", "when", "while"})


class Word(NamedTuple):
    """A word of the text; `low` is its form in small letters."""

    start: int
    end: int
    text: str
    low: str
    capital: bool


class Found(NamedTuple):
    """A place name; `core` is the name without what widens it, `hint` what kind of place is told."""

    span: Span
    core: Span
    hint: str


class Line:
    """One sentence. Names are words `[first, last)`."""

    def __init__(self, text: str, sentence: Span) -> None:
        self.text = text
        self.words = list(_words(text, sentence))
        self.known: PlaceWords = place_words()
        self.passed = self.known.passed

    @cached_property
    def headline(self) -> bool:
        """Whether most longer words are capitalised and no full stop ends them: capitals say nothing here."""
        long = [w for w in self.words if len(w.text) > 3]
        if len(long) < 3 or self.text.startswith((".", '."', ".”"), self.words[-1].end):
            return False
        return sum(w.capital for w in long) > 0.7 * len(long)

    def span(self, first: int, last: int) -> Span:
        """Where words stand in the text."""
        return Span(self.words[first].start, self.words[last - 1].end)

    def touch(self, at: int) -> bool:
        """Whether nothing but a blank stands before a word."""
        return 0 < at < len(self.words) and self.text[self.words[at - 1].end : self.words[at].start] == " "

    def small(self, word: Word) -> bool:
        """Whether a word is a preposition, a direction or another small word."""
        low, known = word.low, self.known
        return low in known.before or low in known.weak or low in known.direction or low in _SMALL

    def ends(self, first: int) -> list[int]:
        """Where names may end: capitalised words in a row, small words allowed between."""
        ends, words = [first + 1], self.words
        for at in range(first + 1, min(len(words), first + MOST_WORDS)):
            if self.text[words[at - 1].end : words[at].start] not in _IN_A_NAME:
                break
            if words[at].capital:
                ends.append(at + 1)
            elif words[at].low not in self.known.inside:
                break
        return ends

    def led(self, first: int, *, surely: bool = False) -> bool:
        """Whether a preposition of place, or "the town of", leads to a name."""
        words, known = self.words, self.known
        while first and words[first - 1].low in self.passed:
            first -= 1
        if not first:
            return False
        if words[first - 1].low in (known.sure if surely else known.before):
            return True
        return first > 1 and words[first - 1].low == "of" and words[first - 2].low in known.of

    def part_of_name(self, first: int, last: int, demonyms: frozenset[str]) -> bool:
        """Whether words are a part of a longer name: "Paris Hilton", "Sydney Smith", "Aleppo Times"."""
        if first > 1 and self.touch(first):
            before = self.words[first - 1]
            plain = self.small(before) or before.low in demonyms or before.low in self.known.of
            if before.capital and not plain:
                return True
        if not self.touch(last) or not self.words[last].capital:
            return False
        after = self.words[last]
        return after.low in self.known.body or not (after.low in self.known.after or self.small(after))

    def noun_after(self, last: int) -> str:
        """What kind of place the noun right after a name tells, "" where none stands there."""
        return self.known.after.get(self.words[last].low, "") if self.touch(last) else ""

    def goes_on(self, last: int) -> bool:
        """Whether a plain word follows at once that is no noun of place and no small word."""
        return self.touch(last) and not self.noun_after(last) and not self.small(self.words[last])

    def chained(self, last: int) -> Word | None:
        """The word behind a comma after a name: "Kunduz, Afghanistan"."""
        if last < len(self.words) and self.text[self.words[last - 1].end : self.words[last].start] == ", ":
            return self.words[last]
        return None

    def widened(self, first: int, last: int) -> Found:
        """A name with what belongs to it: "eastern Ukraine", "Kyiv region"."""
        if self.touch(first) and self.words[first - 1].low in self.known.article:
            first -= 1
        core, hint = self.span(first, last), self.noun_after(last)
        start = first - 1 if self.touch(first) and self.words[first - 1].low in self.known.direction else first
        whole = self.span(start, last + 1 if hint else last)
        if not hint and first > 1 and self.words[first - 1].low == "of":
            hint = self.known.of.get(self.words[first - 2].low, "")
        return Found(whole, core, hint)


def _words(text: str, sentence: Span) -> Iterator[Word]:
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        token = match.group()
        capital = token[0].isupper() or ("-" in token and _ARTICLE.match(token) is not None)
        yield Word(match.start(), match.end(), token, token.lower(), capital)
