"""Rows as they stood at a moment, and tellings made of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, or_, select

from tensionwire.ledger.filters import Filter, number_of
from tensionwire.ledger.schema import judgements, reports, tellings
from tensionwire.records import Link, Party, Telling

_parties = msgspec.json.Decoder(tuple[Party, ...])
_words = msgspec.json.Decoder(tuple[str, ...])
BATCH: Final = 500  # values of an IN list; more go in several statements


def standing(table: FromClause, moment: int | None) -> ColumnElement[bool]:
    """Rows that held at a moment; None is now."""
    if moment is None:
        return table.c.retracted.is_(None)
    return and_(table.c.added <= moment, or_(table.c.retracted.is_(None), table.c.retracted > moment))


def there(table: FromClause, moment: int | None) -> ColumnElement[bool]:
    """Rows, never taken back, that were there at a moment."""
    return table.c.added <= moment if moment is not None else table.c.added.is_not(None)


def newest(connection: Connection, table: FromClause, moment: int | None) -> int | None:
    """The highest number of a row that was there at a moment; None for now.

    Rows are numbered in the order of moments, so that halving finds it, where no index does.
    """
    if moment is None:
        return None
    low, high = 0, connection.execute(select(func.max(table.c.id))).scalar() or 0
    while low < high:
        middle = (low + high + 1) // 2
        first = select(table.c.id, table.c.added).where(table.c.id >= middle).order_by(table.c.id).limit(1)
        row = connection.execute(first).one()
        low, high = (row.id, high) if row.added <= moment else (low, middle - 1)
    return low


moved, _rejected = judgements.alias("moved"), judgements.alias("rejected")
incident_now: ColumnElement[int] = func.coalesce(moved.c.incident, tellings.c.incident).label("incident")
"""The incident of a telling, where `moved` is joined by `moves`."""
# In the order in which `telling` takes them apart.
_COLUMNS = (
    tellings.c.id, tellings.c.report, tellings.c.event, tellings.c.type, tellings.c.quad, tellings.c.score,
    tellings.c.mode, tellings.c.status, tellings.c.contexts, tellings.c.actor, tellings.c.recipient, tellings.c.first,
    tellings.c.last, tellings.c.published, tellings.c.place, tellings.c.lat, tellings.c.lon, tellings.c.country,
    tellings.c.trigger, tellings.c.sentence, tellings.c.confidence,
    func.coalesce(tellings.c.outlet, reports.c.outlet).label("outlet"), tellings.c.origin.label("own_origin"),
    reports.c.origin, reports.c.kind, reports.c.topic,
    incident_now, tellings.c.probability, tellings.c.reasons, tellings.c.linked_by,
    moved.c.by.label("moved_by"), moved.c.reason.label("moved_reason"), tellings.c.day, tellings.c.added,
)  # fmt: skip


def moves(moment: int | None) -> ColumnElement[bool]:
    """Where a person put a telling, as it held at a moment."""
    return and_(moved.c.telling == tellings.c.id, moved.c.kind == "move", standing(moved, moment))


def narrowed(query: Select[Any], filter: Filter, rows: FromClause, state: ColumnElement[str]) -> Select[Any]:
    """The query, where it is of `rows` and has the tellings and `moved`, by what no key of an index tells.

    `state` is what the rows call their status.
    """
    if filter.status:
        query = query.where(state == filter.status)
    if filter.confidence:
        query = query.where(rows.c.confidence >= filter.confidence)
    if filter.report:
        query = query.where(rows.c.report == number_of(filter.report, "r"))
    if filter.incident:
        number = number_of(filter.incident, "i")
        put = select(judgements.c.telling).where(judgements.c.kind == "move", judgements.c.incident == number)
        query = query.where((tellings.c.incident == number) | tellings.c.id.in_(put), incident_now == number)
    return query


def told(moment: int | None, *, rejected: bool = False) -> Select[Any]:
    """Every telling that held at a moment, with its incident as it was then, and what its report adds to it.

    What a person rejected is left out, unless `rejected`; where a person moved it, it is.
    """
    rejects = and_(_rejected.c.telling == tellings.c.id, _rejected.c.kind == "reject", standing(_rejected, moment))
    query = (
        select(*_COLUMNS)
        .join_from(tellings, reports, reports.c.id == tellings.c.report)
        .outerjoin(moved, moves(moment))
        .where(standing(tellings, moment))
    )
    return query if rejected else query.where(~select(_rejected.c.id).where(rejects).exists())


@lru_cache(maxsize=65_536)
def parties(json: str) -> tuple[Party, ...]:
    """The parties of a column; the same ones come again and again."""
    return _parties.decode(json)


@lru_cache(maxsize=16_384)
def words(json: str) -> tuple[str, ...]:
    """The strings of a column."""
    return _words.decode(json)


def telling(row: Any) -> Telling:
    """The telling of a row of `told`."""
    (
        _, report, event, type, quad, score, mode, status, contexts, actor, recipient, first, last, published, place,
        lat, lon, country, trigger, sentence, confidence, outlet, own_origin, origin, kind, topic, *_,
    ) = row  # fmt: skip
    origin = (own_origin or f"r{report}/{event}") if kind == "table" else f"o{origin}"
    return Telling(
        report=f"r{report}", event=event, type=type, quad=quad, score=score, mode=mode, status=status,
        contexts=words(contexts), actor=parties(actor), recipient=parties(recipient), first=first, last=last,
        published=published, place=place, lat=lat, lon=lon, country=country, trigger=trigger, sentence=sentence,
        outlet=outlet, origin=origin, topic=words(topic), confidence=confidence,
        coded=kind != "table",
    )  # fmt: skip


def link(row: Any) -> Link:
    """Why a telling is in its incident, a person's word before the rule's."""
    if row.reasons == "[]" and row.moved_by is None:  # founders, which are most
        return Link(report=f"r{row.report}", event=row.event, probability=row.probability or 1.0, by=row.linked_by)
    if row.moved_by is not None:
        return Link(
            report=f"r{row.report}", event=row.event, probability=1.0, reasons=(row.moved_reason,), by=row.moved_by
        )
    probability = 1.0 if row.probability is None else row.probability
    return Link(
        report=f"r{row.report}", event=row.event, probability=probability, reasons=words(row.reasons),
        by=row.linked_by,
    )  # fmt: skip


def batches(ids: Iterable[int]) -> list[list[int]]:
    """Numbers in lists short enough for one statement."""
    given = list(ids)
    return [given[n : n + BATCH] for n in range(0, len(given), BATCH)]
