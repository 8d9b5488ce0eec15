"""Event tables of others: many rows at once, already put together to incidents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from sqlalchemy import Connection, select

from tensionwire.ledger import clock, rows
from tensionwire.ledger.answers import Added
from tensionwire.ledger.filing import index
from tensionwire.ledger.numbering import Numbers
from tensionwire.ledger.packing import held, ordinal, storable
from tensionwire.ledger.schema import reports, table_days, tellings
from tensionwire.ledger.statements import put
from tensionwire.ledger.store import Store
from tensionwire.records import Incident, Telling

BATCH: Final = 5_000


def add_table(store: Store, incidents: Iterable[Incident], *, name: str, digest: str) -> Added:
    """See `Ledger.add_table`. One transaction: the table is there whole or not at all."""
    with store.writing() as connection:
        known = select(reports.c.id).where(reports.c.hash == digest, reports.c.kind == "table")
        if (found := connection.execute(known).scalar()) is not None:
            return Added(report=f"r{found}", state="known")
        numbers = Numbers.of(connection)
        moment = clock.begun(connection, store.clock, "table", reason=storable(name))
        report = numbers.next("report")
        put(connection, reports, [{
            "id": report, "kind": "table", "hash": digest, "doc_id": storable(name), "title": None, "outlet": None,
            "published": None, "day": 0, "url": None, "source": storable(name), "language": None, "agencies": "[]",
            "topic": "[]", "signature": None, "words": 0, "origin": report, "origin_reason": "", "added": moment,
        }])  # fmt: skip
        days = _rows(connection, incidents, numbers, moment, report)
        put(connection, table_days, [
                {"report": report, "day": day, "origins": count, "added": moment} for day, count in days.items()
            ])  # fmt: skip
        return Added(report=f"r{report}", state="added")


def _rows(
    connection: Connection, incidents: Iterable[Incident], numbers: Numbers, moment: int, report: int
) -> Counter[int]:
    """Write the rows; for each day of publication (else of the act), how many origins it had."""
    seen: set[tuple[int, int]] = set()
    days: Counter[int] = Counter()
    told = _numbered(incidents, numbers)
    while batch := list(islice(told, BATCH)):
        _insert(connection, batch, moment, report)
        for _, _, telling in batch:
            day = ordinal(telling.published) or ordinal(telling.first)
            mark = (day, hash(telling.origin or (telling.report, telling.event)))
            days[day] += mark not in seen
            seen.add(mark)
    return days


def _numbered(incidents: Iterable[Incident], numbers: Numbers) -> Iterator[tuple[int, int, Telling]]:
    """Number, incident and telling; an incident has the number of its first."""
    for incident in incidents:
        founder = numbers.last["telling"] + 1
        for telling in incident.tellings:
            yield numbers.next("telling"), founder, telling


def _insert(connection: Connection, batch: Sequence[tuple[int, int, Telling]], moment: int, report: int) -> None:
    put(connection, tellings, [
        rows.telling(telling) | {
            "id": id, "report": report, "incident": founder, "probability": None, "reasons": "[]",
            "linked_by": "" if id == founder else "same day, act and parties in the table", "stands": 0,
            "outlet": held(telling.outlet), "origin": held(telling.origin), "added": moment,
        }
        for id, founder, telling in batch
    ])  # fmt: skip
    index(connection, ((id, replace(telling, report=f"r{report}")) for id, _, telling in batch))
