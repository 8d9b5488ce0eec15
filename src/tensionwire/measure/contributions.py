"""What a series is made of: for each incident and each origin that tells it, what it adds to which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Final

from tensionwire.measure.coverage import Coverage, out_on
from tensionwire.measure.issues import Issue
from tensionwire.measure.sides import Side
from tensionwire.measure.ways import Undated, Ways
from tensionwire.measure.weights import Weights, weights
from tensionwire.ontology.plover import plover
from tensionwire.records import Incident, Party, Telling

# Contributions are whole multiples of this (about 1e-12). So long as sums stay below 8192, adding multiples of one
# power of two is exact in floating point, in whatever order: the parts of a point sum to it to the last bit.
GRAIN: Final = 2.0**-40
_TOO_LONG: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: two sides, an issue or none, which ways, what becomes of undated tellings, which weights."""

    a: Side
    b: Side
    issue: Issue | None = None
    ways: Ways = Ways.both
    undated: Undated = Undated.out
    weights: Weights | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one origin's telling of one incident adds to one day (or week, `date` then being its Monday).

    `value` is `-score * weight * share`: positive adds to the tension. `weight` is the status weight, spread evenly
    over the days of a date that is longer than one; `share` is one over the coverage of the day that the telling came
    out, times the power of origins. `incident` names the incident, `telling` holds the sentence. `placed` is False
    where the telling has no date and stands on its day of publication.
    """

    date: str
    incident: str
    telling: Telling
    weight: float
    share: float
    value: float
    placed: bool = True


@dataclass(slots=True, kw_only=True)
class Aside:
    """Tellings of the pair that no point of the series holds, by reason."""

    undated: int = 0
    long: int = 0
    uncovered: int = 0
    not_actual: int = 0
    outside: int = 0

    @property
    def told(self) -> str:
        """What was set aside, in words; empty where nothing was."""
        reasons = (
            (self.undated, "without a date"), (self.long, "dated too vaguely"),
            (self.uncovered, "of no day of publication"),
            (self.not_actual, "not of something done (planned, denied, past)"), (self.outside, "of other days"),
        )  # fmt: skip
        told = ", ".join(f"{count} {why}" for count, why in reasons if count)
        return f"tellings set aside: {told}" if told else ""


def contributions(
    incidents: Iterable[Incident],
    question: Question,
    coverage: Coverage,
    *,
    slot: Callable[[str], str] = str,
    aside: Aside | None = None,
) -> list[Contribution]:
    """All contributions to the series of a question, in order of date; what is set aside is counted in `aside`.

    `slot` says to which date of the series a day belongs (`coverage.monday` for a weekly one); `coverage` is by slot.
    """
    scales = _Scales(question=question, coverage=coverage, slot=slot, aside=aside or Aside())
    found = [
        part
        for incident in incidents
        if question.issue is None or question.issue.holds(incident)
        for part in scales.incident(incident)
    ]
    found.sort(key=attrgetter("date"))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scales:
    question: Question
    coverage: Coverage
    slot: Callable[[str], str]
    aside: Aside

    def incident(self, incident: Incident) -> Iterator[Contribution]:
        told = self._told(incident)
        for telling, weight, days in told:
            out = self.slot(out_on(telling) or days[0])
            covered = self.coverage.get(out, 0)
            if not covered:
                self.aside.uncovered += 1
                continue
            share = (len(told) / covered) ** self._weights.power / len(told)
            yield from self._days(incident.id, telling, weight, share, days)

    def _days(
        self, incident: str, telling: Telling, weight: float, share: float, days: Sequence[str]
    ) -> Iterator[Contribution]:
        """An even part for every day that the date may mean; days of one slot fall together."""
        counts: dict[str, int] = {}
        for day in days:
            counts[self.slot(day)] = counts.get(self.slot(day), 0) + 1
        for date, count in counts.items():
            part = weight * count / len(days)
            yield Contribution(
                date=date, incident=incident, telling=telling, weight=part, share=share,
                value=grained(-telling.score * part * share), placed=telling.first is not None,
            )  # fmt: skip

    @property
    def _weights(self) -> Weights:
        return self.question.weights or weights()

    def _told(self, incident: Incident) -> list[tuple[Telling, float, Sequence[str]]]:
        """One telling an origin: of copies the first that counts."""
        first: dict[str, tuple[Telling, float, Sequence[str]]] = {}
        for telling in incident.tellings:
            origin = telling.origin or telling.report
            if origin not in first and (counted := self._counted(telling)):
                first[origin] = (telling, *counted)
        return list(first.values())

    def _counted(self, telling: Telling) -> tuple[float, Sequence[str]] | None:
        """Weight and days of a telling of the pair; None where it does not count, and why not into `aside`."""
        days = _days(telling)
        if not days and self.question.undated is Undated.published and telling.published:
            days = (telling.published[:10],)
        on = days[0] if days else telling.published or ""
        if not between(telling, self.question, on):
            return None
        weight = self._weights.status.get(telling.status, 0.0)
        if not weight:
            self.aside.not_actual += 1
        elif not days:
            self.aside.undated += 1
        elif len(days) > self._weights.longest:
            self.aside.long += 1
        else:
            return weight, days
        return None


def between(telling: Telling, question: Question, day: str) -> bool:
    """Whether a telling is of an act between the two sides, the way that was asked.

    An act without direction needs one party of each side, in whatever role; two mentions of one state are no pair,
    unless the question is about a side with itself.
    """
    if plover().types[telling.type].symmetric:
        everybody = (*telling.actor, *telling.recipient)
        return _pair(everybody, everybody, question, day)
    out = question.ways is not Ways.back and _pair(telling.actor, telling.recipient, question, day)
    return out or (question.ways is not Ways.out and _pair(telling.recipient, telling.actor, question, day))


def _pair(these: Sequence[Party], those: Sequence[Party], question: Question, day: str) -> bool:
    ours = [party for party in these if question.a.holds(party, day)]
    return bool(ours) and any(
        question.b.holds(other, day) and _apart(one, other, question) for other in those for one in ours
    )


def _apart(one: Party, other: Party, question: Question) -> bool:
    if question.a.label == question.b.label:
        return one != other
    return one.code is None or one.code != other.code


def grained(value: float) -> float:
    """The nearest whole multiple of GRAIN."""
    return round(value / GRAIN) * GRAIN


@lru_cache(maxsize=4096)
def _stretch(first: str, last: str) -> tuple[str, ...]:
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return tuple((start + dt.timedelta(days=n)).isoformat() for n in range(min((end - start).days + 1, _TOO_LONG)))


def _days(telling: Telling) -> tuple[str, ...]:
    """The days that the date of a telling may mean; none where it has no date."""
    if telling.first is None:
        return ()
    last = telling.last or telling.first
    return (telling.first,) if last <= telling.first else _stretch(telling.first, last)
