"""Questions about claims, figures, ties and agenda items: found by their keys, read from the record that holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Select, and_, select

from tensionwire.ledger import clock, selecting
from tensionwire.ledger.answers import (
    ReportedAgendaItem,
    ReportedClaim,
    ReportedFigure,
    ReportedRelation,
    Source,
)
from tensionwire.ledger.asked import Asked, asked, driven, known_issue
from tensionwire.ledger.filters import Filter, Moment, number_of
from tensionwire.ledger.happenings import tellings_by_id
from tensionwire.ledger.reports import records, sources
from tensionwire.ledger.schema import item_marks, items, judgements, moments, tellings
from tensionwire.ledger.store import Store
from tensionwire.link.tellings import sentence
from tensionwire.records import Record, Telling

T = TypeVar("T")
PAGE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An item of a report: its id there, where the report comes from, the record, and the incident that it is about."""

    id: str
    source: Source
    record: Record
    incident: str | None
    telling: Telling | None
    kind: str

    @property
    def sentence(self) -> str:
        """The words of the item's sentence."""
        groups = {"claim": self.record.claims, "figure": self.record.figures, "relation": self.record.relations}
        items: Sequence[Any] = groups.get(self.kind, self.record.agenda)
        return next((sentence(self.record, item.s) for item in items if item.id == self.id), "")


def claims_of(store: Store, filter: Filter, moment: Moment) -> tuple[ReportedClaim, ...]:
    """See `Ledger.claims`."""

    def made(found: Found) -> ReportedClaim | None:
        claim = next((c for c in found.record.claims if c.id == found.id), None)
        if claim is None:
            return None
        return ReportedClaim(source=found.source, claim=claim, sentence=found.sentence, incident=found.incident)

    return _answers(store, "claim", filter, moment, made)


def figures_of(store: Store, filter: Filter, moment: Moment) -> tuple[ReportedFigure, ...]:
    """See `Ledger.figures`."""

    def made(found: Found) -> ReportedFigure | None:
        figure = next((f for f in found.record.figures if f.id == found.id), None)
        if figure is None:
            return None
        return ReportedFigure(source=found.source, figure=figure, sentence=found.sentence, incident=found.incident)

    return _answers(store, "figure", filter, moment, made)


def relations_of(store: Store, filter: Filter, moment: Moment) -> tuple[ReportedRelation, ...]:
    """See `Ledger.relations`."""

    def made(found: Found) -> ReportedRelation | None:
        tie = next((r for r in found.record.relations if r.id == found.id), None)
        if tie is None:
            return None
        return ReportedRelation(source=found.source, relation=tie, sentence=found.sentence)

    return _answers(store, "relation", filter, moment, made)


def agenda_of(store: Store, filter: Filter, moment: Moment) -> tuple[ReportedAgendaItem, ...]:
    """See `Ledger.agenda`."""

    def made(found: Found) -> ReportedAgendaItem | None:
        item = next((a for a in found.record.agenda if a.id == found.id), None)
        if item is None:
            return None
        return ReportedAgendaItem(source=found.source, item=item, sentence=found.sentence, incident=found.incident)

    return _answers(store, "agenda", filter, moment, made)


def _answers(
    store: Store, kind: str, filter: Filter, moment: Moment, made: Callable[[Found], T | None]
) -> tuple[T, ...]:
    with store.reading() as connection:
        at = clock.number(connection, moment)
        wanted = replace(asked(connection, filter, kind=kind), newest=selecting.newest(connection, items, at))
        rows = connection.execute(_query(kind, filter, wanted, at)).all()
        found = _found(connection, list({row.id: row for row in rows}.values()), at)
        answers = (made(one) for one in found if _fits(wanted, filter, one))
        return tuple(islice((answer for answer in answers if answer is not None), filter.limit))


def _query(kind: str, filter: Filter, wanted: Asked, moment: int | None) -> Select[Any]:
    query = driven(_items(kind, moment, few=filter.incident is not None), items, wanted, item_marks, "item")
    query = selecting.narrowed(query, filter, items, items.c.state)
    if filter.incident:
        query = query.where(items.c.telling.in_(_of_incident(filter.incident)))
    return query if wanted.several or wanted.fits else query.limit(filter.limit)


def _of_incident(key: str) -> Select[Any]:
    """Tellings that are or were of an incident."""
    number = number_of(key, "i")
    put = select(judgements.c.telling).where(judgements.c.kind == "move", judgements.c.incident == number)
    return select(tellings.c.id).where((tellings.c.incident == number) | tellings.c.id.in_(put))


def _fits(wanted: Asked, filter: Filter, found: Found) -> bool:
    """Whether an item belongs where keys alone cannot tell: by the telling that it is about, else by its words."""
    if wanted.fits is None:
        return True
    if found.telling is not None:
        return wanted.fits(found.telling)
    if filter.issue is None:
        return True
    return known_issue(filter.issue).tells(replace(_NOTHING, sentence=found.sentence))


_NOTHING = Telling(report="", event="", type="", quad=0, score=0.0)


def _items(kind: str, moment: int | None, *, few: bool) -> Select[Any]:
    """Items of a kind as they held at a moment; of `few` of them it is checked, and no index of kinds is walked."""
    of_kind = (items.c.kind.concat("") if few else items.c.kind) == kind
    rejected = judgements.alias("rejected")
    rejects = and_(rejected.c.item == items.c.id, rejected.c.kind == "reject", selecting.standing(rejected, moment))
    return (
        select(
            items.c.id,
            items.c.kind,
            items.c.report,
            items.c.item,
            items.c.telling,
            moments.c.at,
            selecting.incident_now,
        )
        .join_from(items, moments, moments.c.id == items.c.added)
        .outerjoin(tellings, tellings.c.id == items.c.telling)
        .outerjoin(selecting.moved, selecting.moves(moment))
        .where(of_kind, selecting.standing(items, moment))
        .where(~select(rejected.c.id).where(rejects).exists())
    )


def _found(connection: Connection, rows: list[Any], moment: int | None) -> Iterator[Found]:
    """Items with their records, a page at a time, since records are large."""
    for start in range(0, len(rows), PAGE):
        page = rows[start : start + PAGE]
        numbers = sorted({row.report for row in page})
        held, where = records(connection, numbers, moment), sources(connection, numbers)
        told = tellings_by_id(connection, {row.telling for row in page if row.telling}, moment)
        for row in page:
            if row.report in held:
                yield Found(
                    id=row.item, source=replace(where[row.report], known_at=clock.shown(row.at)),
                    record=held[row.report], incident=f"i{row.incident}" if row.incident else None,
                    telling=told.get(row.telling), kind=row.kind,
                )  # fmt: skip
