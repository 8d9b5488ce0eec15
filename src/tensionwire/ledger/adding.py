"""A record into the ledger, in one transaction: whether it is there already, of which origin it is, and what is new."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update

from tensionwire.errors import ForgottenError, LedgerError
from tensionwire.ledger import clock, selecting
from tensionwire.ledger.answers import Added
from tensionwire.ledger.coding import code, coded
from tensionwire.ledger.filing import Filing, Place, write_report
from tensionwire.ledger.numbering import Numbers
from tensionwire.ledger.packing import held, packed_record, packed_text, storable
from tensionwire.ledger.schema import moments, reports, texts
from tensionwire.ledger.store import Store
from tensionwire.ledger.tracing import Print, exact, origin_of
from tensionwire.link.tellings import tellings as tellings_of
from tensionwire.records import Record, content_hash

OnError = Callable[[Record, Exception], None]
GROUP: Final = 64  # reports of one transaction, where many are added
SECONDS: Final = 1.0  # after which a group is written, however small


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A record that may be stored, packed before the transaction begins."""

    record: Record
    packed: bytes

    @classmethod
    def of(cls, record: Record) -> Ready:
        """Raises LedgerError where the record's hash is not its text's."""
        if content_hash(record.text) != record.content_hash:
            raise LedgerError(record.doc_id, "its content_hash is not its text's", "code the report again")
        return cls(record=record, packed=packed_record(record))


def add(store: Store, record: Record, *, again: bool = False) -> Added:
    """Store a record; see `Ledger.add`."""
    ready = Ready.of(record)
    with store.writing() as connection:
        return added(connection, ready, store, again=again)


def add_all(
    store: Store, records: Iterable[Record], *, again: bool = False, on_error: OnError | None = None
) -> Iterator[Added]:
    """See `Ledger.add_all`."""
    waiting: list[Ready] = []
    since = time.monotonic()
    for record in records:
        try:
            waiting.append(Ready.of(record))
        except LedgerError as error:
            _tell(on_error, record, error)
        if len(waiting) >= GROUP or time.monotonic() - since > SECONDS:
            yield from _group(store, waiting, again, on_error)
            waiting, since = [], time.monotonic()
    yield from _group(store, waiting, again, on_error)


def _group(store: Store, waiting: Sequence[Ready], again: bool, on_error: OnError | None) -> list[Added]:
    """All of a group in one transaction; one that may not be added has written nothing yet, and is left out."""
    done: list[Added] = []
    if not waiting:
        return done
    with store.writing() as connection:
        for ready in waiting:
            try:
                done.append(added(connection, ready, store, again=again))
            except ForgottenError as error:
                _tell(on_error, ready.record, error)
    return done


def _tell(on_error: OnError | None, record: Record, error: LedgerError) -> None:
    if on_error is None:
        raise error
    on_error(record, error)


def added(connection: Connection, ready: Ready, store: Store, *, again: bool = False) -> Added:
    """Store a record within a transaction that is open."""
    record = ready.record
    near = exact(connection, record)
    forgotten = _forgotten(connection, record, near, again)
    known = next((row for row in near if _same(row, record)), None)
    if known is not None and not forgotten and coded(connection, known.id, record.coder):
        return Added(report=f"r{known.id}", state="known", origin=f"o{known.origin}")
    numbers = Numbers.of(connection)
    store.standing.begun(numbers.moment)
    kind, words = ("again", f"text {record.content_hash} is kept once more") if forgotten else ("add", "")
    moment = clock.after(connection, store.clock, numbers.moment, kind, reason=words)
    if forgotten:
        _revive(connection, ready, known)
    place = _known(known, moment[0]) if known is not None else _new(connection, record, numbers, near, moment[0])
    filing = _filing(record, place, numbers, new=known is None)
    if known is None:
        write_report(connection, record, place, filing.told)
    if known is None or forgotten:
        store.dialect.index(connection, [(place.report, storable(record.title or ""), storable(record.text))])
    twin = place.twin.id if place.twin is not None else None
    incidents = code(connection, filing, ready.packed, store.standing, twin=twin, again=known is not None)
    store.standing.ended(moment)
    state = "added" if known is None else "recoded"
    return Added(report=f"r{place.report}", state=state, origin=f"o{place.origin}", incidents=incidents)


def _filing(record: Record, place: Place, numbers: Numbers, *, new: bool) -> Filing:
    marks = selecting.words(place.twin.topic) if place.twin is not None else None
    told = tellings_of(record, report=f"r{place.report}", origin=f"o{place.origin}", marks=marks)
    return Filing(
        record=record, new=new, report=place.report, coding=numbers.next("coding"), moment=place.moment, told=told,
        numbers=numbers,
    )  # fmt: skip


def _known(row: Any, moment: int) -> Place:
    return Place(report=row.id, origin=row.origin, moment=moment)


def _new(connection: Connection, record: Record, numbers: Numbers, near: Sequence[Any], moment: int) -> Place:
    """A copy to the letter is found by the keys of the first, and has its fingerprint."""
    report = numbers.next("report")
    twin = next((row for row in near if row.hash == record.content_hash), None)
    if twin is not None:
        return Place(report=report, moment=moment, origin=twin.origin, reason="the same text to the letter", twin=twin)
    mark = Print.of(record)
    origin = origin_of(connection, mark, near)
    return Place(report=report, moment=moment, origin=origin.report or report, reason=origin.reason, print=mark)


def _forgotten(connection: Connection, record: Record, near: Sequence[Any], again: bool) -> bool:
    """Whether the text was forgotten; raises ForgottenError where it may not come again."""
    erased = next((row.erased for row in near if row.hash == record.content_hash and row.erased), None)
    if erased is None:
        return False
    if not again:
        reason = connection.execute(_REASON, {"id": erased}).scalar()
        raise ForgottenError(
            record.doc_id, f"its text was forgotten ({reason})", "use --again if it may be kept once more"
        )
    return True


def _revive(connection: Connection, ready: Ready, known: Any) -> None:
    """Put a forgotten text and its report's title back; that it was forgotten stays in `moments`."""
    same = texts.c.hash == ready.record.content_hash
    connection.execute(update(texts).where(same).values(body=packed_text(ready.record.text), erased=None))
    if known is not None:
        title = held(ready.record.title)
        connection.execute(update(reports).where(reports.c.id == known.id).values(title=title))


_REASON = select(moments.c.reason).where(moments.c.id == bindparam("id"))


def _same(row: Any, record: Record) -> bool:
    """Whether a row is the report itself: the same text under one address, name or outlet."""
    if row.hash != record.content_hash:
        return False
    if row.url and record.url:
        return bool(row.url == held(record.url))
    return bool(row.doc_id == storable(record.doc_id) or row.outlet == held(record.outlet))
