"""Incidents: which happening a telling tells of, among those already known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tensionwire.records import Link, Telling

REPRESENTATIVES = 4


def keys(telling: Telling) -> tuple[str, ...]:
    """Keys to index a telling by: two tellings of one incident share one in nearly all cases."""
    raise NotImplementedError


def representatives(tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """The tellings that stand for an incident in comparisons: at most `REPRESENTATIVES`, of different origins."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The incident that a telling belongs to, and why. `link` is what to keep of it."""

    incident: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Linker:
    """Says which incident a telling belongs to. Has no state that a telling could change."""

    @classmethod
    def load(cls) -> Linker:
        """The shipped linker, its weights from `data/`."""
        raise NotImplementedError

    def place(self, telling: Telling, candidates: Iterable[tuple[str, Telling]]) -> Placement | None:
        """The incident of a telling, or None where it tells of something new.

        `candidates` are incidents that share a key with it: pairs of incident id and telling, several for an
        incident (its `representatives`). A telling of the same report is never joined.
        """
        raise NotImplementedError
