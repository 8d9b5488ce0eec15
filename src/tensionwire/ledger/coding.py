"""A coding into the ledger, with what it inherits from an earlier one of its report, or from a copy to the letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from tensionwire.ledger import selecting
from tensionwire.ledger.filing import Filing, write
from tensionwire.ledger.packing import storable
from tensionwire.ledger.placing import Placed, keyed, placed
from tensionwire.ledger.schema import codings, items, judgements, mentions, tellings
from tensionwire.ledger.standing import Standing
from tensionwire.ledger.statements import fetched, put
from tensionwire.records import Telling

Old = Mapping[int, Any]
"""Rows of tellings by where their trigger begins."""


def code(
    connection: Connection, filing: Filing, packed: bytes, standing: Standing, *, twin: int | None, again: bool
) -> tuple[str, ...]:
    """Write a coding; the incidents of its tellings.

    `again`: it takes the place of the report's coding before. `twin` is another report with the very text.
    """
    before = _taken_back(connection, filing, standing) if again else {}
    put(connection, codings, [{
        "id": filing.coding, "report": filing.report, "coder": storable(filing.record.coder), "record": packed,
        "added": filing.moment,
    }])  # fmt: skip
    near = before or _of_twin(connection, twin, filing)
    why = "an earlier coding put the same words there" if before else "the same text to the letter"
    places = _places(connection, filing.told, _inherited(filing, near, why, stands=again), standing)
    ids = write(connection, filing, places, standing)
    if before:
        _judged_before(connection, filing, ids, before)
    return tuple(dict.fromkeys(f"i{place.incident or id}" for place, id in zip(places, ids, strict=True)))


def coded(connection: Connection, report: int, coder: str) -> bool:
    """Whether a coder has read a report already."""
    return bool(fetched(connection, _CODED, {"report": report, "coder": storable(coder)}))


_CODED = select(codings.c.id).where(
    codings.c.report == bindparam("report"), codings.c.coder == bindparam("coder")
).limit(1)  # fmt: skip
_STARTS = (
    selecting.told(None, rejected=True)
    .add_columns(tellings.c.start, tellings.c.stands)
    .where(tellings.c.report == bindparam("report"))
)


def _taken_back(connection: Connection, filing: Filing, standing: Standing) -> Old:
    """Close what the coding before said; its tellings."""
    rows = fetched(connection, _STARTS, {"report": filing.report})
    for row in rows:
        standing.views.drop(row.incident)
    for table in (codings, tellings, items, mentions):
        theirs = (table.c.report == filing.report) & table.c.retracted.is_(None)
        connection.execute(update(table).where(theirs).values(retracted=filing.moment))
    return {row.start: row for row in rows}


def _of_twin(connection: Connection, twin: int | None, filing: Filing) -> Old:
    """The tellings of another report with the very text, if one coder read both."""
    if twin is None or not coded(connection, twin, filing.record.coder):
        return {}
    return {row.start: row for row in fetched(connection, _STARTS, {"report": twin})}


def _inherited(filing: Filing, near: Old, why: str, *, stands: bool) -> list[Placed | None]:
    """For tellings whose words were placed before, the incident that they had; `stands`: in place of those."""
    starts = filing.starts
    return [_in_place(telling, near.get(starts[telling.event]), why, stands=stands) for telling in filing.told]


def _in_place(telling: Telling, old: Any, why: str, *, stands: bool) -> Placed | None:
    if old is None or old.type != telling.type:
        return None
    stands = stands and bool(old.stands)
    return Placed(
        incident=old.incident, stands=stands, keys=keyed(telling) if stands else (),
        probability=old.probability or 1.0, reasons=(*selecting.words(old.reasons), why),
        by=old.moved_by or old.linked_by,
    )  # fmt: skip


def _places(
    connection: Connection, told: Sequence[Telling], found: Iterable[Placed | None], standing: Standing
) -> list[Placed]:
    """Places for all, those that are not known yet by the linker."""
    found = list(found)
    open_ = [telling for telling, place in zip(told, found, strict=True) if place is None]
    rest = iter(placed(connection, open_, standing) if open_ else ())
    return [place if place is not None else next(rest) for place in found]


def _judged_before(connection: Connection, filing: Filing, ids: Sequence[int], before: Old) -> None:
    """What a person moved or confirmed stays so when another coder finds the same words."""
    starts = filing.starts
    new = {before[starts[t.event]].id: id for t, id in zip(filing.told, ids, strict=True) if starts[t.event] in before}
    held = judgements.c.telling.in_(list(new)) & judgements.c.retracted.is_(None)
    rows = connection.execute(select(judgements).where(held)).all()
    last = connection.execute(select(func.max(judgements.c.id))).scalar() or 0
    put(connection, judgements, [
        {**row._mapping, "id": last + n, "telling": new[row.telling], "added": filing.moment}
        for n, row in enumerate(rows, 1)
    ])  # fmt: skip
