"""Forgetting: the words of a report go, for a reason that stays, with the hash and the bones of what it told."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection, delete, select, update

from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import clock, marks, rows, selecting
from tensionwire.ledger.answers import Tombstone
from tensionwire.ledger.filters import number_of
from tensionwire.ledger.packing import packed_record, storable, unpacked_record, unpacked_text
from tensionwire.ledger.schema import codings, item_marks, items, mentions, moments, reports, tellings, texts, verdicts
from tensionwire.ledger.schema import marks as mark_rows
from tensionwire.ledger.store import Store
from tensionwire.records import Actor, CustomEvent, Event, KnownActor, Party, Record

Told = TypeVar("Told", Event, CustomEvent)


def forget(store: Store, key: str, *, reason: str, by: str) -> str:
    """See `Ledger.forget`. Every report with that text is forgotten with it, since they hold the same words."""
    if not reason.strip():
        raise UsageError("--reason", "is empty", "say why the text must go; the reason stays in the ledger")
    with store.writing() as connection:
        hash = _hash(connection, key)
        moment = clock.begun(connection, store.clock, "forget", by=by, reason=storable(reason))
        body = connection.execute(select(texts.c.body).where(texts.c.hash == hash)).scalar()
        words = storable(unpacked_text(body)) if body else ""
        for row in connection.execute(select(reports.c.id, reports.c.title).where(reports.c.hash == hash)).all():
            store.dialect.unindex(connection, [(row.id, row.title or "", words)])
            _erase(connection, row.id, moment)
        connection.execute(update(texts).where(texts.c.hash == hash).values(body=None, erased=moment))
    store.dialect.purge(store.engine)
    return hash


def _hash(connection: Connection, key: str) -> str:
    query = select(texts.c.hash, texts.c.erased).join(reports, reports.c.hash == texts.c.hash)
    row = connection.execute(query.where(reports.c.id == number_of(key, "r"))).first()
    if row is None:
        raise LedgerError(key, "there is no such report", "see `tensionwire search`")
    if row.erased is not None:
        raise LedgerError(key, "was forgotten already", "nothing is left to do")
    return str(row.hash)


def _erase(connection: Connection, report: int, moment: int) -> None:
    """Take the words out of every row of a report."""
    connection.execute(update(reports).where(reports.c.id == report).values(title=None, topic="[]"))
    for row in connection.execute(select(codings.c.id, codings.c.record).where(codings.c.report == report)).all():
        bare = packed_record(wordless(unpacked_record(row.record, "")))
        connection.execute(update(codings).where(codings.c.id == row.id).values(record=bare, erased=moment))
    connection.execute(update(verdicts).where(verdicts.c.report == report).values(value=None, reason=""))
    _erase_tellings(connection, report)
    own = select(items.c.id).where(items.c.report == report)
    connection.execute(delete(item_marks).where(item_marks.c.item.in_(own), item_marks.c.key.contains(" a:")))
    connection.execute(
        update(mentions).where(mentions.c.report == report).values(name="", folded="", office=None, wikidata=None)
    )


def _erase_tellings(connection: Connection, report: int) -> None:
    """Tellings keep what was coded of them; names go, of which an index may tell as well."""
    for row in connection.execute(select(tellings).where(tellings.c.report == report)).all():
        bare = {side: [_nameless(p) for p in selecting.parties(getattr(row, side))] for side in ("actor", "recipient")}
        connection.execute(
            update(tellings).where(tellings.c.id == row.id).values(
                trigger="", sentence="", reasons="[]", **{side: rows.parties(some) for side, some in bare.items()}
            )
        )  # fmt: skip
        kept = {marks.actor(code) for some in bare.values() for party in some for code in marks.codes(party)}
        named = mark_rows.c.key.like("a:%") & mark_rows.c.key.not_in(sorted(kept))
        connection.execute(delete(mark_rows).where(mark_rows.c.telling == row.id, mark_rows.c.day == row.day, named))


def _nameless(party: Party) -> Party:
    return Party(code=party.code, sector=party.sector, members=party.members)


def wordless(record: Record) -> Record:
    """The record with its codes, dates, scores and spans, and none of the report's words.

    >>> wordless(Record(doc_id="d", text="Secret.", content_hash="x", title="Secret")).title
    ''
    """
    return replace(
        record, text="", title="", byline=None, notes=(),
        actors=tuple(_known(actor) for actor in record.actors),
        events=tuple(map(_bare, record.events)),
        claims=tuple(replace(
            c, content="", cue=None, speaker=_actor(c.speaker) if c.speaker else None
        ) for c in record.claims),
        figures=tuple(replace(f, text="", what=None) for f in record.figures),
        relations=tuple(replace(r, text="", a_name=None, b_name=None) for r in record.relations),
        agenda=tuple(replace(a, text="", who=(), where=None) for a in record.agenda),
        custom=tuple(map(_bare, record.custom)),
    )  # fmt: skip


def _bare(event: Told) -> Told:
    actor, recipient = (tuple(map(_actor, side)) for side in (event.actor, event.recipient))
    return replace(
        event, trigger="", actor=actor, recipient=recipient, date_reason=None, place=None, place_reason=None
    )  # fmt: skip


def _actor(actor: Actor) -> Actor:
    return Actor(text="", span=actor.span, code=actor.code, sector=actor.sector, members=actor.members)


def _known(actor: KnownActor) -> KnownActor:
    return KnownActor(name="", code=actor.code, sector=actor.sector, mentions=actor.mentions, members=actor.members)


def tombstones(store: Store) -> tuple[Tombstone, ...]:
    """See `Ledger.tombstones`."""
    query = (
        select(texts.c.hash, moments.c.at, moments.c.reason, moments.c.by, reports.c.id)
        .join(moments, moments.c.id == texts.c.erased)
        .join(reports, reports.c.hash == texts.c.hash)
        .order_by(moments.c.id, texts.c.hash, reports.c.id)
    )
    found: dict[str, Tombstone] = {}
    with store.reading() as connection:
        for row in connection.execute(query):
            before = found[row.hash].reports if row.hash in found else ()
            found[row.hash] = Tombstone(
                hash=row.hash, at=clock.shown(row.at), reason=row.reason, by=row.by, reports=(*before, f"r{row.id}")
            )
    return tuple(found.values())
