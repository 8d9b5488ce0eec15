"""A person's word: tellings moved between incidents, items confirmed or rejected; each can be taken back."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, func, select, update

from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import clock, selecting
from tensionwire.ledger.answers import Judgement
from tensionwire.ledger.filing import link
from tensionwire.ledger.filters import Moment, number_of
from tensionwire.ledger.happenings import telling_row
from tensionwire.ledger.packing import storable
from tensionwire.ledger.placing import keyed
from tensionwire.ledger.schema import items, judgements, moments, tellings
from tensionwire.ledger.statements import put
from tensionwire.ledger.store import Store

VERDICTS: Final = ("confirm", "reject")


def move(store: Store, key: str, incident: str | None, *, by: str, reason: str) -> Judgement:
    """See `Ledger.move`."""
    _signed(by, reason)
    with store.writing() as connection:
        row = telling_row(connection, key)
        moved = _alone(connection, row) if incident is None else [(row, _there(connection, incident))]
        return _moved(connection, store, moved, by=by, reason=reason)


def merge(store: Store, incident: str, into: str, *, by: str, reason: str) -> Judgement:
    """See `Ledger.merge`."""
    _signed(by, reason)
    with store.writing() as connection:
        target = _there(connection, into)
        rows = _members(connection, _there(connection, incident))
        if incident == into:
            raise UsageError(incident, "is that incident itself", "name two")
        return _moved(connection, store, [(row, target) for row in rows], by=by, reason=reason)


def judge(store: Store, item: str, verdict: str, *, by: str, reason: str) -> Judgement:
    """See `Ledger.judge`."""
    _signed(by, reason)
    if verdict not in VERDICTS:
        raise UsageError(verdict, "is no verdict", "say confirm or reject")
    with store.writing() as connection:
        moment = clock.begun(connection, store.clock, "judge", by=by, reason=storable(reason))
        decide(connection, item, verdict, moment, by=by, reason=reason)
        return _told(connection, moment)


def decide(connection: Connection, item: str, verdict: str | None, moment: int, *, by: str, reason: str) -> None:
    """Let a verdict stand on an item from a moment on, or (None) no verdict; within a transaction that is open."""
    target = _target(connection, item)
    _close(connection, VERDICTS, target, moment)
    if verdict is not None:
        _write(connection, [{"kind": verdict, **target}], moment, by, reason)


def decided(connection: Connection, item: str) -> str | None:
    """The verdict that stands on an item now."""
    ((column, number),) = _target(connection, item).items()
    same = (judgements.c[column] == number) & judgements.c.kind.in_(VERDICTS) & judgements.c.retracted.is_(None)
    return connection.execute(select(judgements.c.kind).where(same)).scalar()


def undo(store: Store, judgement: str, *, by: str, reason: str) -> Judgement:
    """See `Ledger.undo`."""
    _signed(by, reason)
    number = number_of(judgement, "j")
    with store.writing() as connection:
        standing = (judgements.c.added == number) & judgements.c.retracted.is_(None)
        if connection.execute(select(judgements.c.id).where(standing)).first() is None:
            raise LedgerError(judgement, "is no judgement that still stands", "see `tensionwire judge list`")
        moment = clock.begun(connection, store.clock, "judge", by=by, reason=storable(reason))
        connection.execute(update(judgements).where(standing).values(retracted=moment))
        return _told(connection, number)


def judgements_of(store: Store, moment: Moment) -> tuple[Judgement, ...]:
    """See `Ledger.judgements`."""
    with store.reading() as connection:
        at = clock.number(connection, moment)
        rows = connection.execute(_LISTED.where(selecting.there(judgements, at))).all()
        return tuple(_judgement(row, at) for row in rows)


def _signed(by: str, reason: str) -> None:
    if not by.strip() or not reason.strip():
        raise UsageError("a judgement", "needs a name and a reason", "add --by NAME --reason WHY")


def _there(connection: Connection, incident: str) -> int:
    number = number_of(incident, "i")
    if not _members(connection, number):
        raise LedgerError(incident, "there is no such incident", "see `tensionwire incidents`")
    return number


def _members(connection: Connection, incident: int) -> list[Row[Any]]:
    moved = select(judgements.c.telling).where(judgements.c.kind == "move", judgements.c.incident == incident)
    query = selecting.told(None).where(
        (tellings.c.incident == incident) | tellings.c.id.in_(moved), selecting.incident_now == incident
    )
    return list(connection.execute(query.order_by(tellings.c.id)))


def _alone(connection: Connection, row: Row[Any]) -> list[tuple[Row[Any], int]]:
    """A telling apart. An incident bears the number of its founder: where that one leaves, the others move on."""
    others = [other for other in _members(connection, row.incident) if other.id != row.id]
    if not others:
        raise LedgerError(f"r{row.report}/{row.event}", "stands alone already", "nothing is to be done")
    if row.incident != row.id:
        taken = _members(connection, row.id)
        if not taken:
            return [(row, row.id)]
        # Its own number went on with others when it left them once; they keep it.
        raise LedgerError(f"i{row.id}", "is in use by other tellings", "merge or move those first")
    return [(other, others[0].id) for other in others]


def _moved(
    connection: Connection, store: Store, moved: list[tuple[Row[Any], int]], *, by: str, reason: str
) -> Judgement:
    moment = clock.begun(connection, store.clock, "judge", by=by, reason=storable(reason))
    for row, incident in moved:
        _close(connection, ("move",), {"telling": row.id}, moment)
        link(connection, {(key, incident) for key in keyed(selecting.telling(row))})
    given = [{"kind": "move", "telling": row.id, "incident": incident} for row, incident in moved]
    _write(connection, given, moment, by, reason)
    return _told(connection, moment)


def _close(connection: Connection, kinds: tuple[str, ...], target: dict[str, int], moment: int) -> None:
    """What was decided of it before no longer holds."""
    ((column, number),) = target.items()
    same = (judgements.c[column] == number) & judgements.c.kind.in_(kinds) & judgements.c.retracted.is_(None)
    connection.execute(update(judgements).where(same).values(retracted=moment))


def _write(connection: Connection, given: list[dict[str, Any]], moment: int, by: str, reason: str) -> None:
    last = connection.execute(select(func.max(judgements.c.id))).scalar() or 0
    empty = {"telling": None, "item": None, "incident": None, "retracted": None}
    rows = [
        {**empty, **row, "id": last + n, "by": storable(by), "reason": storable(reason), "added": moment}
        for n, row in enumerate(given, 1)
    ]
    put(connection, judgements, rows)


def _target(connection: Connection, key: str) -> dict[str, int]:
    """The telling or item that a key (`r12/e3`, `r12/c2`) names."""
    report, slash, item = key.partition("/")
    if not slash:
        raise UsageError(key, "names no item", "write REPORT/ITEM: r12/e3 for an event, r12/c2 for a claim")
    number = number_of(report, "r")
    # What is rejected now must still be found, to be confirmed after all.
    told = select(tellings.c.id).where(
        tellings.c.report == number, tellings.c.event == item, tellings.c.retracted.is_(None)
    )
    if (found := connection.execute(told).scalar()) is not None:
        return {"telling": int(found)}
    other = select(items.c.id).where(items.c.report == number, items.c.item == item, items.c.retracted.is_(None))
    if (found := connection.execute(other).scalar()) is not None:
        return {"item": int(found)}
    raise LedgerError(key, "there is no such item", "see `tensionwire incidents --id ID`")


_LISTED = (
    select(
        judgements, moments.c.at, tellings.c.report.label("told_report"), tellings.c.event,
        items.c.report.label("item_report"), items.c.item.label("item_name"),
    )
    .join_from(judgements, moments, moments.c.id == judgements.c.added)
    .outerjoin(tellings, tellings.c.id == judgements.c.telling)
    .outerjoin(items, items.c.id == judgements.c.item)
    .order_by(judgements.c.id)
)  # fmt: skip


def _told(connection: Connection, moment: int) -> Judgement:
    rows = connection.execute(_LISTED.where(judgements.c.added == moment)).all()
    return _judgement(rows[0], None)


def _judgement(row: Row[Any], at: int | None) -> Judgement:
    target = f"r{row.told_report}/{row.event}" if row.telling else f"r{row.item_report}/{row.item_name}"
    undone = row.retracted is not None and (at is None or row.retracted <= at)
    return Judgement(
        key=f"j{row.added}", at=clock.shown(row.at), kind=row.kind, target=target, by=row.by, reason=row.reason,
        into=f"i{row.incident}" if row.incident else None, undone=undone,
    )  # fmt: skip
