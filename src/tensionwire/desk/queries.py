"""What the desk asks of a ledger beyond the ledger's own questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from tensionwire.errors import LedgerError
from tensionwire.ledger import Filter, Ledger, Moment, clock, happenings, reports
from tensionwire.ledger.filters import number_of
from tensionwire.records import Incident, Record

MOST_REPORTS: Final = 150  # reports of one incident that are read for its accounts and counts


def incident(ledger: Ledger, key: str, known_at: Moment = None) -> Incident:
    """The incident of a key; raises LedgerError where there is none."""
    found = ledger.incidents(Filter(incident=key, limit=1), as_known_at=known_at)
    if not found:
        raise LedgerError(key, "there is no such incident", "it may have been put together with another; search for it")
    return found[0]


def incidents(ledger: Ledger, keys: Iterable[str]) -> Mapping[str, Incident]:
    """Incidents by their keys, all at once; those that are no more are left out."""
    numbers = [number_of(key, "i") for key in dict.fromkeys(keys)]
    with ledger.store.reading() as connection:
        return {one.id: one for one in happenings.whole(connection, numbers, None)}


def records(ledger: Ledger, incidents: Iterable[Incident], known_at: Moment = None) -> Mapping[str, Record]:
    """The records of reports that tell of incidents, by key; rows of event tables have none.

    Of each incident the first `MOST_REPORTS` reports; those forgotten, or not yet coded at that moment, are left out.
    """
    keys: dict[str, None] = {}
    for one in incidents:
        told = dict.fromkeys(told.report for told in one.tellings if told.sentence)
        keys |= dict.fromkeys(list(told)[:MOST_REPORTS])
    with ledger.store.reading() as connection:
        found = reports.records(connection, [number_of(key, "r") for key in keys], clock.number(connection, known_at))
    return {f"r{number}": record for number, record in found.items()}


def last_day(coverage: Mapping[str, int]) -> str:
    """The day on which the desk stands: today, or the last one of which there are reports."""
    today = datetime.now(UTC).date().isoformat()
    return min(today, max(coverage, default=today))


def moved(day: str, days: int) -> str:
    """The day so many days later.

    >>> moved("2017-04-30", 2)
    '2017-05-02'
    """
    return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()


def is_day(text: str | None) -> bool:
    """Whether a text is an ISO day."""
    try:
        return bool(text) and date.fromisoformat(text or "").isoformat() == text
    except ValueError:
        return False
