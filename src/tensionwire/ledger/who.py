"""Questions about actors: who is named, by how many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from tensionwire.errors import UsageError
from tensionwire.ledger import clock, marks, selecting
from tensionwire.ledger.answers import ReportedActor
from tensionwire.ledger.filters import Filter, Moment, number_of
from tensionwire.ledger.packing import iso, ordinal
from tensionwire.ledger.schema import mentions, reports
from tensionwire.ledger.store import Store
from tensionwire.measure.sides import Side, side


def actors_of(store: Store, filter: Filter, moment: Moment) -> tuple[ReportedActor, ...]:
    """See `Ledger.actors`. Of the filter, `actor`, `outlet`, `report`, days (of publication) and `limit` hold."""
    origins = func.count(reports.c.origin.distinct())
    with store.reading() as connection:
        at = clock.number(connection, moment)
        least = _first(connection, ordinal(filter.since)) if filter.since else 0
        query = (
            select(
                mentions.c.folded, mentions.c.code, func.max(mentions.c.name).label("name"),
                func.max(mentions.c.sector).label("sector"), func.max(mentions.c.wikidata).label("wikidata"),
                func.count(mentions.c.report.distinct()).label("reports"), origins.label("origins"),
                func.sum(mentions.c.count).label("mentions"), func.max(reports.c.day).label("last"),
                func.min(func.nullif(reports.c.day, 0)).label("first"),
            )
            .join_from(mentions, reports, reports.c.id == mentions.c.report)
            .where(selecting.standing(mentions, at), mentions.c.id >= least, *_conditions(filter))
            .group_by(mentions.c.folded, mentions.c.code)
            .order_by(origins.desc(), func.sum(mentions.c.count).desc(), mentions.c.folded)
        )  # fmt: skip
        rows = connection.execute(query.limit(filter.limit)).all()
        offices = _offices(connection, rows, at, least)
    return tuple(_actor(row, offices.get((row.folded, row.code), ())) for row in rows)


def _conditions(filter: Filter) -> Iterable[ColumnElement[bool]]:
    if filter.actor:
        yield _is(filter.actor)
    if filter.outlet:
        yield reports.c.outlet == filter.outlet
    if filter.report:
        yield reports.c.id == number_of(filter.report, "r")
    if filter.since:
        yield reports.c.day >= ordinal(filter.since)
    if filter.until:
        yield reports.c.day <= ordinal(filter.until)


def _first(connection: Connection, day: int) -> int:
    """No mention in reports from a day on has a smaller number: found in two indexes, it leaves most rows unread.

    "+ 0" keeps SQLite from looking for the least number by walking up through all the wide rows before it.
    """
    report = connection.execute(select(func.min(reports.c.id + 0)).where(reports.c.day >= day)).scalar()
    if report is None:
        return 0
    return connection.execute(select(func.min(mentions.c.id + 0)).where(mentions.c.report >= report)).scalar() or 0


def _is(given: str | Side) -> ColumnElement[bool]:
    """The actor of that name or id, and everybody of the country or bloc."""
    try:
        one = given if isinstance(given, Side) else side(given)
    except UsageError:
        one = Side(label=str(given), name=str(given), names=frozenset({str(given)}), wikidata=frozenset({str(given)}))
    codes = {*one.codes, *(membership.member for membership in one.memberships)}
    names = {marks.folded(name) for name in (one.name, *one.names)}
    return or_(
        mentions.c.code.in_(sorted(codes)), mentions.c.folded.in_(sorted(names)),
        mentions.c.wikidata.in_(sorted(one.wikidata)),
    )  # fmt: skip


def _offices(
    connection: Any, rows: Iterable[Any], at: int | None, least: int
) -> dict[tuple[str, str | None], tuple[str, ...]]:
    """Every office that an actor was named with from a mention on, in the order of the ledger."""
    found: dict[tuple[str, str | None], dict[str, None]] = {}
    names = sorted({row.folded for row in rows})
    for start in range(0, len(names), selecting.BATCH):
        query = (
            select(mentions.c.folded, mentions.c.code, mentions.c.office, func.min(mentions.c.id))
            .where(mentions.c.folded.in_(names[start : start + selecting.BATCH]), mentions.c.office.is_not(None))
            .where(selecting.standing(mentions, at), mentions.c.id >= least)
            .group_by(mentions.c.folded, mentions.c.code, mentions.c.office)
            .order_by(func.min(mentions.c.id))
        )
        for folded, code, office, _ in connection.execute(query):
            found.setdefault((folded, code), {})[office] = None
    return {key: tuple(offices) for key, offices in found.items()}


def _actor(row: Any, offices: tuple[str, ...]) -> ReportedActor:
    return ReportedActor(
        name=row.name, code=row.code, sector=row.sector, offices=offices, wikidata=row.wikidata, reports=row.reports,
        origins=row.origins, mentions=int(row.mentions), first=iso(row.first or 0), last=iso(row.last or 0),
    )  # fmt: skip
