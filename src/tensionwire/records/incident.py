"""What reports have in common: one happening, told by many."""

from __future__ import annotations

from dataclasses import dataclass

from tensionwire.records.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why a telling was put with an incident: probability and reasons in plain words; `by` is a person or a rule."""

    report: str
    event: str
    probability: float
    reasons: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One happening with every telling of it, in the order in which the ledger learnt of them."""

    id: str
    tellings: tuple[Telling, ...]
    links: tuple[Link, ...] = ()

    @property
    def origins(self) -> frozenset[str]:
        """Independent witnesses: copies of one text are one."""
        return frozenset(t.origin or t.report for t in self.tellings)

    @property
    def outlets(self) -> frozenset[str]:
        """Who printed it."""
        return frozenset(t.outlet for t in self.tellings if t.outlet)
