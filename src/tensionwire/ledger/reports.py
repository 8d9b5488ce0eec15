"""Reports of the ledger: their records as they were coded, with the text that proves them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from tensionwire.errors import LedgerError
from tensionwire.ledger import clock, selecting
from tensionwire.ledger.answers import Source
from tensionwire.ledger.filters import Moment, number_of
from tensionwire.ledger.packing import iso, unpacked_record, unpacked_text
from tensionwire.ledger.schema import codings, moments, reports, table_days, texts
from tensionwire.ledger.store import Store
from tensionwire.records import Record


def report_of(store: Store, key: str, moment: Moment) -> Record:
    """See `Ledger.report`."""
    with store.reading() as connection:
        number = number_of(key, "r")
        found = records(connection, [number], clock.number(connection, moment))
    if number not in found:
        raise LedgerError(key, "there is no such report, or none with a text", "see `tensionwire search`")
    return found[number]


def records(connection: Connection, numbers: list[int], moment: int | None) -> Mapping[int, Record]:
    """The records of reports by number, of the coding that held at a moment."""
    found: dict[int, Record] = {}
    for batch in selecting.batches(numbers):
        query = CODED.where(reports.c.id.in_(batch), selecting.standing(codings, moment))
        for row in connection.execute(query):
            found[row.id] = unpacked_record(row.record, unpacked_text(row.body) if row.body else "")
    return found


CODED: Select[Any] = (
    select(reports.c.id, codings.c.record, texts.c.body)
    .join_from(codings, reports, reports.c.id == codings.c.report)
    .join(texts, texts.c.hash == reports.c.hash)
)


def sources(connection: Connection, numbers: list[int]) -> Mapping[int, Source]:
    """Where reports come from, by number; `known_at` is when the report came in."""
    found: dict[int, Source] = {}
    query = select(
        reports.c.id, reports.c.title, reports.c.outlet, reports.c.published, reports.c.url, reports.c.origin,
        moments.c.at,
    ).join(moments, moments.c.id == reports.c.added)  # fmt: skip
    for batch in selecting.batches(numbers):
        for row in connection.execute(query.where(reports.c.id.in_(batch))):
            found[row.id] = Source(
                report=f"r{row.id}", known_at=clock.shown(row.at), title=row.title, outlet=row.outlet,
                published=row.published, url=row.url, origin=f"o{row.origin}",
            )  # fmt: skip
    return found


def coverage_of(store: Store, first: str | None, last: str | None, moment: Moment) -> Mapping[str, int]:
    """See `Ledger.coverage`."""
    from tensionwire.ledger.packing import ordinal

    with store.reading() as connection:
        at = clock.number(connection, moment)
        of_reports = (
            select(reports.c.day, func.count(reports.c.origin.distinct()))
            .where(reports.c.kind == "report", selecting.there(reports, at))
            .group_by(reports.c.day)
        )
        of_tables = (
            select(table_days.c.day, func.sum(table_days.c.origins))
            .where(selecting.there(table_days, at))
            .group_by(table_days.c.day)
        )
        counts: dict[int, int] = {}
        for query, days in ((of_reports, reports.c.day), (of_tables, table_days.c.day)):
            query = query.where(days >= max(1, ordinal(first)))
            query = query.where(days <= ordinal(last)) if last else query
            for day, count in connection.execute(query):
                counts[day] = counts.get(day, 0) + int(count)
    return {str(iso(day)): counts[day] for day in sorted(counts)}
