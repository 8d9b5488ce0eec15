"""Incidents: which happening a telling tells of, among those already known.

A telling is compared with the tellings that stand for an incident (`representatives`), never with whichever is
nearest, so that incidents do not grow by chains. How the comparison was fitted: docs/explanation/linking.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tensionwire.link.features import FEATURES, Feature, shared
from tensionwire.link.keys import keys, lookups
from tensionwire.link.reasons import reasons
from tensionwire.link.tables import numbers
from tensionwire.link.views import View, view
from tensionwire.records import Link, Telling

__all__ = ["REPRESENTATIVES", "Linker", "Placement", "keys", "lookups", "representatives"]

REPRESENTATIVES = 4
RULE = "linker"
HOPELESS = -5.0  # a logit (probability 0.007) from which on the other tellings of an incident are not looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The incident that a telling belongs to, and why. `link` is what to keep of it."""

    incident: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Linker:
    """Says which incident a telling belongs to. Has no state that a telling could change.

    `weights` are those of `features.FEATURES`; `threshold` is the probability from which a telling is joined;
    `nearest` is the share of the nearest telling in an incident's score, the mean of all having the rest. `parts` are
    the features that weigh anything, with their weights.
    """

    weights: Mapping[str, float]
    threshold: float
    nearest: float
    parts: tuple[tuple[float, Feature], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = tuple((weight, FEATURES[name]) for name, weight in self.weights.items() if weight)
        object.__setattr__(self, "parts", parts)

    @classmethod
    def load(cls) -> Linker:
        """The shipped linker, its weights from `data/incidents.tsv`."""
        found = dict(numbers("incidents.tsv"))
        threshold, nearest = found.pop("threshold"), found.pop("nearest")
        return cls(weights={name: found.get(name, 0.0) for name in FEATURES}, threshold=threshold, nearest=nearest)

    def probability(self, a: Telling, b: Telling) -> float:
        """How likely two tellings are of one incident, 0 to 1."""
        return _probability(self._logit(view(a), view(b)))

    def place(self, telling: Telling, candidates: Iterable[tuple[str, Telling]]) -> Placement | None:
        """The incident of a telling, or None where it tells of something new.

        `candidates` are incidents that share a key with it: pairs of incident id and telling, several for an
        incident (its `representatives`). An incident with a telling of the same report is never joined.
        """
        one = view(telling)
        best: tuple[float, str, Telling] | None = None
        for incident, told in self._open(telling, candidates):
            score, nearest = self._score(one, told)
            if best is None or score > best[0]:
                best = score, incident, nearest
        if best is None or _probability(best[0]) < self.threshold:
            return None
        link = Link(
            report=telling.report,
            event=telling.event,
            probability=round(_probability(best[0]), 4),
            reasons=reasons(one, view(best[2])),
            by=RULE,
        )
        return Placement(incident=best[1], link=link)

    def _open(
        self, telling: Telling, candidates: Iterable[tuple[str, Telling]]
    ) -> Iterator[tuple[str, Sequence[Telling]]]:
        """Candidate incidents with their tellings, without those that this report tells of already."""
        grouped: dict[str, list[Telling]] = {}
        for incident, told in candidates:
            grouped.setdefault(incident, []).append(told)
        for incident, several in grouped.items():
            if all(told.report != telling.report for told in several):
                yield incident, several[:REPRESENTATIVES]

    def _score(self, one: View, told: Sequence[Telling]) -> tuple[float, Telling]:
        """The logit of an incident, and the telling nearest; its first telling may settle that it is another."""
        logits = [self._logit(one, view(told[0]))]
        if logits[0] > HOPELESS:
            logits += [self._logit(one, view(other)) for other in told[1:]]
        top = max(logits)
        mean = sum(logits) / len(logits)
        return self.nearest * top + (1 - self.nearest) * mean, told[logits.index(top)]

    def _logit(self, a: View, b: View) -> float:
        both = shared(a, b)
        return sum([weight * feature(a, b, both) for weight, feature in self.parts])


def representatives(tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """The tellings that stand for an incident in comparisons: at most `REPRESENTATIVES`.

    The first is among them, then those that say most, of origins not yet there before others.
    """
    first = list(tellings[:1])
    rest = sorted(tellings[1:], key=_detail, reverse=True)
    origins = {told.origin or told.report for told in first}
    fresh: list[Telling] = []
    copies: list[Telling] = []
    for told in rest:
        origin = told.origin or told.report
        (copies if origin in origins else fresh).append(told)
        origins.add(origin)
    return tuple((first + fresh + copies)[:REPRESENTATIVES])


def _detail(telling: Telling) -> int:
    """How much a telling gives to compare by."""
    known = (telling.actor, telling.recipient, telling.first, telling.place, telling.lat is not None, telling.mode)
    return sum(map(bool, known))


def _probability(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
