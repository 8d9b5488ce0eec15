"""What the desk asks of a ledger beyond the ledger's own questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from tensionwire.errors import LedgerError
from tensionwire.ledger import Filter, Ledger, Moment
from tensionwire.ledger.schema import moments
from tensionwire.records import Incident, Record

MOST_REPORTS: Final = 150  # reports of one incident that are read for its accounts and counts


def stamp(ledger: Ledger) -> str:
    """The state of the ledger: another one after everything that is written."""
    with ledger.store.reading() as connection:
        return str(connection.execute(select(func.max(moments.c.id))).scalar() or 0)


def incident(ledger: Ledger, key: str, known_at: Moment = None) -> Incident:
    """The incident of a key; raises LedgerError where there is none."""
    found = ledger.incidents(Filter(incident=key, limit=1), as_known_at=known_at)
    if not found:
        raise LedgerError(key, "there is no such incident", "it may have been put together with another; search for it")
    return found[0]


def records(ledger: Ledger, incidents: Iterable[Incident], known_at: Moment = None) -> Mapping[str, Record]:
    """The records of reports that tell of incidents, by key; rows of event tables have none."""
    keys = list(dict.fromkeys(told.report for one in incidents for told in one.tellings if told.sentence))
    found: dict[str, Record] = {}
    for key in keys[:MOST_REPORTS]:
        try:
            found[key] = ledger.report(key, as_known_at=known_at)
        except LedgerError:
            continue  # forgotten, or not yet coded at that moment
    return found


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
