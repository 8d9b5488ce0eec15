"""Incidents: which happening a telling tells of, among those already known.

A telling is compared with the tellings that stand for an incident (`representatives`), never with whichever is
nearest, so that incidents do not grow by chains. How the comparison was fitted: docs/explanation/linking.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from tensionwire.link.features import FEATURES, WORDY, Feature, Shared, completed, glance
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
    `nearest` is the share of the nearest telling in an incident's score, the mean of all having the rest. `early` are
    the features that weigh anything and are told at a glance, `late` those that look at words too, which add `more` to
    a logit at most.
    """

    weights: Mapping[str, float]
    threshold: float
    nearest: float
    early: tuple[tuple[float, Feature], ...] = field(init=False, repr=False, compare=False)
    late: tuple[tuple[float, Feature], ...] = field(init=False, repr=False, compare=False)
    more: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = [(name in WORDY, weight, FEATURES[name]) for name, weight in self.weights.items() if weight]
        object.__setattr__(self, "early", tuple((weight, feature) for late, weight, feature in parts if not late))
        object.__setattr__(self, "late", tuple((weight, feature) for late, weight, feature in parts if late))
        object.__setattr__(self, "more", sum(max(0.0, weight) for weight, _ in self.late))

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
        grouped: dict[str, list[View]] = {}
        for incident, told in candidates:
            grouped.setdefault(incident, []).append(view(told))
        return self.chosen(view(telling), grouped.items())

    def chosen(self, one: View, candidates: Iterable[tuple[str, Sequence[View]]]) -> Placement | None:
        """`place` for what has been viewed already, the tellings of each incident together."""
        telling = one.telling
        best: tuple[float, str, View] | None = None
        least = _logit(self.threshold)
        for incident, told in candidates:
            if any(other.telling.report == telling.report for other in told):
                continue
            found = self._score(one, told[:REPRESENTATIVES], least)
            if found is not None and (best is None or found[0] > best[0]):
                best = found[0], incident, found[1]
                least = max(least, best[0])
        if best is None or _probability(best[0]) < self.threshold:
            return None
        link = Link(
            report=telling.report,
            event=telling.event,
            probability=round(_probability(best[0]), 4),
            reasons=reasons(one, best[2]),
            by=RULE,
        )
        return Placement(incident=best[1], link=link)

    def _score(self, one: View, told: Sequence[View], least: float) -> tuple[float, View] | None:
        """The logit of an incident, and the telling nearest; None where it is less than `least`.

        Its first telling may settle that it is another.
        """
        looks = [self._glance(one, other) for other in told]
        if max(looks, key=_first)[0] + self.more < least:
            return None
        logits = [self._whole(one, told[0], looks[0])]
        if logits[0] > HOPELESS:
            logits += [self._whole(one, other, look) for other, look in zip(told[1:], looks[1:], strict=True)]
        top = max(logits)
        mean = sum(logits) / len(logits)
        return self.nearest * top + (1 - self.nearest) * mean, told[logits.index(top)]

    def _glance(self, a: View, b: View) -> tuple[float, Shared]:
        """The part of a logit that a glance tells."""
        seen = glance(a, b)
        return sum([weight * feature(a, b, seen) for weight, feature in self.early]), seen

    def _whole(self, a: View, b: View, look: tuple[float, Shared]) -> float:
        both = completed(a, b, look[1])
        return look[0] + sum([weight * feature(a, b, both) for weight, feature in self.late])

    def _logit(self, a: View, b: View) -> float:
        return self._whole(a, b, self._glance(a, b))


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


_first = itemgetter(0)


def _logit(probability: float) -> float:
    """The other way round, a hair lower, so that rounding never decides."""
    probability = min(max(probability, 1e-13), 1 - 1e-13)
    return math.log(probability / (1.0 - probability)) - 1e-9
