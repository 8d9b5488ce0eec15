"""A record into the ledger: its text, its coding, its rows, its origin and its incidents, in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, func, select, update

from tensionwire.errors import ForgottenError, LedgerError
from tensionwire.ledger import clock, marks, rows, selecting
from tensionwire.ledger.answers import Added
from tensionwire.ledger.inserting import put, put_new
from tensionwire.ledger.packing import held, ordinal, packed_record, packed_text, storable
from tensionwire.ledger.placing import Placed, keyed, placed
from tensionwire.ledger.schema import (
    bands,
    codings,
    item_marks,
    items,
    judgements,
    link_keys,
    mentions,
    moments,
    reports,
    tellings,
    texts,
)
from tensionwire.ledger.schema import marks as mark_rows
from tensionwire.ledger.store import Store
from tensionwire.ledger.tracing import Print, exact, origin_of
from tensionwire.link.tellings import first_tellings
from tensionwire.link.tellings import tellings as tellings_of
from tensionwire.records import Record, Telling, content_hash

OnError = Callable[[Record, Exception], None]
GROUP: Final = 64  # reports of one transaction, where many are added
SECONDS: Final = 1.0  # after which a group is written, however small
NUMBERED: Final = {"report": reports, "coding": codings, "telling": tellings, "item": items, "mention": mentions}
_HIGHEST = select(
    *(select(func.max(t.c.id)).scalar_subquery().label(name) for name, t in NUMBERED.items()),
    select(func.max(moments.c.id)).scalar_subquery().label("moment"),
    select(func.max(moments.c.at)).scalar_subquery().label("at"),
)


@dataclass(slots=True)
class Numbers:
    """The next free number of each table, in a transaction that no other writer interrupts."""

    last: dict[str, int]
    moment: tuple[int, int]  # the latest one, and its time

    @classmethod
    def of(cls, connection: Connection) -> Numbers:
        """As the ledger stands."""
        highest = connection.execute(_HIGHEST).one()._mapping
        return cls(
            last={name: highest[name] or 0 for name in NUMBERED}, moment=(highest["moment"] or 0, highest["at"] or 0)
        )

    def next(self, table: str) -> int:
        """One more."""
        self.last[table] += 1
        return self.last[table]


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
    if known is not None and not forgotten and _coded(connection, known.id, record.coder):
        return Added(report=f"r{known.id}", state="known", origin=f"o{known.origin}")
    numbers = Numbers.of(connection)
    words = f"text {record.content_hash} is kept once more" if forgotten else ""
    moment = clock.begun(connection, store.clock, "again" if forgotten else "add", reason=words, last=numbers.moment)
    if forgotten:
        _revive(connection, ready, known)
    place = _Place.known(known, moment) if known is not None else _Place.new(connection, record, numbers, near, moment)
    marks = selecting.words(place.twin.topic) if place.twin is not None else None
    told = tellings_of(record, report=f"r{place.report}", origin=f"o{place.origin}", marks=marks)
    if known is None:
        _report(connection, record, place, told)
    if known is None or forgotten:
        store.dialect.index(connection, [(place.report, storable(record.title or ""), storable(record.text))])
    return _coding(connection, ready, numbers, place, told, again=known is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a report stands in the ledger, and when this came to be; `twin` is the row of one with the very text."""

    report: int
    moment: int
    origin: int
    reason: str = ""
    print: Print | None = None
    twin: Any = None

    @classmethod
    def known(cls, row: Any, moment: int) -> _Place:
        return cls(report=row.id, origin=row.origin, moment=moment)

    @classmethod
    def new(cls, connection: Connection, record: Record, numbers: Numbers, near: Sequence[Any], moment: int) -> _Place:
        """A copy to the letter is found by the keys of the first, and has its fingerprint."""
        report = numbers.next("report")
        twin = next((row for row in near if row.hash == record.content_hash), None)
        if twin is not None:
            return cls(
                report=report, moment=moment, origin=twin.origin, reason="the same text to the letter", twin=twin,
            )  # fmt: skip
        mark = Print.of(record)
        origin = origin_of(connection, mark, near)
        return cls(report=report, moment=moment, origin=origin.report or report, reason=origin.reason, print=mark)


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


def _coded(connection: Connection, report: int, coder: str) -> bool:
    return connection.execute(_CODED, {"report": report, "coder": storable(coder)}).first() is not None


