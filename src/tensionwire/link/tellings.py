"""Tellings: the events of a report as linking and measuring want them, one for each act."""

from __future__ import annotations

from tensionwire.records import Record, Telling


def tellings(record: Record, *, report: str, origin: str | None = None) -> tuple[Telling, ...]:
    """One telling for each act of a report, in text order; acts told again (`same_as`) are folded into the first."""
    raise NotImplementedError
