"""PLOVER 2.0: event types, modes, contexts and sectors, with quad classes and scores.

The tables are `data/plover_*.tsv`; each names its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from tensionwire.ontology.rows import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One of the 16 types. `score` runs from -10 (conflict) to 10; `symmetric`: a pair has no direction.

    `spoken`: an act done in words, which is really done even where what it speaks of is not.
    """

    name: str
    quad: int
    score: float
    symmetric: bool
    spoken: bool
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """What part of society an actor belongs to; `armed` where it bears arms for a state or a cause."""

    code: str
    armed: bool
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plover:
    """The ontology, read only. `modes` maps (type, mode) to the mode's score."""

    types: Mapping[str, EventType]
    modes: Mapping[tuple[str, str], float]
    quads: Mapping[int, str]
    contexts: tuple[str, ...]
    sectors: Mapping[str, Sector]

    def quad(self, event_type: str) -> int:
        """Quad class 1 to 4 of a type; KeyError for a type that PLOVER does not have.

        >>> plover().quad("SANCTION")
        4
        """
        return self.types[event_type].quad

    def score(self, event_type: str, mode: str | None = None) -> float:
        """The mode's score where the type has that mode, else the type's.

        >>> plover().score("CONSULT", "phone"), plover().score("ASSAULT"), plover().score("ASSAULT", "phone")
        (1.5, -9.0, -9.0)
        """
        return self.modes.get((event_type, mode or ""), self.types[event_type].score)

    def modes_of(self, event_type: str) -> tuple[str, ...]:
        """The modes of a type, in the order of the table.

        >>> plover().modes_of("REQUEST")
        ('assist', 'change', 'yield', 'meet')
        """
        return tuple(mode for name, mode in self.modes if name == event_type)


@cache
def plover() -> Plover:
    """The ontology as shipped, read once.

    >>> len(plover().types), plover().quads[plover().quad("AID")]
    (16, 'material cooperation')
    """
    return Plover(
        types=MappingProxyType({row[0]: _event_type(row) for row in rows("plover_types.tsv")}),
        modes=MappingProxyType({(row[0], row[1]): float(row[2]) for row in rows("plover_modes.tsv")}),
        quads=MappingProxyType({int(row[0]): row[1] for row in rows("plover_quads.tsv")}),
        contexts=tuple(row[0] for row in rows("plover_contexts.tsv")),
        sectors=MappingProxyType({row[0]: _sector(row) for row in rows("plover_sectors.tsv")}),
    )


def _event_type(row: tuple[str, ...]) -> EventType:
    name, quad, score, symmetric, spoken, meaning = row
    return EventType(
        name=name,
        quad=int(quad),
        score=float(score),
        symmetric=symmetric == "yes",
        spoken=spoken == "yes",
        meaning=meaning,
    )


def _sector(row: tuple[str, ...]) -> Sector:
    code, armed, meaning = row
    return Sector(code=code, armed=armed == "yes", meaning=meaning)
