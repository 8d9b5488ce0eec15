"""A record into the ledger: its text, its coding, its rows, its origin and its incidents, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, func, insert, select, text, update

from tensionwire.errors import ForgottenError, LedgerError
from tensionwire.ledger import clock, marks, rows, selecting
from tensionwire.ledger.answers import Added
from tensionwire.ledger.packing import held, ordinal, packed_record, packed_text, storable
from tensionwire.ledger.placing import Placed, placed
from tensionwire.ledger.schema import (
    bands,
    codings,
    item_marks,
    items,
    judgements,
    mentions,
    moments,
    reports,
    tellings,
    texts,
)
from tensionwire.ledger.schema import marks as mark_rows
from tensionwire.ledger.store import Store
from tensionwire.ledger.tracing import Print, origin_of
from tensionwire.link.tellings import first_tellings
from tensionwire.link.tellings import tellings as tellings_of
from tensionwire.records import Record, Telling, content_hash

NUMBERED: Final = {"report": reports, "coding": codings, "telling": tellings, "item": items, "mention": mentions}
_HIGHEST = select(*(select(func.max(t.c.id)).scalar_subquery().label(name) for name, t in NUMBERED.items()))


@dataclass(slots=True)
class Numbers:
    """The next free number of each table, in a transaction that no other writer interrupts."""

    last: dict[str, int]

    @classmethod
    def of(cls, connection: Connection) -> Numbers:
        """As the ledger stands."""
        highest = connection.execute(_HIGHEST).one()._mapping
        return cls(last={name: highest[name] or 0 for name in NUMBERED})

    def next(self, table: str) -> int:
        """One more."""
        self.last[table] += 1
        return self.last[table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What can be made of a record before the transaction begins."""

    record: Record
    text: bytes
    packed: bytes
    print: Print

    @classmethod
    def of(cls, record: Record) -> Ready:
        """Raises LedgerError where the record's hash is not its text's."""
        if content_hash(record.text) != record.content_hash:
            raise LedgerError(record.doc_id, "its content_hash is not its text's", "code the report again")
        return cls(record=record, text=packed_text(record.text), packed=packed_record(record), print=Print.of(record))


def add(store: Store, record: Record, *, again: bool = False) -> Added:
    """Store a record; see `Ledger.add`."""
    ready = Ready.of(record)
    with store.writing() as connection:
        return added(connection, ready, store, again=again)


def added(connection: Connection, ready: Ready, store: Store, *, again: bool = False) -> Added:
    """Store a record within a transaction that is open."""
    record = ready.record
    forgotten = _forgotten(connection, record, again)
    known = _known(connection, record)
    if known is not None and not forgotten and _coded(connection, known.id, record.coder):
        return Added(report=f"r{known.id}", state="known", origin=f"o{known.origin}")
    numbers = Numbers.of(connection)
    words = f"text {record.content_hash} is kept once more" if forgotten else ""
    moment = clock.begun(connection, store.clock, "again" if forgotten else "add", reason=words)
    if forgotten:
        _revive(connection, ready, known)
    if known is None:
        report, origin = _report(connection, ready, numbers, moment)
    else:
        report, origin = known.id, known.origin
    if known is None or forgotten:
        store.dialect.index(connection, [(report, storable(record.title or ""), storable(record.text))])
    return _coding(connection, ready, numbers, moment, report=report, origin=origin, again=known is not None)


def _forgotten(connection: Connection, record: Record, again: bool) -> bool:
    """Whether the text was forgotten; raises ForgottenError where it may not come again."""
    row = connection.execute(select(texts.c.erased).where(texts.c.hash == record.content_hash)).first()
    if row is None or row.erased is None:
        return False
    if not again:
        reason = connection.execute(_REASON, {"id": row.erased}).scalar()
        raise ForgottenError(
            record.doc_id, f"its text was forgotten ({reason})", "use --again if it may be kept once more"
        )
    return True


def _revive(connection: Connection, ready: Ready, known: Any) -> None:
    """Put a forgotten text and its report's title back; that it was forgotten stays in `moments`."""
    same = texts.c.hash == ready.record.content_hash
    connection.execute(update(texts).where(same).values(body=ready.text, erased=None))
    if known is not None:
        title = held(ready.record.title)
        connection.execute(update(reports).where(reports.c.id == known.id).values(title=title))


_REASON = select(moments.c.reason).where(moments.c.id == bindparam("id"))


def _known(connection: Connection, record: Record) -> Any:
    """The row of the report where it is there already: the same text under one address, name or outlet."""
    columns = (reports.c.id, reports.c.origin, reports.c.url, reports.c.doc_id, reports.c.outlet)
    for row in connection.execute(select(*columns).where(reports.c.hash == record.content_hash)):
        if row.url and record.url:
            same = row.url == held(record.url)
        else:
            same = row.doc_id == storable(record.doc_id) or row.outlet == held(record.outlet)
        if same:
            return row
    return None


def _coded(connection: Connection, report: int, coder: str) -> bool:
    found = select(codings.c.id).where(codings.c.report == report, codings.c.coder == storable(coder)).limit(1)
    return connection.execute(found).first() is not None


