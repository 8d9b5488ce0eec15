"""Which relations moved most of late: the mean level of the last week against that of the four weeks before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from sqlalchemy import bindparam, select

from tensionwire.desk.queries import incidents, moved
from tensionwire.ledger import Ledger, selecting
from tensionwire.ledger.packing import ordinal
from tensionwire.ledger.schema import judgements, tellings
from tensionwire.measure.contributions import Question, contributions
from tensionwire.measure.sides import side
from tensionwire.ontology.countries import countries
from tensionwire.records import Incident

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
    groups = met(ledger, first, day)
    busiest = sorted(groups, key=lambda pair: (-len(groups[pair]), pair))[:LOOKED_AT]
    found = incidents(ledger, (f"i{number}" for pair in busiest for number in groups[pair]))
    measured = (_move(pair, [found[f"i{n}"] for n in groups[pair] if f"i{n}" in found], coverage, first)
                for pair in busiest)  # fmt: skip
    moving = [move for move in measured if any(move.levels)]
    return tuple(sorted(moving, key=lambda move: -abs(move.change)))


def met(ledger: Ledger, first: str, last: str) -> Mapping[Pair, list[int]]:
    """The incidents of each pair of states that faced each other on some days, without what is not needed to count."""
    groups: dict[Pair, dict[int, None]] = defaultdict(dict)
    told = select(tellings.c.id, tellings.c.incident, tellings.c.actor, tellings.c.recipient).where(
        tellings.c.day.between(ordinal(first), ordinal(last)), tellings.c.retracted.is_(None)
    )
    with ledger.store.reading() as connection:
        # A person's word is rare: looked up beside, it need not be looked for at every telling.
        judged = {
            kind: {row.telling: row.incident for row in connection.execute(_JUDGED, {"kind": kind})}
            for kind in ("move", "reject")
        }
        for id, incident, actor, recipient in connection.execute(told.order_by(tellings.c.id)):
            if id not in judged["reject"]:
                for pair in _pairs(actor, recipient):
                    groups[pair][judged["move"].get(id, incident)] = None
    return {pair: list(numbers) for pair, numbers in groups.items()}


_JUDGED: Final = select(judgements.c.telling, judgements.c.incident).where(
    judgements.c.kind == bindparam("kind"), judgements.c.telling.is_not(None), judgements.c.retracted.is_(None)
)


@lru_cache(maxsize=65_536)
def _pairs(actors: str, recipients: str) -> frozenset[Pair]:
    """The pairs of states of two columns of parties; the same ones come again and again."""
    known = countries()
    these, those = ([p.code for p in selecting.parties(some) if p.code in known] for some in (actors, recipients))
    return frozenset((min(a, b), max(a, b)) for a, b in product(these, those) if a and b and a != b)


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