_CODED = select(codings.c.id).where(
    codings.c.report == bindparam("report"), codings.c.coder == bindparam("coder")
).limit(1)  # fmt: skip


def _report(connection: Connection, record: Record, place: _Place, told: Sequence[Telling]) -> None:
    print_, twin = place.print, place.twin
    if twin is None:
        put(connection, texts, [{
            "hash": record.content_hash, "body": packed_text(record.text), "added": place.moment,
        }])  # fmt: skip
    put(connection, reports, [{
        "id": place.report, "kind": "report", "hash": record.content_hash, "doc_id": storable(record.doc_id),
        "title": held(record.title), "outlet": held(record.outlet), "published": record.published,
        "day": ordinal(record.published), "url": held(record.url), "source": held(record.source),
        "language": record.language, "agencies": rows.listed(record.agencies),
        "topic": rows.listed(told[0].topic if told else ()),
        "signature": print_.fingerprint.signature if print_ else twin.signature,
        "words": print_.fingerprint.words if print_ else twin.words, "origin": place.origin,
        "origin_reason": storable(place.reason), "added": place.moment,
    }])  # fmt: skip
    put(connection, bands, [{"key": key, "report": place.report} for key in (print_.keys if print_ else ())])


def _coding(
    connection: Connection, ready: Ready, numbers: Numbers, place: _Place, told: Sequence[Telling], *, again: bool
) -> Added:
    record, report, moment = ready.record, place.report, place.moment
    before = _taken_back(connection, report, moment) if again else {}
    coding = numbers.next("coding")
    put(connection, codings, [{
        "id": coding, "report": report, "coder": storable(record.coder), "record": ready.packed, "added": moment,
    }])  # fmt: skip
    near = before or _of_twin(connection, place, record)
    why = "an earlier coding put the same words there" if before else "the same text to the letter"
    inherited = _inherited(record, told, near, why, stands=again)
    places = _all_placed(connection, told, inherited)
    ids = _tellings(connection, record, told, places, numbers, moment, report)
    _items(connection, record, told, ids, numbers, moment, report=report, coding=coding)
    _mentions(connection, record, numbers, moment, report)
    _judged_before(connection, record, told, ids, before, moment)
    incidents = dict.fromkeys(f"i{place.incident or id}" for place, id in zip(places, ids, strict=True))
    state = "recoded" if again else "added"
    return Added(report=f"r{report}", state=state, origin=f"o{place.origin}", incidents=tuple(incidents))


def _taken_back(connection: Connection, report: int, moment: int) -> Mapping[int, Any]:
    """Close what the coding before said; its tellings by where their trigger begins."""
    rows = connection.execute(_STARTS, {"report": report})
    before = {row.start: row for row in rows}
    for table in (codings, tellings, items, mentions):
        connection.execute(
            update(table).where(table.c.report == report, table.c.retracted.is_(None)).values(retracted=moment)
        )
    return before


def _starts(record: Record) -> Mapping[str, int]:
    return {event.id: event.trigger_span.start for event in record.events}


def _of_twin(connection: Connection, place: _Place, record: Record) -> Mapping[int, Any]:
    """The tellings of another report with the very text, by where their trigger begins, if one coder read both."""
    if place.twin is None or not _coded(connection, place.twin.id, record.coder):
        return {}
    rows = connection.execute(_STARTS, {"report": place.twin.id})
    return {row.start: row for row in rows}


_STARTS = (
    selecting.told(None, rejected=True)
    .add_columns(tellings.c.start, tellings.c.stands)
    .where(tellings.c.report == bindparam("report"))
)


def _inherited(
    record: Record, told: Sequence[Telling], near: Mapping[int, Any], why: str, *, stands: bool
) -> list[Placed | None]:
    """For tellings whose words were placed before, the incident that they had; `stands`: in place of those."""
    starts = _starts(record)
    return [_in_place(telling, near.get(starts[telling.event]), why, stands=stands) for telling in told]


def _in_place(telling: Telling, old: Any, why: str, *, stands: bool) -> Placed | None:
    if old is None or old.type != telling.type:
        return None
    stands = stands and bool(old.stands)
    return Placed(
        incident=old.incident, stands=stands, keys=keyed(telling) if stands else (),
        probability=old.probability or 1.0, reasons=(*selecting.words(old.reasons), why),
        by=old.moved_by or old.linked_by,
    )  # fmt: skip


