"""Where: the place names of a report, and the places of the gazetteer that they mean.

A name is read in its surroundings: what stands before and after it ("near X", "X province", "Paris Hilton"), the
states that the report speaks of, the places it names elsewhere. A name that the gazetteer lacks stays as written,
without coordinates, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tensionwire.ontology.calendar import calendar_words
from tensionwire.ontology.places import key
from tensionwire.records import Annotated, Place, Span
from tensionwire.resolve.geocoding import Geocoder, placed
from tensionwire.resolve.lines import Found, Line, Word

UNLISTED = "not in the gazetteer; state by context"
# A town of so many people may be named without a word that leads to it; the capital of a state always may.
WELL_KNOWN = 300_000
# In a state that the report speaks of, so many are enough; in a headline, so many.
AT_HOME, IN_HEADLINE = 2_000, 20_000
# "in Varsian villages": an unknown word that ends so and goes on is an adjective, not a name.
_ADJECTIVE = re.compile(r"(?:ian|ean|ese|ish|i|held|led|based|backed|controlled|run|style)$")


@dataclass(frozen=True, slots=True)
class Places:
    """Finds and places the place names of reports."""

    geocoder: Geocoder

    @classmethod
    def load(cls) -> Places:
        """With the shipped gazetteer, read at first use."""
        return cls(Geocoder.load())

    def lookup(
        self, name: str, *, country: str | Mapping[str, int] | None = None, near: tuple[float, float] | None = None
    ) -> Place | None:
        """The place of a name, or None; see `Geocoder.lookup`."""
        return self.geocoder.lookup(name, country=country, near=near)

    def places(self, annotated: Annotated) -> dict[Span, Place]:
        """The place names of a report, those that the encoder tagged among them, in text order.

        >>> from tensionwire.records import Report
        >>> text = "Shells fell near Manbij in northern Syria, said Sydney Smith."
        >>> report = Report(doc_id="a", text=text, content_hash="")
        >>> found = Places.load().places(Annotated(report=report, sentences=(Span(0, len(text)),)))
        >>> [(span.of(text), place.code) for span, place in found.items()]
        [('Manbij', 'SYR'), ('northern Syria', 'SYR')]
        """
        return _Reader(self.geocoder, annotated).places()


class _Reader:
    """Reads one report."""

    def __init__(self, geocoder: Geocoder, annotated: Annotated) -> None:
        self.geocoder, self.text = geocoder, annotated.report.text
        self.lines = [Line(self.text, sentence) for sentence in annotated.sentences]
        self.states = [list(self._states(line)) for line in self.lines]
        self.told = Counter(code for codes in self.states for code in codes)
        self.tagged = {span for t in annotated.triggers for span in t.places}
        self.tagged |= {m.span for m in annotated.mentions if m.kind == "place"}
        self.persons = [m.span for m in annotated.mentions if m.kind == "person"]
        self.surnames = frozenset(word for line in self.lines for word in _surnames(line))
        # words that the report also writes small: "Market" in a headline is a market
        self.plain = frozenset(w.low for line in self.lines for w in line.words if not w.capital)
        self.demonyms = frozenset(geocoder.demonyms)
        self.in_table: dict[str, bool] = {}

    def places(self) -> dict[Span, Place]:
        found = [[*self._of_line(line)] for line in self.lines]
        names = _by_first_word(self.text, (f.core for some in found for f in some))
        out: dict[Span, Place] = {}
        for number, line in enumerate(self.lines):
            some = found[number]
            some += self._again(line, names, [f.span for f in some])
            out.update({f.span: self._meant(f, number) for f in some})
        for span in self.tagged:
            if not any(span.overlap(known) for known in out):
                out[span] = self._meant(Found(span, span, ""), None)
        return dict(sorted(out.items()))

    def _states(self, line: Line) -> Iterator[str]:
        for word in line.words:
            code = word.capital and (self.geocoder.states.get(word.low) or self.geocoder.demonyms.get(word.low))
            if code:
                yield code

    def _of_line(self, line: Line) -> Iterator[Found]:
        reached = 0
        for at, word in enumerate(line.words):
            if word.capital and word.start >= reached and (found := self._at(line, at)):
                yield found
                reached = found.span.end

    def _at(self, line: Line, first: int) -> Found | None:
        """The longest known name that starts here, or a name that a preposition makes a place."""
        ends = line.ends(first)
        for last in reversed(ends):
            name = line.span(first, last).of(self.text)
            if self._listed(name) and self._fits(line, first, last, name):
                return line.widened(first, last)
        if line.headline or not self._like_a_place(line, first, ends[-1]):
            return None
        return line.widened(first, ends[-1])

    def _listed(self, name: str) -> bool:
        if name not in self.in_table:
            self.in_table[name] = self.geocoder.known(name) and key(name) not in self.demonyms
        return self.in_table[name]

    def _fits(self, line: Line, first: int, last: int, name: str) -> bool:
        """Whether a known name is meant as a place here."""
        span, led = line.span(first, last), line.led(first)
        if self._person(span) or (not line.headline and line.part_of_name(first, last, self.demonyms)):
            return False
        if key(name) in self.geocoder.states:
            return True
        alone, low = last - first == 1, line.words[first].low
        if alone and low in self.surnames and not led:
            return False
        if alone and low in self.plain and (line.headline or first == 0):
            return False
        people = self._people(name)
        if line.headline and people <= IN_HEADLINE:
            return False
        if led or people >= WELL_KNOWN or (key(name) in self.geocoder.capitals and first > 0):
            return True
        if any(span.overlap(t) for t in self.tagged) or line.noun_after(last) or self._in_state(line, last):
            return True
        return first > 0 and self._at_home(name)

    def _person(self, span: Span) -> bool:
        return any(p.overlap(span) for p in self.persons)

    def _people(self, name: str) -> int:
        """People of the greatest place of this name; an area of several states counts as well known."""
        found = self.geocoder.table.find(name)
        return max((WELL_KNOWN if e.kind == "area" else e.people for e in found), default=0)

    def _at_home(self, name: str) -> bool:
        """Whether a place of this name lies in a state that the report speaks of."""
        return any(e.country in self.told and e.people >= AT_HOME for e in self.geocoder.table.find(name))

    def _in_state(self, line: Line, last: int) -> bool:
        after = line.chained(last)
        return after is not None and after.capital and after.low in self.geocoder.states

    def _like_a_place(self, line: Line, first: int, last: int) -> bool:
        """Whether a name that no table knows is a place: a preposition leads to it, or "airfield" follows."""
        word, alone = line.words[first], last == first + 1
        if line.small(word) or word.low in calendar_words().names or word.low in self.demonyms:
            return False
        span = line.span(first, last)
        if self._person(span) or span.of(self.text).isupper() or (alone and word.low in self.surnames):
            return False
        if not line.led(first, surely=True) and line.noun_after(last) not in ("site", "region"):
            return False
        return not (alone and _ADJECTIVE.search(word.low) and line.goes_on(last))

    def _again(self, line: Line, names: Mapping[str, set[str]], taken: list[Span]) -> Iterator[Found]:
        """Places named elsewhere in the report count where nothing leads to them, in headlines too."""
        for first, word in enumerate(line.words):
            if not word.capital or word.low not in names:
                continue
            for last in reversed(line.ends(first)):
                span = line.span(first, last)
                if span.of(self.text).lower() not in names[word.low]:
                    continue
                free = not self._person(span) and not any(span.overlap(t) for t in taken)
                if free and (line.headline or not line.part_of_name(first, last, self.demonyms)):
                    yield line.widened(first, last)
                break

    def _meant(self, found: Found, line: int | None) -> Place:
        name, hint = found.core.of(self.text), found.hint
        if not hint:
            name, hint = self.geocoder.core(name)
        best = self.geocoder.best(name, hint, self.told)
        if best is not None:
            return placed(best)
        near = Counter(self.states[line]) if line is not None else Counter[str]()
        likely = (near or self.told).most_common(1)
        return Place(name=found.span.of(self.text), code=likely[0][0] if likely else None, reason=UNLISTED)


def _surnames(line: Line) -> Iterator[str]:
    """Last words of names of several words: "Clinton" in "Hillary Clinton"."""
    if line.headline:
        return
    for at in range(1, len(line.words)):
        before: Word = line.words[at - 1]
        if before.capital and line.words[at].capital and line.touch(at) and not line.small(before):
            yield line.words[at].low


def _by_first_word(text: str, cores: Iterator[Span]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for core in cores:
        name = core.of(text).lower()
        names.setdefault(Line(name, Span(0, len(name))).words[0].low, set()).add(name)
    return names