def _report(connection: Connection, ready: Ready, numbers: Numbers, moment: int) -> tuple[int, int]:
    record, mark = ready.record, ready.print
    report = numbers.next("report")
    origin = origin_of(connection, record, mark)
    if connection.execute(select(texts.c.hash).where(texts.c.hash == record.content_hash)).first() is None:
        connection.execute(insert(texts), {"hash": record.content_hash, "body": ready.text, "added": moment})
    connection.execute(insert(reports), {
        "id": report, "kind": "report", "hash": record.content_hash, "doc_id": storable(record.doc_id),
        "title": held(record.title), "outlet": held(record.outlet), "published": record.published,
        "day": ordinal(record.published), "url": held(record.url), "source": held(record.source),
        "language": record.language, "agencies": rows.listed(record.agencies), "topic": "[]",
        "signature": mark.fingerprint.signature, "words": mark.fingerprint.words,
        "origin": origin.report or report, "origin_reason": storable(origin.reason), "added": moment,
    })  # fmt: skip
    if mark.keys:
        connection.execute(insert(bands), [{"key": key, "report": report} for key in mark.keys])
    return report, origin.report or report


def _coding(
    connection: Connection, ready: Ready, numbers: Numbers, moment: int, *, report: int, origin: int, again: bool
) -> Added:
    record = ready.record
    told = tellings_of(record, report=f"r{report}", origin=f"o{origin}")
    before = _taken_back(connection, report, moment) if again else {}
    coding = numbers.next("coding")
    connection.execute(insert(codings), {
        "id": coding, "report": report, "coder": storable(record.coder), "record": ready.packed, "added": moment,
    })  # fmt: skip
    if told and told[0].topic:
        connection.execute(
            update(reports).where(reports.c.id == report, reports.c.topic == "[]"),
            {"topic": rows.listed(told[0].topic)},
        )
    places = _inherited(record, told, placed(connection, told), before)
    ids = _tellings(connection, record, told, places, numbers, moment, report)
    _items(connection, record, told, ids, numbers, moment, report=report, coding=coding)
    _mentions(connection, record, numbers, moment, report)
    _judged_before(connection, record, told, ids, before, moment)
    incidents = dict.fromkeys(f"i{place.incident or id}" for place, id in zip(places, ids, strict=True))
    state = "recoded" if again else "added"
    return Added(report=f"r{report}", state=state, origin=f"o{origin}", incidents=tuple(incidents))


def _taken_back(connection: Connection, report: int, moment: int) -> Mapping[int, Any]:
    """Close what the coding before said; its tellings by where their trigger begins."""
    rows = connection.execute(selecting.told(None).add_columns(tellings.c.start).where(tellings.c.report == report))
    before = {row.start: row for row in rows}
    for table in (codings, tellings, items, mentions):
        connection.execute(
            update(table).where(table.c.report == report, table.c.retracted.is_(None)).values(retracted=moment)
        )
    return before


def _starts(record: Record) -> Mapping[str, int]:
    return {event.id: event.trigger_span.start for event in record.events}


def _inherited(
    record: Record, told: Sequence[Telling], places: Sequence[Placed], before: Mapping[int, Any]
) -> list[Placed]:
    """Places, where the coding before found the same words: the incident that it had."""
    starts = _starts(record)
    kept = []
    for telling, place in zip(told, places, strict=True):
        old = before.get(starts[telling.event])
        if old is not None:
            place = Placed(
                incident=old.incident, keys=place.keys, probability=old.probability,
                reasons=(*selecting.words(old.reasons), "an earlier coding put the same words there"),
                by=old.moved_by or old.linked_by,
            )  # fmt: skip
        kept.append(place)
    return kept


def _tellings(
    connection: Connection, record: Record, told: Sequence[Telling], places: Sequence[Placed], numbers: Numbers,
    moment: int, report: int,
) -> list[int]:  # fmt: skip
    starts = _starts(record)
    ids = [numbers.next("telling") for _ in told]
    if not told:
        return ids
    connection.execute(insert(tellings), [
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


def index(connection: Connection, told: Any) -> None:
    """Write what tellings can be asked by."""
    given = [
        {"key": key, "day": ordinal(telling.first) or ordinal(telling.published), "telling": id}
        for id, telling in told
        for key in marks.of_telling(telling)
    ]
    if given:
        connection.execute(insert(mark_rows), given)


def link(connection: Connection, found: set[tuple[int, int]]) -> None:
    """Write what incidents are found by: pairs of key and incident; those that are there stay."""
    if found:
        connection.execute(_LINK, [{"key": key, "incident": incident} for key, incident in sorted(found)])


_LINK = text("INSERT INTO link_keys (key, incident) VALUES (:key, :incident) ON CONFLICT DO NOTHING")


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
        keys = found.keys | _lent(found.kind, keys_of.get(telling or 0, frozenset()))
        keys |= {marks.outlet(record.outlet)} if record.outlet else set()
        marked += [{"key": f"{found.kind} {key}", "day": day, "item": id} for key in keys]
    if given:
        connection.execute(insert(items), given)
    if marked:
        connection.execute(insert(item_marks), marked)


def _lent(kind: str, keys: frozenset[str]) -> frozenset[str]:
    """What an item can be asked by because of the event that it is about; a claim is its speaker's, not theirs."""
    return frozenset(key for key in keys if not (kind == "claim" and key.startswith("a:")))


def _by_event(record: Record, told: Sequence[Telling], ids: Sequence[int]) -> dict[str, int]:
    """The telling of each event; an act told again is its first telling."""
    found = {telling.event: id for telling, id in zip(told, ids, strict=True)}
    return {event: found[first] for event, first in first_tellings(record.events).items() if first in found}


def _mentions(connection: Connection, record: Record, numbers: Numbers, moment: int, report: int) -> None:
    given = [
        rows.mention(known) | {"id": numbers.next("mention"), "report": report, "added": moment}
        for known in record.actors
    ]
    if given:
        connection.execute(insert(mentions), given)


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
    if given:
        connection.execute(insert(judgements), given)
