"""Questions about tellings and incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import clock, selecting
from tensionwire.ledger.asked import Asked, asked, driven
from tensionwire.ledger.filters import Filter, Moment, number_of
from tensionwire.ledger.schema import judgements, marks, tellings
from tensionwire.ledger.store import Store
from tensionwire.ledger.windows import windows
from tensionwire.records import Incident, Telling

PAGE: Final = 500  # rows fetched at once


def tellings_of(store: Store, filter: Filter, moment: Moment) -> tuple[Telling, ...]:
    """See `Ledger.tellings`."""
    with store.reading() as connection:
        rows = _matching(connection, filter, clock.number(connection, moment))
        with closing(rows):
            return tuple(telling for _, telling in islice(rows, filter.limit))


def incidents_of(store: Store, filter: Filter, moment: Moment) -> tuple[Incident, ...]:
    """See `Ledger.incidents`."""
    with store.reading() as connection:
        at = clock.number(connection, moment)
        ids: dict[int, None] = {}
        with closing(_incidents(connection, filter, at)) as numbers:
            for incident in numbers:
                ids[incident] = None
                if filter.limit is not None and len(ids) >= filter.limit:
                    break
        return tuple(whole(connection, list(ids), at))


def _incidents(connection: Connection, filter: Filter, moment: int | None) -> Generator[int, None, None]:
    """Incidents of what the filter lets through, newest day first, some of them again and again."""
    wanted = replace(asked(connection, filter), newest=selecting.newest(connection, tellings, moment))
    if wanted.fits is not None:
        yield from (incident for incident, _ in _matching(connection, filter, moment))
        return
    for part in _parts(connection, filter, wanted):
        query = _query(filter, part, moment).with_only_columns(selecting.incident_now, maintain_column_froms=True)
        with connection.execute(query, execution_options={"yield_per": PAGE}) as rows:
            yield from rows.scalars()


def _parts(connection: Connection, filter: Filter, wanted: Asked) -> Iterator[Asked]:
    """What is asked; where some of the latest of several keys are, one stretch of days after the other."""
    if filter.limit is None or not wanted.several:
        yield wanted
        return
    latest = connection.execute(select(func.max(tellings.c.day))).scalar() or 0
    yield from (replace(wanted, window=window) for window in windows(latest, wanted.last))


def whole(connection: Connection, ids: Sequence[int], moment: int | None) -> Iterator[Incident]:
    """Incidents by their numbers, in that order, with every telling that held at a moment."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for batch in selecting.batches(ids):
        wanted = set(batch)
        query = selecting.told(moment)
        moved = select(judgements.c.telling).where(judgements.c.kind == "move", judgements.c.incident.in_(batch))
        founded = connection.execute(query.where(tellings.c.incident.in_(batch))).all()
        joined = connection.execute(query.where(tellings.c.id.in_(moved))).all()
        for row in sorted({row.id: row for row in (*founded, *joined)}.values(), key=lambda row: row.id):
            if row.incident in wanted:
                rows[row.incident].append(row)
    for id in ids:
        if rows[id]:
            told, links = map(selecting.telling, rows[id]), map(selecting.link, rows[id])
            yield Incident(id=f"i{id}", tellings=tuple(told), links=tuple(links))


def tellings_by_id(connection: Connection, ids: Iterable[int], moment: int | None) -> Mapping[int, Telling]:
    """Tellings by their number."""
    found: dict[int, Telling] = {}
    for batch in selecting.batches(ids):
        for row in connection.execute(selecting.told(moment).where(tellings.c.id.in_(batch))):
            found[row[0]] = selecting.telling(row)
    return found


def telling_row(connection: Connection, key: str) -> Any:
    """The row, as it stands now, of a telling named `r12/e3`; raises LedgerError where there is none."""
    report, slash, event = key.partition("/")
    if not slash:
        raise UsageError(key, "names no telling", "write REPORT/EVENT: r12/e3")
    number = number_of(report, "r")
    query = selecting.told(None).where(tellings.c.report == number, tellings.c.event == event)
    if (row := connection.execute(query).first()) is None:
        raise LedgerError(key, "there is no such telling", "see `tensionwire incidents --id ID`")
    return row


def _matching(connection: Connection, filter: Filter, moment: int | None) -> Generator[tuple[int, Telling], None, None]:
    """Incident and telling of what the filter lets through, newest day first, each telling once."""
    wanted = replace(asked(connection, filter), newest=selecting.newest(connection, tellings, moment))
    seen: set[int] = set()
    for part in _parts(connection, filter, wanted):
        with connection.execute(_query(filter, part, moment), execution_options={"yield_per": PAGE}) as rows:
            for row in rows:
                if row[0] in seen:
                    continue
                seen.add(row[0])
                telling = selecting.telling(row)
                if wanted.fits is None or wanted.fits(telling):
                    yield row.incident, telling


def _query(filter: Filter, wanted: Asked, moment: int | None) -> Select[Any]:
    query = driven(selecting.told(moment), tellings, wanted, marks, "telling")
    return selecting.narrowed(query, filter, tellings, tellings.c.status)
