"""The date of an event: which time expression of the report tells when this act took place, if any does.

Every time expression near enough is compared with "none of them" by a small linear model
(`data/dates.tsv`, fitted by `training/choices.py`). The publication date never stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tensionwire.coding.acts import WORD, Act, Stage, far_features, near_features, none_features
from tensionwire.coding.choice import Option, chosen, leans
from tensionwire.coding.linear import Linear, linear
from tensionwire.records import Annotated, Moment, Resolved, Trigger


@dataclass(frozen=True, slots=True)
class Reading:
    """A time expression read in one way: "past", "planned", or only the "start" of an open stretch."""

    moment: Moment
    sentence: int
    way: str
    iso: str


class Dates:
    """Dates the acts of one report."""

    def __init__(self, annotated: Annotated, moments: Sequence[Moment], stage: Stage | None = None) -> None:
        self.stage = stage or Stage(annotated)
        self.published = (annotated.report.published or "")[:10]
        self.moments = [[m for m in moments if s.holds(m.span)] for s in annotated.sentences]
        self.counts = Counter(m.iso for m in moments if m.iso)
        self.first = next((m for m in moments if m.iso), None)

    @classmethod
    def of(cls, resolved: Resolved, stage: Stage | None = None) -> Dates:
        """For a resolved report; `stage` may be shared with the finder of places."""
        return cls(resolved.annotated, resolved.moments, stage)

    def choose(self, trigger: Trigger, model: Linear | None = None) -> Moment | None:
        """The moment of an act, its `iso` as read for it, or None where the report does not date it.

        A stretch that the encoder took for the act's date counts for much, and yet may be overruled.
        """
        act = self.stage.act(trigger)
        readings = self.readings(act)
        model = model or linear("dates")
        nowhere, here, elsewhere = leans(trigger.dated, model.trust)
        options = [
            Option(r.iso, list(self.features(act, r)), here if r.sentence == trigger.sentence else elsewhere)
            for r in readings
        ]
        best = chosen(model, self.none(act), options, nowhere)
        if best is None:
            return None
        return replace(readings[best].moment, iso=readings[best].iso, planned=None)

    def readings(self, act: Act) -> list[Reading]:
        """The readings of the expressions of the act's sentence, and of those around it."""
        return [
            reading
            for number in self.stage.reach(act.trigger.sentence)
            for moment in self.moments[number]
            for reading in _readings(moment, number)
        ]

    def none(self, act: Act) -> Iterator[str]:
        """What speaks for no date at all."""
        here = len(self.moments[act.trigger.sentence])
        return none_features(act, here, len(self.moments), bool(act.trigger.dates))

    def features(self, act: Act, r: Reading) -> Iterator[str]:
        """What speaks for one reading."""
        t, kind = act.trigger, _kind(r.iso)
        yield f"kind {kind}"
        yield f"kind {kind} status {t.status}"
        yield f"reading {r.way} status {t.status}"
        yield f"reading {r.way} direction {r.moment.direction}"
        often = self.counts[r.moment.iso] if r.moment.iso else 0
        yield f"count {min(often, 3)}"
        if r.iso == self.published:
            yield "published"
        elif self.published and r.iso[:10] > self.published:
            yield f"future status {t.status}"
            yield f"future type {t.type}"
            yield f"future lead {act.lead[1]}"
        if r.sentence == t.sentence:
            yield from self._near(act, r)
        else:
            yield from self._far(act, r, kind)

    def _near(self, act: Act, r: Reading) -> Iterator[str]:
        t, m, text = act.trigger, r.moment, self.stage.text
        rivals = [o.span for o in self.moments[t.sentence] if o is not m]
        yield from near_features(act, m.span, rivals, self.stage)
        side = "after" if m.span.start >= t.span.end else "before"
        words = WORD.findall(text[max(0, m.span.start - 16) : m.span.start])
        lead = words[-1].lower() if words and _LEAD.fullmatch(words[-1].lower()) else "*"
        yield f"here preposition {lead} {side}"
        yield f"here preposition {lead} reading {r.way}"
        yield f"here preposition {lead} status {t.status}"
        ahead = bool(_FUTURE.search(text[max(0, m.span.start - 50) : m.span.start]))
        if r.way == "planned" or r.iso[:10] > self.published:
            yield f"here planned {ahead} {t.status}"
        elif ahead:
            yield f"here planned words {r.way} {bool(m.planned)} {side}"
        if t.dates:
            yield f"here tagged {any(s.overlap(m.span) for s in t.dates)}"

    def _far(self, act: Act, r: Reading, kind: str) -> Iterator[str]:
        t, m = act.trigger, r.moment
        nearest = self.stage.nearest(r.sentence, m.span)
        yield from far_features(act, r.sentence, nearest, len(self.moments[t.sentence]), self.stage)
        yield f"there kind {kind}"
        if m is self.first:
            yield "there first"
            yield f"there first type {t.type}"
        if self._last_before(t.sentence) is m:
            yield f"there last {max(-3, r.sentence - t.sentence)}"

    def _last_before(self, sentence: int) -> Moment | None:
        return next((ms[-1] for ms in reversed(self.moments[:sentence]) if ms), None)


def _readings(moment: Moment, sentence: int) -> Iterator[Reading]:
    if moment.iso is None:
        return
    yield Reading(moment, sentence, "past", moment.iso)
    if moment.planned:
        yield Reading(moment, sentence, "planned", moment.planned)
    elif "/" in moment.iso and moment.direction == "past":
        yield Reading(moment, sentence, "start", moment.iso.split("/")[0])


def _kind(iso: str) -> str:
    """How exact a date is: the lengths of its ends."""
    first, _, last = iso.partition("/")
    return f"{len(first)}/{len(last)}" if last else f"{len(first)}"


_FUTURE = re.compile(
    r"\b(will|would|to|due|plans?|planned|scheduled|expected|set|shall|until|by|before|ahead|next|deadline)\b", re.I
)
_LEAD = re.compile(
    r"on|in|since|until|till|by|before|after|from|for|of|the|late|early|at|between|to|during|over|last|a|an"
)
