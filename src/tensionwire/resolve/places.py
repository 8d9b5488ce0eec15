"""Where: the place names of a report, and the places of the gazetteer that they mean.

A name is read in its surroundings: what stands before and after it ("near X", "X province", "Paris Hilton"), the
states that the report speaks of, the places it names elsewhere. A name that the gazetteer lacks stays as written,
without coordinates, with the reason.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tensionwire.ontology.calendar import calendar_words
from tensionwire.ontology.countries import countries
from tensionwire.ontology.places import Entry, PlaceTable, PlaceWords, key, place_table, place_words
from tensionwire.records import Annotated, Place, Span

UNLISTED = "not in the gazetteer"
# A town of so many people may be named without a word that leads to it; the capital of a state always may.
WELL_KNOWN = 300_000
# In a state that the report speaks of, so many are enough.
AT_HOME = 2_000
MOST_WORDS = 5


class Word(NamedTuple):
    """A word of the text."""

    start: int
    end: int
    text: str
    low: str
    capital: bool


class Found(NamedTuple):
    """Words `[first, last)` of a sentence that are a place name; `core` is the name without what widens it."""

    span: Span
    core: Span
    hint: str


@dataclass(frozen=True, slots=True)
class Places:
    """The gazetteer with what is needed to choose between places of one name."""

    table: PlaceTable
    words: PlaceWords
    states: Mapping[str, str]
    demonyms: Mapping[str, str]
    capitals: frozenset[str]

    @classmethod
    def load(cls) -> Places:
        """The shipped tables, read at first use."""
        return _shipped()

    def lookup(
        self, name: str, *, country: str | Mapping[str, int] | None = None, near: tuple[float, float] | None = None
    ) -> Place | None:
        """The place of a name, or None.

        `country` is a code, or codes with how often the report speaks of each; `near` a latitude and longitude.
        "X province" means the region, plain X the town.

        >>> place = Places.load().lookup("Khan Sheikhoun")
        >>> place.code, place.region, place.geonames_id
        ('SYR', 'Idlib', 168099)
        """
        core, hint = self._core(name)
        best = self._best(core, hint, {country: 3} if isinstance(country, str) else country or {}, near)
        return None if best is None else _place(best)

    def places(self, annotated: Annotated) -> dict[Span, Place]:
        """The place names of a report, those of its acts among them, in text order."""
        reader = _Reader(self, annotated)
        return reader.places()

    def state_code(self, name: str) -> str | None:
        """The code of a state's name."""
        return self.states.get(key(name))

    def _core(self, name: str) -> tuple[str, str]:
        """A name without directions and nouns of kind, and the kind they give."""
        parts, hint = name.split(), ""
        if parts and parts[0].lower() == "the":
            parts = parts[1:]
        if len(parts) > 2 and parts[1] == "of" and parts[0].lower() in self.words.of:
            parts, hint = parts[2:], self.words.of[parts[0].lower()]
        if len(parts) > 1 and self._known(" ".join(parts)):
            return " ".join(parts), hint
        while len(parts) > 1 and parts[0].lower() in self.words.direction:
            parts = parts[1:]
        if len(parts) > 1 and parts[-1].lower() in self.words.after:
            hint = self.words.after[parts[-1].lower()]
            parts = parts[:-1]
        return " ".join(parts), hint

    def _known(self, name: str) -> bool:
        return key(name) in self.states or self.table.knows(name)

    def _best(
        self, name: str, hint: str, counts: Mapping[str, int], near: tuple[float, float] | None = None
    ) -> Entry | None:
        state = self.table.state(self.states.get(key(name), ""))
        entries = [*self.table.find(name), *((state,) if state else ())]
        best = max(entries, key=lambda e: self._weight(e, name, hint, counts, near), default=None)
        if best and hint == "region" and best.kind == "town" and best.region:
            return next(
                (e for e in self.table.find(best.region) if (e.kind, e.country) == ("region", best.country)), best
            )
        return best

    def _weight(
        self, e: Entry, name: str, hint: str, counts: Mapping[str, int], near: tuple[float, float] | None
    ) -> float:
        """People on a logarithmic scale, moved by what the report tells; a unit is ten times the people."""
        weight = math.log10(e.people + 10)
        weight += {"state": 3.0, "area": 6.0, "region": -1.5, "town": 0.0}[e.kind]
        if hint == "region":
            weight += {"region": 6.0, "area": 5.0}.get(e.kind, 0.0)
        if e.country in counts and counts[e.country or ""]:
            weight += 2.0 + min(counts[e.country or ""], 6) / 2
        if key(e.name) == key(name):
            weight += 1.0
        if near is not None:
            weight -= 2 * math.log10(1 + _kilometres(near, (e.lat, e.lon)) / 50)
        return weight


