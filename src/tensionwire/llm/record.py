"""The record of what a model said and the text bears out, in the shape that the shipped coder gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from tensionwire.coding import who
from tensionwire.coding.figures import figure_words
from tensionwire.coding.known import known_actors
from tensionwire.coding.notes import notes
from tensionwire.coding.numbers import quantity
from tensionwire.coding.quotation import Quotations
from tensionwire.llm.resolving import date, place
from tensionwire.llm.verified import Act, Bond, Due, Number, Party, Saying, Verified
from tensionwire.ontology.cameo import code_of
from tensionwire.ontology.plover import plover
from tensionwire.records import Actor, AgendaItem, Claim, Event, Figure, Record, Relation, Resolved

UNKNOWN: Final = "-"
# How many words after a trigger help to tell its CAMEO code.
_AFTER: Final = 5


def record(found: Verified, resolved: Resolved, made_by: str) -> Record:
    """Everything that holds, in text order, with ids, scores and codes of our ontology."""
    return _Writer.of(found, resolved, made_by).record()


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one record. `events` and `claims` are the ids in the record by the model's."""

    found: Verified
    resolved: Resolved
    made_by: str
    events: Mapping[str, str]
    claims: Mapping[str, str]

    @classmethod
    def of(cls, found: Verified, resolved: Resolved, made_by: str) -> _Writer:
        acts = tuple(sorted(found.acts, key=lambda act: act.span))
        sayings = tuple(sorted(found.sayings, key=lambda one: one.content))
        return cls(
            replace(found, acts=acts, sayings=sayings),
            resolved,
            made_by,
            _numbered("e", (act.id for act in acts)),
            _numbered("c", (one.id for one in sayings)),
        )

    @property
    def text(self) -> str:
        return self.resolved.annotated.report.text

    def record(self) -> Record:
        found, quotations = self.found, Quotations(self.text)
        numbers = sorted(found.numbers, key=lambda one: one.span)
        due = sorted(found.due, key=lambda one: one.span)
        bonds = [tie for bond in sorted(found.bonds, key=lambda one: one.span) for tie in self.relations(bond)]
        return Record.of(
            self.resolved.annotated.report,
            sentences=self.resolved.annotated.sentences,
            actors=known_actors(self.resolved),
            events=self.events_in_order(),
            claims=tuple(self.claim(f"c{n}", one, quotations) for n, one in enumerate(found.sayings, 1)),
            figures=tuple(self.figure(f"f{n}", one) for n, one in enumerate(numbers, 1)),
            relations=tuple(replace(tie, id=f"r{n}") for n, tie in enumerate(bonds, 1)),
            agenda=tuple(self.agenda(f"a{n}", one) for n, one in enumerate(due, 1)),
            notes=(*notes(self.resolved), *left_out(found)),
        )

    def events_in_order(self) -> tuple[Event, ...]:
        """The events; a retelling points at the first telling, which is the first in the text."""
        first: dict[str, str] = {}
        told = []
        for n, act in enumerate(self.found.acts, 1):
            # What stands later in the text is no first telling, whatever the model says.
            same = first.get(self.events.get(act.same_as or "", ""))
            first[f"e{n}"] = same or f"e{n}"
            told.append(replace(self.event(f"e{n}", act), same_as=same))
        return tuple(told)

    def event(self, id: str, act: Act) -> Event:
        words, known = act.span.of(self.text), plover()
        iso, reason = date(act.when, self.resolved, planned=act.status == "planned")
        where = place(act.place, self.resolved) if act.place else None
        return Event(
            id=id,
            s=act.s,
            trigger=words,
            trigger_span=act.span,
            type=act.type,
            mode=act.mode,
            status=act.status,
            actor=self.actors(act.actors),
            recipient=self.actors(act.recipients),
            contexts=act.contexts,
            quad=known.quad(act.type),
            score=known.score(act.type, act.mode),
            cameo=code_of(act.type, act.mode, act.contexts, words, self.after(act)),
            date=iso,
            date_span=act.when.span if act.when and iso else None,
            date_reason=reason,
            place=act.place.of(self.text) if act.place else None,
            place_span=act.place,
            where=where,
            place_reason=(where.reason if where else None) if act.place else "the report names no place for it",
            made_by=self.made_by,
        )

    def after(self, act: Act) -> str:
        end = self.resolved.annotated.sentences[act.s].end
        return " ".join(self.text[act.span.end : end].split()[:_AFTER])

    def claim(self, id: str, one: Saying, quotations: Quotations) -> Claim:
        speaker = self.actors((one.speaker,))[:1] if one.speaker else ()
        at = one.speaker.mention.sentence if one.speaker else one.s
        return Claim(
            id=id,
            s=one.s,
            speaker=speaker[0] if speaker else None,
            speaker_s=at if at != one.s and speaker else None,
            cue=one.cue.of(self.text) if one.cue else None,
            cue_span=one.cue,
            content=one.content.of(self.text),
            content_span=one.content,
            form=quotations.form(one.content),
            stance=one.stance,
            about=self.events.get(one.about or ""),
            disputes=self.claims.get(one.disputes or ""),
            evidence=one.evidence,
            made_by=self.made_by,
        )

    def figure(self, id: str, one: Number) -> Figure:
        words = one.span.of(self.text)
        meant = quantity(words)
        return Figure(
            id=id,
            s=one.s,
            text=words,
            span=one.span,
            what=self.counted(one),
            low=meant.low if meant else one.low,
            high=meant.high if meant else one.high,
            event=self.events.get(one.event or ""),
            made_by=self.made_by,
        )

    def counted(self, one: Number) -> str | None:
        """What is counted, where the tables know the word or the sentence has it."""
        known = figure_words()
        sentence = self.resolved.annotated.sentences[one.s].of(self.text).lower()
        labels = {*known.fates.values(), *known.nouns.values(), "money", "percent"}
        return one.what if one.what and (one.what in labels or one.what in sentence) else None

    def relations(self, bond: Bond) -> list[Relation]:
        """The tie between each of one side and each of the other."""
        pairs = product(self.actors((bond.a,)), self.actors((bond.b,)))
        return [self.relation(bond, a, b) for a, b in pairs if not who.same(a, b)]

    def relation(self, bond: Bond, a: Actor, b: Actor) -> Relation:
        return Relation(
            id="",
            s=bond.s,
            text=bond.span.of(self.text),
            span=bond.span,
            a=a.code or UNKNOWN,
            b=b.code or UNKNOWN,
            sign=bond.sign,
            a_name=a.name,
            b_name=b.name,
            made_by=self.made_by,
        )

    def agenda(self, id: str, one: Due) -> AgendaItem:
        iso, _ = date(one.when, self.resolved, planned=True)
        return AgendaItem(
            id=id,
            s=one.s,
            text=one.span.of(self.text),
            span=one.span,
            who=one.who,
            when=iso,
            where=one.place.of(self.text) if one.place else None,
            status=one.status,
            event=self.events.get(one.event or ""),
            made_by=self.made_by,
        )

    def actors(self, parties: tuple[Party, ...]) -> tuple[Actor, ...]:
        """The parties; one that stands for some states without a code of its own is one actor a state."""
        return tuple(actor for party in parties for actor in self.party(party))

    def party(self, party: Party) -> tuple[Actor, ...]:
        # One phrase may stand for two states ("both governments"), told apart by the model's codes alone.
        actors = who.actors((party.mention,), self.resolved)
        return tuple(replace(one, code=party.code) for one in actors[:1]) if party.code else actors


def _numbered(letter: str, ids: Iterable[str]) -> dict[str, str]:
    """Ids in the record by the model's; one that it gave twice means the first."""
    found: dict[str, str] = {}
    for n, id in enumerate(ids, 1):
        found.setdefault(id, f"{letter}{n}")
    return found


def left_out(found: Verified) -> tuple[str, ...]:
    """What of the model's answer could not be verified, in one sentence."""
    counts = [f"{fault} ({count})" for fault, count in sorted(found.faults.items()) if count]
    return (f"Left out of the model's answer, since it does not hold: {'; '.join(counts)}.",) if counts else ()
