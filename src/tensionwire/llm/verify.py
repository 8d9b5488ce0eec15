"""A model's answer held against the text: what stands there is kept, everything else is dropped and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from tensionwire.llm.answer import (
    AgendaAnswer,
    Answer,
    ClaimAnswer,
    EventAnswer,
    FigureAnswer,
    PartyAnswer,
    RelationAnswer,
)
from tensionwire.llm.dates import iso
from tensionwire.llm.parts import Part
from tensionwire.llm.quotes import Quotes
from tensionwire.llm.verified import Act, Bond, Due, Number, Party, Saying, Verified, When
from tensionwire.ontology.countries import countries
from tensionwire.ontology.plover import plover
from tensionwire.records import Mention, Span
from tensionwire.resolve.context import BODIES

ITEM: Final = "items whose words are not in the text"
TYPE: Final = "events of a type that there is not"
TWICE: Final = "items told twice"
PARTY: Final = "parties whose words are not in the text"
NAME: Final = "names that are not in the text"
LABEL: Final = "codes, sectors, modes and contexts that there are not"
DATE: Final = "dates without words in the text, or in no known form"
WORDS: Final = "cues and places whose words are not in the text"
LINK: Final = "links to items that are not there"
BOUND: Final = "bounds of a count that make no sense"

# What is counted, in a model's own words: a few plain ones.
_WHAT: Final = re.compile(r"[^\W\d_][\w’'-]{0,30}(?: [^\W\d_][\w’'-]{0,30}){0,2}")
# More of anything than there is; beyond it lie "infinity" and numbers that JSON readers choke on.
MOST: Final = 1e15
T = TypeVar("T")


def verified(answer: Answer, part: Part, number: int = 0) -> Verified:
    """What of an answer to part `number` of a report stands in its text."""
    check = _Check(part, f"{number}.", Quotes(part))
    acts = check.once(map(check.act, answer.events), lambda act: (act.span, act.type))
    events = frozenset(act.id for act in acts)
    said = (check.saying(claim, events) for claim in answer.claims)
    sayings = check.once(said, lambda one: (one.content, one.speaker and one.speaker.mention.span))
    claims = frozenset(one.id for one in sayings)
    return Verified(
        acts=tuple(replace(act, same_as=check.link(act.same_as, events)) for act in acts),
        sayings=tuple(replace(one, disputes=check.link(one.disputes, claims)) for one in sayings),
        numbers=check.once((check.number(one, events) for one in answer.figures), lambda one: one.span),
        bonds=check.once(
            map(check.bond, answer.relations), lambda one: (one.span, one.a.mention.span, one.b.mention.span)
        ),
        due=check.once((check.due(one, events) for one in answer.agenda), lambda one: one.span),
        faults=check.faults,
    )


@dataclass(frozen=True, slots=True)
class _Check:
    """Holds the items of one answer against one part of a report; counts what it drops."""

    part: Part
    prefix: str
    quotes: Quotes
    faults: Counter[str] = field(default_factory=Counter)

    def count(self, fault: str) -> None:
        self.faults[fault] += 1

    def once(self, found: Iterable[T | None], same: Callable[[T], Hashable]) -> tuple[T, ...]:
        """The items that are there, without those that tell the same again."""
        kept: dict[Hashable, T] = {}
        for one in found:
            if one is not None and kept.setdefault(same(one), one) is not one:
                self.count(TWICE)
        return tuple(kept.values())

    def link(self, id: str | None, known: Container[str]) -> str | None:
        """An id that leads somewhere."""
        if id is not None and id not in known:
            self.count(LINK)
            return None
        return id

    # -- items

    def act(self, event: EventAnswer) -> Act | None:
        span, mode = self.item(event.trigger, event.s), event.mode
        if span is None:
            return None
        if event.type not in plover().types:
            self.count(TYPE)
            return None
        s = self.quotes.sentence(span)
        return Act(
            id=self.prefix + event.id,
            s=s,
            span=span,
            type=event.type,
            mode=self.label(mode, plover().modes_of(event.type)),
            status=event.status,
            actors=self.parties(event.actors, s, span),
            recipients=self.parties(event.recipients, s, span),
            contexts=tuple(c for c in dict.fromkeys(event.contexts) if self.label(c, plover().contexts)),
            when=self.when(event.date_words, event.date, s, span),
            place=self.words(event.place, s, span),
            same_as=event.same_as and self.prefix + event.same_as,
        )

    def saying(self, claim: ClaimAnswer, events: Container[str]) -> Saying | None:
        """A claim; its content may run on into the next sentences, as quotations do."""
        content = self.quotes.evidence(claim.content, claim.s)
        if content is None:
            self.count(ITEM)
            return None
        s = self.quotes.sentence(content)
        return Saying(
            id=self.prefix + claim.id,
            s=s,
            content=content,
            cue=self.cue(claim.cue, s, content),
            speaker=self.party(claim.speaker, s, content, avoid=content) if claim.speaker else None,
            stance=claim.stance,
            about=self.link(claim.about and self.prefix + claim.about, events),
            disputes=claim.disputes and self.prefix + claim.disputes,
            evidence=claim.evidence,
        )

    def number(self, figure: FigureAnswer, events: Container[str]) -> Number | None:
        span = self.item(figure.text, figure.s)
        if span is None:
            return None
        low, high = self.bounds(figure.low, figure.high)
        what = (figure.what or "").strip().lower()
        return Number(
            s=self.quotes.sentence(span),
            span=span,
            what=what if _WHAT.fullmatch(what) else None,
            low=low,
            high=high,
            event=self.link(figure.event and self.prefix + figure.event, events),
        )

    def bond(self, relation: RelationAnswer) -> Bond | None:
        span = self.item(relation.text, relation.s)
        if span is None:
            return None
        s = self.quotes.sentence(span)
        a, b = self.party(relation.a, s, span), self.party(relation.b, s, span)
        return Bond(s=s, span=span, a=a, b=b, sign=relation.sign) if a and b else None

    def due(self, item: AgendaAnswer, events: Container[str]) -> Due | None:
        span = self.item(item.text, item.s)
        if span is None:
            return None
        s = self.quotes.sentence(span)
        names = (self.named(name) for name in dict.fromkeys(item.who))
        return Due(
            s=s,
            span=span,
            who=tuple(name.of(self.part.report.text) for name in names if name),
            when=self.when(item.date_words, item.date, s, span),
            place=self.words(item.place, s, span),
            status=item.status,
            event=self.link(item.event and self.prefix + item.event, events),
        )

    # -- pieces of items

    def item(self, quote: str, s: int) -> Span | None:
        """The words that an item stands on, within one sentence."""
        span = self.quotes.evidence(quote, s)
        if span is None or not self.part.sentences[self.quotes.sentence(span)].holds(span):
            self.count(ITEM)
            return None
        return span

    def parties(self, given: Iterable[PartyAnswer], s: int, near: Span) -> tuple[Party, ...]:
        found = (self.party(one, s, near) for one in given)
        return self.once(found, lambda one: (one.mention.span, one.code))

    def party(self, given: PartyAnswer, s: int, near: Span, avoid: Span | None = None) -> Party | None:
        span = self.quotes.anywhere(given.text, s, near, avoid)
        if span is None:
            self.count(PARTY)
            return None
        sector = self.label(given.sector, plover().sectors)
        sector = None if sector == "UNK" else sector
        mention = Mention(
            span=span, sentence=self.quotes.sentence(span), sector=sector or "-", sector_confidence=float(bool(sector))
        )
        code = given.code.strip().upper() if given.code else None
        return Party(
            mention=mention,
            named=self.named(given.name) if given.name and given.name != given.text else None,
            code=code if code in BODIES else self.label(code, countries()),
            sector=sector,
        )

    def named(self, name: str) -> Span | None:
        span = self.quotes.named(name)
        if span is None:
            self.count(NAME)
        return span

    def words(self, quote: str | None, s: int, near: Span) -> Span | None:
        span = self.quotes.anywhere(quote, s, near) if quote is not None else None
        if quote is not None and span is None:
            self.count(WORDS)
        return span

    def cue(self, quote: str | None, s: int, content: Span) -> Span | None:
        """The words that attribute a content: in its sentences, or right beside them."""
        span = self.quotes.anywhere(quote, s, content, avoid=content) if quote is not None else None
        last = self.quotes.sentence(Span(content.end - 1, content.end))
        near = span if span and s - 1 <= self.quotes.sentence(span) <= last + 1 else None
        if quote is not None and near is None:
            self.count(WORDS)
        return near

    def when(self, words: str | None, date: str | None, s: int, near: Span) -> When | None:
        """A time that words of the text tell; a date without such words is nobody's to check."""
        span = self.quotes.anywhere(words, s, near) if words else None
        meant = iso(date) if date else None
        if (words or date) and (span is None or (date and meant is None)):
            self.count(DATE)
        return When(span=span, iso=meant) if span else None

    def label(self, given: str | None, known: Container[str]) -> str | None:
        if given is not None and given not in known:
            self.count(LABEL)
            return None
        return given

    def bounds(self, low: float | None, high: float | None) -> tuple[float | None, float | None]:
        ends = [end for end in (low, high) if end is not None]
        if all(0 <= end <= MOST for end in ends) and ends == sorted(ends):
            return _whole(low), _whole(high)
        self.count(BOUND)
        return None, None


def _whole(bound: float | None) -> float | int | None:
    return int(bound) if bound is not None and bound == int(bound) else bound
