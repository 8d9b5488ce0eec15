"""Rechecking a ledger: every hash, every span, every row against the record that it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from tensionwire.errors import LedgerError
from tensionwire.exchange.plain import line
from tensionwire.ledger import migrations
from tensionwire.ledger.answers import Damage
from tensionwire.ledger.packing import storable, unpacked_record, unpacked_text
from tensionwire.ledger.schema import codings, reports, tellings, texts
from tensionwire.ledger.store import Store
from tensionwire.records import Record, content_hash, misquotes

PAGE = 200


def damage(store: Store) -> Iterator[Damage]:
    """See `Ledger.verify`. What cannot be read is told, and the rest is still checked."""
    with store.reading() as connection:
        yield from store.dialect.check(connection)
    with store.reading() as connection:
        if (found := migrations.version(connection)) != migrations.LATEST:
            yield Damage(where="meta", fault=f"schema {found}, not {migrations.LATEST}")
        try:
            last = connection.execute(select(func.max(reports.c.id))).scalar() or 0
        except DBAPIError as error:
            yield Damage(where="reports", fault=line(str(error.orig)))
            return
        for start in range(1, last + 1, PAGE):
            yield from _page(connection, range(start, min(start + PAGE, last + 1)))


def _page(connection: Connection, numbers: range) -> Iterator[Damage]:
    """A page of reports at once; where that fails, each alone, so that what can be read is checked."""
    try:
        rows, told = _reports(connection, numbers), _tellings(connection, numbers)
    except DBAPIError as error:
        if len(numbers) == 1:
            yield Damage(where=f"r{numbers[0]}", fault=f"cannot be read: {line(str(error.orig))}")
            return
        for number in numbers:
            yield from _page(connection, range(number, number + 1))
        return
    for number in numbers:
        yield from _report(number, rows.get(number, []), told.get(number, []))


def _reports(connection: Connection, numbers: range) -> dict[int, list[Any]]:
    query = (
        select(
            reports.c.id, reports.c.kind, reports.c.hash, texts.c.hash.label("text"), texts.c.body, texts.c.erased,
            codings.c.record, codings.c.id.label("coding"), codings.c.retracted,
            codings.c.erased.label("wordless"),
        )
        .outerjoin(texts, texts.c.hash == reports.c.hash)
        .outerjoin(codings, codings.c.report == reports.c.id)
        .where(reports.c.id.between(numbers[0], numbers[-1]))
        .order_by(reports.c.id, codings.c.id)
    )  # fmt: skip
    return _grouped(connection.execute(query), "id")


def _tellings(connection: Connection, numbers: range) -> dict[int, list[Any]]:
    columns = (tellings.c.report, tellings.c.event, tellings.c.sentence, tellings.c.trigger, tellings.c.retracted)
    query = select(*columns, tellings.c.start).where(tellings.c.report.between(numbers[0], numbers[-1]))
    return _grouped(connection.execute(query), "report")


def _grouped(rows: Iterable[Any], column: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, column), []).append(row)
    return groups


def _report(number: int, rows: list[Any], told: list[Any]) -> Iterator[Damage]:
    name = f"r{number}"
    if not rows:
        yield Damage(where=name, fault="the report is gone")
    elif rows[0].kind == "report":
        faults = _text(rows[0]) or [fault for row in rows for fault in _coding(row, told)]
        yield from (Damage(where=name, fault=fault) for fault in faults)


def _text(row: Any) -> list[str]:
    if row.text is None:
        return [f"its text {row.hash} is gone"]
    if row.erased is not None:
        return ["its text is not gone, though it was forgotten"] if row.body is not None else []
    try:
        text = unpacked_text(row.body or b"")
    except LedgerError as error:
        return [str(error)]
    return [] if content_hash(text) == row.hash else ["the text's hash is not the one that was kept"]


def _coding(row: Any, told: list[Any]) -> Iterator[str]:
    if row.record is None:
        yield "it has no coding"
        return
    forgotten = row.wordless is not None
    try:
        record = unpacked_record(row.record, "" if forgotten else unpacked_text(row.body))
    except LedgerError as error:
        yield f"coding {row.coding}: {error}"
        return
    if not forgotten:
        yield from (f"coding {row.coding}: {fault}" for fault in misquotes(record))
    if row.retracted is None:
        yield from _rows(record, [one for one in told if one.retracted is None], forgotten)


def _rows(record: Record, told: list[Any], forgotten: bool) -> Iterator[str]:
    """Whether the rows that are asked say what the record says."""
    events = {event.id: event for event in record.events}
    text = storable(record.text)
    for row in told:
        event = events.get(row.event)
        if event is None:
            yield f"{row.event}: a telling of an event that the record does not have"
        elif not forgotten and row.sentence not in text:
            yield f"{row.event}: its sentence does not stand in the text"
        elif not forgotten and row.trigger != storable(event.trigger):
            yield f"{row.event}: its trigger is not the record's"
