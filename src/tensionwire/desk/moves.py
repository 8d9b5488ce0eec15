"""Which relations moved most of late: the mean level of the last week against that of the four weeks before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from tensionwire.desk.queries import moved
from tensionwire.ledger import Filter, Ledger
from tensionwire.measure.contributions import Question, contributions
from tensionwire.measure.sides import side
from tensionwire.ontology.countries import countries
from tensionwire.records import Incident, Party

WEEK: Final = 7
BEFORE: Final = 28
LOOKED_AT: Final = 60  # pairs with most incidents that are measured
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How a pair's tension moved. `now` and `before` are mean daily levels, `levels` those of each of the 35 days."""

    a: str
    b: str
    a_name: str
    b_name: str
    now: float
    before: float
    incidents: int
    first: str
    levels: tuple[float, ...]

    @property
    def change(self) -> float:
        """How much more tense it is than before."""
        return self.now - self.before


def moves(ledger: Ledger, coverage: Mapping[str, int], day: str) -> tuple[Move, ...]:
    """The pairs of states that moved in the week up to a day, those that moved most first."""
    first = moved(day, 1 - WEEK - BEFORE)
    found = ledger.incidents(Filter(since=first, until=day))
    groups = _by_pair(found)
    busiest = sorted(groups, key=lambda pair: (-len(groups[pair]), pair))[:LOOKED_AT]
    measured = (_move(pair, groups[pair], coverage, first) for pair in busiest)
    moving = [move for move in measured if any(move.levels)]
    return tuple(sorted(moving, key=lambda move: -abs(move.change)))


def _by_pair(incidents: Iterable[Incident]) -> Mapping[Pair, list[Incident]]:
    groups: dict[Pair, list[Incident]] = defaultdict(list)
    for incident in incidents:
        for pair in {pair for told in incident.tellings for pair in _pairs(told.actor, told.recipient)}:
            groups[pair].append(incident)
    return groups


def _pairs(actors: Sequence[Party], recipients: Sequence[Party]) -> Iterator[Pair]:
    known = countries()
    these, those = ([p.code for p in some if p.code in known] for some in (actors, recipients))
    for one, other in product(these, those):
        if one and other and one != other:
            yield min(one, other), max(one, other)


def _move(pair: Pair, incidents: Sequence[Incident], coverage: Mapping[str, int], first: str) -> Move:
    question = Question(a=side(pair[0]), b=side(pair[1]))
    days = [moved(first, n) for n in range(WEEK + BEFORE)]
    sums = dict.fromkeys(days, 0.0)
    for part in contributions(incidents, question, coverage):
        if part.date in sums:
            sums[part.date] += part.value
    levels = tuple(sums.values())
    return Move(
        a=pair[0], b=pair[1], a_name=countries()[pair[0]].name, b_name=countries()[pair[1]].name,
        now=sum(levels[-WEEK:]) / WEEK, before=sum(levels[:-WEEK]) / BEFORE, incidents=len(incidents), first=first,
        levels=levels,
    )  # fmt: skip
