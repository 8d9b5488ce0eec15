"""One pass over a report's text: its words, the names that the tables know, the names that they do not.

Everything that the resolver of actors does afterwards works on these words; offsets are those of the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tensionwire.ontology.gazetteer import WORD, Entry, Gazetteer, key
from tensionwire.records import Span
from tensionwire.resolve.names import names as find
from tensionwire.resolve.words import Hit, Name, Word

# A sentence with so large a share of capitals and no stop is a headline in title case: capitals say nothing there.
TITLE_CASE = 0.7

T = TypeVar("T", "Hit", "Name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The words of a text; `at` tells for each word the hit that it belongs to, if any."""

    words: tuple[Word, ...]
    starts: tuple[int, ...]
    sentence: tuple[int, ...]
    hits: tuple[Hit, ...]
    at: tuple[Hit | None, ...]
    names: tuple[Name, ...]
    named: tuple[Name | None, ...]
    headline: frozenset[int]

    def reach(self, span: Span) -> tuple[int, int]:
        """The words that a span covers, `[first, last)`."""
        first = bisect_left(self.starts, span.start)
        if first and self.words[first - 1].end > span.start:
            first -= 1
        return first, bisect_left(self.starts, span.end, first)

    def hits_in(self, first: int, last: int) -> list[Hit]:
        """Hits that lie within a stretch of words."""
        found = []
        at = first
        while at < last:
            hit = self.at[at]
            if hit is not None and hit.first >= first and hit.last <= last:
                found.append(hit)
            at = hit.last if hit is not None else at + 1
        return found

    def names_in(self, first: int, last: int) -> list[Name]:
        """Names that share words with a stretch, cut to it."""
        found = []
        at = first
        while at < last:
            name = self.named[at]
            if name is not None:
                found.append(Name(max(name.first, first), min(name.last, last)))
            at = name.last if name is not None else at + 1
        return found

    def text(self, first: int, last: int) -> str:
        """Words `[first, last)` as one string, single blanks between them where the text has any space."""
        parts: list[str] = []
        for at in range(first, last):
            word = self.words[at]
            if parts and word.start > self.words[at - 1].end:
                parts.append(" ")
            parts.append(word.text)
        return "".join(parts)

    def span(self, first: int, last: int) -> Span:
        """Where words `[first, last)` stand in the text."""
        return Span(self.words[first].start, self.words[last - 1].end)


def scan(
    text: str,
    sentences: Sequence[Span],
    date: str | None = None,
    renowned: Callable[[str], bool] = lambda name: False,
) -> Scan:
    """Read a text once; `date` decides between meanings that changed, `renowned` knows full names of persons.

    >>> read = scan("Russia backs Bashar Jafari, a UN envoy.", [Span(0, 39)])
    >>> [(read.text(h.first, h.last), h.entry.code) for h in read.hits]
    [('Russia', 'RUS'), ('UN', 'UNO')]
    >>> [read.text(*name) for name in read.names]
    ['Bashar Jafari']
    """
    words = tuple(_words(text))
    placed = tuple(_placed(words, sentences))
    hits = tuple(_hits(words, Gazetteer.load(), date))
    at = _spread(hits, len(words))
    headline = frozenset(_title_case(words, placed))
    names = tuple(find(words, placed, at, headline, renowned))
    return Scan(
        words=words,
        starts=tuple(w.start for w in words),
        sentence=placed,
        hits=hits,
        at=at,
        names=names,
        named=_spread(names, len(words)),
        headline=headline,
    )


def _words(text: str) -> Iterator[Word]:
    for found in WORD.finditer(text):
        token = found.group()
        yield Word(found.start(), found.end(), token, key(token))


def _placed(words: Sequence[Word], sentences: Sequence[Span]) -> Iterator[int]:
    """The sentence of each word; words between sentences go with the one before."""
    index = 0
    for word in words:
        while index + 1 < len(sentences) and word.start >= sentences[index + 1].start:
            index += 1
        yield index


def _hits(words: Sequence[Word], gazetteer: Gazetteer, date: str | None) -> Iterator[Hit]:
    keys = [w.key for w in words]
    texts = [w.text for w in words]
    at = 0
    while at < len(words):
        found = gazetteer.match(keys, texts, at) if texts[at] != keys[at] else None
        if found is None or (texts[at].isupper() and _shouted(texts, at, found)):
            at += 1
            continue
        yield Hit(at, at + found[0], _meant(found[1], date))
        at += found[0]


def _shouted(texts: Sequence[str], at: int, found: tuple[int, tuple[Entry, ...]]) -> bool:
    """Whether capitals mislead: a short word among others in capitals ("THIS IS WAR"), a name that is no acronym
    among plain words ("SERB", a movement, is not the Serbs)."""
    around = [t for t in (*texts[max(0, at - 2) : at], *texts[at + found[0] : at + found[0] + 2]) if t.isalpha()]
    loud = bool(around) and all(t.isupper() for t in around)
    if len(texts[at]) <= 3:
        return loud and texts[at] in ("IS", "US", "WHO", "AU")
    proper = found[1][0].kind in ("adjective", "people", "name", "ethnic")
    return proper and not loud and found[0] == 1 and texts[at].isalpha() and texts[at] not in ("USSR", "DPRK")


def _meant(entries: tuple[Entry, ...], date: str | None) -> Entry:
    """Of several meanings the first that holds on the day."""
    return next((e for e in entries if e.holds(date)), entries[0])


def _spread(found: Sequence[T], count: int) -> tuple[T | None, ...]:
    at: list[T | None] = [None] * count
    for one in found:
        at[one.first : one.last] = [one] * (one.last - one.first)
    return tuple(at)


def _title_case(words: Sequence[Word], placed: Sequence[int]) -> Iterator[int]:
    long, capital = Counter[int](), Counter[int]()
    for word, sentence in zip(words, placed, strict=True):
        if len(word.text) > 3 and word.text[0].isalpha():
            long[sentence] += 1
            capital[sentence] += word.capital
    stopped = {placed[at] for at, word in enumerate(words) if word.text in ".!?" and _closes(at, placed)}
    for sentence, count in long.items():
        if count > 1 and capital[sentence] >= TITLE_CASE * count and sentence not in stopped:
            yield sentence


def _closes(at: int, placed: Sequence[int]) -> bool:
    """Whether a mark stands at the end of its sentence, quotation marks aside."""
    return at + 2 >= len(placed) or placed[at + 2] != placed[at]