def _all_placed(connection: Connection, told: Sequence[Telling], found: Sequence[Placed | None]) -> list[Placed]:
    """Places for all, those that are not known yet by the linker."""
    open_ = [telling for telling, place in zip(told, found, strict=True) if place is None]
    rest = iter(placed(connection, open_))
    return [place if place is not None else next(rest) for place in found]


def _tellings(
    connection: Connection, record: Record, told: Sequence[Telling], places: Sequence[Placed], numbers: Numbers,
    moment: int, report: int,
) -> list[int]:  # fmt: skip
    starts = _starts(record)
    ids = [numbers.next("telling") for _ in told]
    if not told:
        return ids
    put(connection, tellings, [
        rows.telling(telling, start=starts[telling.event]) | {
            "id": id, "report": report, "incident": place.incident or id, "probability": place.probability,
            "reasons": rows.listed(place.reasons), "linked_by": place.by, "stands": int(place.stands),
            "added": moment,
        }
        for id, telling, place in zip(ids, told, places, strict=True)
    ])  # fmt: skip
    index(connection, zip(ids, told, strict=True))
    link(connection, {(key, place.incident or id) for id, place in zip(ids, places, strict=True) for key in place.keys})
    return ids


def index(connection: Connection, told: Iterable[tuple[int, Telling]]) -> None:
    """Write what tellings can be asked by."""
    given: list[dict[str, Any]] = []
    for id, telling in told:
        day = ordinal(telling.first) or ordinal(telling.published)
        given += [{"key": key, "day": day, "telling": id} for key in marks.of_telling(telling)]
    put(connection, mark_rows, given)


def link(connection: Connection, found: set[tuple[int, int]]) -> None:
    """Write what incidents are found by: pairs of key and incident; those that are there stay."""
    put_new(connection, link_keys, [{"key": key, "incident": incident} for key, incident in sorted(found)])


def _items(
    connection: Connection, record: Record, told: Sequence[Telling], ids: Sequence[int], numbers: Numbers,
    moment: int, *, report: int, coding: int,
) -> None:  # fmt: skip
    by_event = _by_event(record, told, ids)
    keys_of = {id: marks.of_telling(telling) for id, telling in zip(ids, told, strict=True)}
    published = ordinal(record.published)
    given, marked = [], []
    for found in rows.items(record):
        id, telling = numbers.next("item"), by_event.get(found.event or "")
        day = found.first if found.kind == "agenda" else published
        given.append({
            "id": id, "kind": found.kind, "report": report, "coding": coding, "item": found.id, "telling": telling,
            "state": found.state, "day": day, "end": found.last or day, "confidence": found.confidence,
            "added": moment, "retracted": None,
        })  # fmt: skip
        keys = found.keys | (keys_of.get(telling or 0, frozenset()) if found.kind == "agenda" else frozenset())
        keys |= {marks.outlet(record.outlet)} if record.outlet else set()
        marked += [{"key": f"{found.kind} {key}", "day": day, "item": id} for key in keys]
    put(connection, items, given)
    put(connection, item_marks, marked)


def _by_event(record: Record, told: Sequence[Telling], ids: Sequence[int]) -> dict[str, int]:
    """The telling of each event; an act told again is its first telling."""
    found = {telling.event: id for telling, id in zip(told, ids, strict=True)}
    return {event: found[first] for event, first in first_tellings(record.events).items() if first in found}


def _mentions(connection: Connection, record: Record, numbers: Numbers, moment: int, report: int) -> None:
    given = [
        rows.mention(known) | {"id": numbers.next("mention"), "report": report, "added": moment}
        for known in record.actors
    ]
    put(connection, mentions, given)


def _judged_before(
    connection: Connection, record: Record, told: Sequence[Telling], ids: Sequence[int], before: Mapping[int, Any],
    moment: int,
) -> None:  # fmt: skip
    """What a person moved or confirmed stays so when another coder finds the same words."""
    if not before:
        return
    starts = _starts(record)
    new = {before[starts[t.event]].id: id for t, id in zip(told, ids, strict=True) if starts[t.event] in before}
    rows_ = connection.execute(
        select(judgements).where(and_(judgements.c.telling.in_(list(new)), judgements.c.retracted.is_(None)))
    ).all()
    last = connection.execute(select(func.max(judgements.c.id))).scalar() or 0
    given = [
        {**row._mapping, "id": last + n, "telling": new[row.telling], "added": moment} for n, row in enumerate(rows_, 1)
    ]
    put(connection, judgements, given)
