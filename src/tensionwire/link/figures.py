"""Figures of an incident: each count with its source, time and wording, in the order in which they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tensionwire.records import Incident, Party, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One count as one report gives it. `low` and `high` are inclusive, None is open on that side.

    `kind` is "cumulative" (a total so far), "incremental" (more on top of one) or "single". `change` says how it
    stands to the latest reading of the same thing before it: "first", "same", "narrower", "wider", "higher", "lower".
    `as_of` is the ISO day of the report; `speaker` is whose count it is, None for the report's own.
    """

    report: str
    figure: str
    what: str | None
    wording: str
    sentence: str
    low: float | int | None = None
    high: float | int | None = None
    kind: str = "single"
    change: str = "first"
    as_of: str | None = None
    speaker: Party | None = None
    outlet: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The readings of one thing counted ("killed"), oldest first. `low` and `high` are the extremes ever given."""

    what: str | None
    readings: tuple[Reading, ...]
    low: float | int | None = None
    high: float | int | None = None


def history(incident: Incident, records: Mapping[str, Record]) -> tuple[History, ...]:
    """The count histories of an incident, the one with most readings first; nothing is averaged.

    `records` has the record of each report that tells of the incident, by report key.
    """
    raise NotImplementedError
