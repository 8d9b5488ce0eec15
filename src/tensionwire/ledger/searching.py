"""Full-text search over titles and texts, with the sentences that show why a report was found."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from tensionwire.ledger import clock, marks, selecting
from tensionwire.ledger.answers import Hit
from tensionwire.ledger.asked import asked, driven, known_issue
from tensionwire.ledger.filters import EVERYTHING, Filter, Moment, number_of
from tensionwire.ledger.packing import ordinal
from tensionwire.ledger.reports import records, sources
from tensionwire.ledger.schema import marks as mark_rows
from tensionwire.ledger.schema import reports, tellings
from tensionwire.ledger.store import Store
from tensionwire.ledger.words import Query, parsed
from tensionwire.records import Record

EXCERPTS: Final = 2
RANKED: Final = 10_000  # matches
USUAL: Final = 20  # hits where the filter sets no limit
WIDER: Final = 20  # times as many are looked through where an issue is asked for


def hits_of(store: Store, words: str, filter: Filter, moment: Moment) -> tuple[Hit, ...]:
    """See `Ledger.search`."""
    query = parsed(words)
    with store.reading() as connection:
        at = clock.number(connection, moment)
        found: list[int] = list(connection.execute(_query(store, connection, query, filter, at)).scalars())
        found = [n for n in found if _belongs(connection, n, filter, at)][: filter.limit]
        held, where = records(connection, found, at), sources(connection, found)
    return tuple(Hit(source=where[n], excerpts=excerpts(held[n], query) if n in held else ()) for n in found)


def _query(store: Store, connection: Connection, query: Query, filter: Filter, at: int | None) -> Select[Any]:
    found = store.dialect.matches(query, _after(store, connection, query, filter, at))
    wanted = (
        select(reports.c.id)
        .join_from(found, reports, reports.c.id == found.c.report)
        .where(selecting.there(reports, at))
        .order_by(found.c.rank, reports.c.id.desc())
        .limit((USUAL if filter.limit is None else filter.limit) * (WIDER if filter.issue else 1))
    )
    if filter.outlet:
        wanted = wanted.where(func.lower(reports.c.outlet) == filter.outlet.lower())
    if filter.since or filter.until:
        wanted = wanted.where(_among(found, _of_days(filter)))
    if filter.report:
        wanted = wanted.where(reports.c.id == number_of(filter.report, "r"))
    if (told := _telling(connection, filter, at)) is not None:
        wanted = wanted.where(_among(found, told))
    return wanted


def _among(found: FromClause, some: Select[Any]) -> ColumnElement[bool]:
    """Whether a match is among some reports; not by its bare number, or each of these would be searched for alone."""
    return (found.c.report + 0).in_(some)


def _of_days(filter: Filter) -> Select[Any]:
    """Reports of the days that were asked for."""
    query = select(reports.c.id).where(reports.c.day > 0)
    if filter.since:
        query = query.where(reports.c.day >= ordinal(filter.since))
    return query.where(reports.c.day <= ordinal(filter.until)) if filter.until else query


def _after(store: Store, connection: Connection, query: Query, filter: Filter, at: int | None) -> int:
    """The report after which matches are ranked: where very many hold the words, and nothing else is asked, the latest.

    To rank a match costs microseconds, to pass one over hardly anything.
    """
    if replace(filter, limit=None) != EVERYTHING:
        return 0
    last = connection.execute(select(func.max(reports.c.id)).where(selecting.there(reports, at))).scalar() or 0
    return store.dialect.nth(connection, query, RANKED, last)


def _belongs(connection: Connection, report: int, filter: Filter, at: int | None) -> bool:
    """Whether a telling of the report is of the issue that was asked for."""
    if filter.issue is None:
        return True
    rows = connection.execute(selecting.told(at).where(tellings.c.report == report))
    return any(known_issue(filter.issue).tells(selecting.telling(row)) for row in rows)


def _telling(connection: Connection, filter: Filter, at: int | None) -> Select[Any] | None:
    """Reports with a telling that the rest of the filter lets through; None where nothing else is asked."""
    rest = Filter(actor=filter.actor, pair=filter.pair, type=filter.type, place=filter.place)
    conditions = asked(connection, rest)
    if not (conditions.keys or filter.status or filter.confidence or filter.incident):
        return None
    told = selecting.told(at).with_only_columns(tellings.c.report, maintain_column_froms=True)
    inner = driven(told, tellings, conditions, mark_rows, "telling")
    return selecting.narrowed(inner, filter, tellings, tellings.c.status).order_by(None)


def excerpts(record: Record, query: Query) -> tuple[str, ...]:
    """The sentences that hold most of the words, in their order."""
    stems = {_stem(word) for term in query.wanted for word in term}
    told = [span.of(record.text) for span in record.sentences] or [record.text[:300]]
    scores = [len(stems & {_stem(word) for word in re.findall(r"\w+", sentence)}) for sentence in told]
    best = sorted(range(len(told)), key=lambda n: (-scores[n], n))[:EXCERPTS]
    return tuple(told[n] for n in sorted(best) if scores[n])


def _stem(word: str) -> str:
    """Enough of a word to find its other forms; the index itself stems by the rules."""
    word = marks.folded(word)
    return word[: max(4, len(word) - 3)]
