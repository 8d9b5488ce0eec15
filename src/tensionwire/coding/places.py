"""The place of an event: which place name of the report tells where this act took place, if any does.

The place names near enough are compared with "none of them" by a small linear model (`data/places.tsv`, fitted
by `training/choices.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tensionwire.coding.acts import WORD, Act, Stage, far_features, near_features, none_features
from tensionwire.coding.choice import Option, chosen, leans
from tensionwire.coding.linear import Linear, linear
from tensionwire.ontology.grammar import grammar
from tensionwire.ontology.places import place_words
from tensionwire.records import Annotated, Mention, Place, Resolved, Span, Trigger


@dataclass(frozen=True, slots=True)
class Name:
    """A place name as it may be given: the "whole" ("eastern Ukraine"), its "core", or as "tagged"."""

    text: str
    span: Span
    sentence: int
    way: str
    place: Place
    kind: str
    lead: str
    nearest: Act | None
    roles: str


class Wheres:
    """Finds the places of the acts of one report."""

    def __init__(self, annotated: Annotated, places: Mapping[Span, Place], stage: Stage | None = None) -> None:
        self.stage = stage or Stage(annotated)
        self.names: list[list[Name]] = [[] for _ in annotated.sentences]
        number = 0
        for span, place in sorted(places.items()):
            while number + 1 < len(annotated.sentences) and span.start >= annotated.sentences[number + 1].start:
                number += 1
            self.names[number] += self._ways(span, number, place)
        self.counts = Counter(n.text for names in self.names for n in names)
        self.first = next((n for names in self.names for n in names), None)
        self.kinds = [str(sorted({n.kind for n in names})) for names in self.names]

    @classmethod
    def of(cls, resolved: Resolved, stage: Stage | None = None) -> Wheres:
        """For a resolved report; `stage` may be shared with the finder of dates."""
        return cls(resolved.annotated, resolved.places, stage)

    def choose(self, trigger: Trigger, model: Linear | None = None) -> tuple[str, Span, Place | None] | None:
        """The place of an act: its name, where that stands, and the place it means; None where none is told."""
        act = self.stage.act(trigger)
        names = self.candidates(act)
        model = model or linear("places")
        nowhere, here, elsewhere = leans(trigger.placed, model.trust)
        options = [
            Option(n.text, list(self.features(act, n)), here if n.sentence == trigger.sentence else elsewhere)
            for n in names
        ]
        best = chosen(model, self.none(act), options, nowhere)
        return None if best is None else (names[best].text, names[best].span, names[best].place)

    def candidates(self, act: Act) -> list[Name]:
        """The names of the act's sentence, what the encoder took for its place, and the names nearest around."""
        here = act.trigger.sentence
        found = list(self.names[here])
        known = {n.span for n in found}
        found += [
            self._tagged(span, act)
            for span in act.trigger.places
            if span not in known and span.of(self.stage.text).casefold() not in grammar().pronoun
        ]
        texts = {n.text for n in found}
        for number in sorted(self.stage.reach(here), key=lambda n: abs(n - here)):
            fresh = [n for n in self.names[number] if n.text not in texts]
            texts.update(n.text for n in fresh)
            found += fresh
        return found

    def none(self, act: Act) -> Iterator[str]:
        """What speaks for no place at all."""
        here = len(self.names[act.trigger.sentence])
        return none_features(act, here, len(self.names), bool(act.trigger.places))

    def features(self, act: Act, n: Name) -> Iterator[str]:
        """What speaks for one name."""
        t, often = act.trigger, min(self.counts[n.text], 4)
        yield f"kind {n.kind} type {t.type}"
        yield f"kind {n.kind} way {n.way}"
        yield f"count {often}"
        yield f"count {often} kind {n.kind}"
        if n.sentence == t.sentence:
            yield from self._near(act, n, n.kind, n.lead)
        else:
            yield from self._far(act, n, n.kind, n.lead)

    def _near(self, act: Act, n: Name, kind: str, lead: str) -> Iterator[str]:
        t, text = act.trigger, self.stage.text
        here = [o for o in self.names[t.sentence] if not o.span.overlap(n.span)]
        yield from near_features(act, n.span, [o.span for o in here], self.stage)
        side = "after" if n.span.start >= t.span.end else "before"
        role = _role(n.span, t)
        yield f"here preposition {lead} {side}"
        yield f"here preposition {lead} kind {kind}"
        yield f"here preposition {lead} type {t.type}"
        yield f"here role {role} kind {kind}"
        yield f"here role {role} type {t.type}"
        yield f"here role {role} preposition {lead}"
        if t.span.holds(n.span):
            yield "here in the trigger"
        if any(o.place.code == n.place.code and o.kind == "town" for o in here) and kind != "town":
            yield f"here finer {kind}"
        if text.startswith((",", " ("), n.span.end):
            yield f"here chained {kind}"
        if t.places:
            exact = n.span in t.places
            yield f"here tagged {exact or any(s.overlap(n.span) for s in t.places)} {exact}"

    def _far(self, act: Act, n: Name, kind: str, lead: str) -> Iterator[str]:
        t, here = act.trigger, self.names[act.trigger.sentence]
        yield from far_features(act, n.sentence, n.nearest, len(here), self.stage)
        yield f"there kind {kind} here {self.kinds[t.sentence]}"
        yield f"there preposition {lead}"
        yield f"there preposition {lead} kind {kind}"
        if self.first is not None and n.text == self.first.text:
            yield "there first"
            yield f"there first type {t.type}"
        yield f"there role {n.roles} kind {kind}"

    def _ways(self, span: Span, sentence: int, place: Place) -> Iterator[Name]:
        words, start = span.of(self.stage.text).split(" "), span.start
        yield self._name(span, sentence, "whole", place)
        if len(words) > 1 and words[0].lower() in place_words().direction:
            yield self._name(Span(start + len(words[0]) + 1, span.end), sentence, "without direction", place)
        if len(words) > 1 and words[-1].lower() in place_words().after:
            yield self._name(Span(start, span.end - len(words[-1]) - 1), sentence, "without kind", place)

    def _tagged(self, span: Span, act: Act) -> Name:
        inner = (n.place for n in self.names[act.trigger.sentence] if span.overlap(n.span))
        place = next(inner, None) or Place(name=span.of(self.stage.text), reason="not a name")
        return self._name(span, act.trigger.sentence, "tagged", place)

    def _name(self, span: Span, sentence: int, way: str, place: Place) -> Name:
        return Name(
            text=span.of(self.stage.text),
            span=span,
            sentence=sentence,
            way=way,
            place=place,
            kind=_kind(place),
            lead=self._lead(span),
            nearest=self.stage.nearest(sentence, span),
            roles=str(sorted({_role(span, act.trigger) for act in self.stage.acts[sentence]})),
        )

    def _lead(self, span: Span) -> str:
        """The preposition before a name, articles and nouns of kind passed over."""
        words = WORD.findall(self.stage.text[max(0, span.start - 40) : span.start])
        while len(words) > 1 and words[-1].lower() in ("the", "of", *place_words().of):
            words.pop()
        last = words[-1].lower() if words else ""
        return last if last in _PREPOSITIONS else "*" if self.stage.text[span.start - 1 : span.start] == " " else "-"


_PREPOSITIONS = place_words().before | place_words().weak | {"by", "with", "that", "between"}


def _kind(place: Place) -> str:
    """Town, region, state or area by what is known of a place, else unlisted."""
    if place.reason:
        return "unlisted"
    if place.geonames_id is None:
        return "region" if place.region else "area"
    return "town" if place.region else "state"


def _role(span: Span, trigger: Trigger) -> str:
    def held(mentions: tuple[Mention, ...]) -> str:
        if any(m.span == span for m in mentions):
            return "is"
        return "in" if any(m.span.overlap(span) for m in mentions) else ""

    recipient, actor = held(trigger.recipients), held(trigger.actors)
    return f"recipient {recipient}" if recipient else f"actor {actor}" if actor else "-"
