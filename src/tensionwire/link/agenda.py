"""Agenda: planned events, and the later report that shows them held, moved or cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tensionwire.records import AgendaItem, Party, Record, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An agenda item with what its report knows of it. `first` and `last` are ISO days that bound its date.

    `telling` is the planned event that announces it, where the record has one.
    """

    report: str
    item: AgendaItem
    sentence: str = ""
    parties: tuple[Party, ...] = ()
    first: str | None = None
    last: str | None = None
    published: str | None = None
    telling: Telling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a planned event.

    `state` is "held", "moved", "cancelled", "open" (still to come) or "unknown" (its day is past and no report tells).
    `telling` is what shows it; `probability` how sure the match is; `when` the new ISO date of one that was moved.
    """

    state: str
    telling: Telling | None = None
    when: str | None = None
    probability: float = 0.0
    reasons: tuple[str, ...] = ()


def planned(record: Record, *, report: str) -> tuple[Planned, ...]:
    """The agenda items of a report, ready to be matched."""
    raise NotImplementedError


def window(item: Planned) -> tuple[str | None, str | None]:
    """ISO days (inclusive) of publication between which a report may tell the outcome; None is open."""
    raise NotImplementedError


def outcome(item: Planned, later: Iterable[Telling], *, today: str) -> Outcome:
    """What became of a planned event as far as later tellings show; `today` is an ISO day."""
    raise NotImplementedError
