"""What the record has learnt or taken back between two moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, or_, select

from tensionwire.errors import UsageError
from tensionwire.ledger import clock, selecting
from tensionwire.ledger.answers import Change
from tensionwire.ledger.filters import Moment
from tensionwire.ledger.reports import records, sources
from tensionwire.ledger.schema import codings, judgements, moments, reports, tellings, texts
from tensionwire.ledger.store import Store
from tensionwire.records import Record

Said = Mapping[tuple[str, str], tuple[str, str]]
"""(kind, content) -> (key, words): what a report says, apart from how its coder numbered it."""


def changes(store: Store, before: Moment, after: Moment) -> tuple[Change, ...]:
    """See `Ledger.diff`."""
    with store.reading() as connection:
        old = clock.number(connection, before) or 0
        new = clock.number(connection, after)
        if new is None:
            new = connection.execute(select(func.max(moments.c.id))).scalar() or 0
        if new < old:
            raise UsageError(f"{before} {after}", "the second moment is before the first", "give the earlier one first")
        rows = connection.execute(select(moments).where(moments.c.id > old, moments.c.id <= new)).all()
        times = {row.id: row for row in rows}
        found = [
            *_of_reports(connection, times, old, new), *_of_tables(connection, times), *_of_tellings(connection, times),
            *_of_judgements(connection, times), *_of_texts(connection, times), *_of_outlets(times),
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda change: change.at))


def _change(row: Any, way: str, what: str, key: str, told: str) -> Change:
    return Change(at=clock.shown(row.at), way=way, what=what, key=key, told=told, by=row.by, reason=row.reason)


def _of_reports(connection: Connection, times: Mapping[int, Any], old: int, new: int) -> Iterator[Change]:
    """New reports, and for each new coding what it says that the one before did not, and the other way round."""
    rows: dict[int, Any] = {}
    for batch in selecting.batches(times):
        for row in connection.execute(select(codings.c.report, codings.c.added).where(codings.c.added.in_(batch))):
            rows[row.report] = times[row.added]
    for page in selecting.batches(rows):
        earlier, later = records(connection, page, old), records(connection, page, new)
        where = sources(connection, page)
        for number in page:
            moment, name = rows[number], f"r{number}"
            if number not in earlier:
                source = where[number]
                words = " · ".join(w for w in (source.title, source.outlet, (source.published or "")[:10]) if w)
                yield _change(moment, "learnt", "report", name, words)
            was = said(earlier[number]) if number in earlier else {}
            now = said(later[number]) if number in later else {}
            for way, some, others in (("learnt", now, was), ("taken back", was, now)):
                for content, (key, words) in some.items():
                    if content not in others:
                        yield _change(moment, way, content[0], f"{name}/{key}", words)


def said(record: Record) -> Said:
    """What a record says."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for event in record.events:
        who = ", ".join(a.name or a.text for a in event.actor) or "somebody"
        whom = ", ".join(a.name or a.text for a in event.recipient)
        words = f"{event.type} {event.status}: {who} {event.trigger} {whom}".rstrip()
        found["event", f"{event.trigger_span} {event.type} {event.status} {who} {whom}"] = (event.id, words)
    for claim in record.claims:
        speaker = (claim.speaker.name or claim.speaker.text) if claim.speaker else "somebody"
        words = f"{speaker} {claim.stance}: {claim.content}"
        found["claim", f"{claim.content_span} {claim.stance} {speaker}"] = (claim.id, words)
    for figure in record.figures:
        words = f"{figure.text} ({figure.what or 'of what is not said'})"
        found["figure", f"{figure.span} {figure.what} {figure.low} {figure.high}"] = (figure.id, words)
    for tie in record.relations:
        found["relation", f"{tie.span} {tie.a} {tie.sign} {tie.b}"] = (
            tie.id,
            f"{tie.a} {tie.sign} {tie.b}: {tie.text}",
        )
    for item in record.agenda:
        words = f"{item.when or 'no date'} {item.status}: {item.text}"
        found["agenda", f"{item.span} {item.when} {item.status}"] = (item.id, words)
    return found


def _of_tables(connection: Connection, times: Mapping[int, Any]) -> Iterator[Change]:
    for batch in selecting.batches(times):
        query = select(reports.c.id, reports.c.doc_id, reports.c.added)
        for row in connection.execute(query.where(reports.c.kind == "table", reports.c.added.in_(batch))):
            yield _change(times[row.added], "learnt", "table", f"r{row.id}", row.doc_id)


def _of_tellings(connection: Connection, times: Mapping[int, Any]) -> Iterator[Change]:
    """Incidents that are new, and those that another report tells of."""
    for batch in selecting.batches(times):
        query = select(tellings.c.id, tellings.c.incident, tellings.c.report, tellings.c.event, tellings.c.added)
        query = query.join(reports, reports.c.id == tellings.c.report).where(reports.c.kind == "report")
        for row in connection.execute(query.where(tellings.c.added.in_(batch))):
            told = "first told" if row.id == row.incident else "told again"
            yield _change(
                times[row.added], "learnt", "incident", f"i{row.incident}", f"{told} by r{row.report}/{row.event}"
            )


def _of_judgements(connection: Connection, times: Mapping[int, Any]) -> Iterator[Change]:
    for batch in selecting.batches(times):
        touched = or_(judgements.c.added.in_(batch), judgements.c.retracted.in_(batch))
        query = select(judgements, tellings.c.report, tellings.c.event)
        query = query.outerjoin(tellings, tellings.c.id == judgements.c.telling)
        for row in connection.execute(query.where(touched)):
            target = f"r{row.report}/{row.event}" if row.telling else "an item"
            words = f"{row.kind} {target}" + (f" to i{row.incident}" if row.incident else "")
            if row.added in times:
                yield _change(times[row.added], "learnt", "judgement", f"j{row.added}", words)
            if row.retracted in times:
                yield _change(times[row.retracted], "taken back", "judgement", f"j{row.added}", words)


def _of_texts(connection: Connection, times: Mapping[int, Any]) -> Iterator[Change]:
    for batch in selecting.batches(times):
        query = select(reports.c.id, texts.c.hash, texts.c.erased).join(texts, texts.c.hash == reports.c.hash)
        for row in connection.execute(query.where(texts.c.erased.in_(batch))):
            yield _change(times[row.erased], "taken back", "text", f"r{row.id}", f"forgotten: sha256 {row.hash}")


def _of_outlets(times: Mapping[int, Any]) -> Iterator[Change]:
    for row in times.values():
        if row.kind == "outlet":
            yield _change(row, "learnt", "outlet", row.reason.partition(":")[0], row.reason)