@cache
def _shipped() -> Places:
    states, demonyms, capitals = {}, {}, set()
    for country in countries().values():
        states.update({key(name): country.code for name in country.names})
        demonyms.update({key(word): country.code for word in (*country.adjectives, *country.people)})
        capitals.update(key(name) for name in country.capitals)
    return Places(place_table(), place_words(), states, demonyms, frozenset(capitals))


def _place(e: Entry) -> Place:
    return Place(name=e.name, geonames_id=e.geonames or None, lat=e.lat, lon=e.lon, code=e.country, region=e.region)


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Roughly, on a plane: good enough to tell near from far."""
    x = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.2 * math.hypot(a[0] - b[0], x)


_WORD = re.compile(r"(?:St|Mt|Ft|Sts)\.|(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-‑'’](?![sS]\b)[^\W_]+)*|['’][sS]\b")
_IN_A_NAME = frozenset({" ", "-"})
_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|at|ad|an|az|ez|es|et)[-‑]\S", re.I)


class _Reader:
    """Reads one report."""

    def __init__(self, known: Places, annotated: Annotated) -> None:
        self.known, self.annotated, self.text = known, annotated, annotated.report.text
        self.sentences = [list(self._words(s)) for s in annotated.sentences]
        self.context = Counter(code for words in self.sentences for w in words for code in self._states_of(w))
        self.tagged = {span for t in annotated.triggers for span in t.places}
        self.tagged |= {m.span for m in annotated.mentions if m.kind == "place"}
        self.persons = [m.span for m in annotated.mentions if m.kind == "person"]
        self.surnames = self._surnames()
        self.seen: dict[str, bool] = {}

    def places(self) -> dict[Span, Place]:
        found = [f for words in self.sentences for f in self._of_sentence(words)]
        out = {f.span: self._meant(f) for f in found}
        named: dict[str, set[str]] = {}
        for f in found:
            name = self.text[f.core.start : f.core.end].lower()
            named.setdefault(_WORD.match(name).group() if _WORD.match(name) else name, set()).add(name)
        for words in self.sentences:
            taken = {span for span in out if words and words[0].start <= span.end and span.start <= words[-1].end}
            out.update({f.span: self._meant(f) for f in self._again(words, named, taken)})
        for span in self.tagged:
            if not any(span.overlap(known) for known in out):
                out[span] = self._meant(Found(span, span, ""))
        return dict(sorted(out.items()))

    def _words(self, sentence: Span) -> Iterator[Word]:
        for match in _WORD.finditer(self.text, sentence.start, sentence.end):
            token = match.group()
            capital = token[0].isupper() or ("-" in token and _article(token))
            yield Word(match.start(), match.end(), token, token.lower(), capital)

    def _states_of(self, word: Word) -> Iterator[str]:
        if word.capital:
            code = self.known.states.get(word.low) or self.known.demonyms.get(word.low)
            if code:
                yield code

    def _surnames(self) -> frozenset[str]:
        """Last words of names of several words that are no place: "Clinton" beside "Hillary Clinton"."""
        last = set()
        for words in self.sentences:
            if _headline(words, self.text):
                continue
            for a, b in zip(words, words[1:], strict=False):
                if a.capital and b.capital and self._gap(a, b) == " " and not self._small(a):
                    last.add(b.low)
        return frozenset(last)

    def _gap(self, a: Word, b: Word) -> str:
        return self.text[a.end : b.start]

    def _small(self, word: Word) -> bool:
        words = self.known.words
        low = word.low
        return low in words.before or low in words.weak or low in words.direction or low in _SMALL

    def _of_sentence(self, words: Sequence[Word]) -> Iterator[Found]:
        headline, at = _headline(words, self.text), 0
        while at < len(words):
            found = self._at(words, at, headline) if words[at].capital else None
            if found is None:
                at += 1
                continue
            yield found
            while at < len(words) and words[at].start < found.span.end:
                at += 1

    def _at(self, words: Sequence[Word], at: int, headline: bool) -> Found | None:
        """The longest known name that starts here, or a name that a preposition makes a place."""
        ends = self._ends(words, at)
        for last in reversed(ends):
            if self._in_table(words[at].start, words[last - 1].end) and self._fits(words, at, last, headline):
                return self._widened(words, at, last)
        return None if headline else self._unlisted(words, at, ends[-1])

    def _ends(self, words: Sequence[Word], at: int) -> list[int]:
        """Where names that start here may end: capitalised words in a row, small words allowed between."""
        ends, inside = [at + 1], self.known.words.inside
        for n in range(at + 1, min(len(words), at + MOST_WORDS)):
            if self._gap(words[n - 1], words[n]) not in _IN_A_NAME:
                break
            if words[n].capital:
                ends.append(n + 1)
            elif words[n].low not in inside:
                break
        return ends

    def _in_table(self, start: int, end: int) -> bool:
        name = self.text[start:end]
        if name not in self.seen:
            self.seen[name] = self.known._known(name) and key(name) not in self.known.demonyms
        return self.seen[name]

    def _led(self, words: Sequence[Word], first: int) -> str:
        """How the text leads to a name: "strong" for a preposition of place, "weak" for others, "" for none."""
        while first and (words[first - 1].low in self.known.words.direction or words[first - 1].low == "the"):
            first -= 1
        if not first:
            return ""
        before = words[first - 1]
        if before.low in self.known.words.before:
            return "strong"
        if first > 1 and before.low == "of" and words[first - 2].low in self.known.words.of:
            return "strong"
        return "weak" if before.low in self.known.words.weak else ""

    def _fits(self, words: Sequence[Word], first: int, last: int, headline: bool) -> bool:
        """Whether a known name is meant as a place here."""
        span = Span(words[first].start, words[last - 1].end)
        if any(p.overlap(span) for p in self.persons):
            return False
        name = self.text[span.start : span.end]
        led = self._led(words, first)
        if not headline and self._inside_a_name(words, first, last):
            return False
        if key(name) in self.known.states:
            return True
        if last - first == 1 and words[first].low in self.surnames and led != "strong":
            return False
        if led == "strong" or any(span.overlap(t) for t in self.tagged) or self._chained(words, first, last):
            return not headline or self._people(name) > 20_000 or led == "strong"
        if self._people(name) >= WELL_KNOWN or (key(name) in self.known.capitals and first > 0):
            return True
        return first > 0 and self._at_home(name)

    def _people(self, name: str) -> int:
        """People of the greatest place of this name; an area of many states counts as well known."""
        return max((WELL_KNOWN if e.kind == "area" else e.people for e in self.known.table.find(name)), default=0)

    def _at_home(self, name: str) -> bool:
        """Whether a place of this name lies in a state that the report speaks of."""
        return any(e.country in self.context and e.people >= AT_HOME for e in self.known.table.find(name))

    def _inside_a_name(self, words: Sequence[Word], first: int, last: int) -> bool:
        """A part of a longer name: "Paris Hilton", "Sydney Smith", "the Aleppo Times"."""
        if first:
            before = words[first - 1]
            joined = self._gap(before, words[first]) == " "
            if joined and before.capital and not self._small(before) and before.low not in self.known.demonyms:
                if before.low not in self.known.words.of and first - 1 > 0:
                    return True
        if last < len(words):
            after = words[last]
            if self._gap(words[last - 1], after) == " " and after.low in self.known.words.body and after.capital:
                return True
            if self._gap(words[last - 1], after) == " " and after.capital:
                return after.low not in self.known.words.after and not self._small(after)
        return False

    def _chained(self, words: Sequence[Word], first: int, last: int) -> bool:
        """ "Kunduz, Afghanistan" and "X, Y and Z": a known place stands on the other side of a comma."""
        if last + 1 <= len(words) - 1 and self.text[words[last - 1].end : words[last].start] == ", ":
            after = words[last]
            if after.capital and key(after.text) in self.known.states:
                return True
        return last < len(words) and words[last].low in self.known.words.after

    def _widened(self, words: Sequence[Word], first: int, last: int) -> Found:
        """The name with what belongs to it: "eastern Ukraine", "Kyiv region"."""
        core = Span(words[first].start, words[last - 1].end)
        start, end, hint = core.start, core.end, ""
        if (
            first
            and words[first - 1].low in self.known.words.direction
            and self._gap(words[first - 1], words[first]) == " "
        ):
            start = words[first - 1].start
        if (
            last < len(words)
            and words[last].low in self.known.words.after
            and self._gap(words[last - 1], words[last]) == " "
        ):
            end, hint = words[last].end, self.known.words.after[words[last].low]
        if first > 1 and words[first - 1].low == "of":
            hint = hint or self.known.words.of.get(words[first - 2].low, "")
        return Found(Span(start, end), core, hint)

    def _unlisted(self, words: Sequence[Word], at: int, last: int) -> Found | None:
        """A name that no table knows, after a preposition of place."""
        if self._small(words[at]) or words[at].low in calendar_words().names:
            return None
        span = Span(words[at].start, words[last - 1].end)
        name = self.text[span.start : span.end]
        if words[at].low in self.known.demonyms or any(p.overlap(span) for p in self.persons) or name.isupper():
            return None
        if words[at].low in self.surnames and last == at + 1:
            return None
        site = last < len(words) and self.known.words.after.get(words[last].low) in ("site", "region")
        if self._led(words, at) != "strong" and not (site and self._gap(words[last - 1], words[last]) == " "):
            return None
        if last == at + 1 and _ADJECTIVE.search(words[at].low) and self._goes_on(words, last):
            return None
        return self._widened(words, at, last)

    def _goes_on(self, words: Sequence[Word], last: int) -> bool:
        """Whether a plain word follows at once that is no place noun and no small word."""
        if last >= len(words) or self._gap(words[last - 1], words[last]) != " ":
            return False
        return not (words[last].low in self.known.words.after or self._small(words[last]))

    def _again(self, words: Sequence[Word], named: Mapping[str, set[str]], out: set[Span]) -> Iterator[Found]:
        """Places named elsewhere in the report count where nothing leads to them, in headlines too."""
        headline = _headline(words, self.text)
        for at, word in enumerate(words):
            if not word.capital or word.low not in named:
                continue
            for last in reversed(self._ends(words, at)):
                span = Span(word.start, words[last - 1].end)
                if self.text[span.start : span.end].lower() not in named[word.low]:
                    continue
                if any(span.overlap(taken) for taken in (*out, *self.persons)):
                    break
                if headline or not self._inside_a_name(words, at, last):
                    yield self._widened(words, at, last)
                break

    def _meant(self, found: Found) -> Place:
        name, hint = self.text[found.core.start : found.core.end], found.hint
        if not hint:
            name, hint = self.known._core(name)
        best = self.known._best(name, hint, self.context)
        if best is not None:
            return _place(best)
        code = self.context.most_common(1)[0][0] if self.context else None
        return Place(name=self.text[found.span.start : found.span.end], code=code, reason=UNLISTED)


def _article(token: str) -> bool:
    """ "al-Shayrat" starts a name with a small letter."""
    return _ARTICLE.match(token) is not None


def _headline(words: Sequence[Word], text: str) -> bool:
    """Most longer words are capitalised and no full stop ends them: capitals say nothing here."""
    long = [w for w in words if len(w.text) > 3]
    if len(long) < 3 or text.startswith((".", '."', ".”"), words[-1].end):
        return False
    return sum(w.capital for w in long) > 0.7 * len(long)


_SMALL = frozenset({"the", "a", "an", "as", "but", "by", "with", "after", "before", "during", "when", "while"})
# "in Varsian villages": an unknown word that ends so and goes on is an adjective, not a name.
_ADJECTIVE = re.compile(r"(?:ian|ean|ese|ish|nese|i|held|led|based|backed|controlled|run|style)$")
