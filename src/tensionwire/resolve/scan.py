"""One pass over a report's text: its words, the names that the tables know, the names that they do not.

Everything that the resolver of actors does afterwards works on these words; offsets are those of the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from tensionwire.ontology.agents import agents, singulars
from tensionwire.ontology.gazetteer import WORD, Entry, Gazetteer, key
from tensionwire.ontology.grammar import grammar
from tensionwire.records import Span

# A sentence with so large a share of capitals and no stop is a headline in title case: capitals say nothing there.
TITLE_CASE = 0.7
# Nouns of the agents' table that are common family names.
_SURNAMES = frozenset({"bishop", "king", "pope", "prince", "judge", "major", "marshal", "fisher", "farmer", "may", "knight",
                       "page", "monk", "priest", "guard", "miner", "driver", "shepherd", "merchant", "mayor", "sheriff",
                       "hunter", "carpenter", "porter", "abbott", "dean", "brother", "pilot", "walker", "singer"})  # fmt: skip


# Months that are names of persons too: "Theresa May".
_MONTHS = frozenset({"may", "april", "june", "august"})

T = TypeVar("T", "Hit", "Name")


class Word(NamedTuple):
    """A word or mark of the text, with the form by which it is compared."""

    start: int
    end: int
    text: str
    key: str

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()


class Hit(NamedTuple):
    """Words `[first, last)` that a table knows."""

    first: int
    last: int
    entry: Entry


class Name(NamedTuple):
    """Capitalised words `[first, last)` that no table knows: a person, a place, a body."""

    first: int
    last: int


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
        parts = []
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
    names = tuple(_names(words, placed, at, headline, renowned))
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


def _names(
    words: Sequence[Word],
    placed: Sequence[int],
    hit: Sequence[Hit | None],
    headline: frozenset[int],
    renowned: Callable[[str], bool],
) -> list[Name]:
    """Names of plain sentences first; in headlines and at the start of sentences only what is a name elsewhere."""
    sure = [n for n in _runs(words, placed, hit) if placed[n.first] not in headline]
    known = {words[at].key for n in sure for at in range(n.first, n.last) if not _opens(n.first, placed)}
    names = [n for n in (_trusted(n, words, placed, known) for n in sure) if n is not None]
    known.update(words[at].key for n in names for at in range(n.first, n.last))
    for run in _runs(words, placed, hit):
        if placed[run.first] in headline:
            names.extend(_pieces(run, words, known, renowned))
    return sorted(names)


def _runs(words: Sequence[Word], placed: Sequence[int], hit: Sequence[Hit | None]) -> Iterator[Name]:
    """Stretches of capitalised words that are neither known nor roles nor function words."""
    small = grammar().particle
    at = 0
    while at < len(words):
        if not _namelike(words, at, hit):
            at += 1
            continue
        last = at + 1
        while last < len(words) and placed[last] == placed[at]:
            if _namelike(words, last, hit):
                last += 1
            elif words[last].key in small and last + 1 < len(words) and _namelike(words, last + 1, hit):
                last += 2
            else:
                break
        yield Name(at, last)
        at = last


def _joined(words: Sequence[Word], first: int, last: int) -> str:
    return " ".join(w.text for w in words[first:last])


def _namelike(words: Sequence[Word], at: int, hit: Sequence[Hit | None]) -> bool:
    word = words[at]
    first = word.text[0]
    if hit[at] is not None or not (first.isupper() or (word.key.startswith(("al-", "el-")) and "-" in word.text)):
        return False
    if word.key in grammar().stop and not (word.key in _MONTHS and at and words[at - 1].capital and hit[at - 1] is None):
        return False
    if role(word.key) and not _surname(words, at, hit):
        return False
    if at + 1 < len(words) and f"{word.key} {words[at + 1].key}" in agents():
        return False
    return not ("-" in word.text and _compounded(word.key))


def _surname(words: Sequence[Word], at: int, hit: Sequence[Hit | None]) -> bool:
    """Whether a noun of office ends a name ("Julie Bishop", "Martin King"): a given name before it, no name after."""
    if at == 0 or not words[at].capital or hit[at - 1] is not None or not words[at - 1].capital:
        return False
    before, after = words[at - 1].key, words[at + 1] if at + 1 < len(words) else None
    if words[at].key not in _SURNAMES or before in grammar().stop or role(before) or f"{before} {words[at].key}" in agents():
        return False
    return after is None or not after.capital




def _compounded(word: str) -> bool:
    """ "Russian-occupied", "pro-Kremlin": a compound, no name."""
    front, _, back = word.rpartition("-")
    words = grammar()
    return back in words.outer or back in words.local or front in ("pro", "anti", "ex", "non", "mid")


def role(word: str) -> bool:
    """Whether a folded word is a noun of the agents' table or a form of address: no part of a name.

    >>> role("president"), role("ministers"), role("lavrov")
    (True, True, False)
    """
    words = grammar()
    if word in words.honorific or word in words.person or word in words.apart:
        return True
    return any(form in agents() for form in singulars(word))


def _opens(at: int, placed: Sequence[int]) -> bool:
    return at == 0 or placed[at - 1] != placed[at]


def _trusted(name: Name, words: Sequence[Word], placed: Sequence[int], known: set[str]) -> Name | None:
    """A run that opens a sentence may start with a plain word: it counts when it is a name elsewhere or goes on."""
    if not _opens(name.first, placed) or words[name.first].key in known:
        return name
    if name.last - name.first == 1:
        after = words[name.last].key if name.last < len(words) else ""
        return name if after in ("'s", "’s") else None
    if words[name.first + 1].key in known and name.last - name.first == 2 and _plain(words[name.first].key):
        return Name(name.first + 1, name.last)
    return name


def _plain(word: str) -> bool:
    """Whether a word looks like an adjective, participle or adverb rather than a given name."""
    return word.endswith(("ed", "ing", "ly", "ist", "ous", "ive", "ful", "ic"))


def _pieces(run: Name, words: Sequence[Word], known: set[str], renowned: Callable[[str], bool]) -> Iterator[Name]:
    """The names in a run of a headline: words that are names elsewhere, and full names of the table of offices."""
    at = run.first
    while at < run.last:
        last = next((e for e in (at + 3, at + 2) if e <= run.last and renowned(_joined(words, at, e))), at)
        while last < run.last and words[last].key in known:
            last += 1
        if last > at:
            yield Name(at, last)
        at = max(last, at + 1)
