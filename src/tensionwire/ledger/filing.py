"""What a record becomes in the tables: rows of reports, tellings, items and mentions, and what they are found by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from tensionwire.ledger import marks, rows
from tensionwire.ledger.numbering import Numbers
from tensionwire.ledger.packing import held, ordinal, packed_text, storable
from tensionwire.ledger.placing import Placed
from tensionwire.ledger.schema import bands, item_marks, items, link_keys, mentions, reports, tellings, texts
from tensionwire.ledger.schema import marks as mark_rows
from tensionwire.ledger.standing import Standing
from tensionwire.ledger.statements import put, put_new
from tensionwire.ledger.tracing import Print
from tensionwire.link.tellings import first_tellings
from tensionwire.link.views import view
from tensionwire.records import Record, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a report stands in the ledger, and when this came to be.

    `print` is the fingerprint of a new report, `twin` the row of another that has its very text.
    """

    report: int
    moment: int
    origin: int
    reason: str = ""
    print: Print | None = None
    twin: Any = None


def write_report(connection: Connection, record: Record, place: Place, told: Sequence[Telling]) -> None:
    """Write a new report, and its text if no other has it."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A coding that is being written: of which report (a `new` one?), at which moment, with its tellings."""

    record: Record
    new: bool
    report: int
    coding: int
    moment: int
    told: Sequence[Telling]
    numbers: Numbers

    @property
    def starts(self) -> dict[str, int]:
        """Where the trigger of each event begins in the text."""
        return {event.id: event.trigger_span.start for event in self.record.events}


def write(connection: Connection, filing: Filing, places: Sequence[Placed], standing: Standing) -> list[int]:
    """Write the tellings, items and mentions of a coding; the numbers of the tellings."""
    ids = [filing.numbers.next("telling") for _ in filing.told]
    _tellings(connection, filing, ids, places, standing)
    _items(connection, filing, ids)
    put(connection, mentions, [
        rows.mention(known) | {"id": filing.numbers.next("mention"), "report": filing.report, "added": filing.moment}
        for known in filing.record.actors
    ])  # fmt: skip
    return ids


def _tellings(
    connection: Connection, filing: Filing, ids: Sequence[int], places: Sequence[Placed], standing: Standing
) -> None:
    starts = filing.starts
    given = [
        rows.telling(telling, start=starts[telling.event]) | {
            "id": id, "report": filing.report, "incident": place.incident or id, "probability": place.probability,
            "reasons": rows.listed(place.reasons), "linked_by": place.by, "stands": int(place.stands),
            "added": filing.moment,
        }
        for id, telling, place in zip(ids, filing.told, places, strict=True)
    ]  # fmt: skip
    put(connection, tellings, given)
    index(connection, zip(ids, filing.told, strict=True))
    keys = {(key, place.incident or id) for id, place in zip(ids, places, strict=True) for key in place.keys}
    link(connection, keys)
    for key, incident in keys:
        standing.linked(key, incident)
    for row, telling, place in zip(given, filing.told, places, strict=True):
        # Only what would be read back just so.
        as_is = filing.new and row["sentence"] == telling.sentence and row["place"] == telling.place
        if place.incident is None and as_is:
            standing.views.keep(row["id"], (view(telling),))
        elif place.stands:
            standing.views.drop(row["incident"])


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


def _items(connection: Connection, filing: Filing, ids: Sequence[int]) -> None:
    record = filing.record
    by_event = _by_event(filing, ids)
    keys_of = {id: marks.of_telling(telling) for id, telling in zip(ids, filing.told, strict=True)}
    published = ordinal(record.published)
    given, marked = [], []
    for found in rows.items(record):
        id, telling = filing.numbers.next("item"), by_event.get(found.event or "")
        day = found.first if found.kind == "agenda" else published
        given.append({
            "id": id, "kind": found.kind, "report": filing.report, "coding": filing.coding, "item": found.id,
            "telling": telling, "state": found.state, "day": day, "end": found.last or day,
            "confidence": found.confidence, "added": filing.moment, "retracted": None,
        })  # fmt: skip
        keys = found.keys | (keys_of.get(telling or 0, frozenset()) if found.kind == "agenda" else frozenset())
        keys |= {marks.outlet(record.outlet)} if record.outlet else set()
        marked += [{"key": f"{found.kind} {key}", "day": day, "item": id} for key in keys]
    put(connection, items, given)
    put(connection, item_marks, marked)


def _by_event(filing: Filing, ids: Sequence[int]) -> dict[str, int]:
    """The telling of each event; an act told again is its first telling."""
    found = {telling.event: id for telling, id in zip(filing.told, ids, strict=True)}
    return {event: found[first] for event, first in first_tellings(filing.record.events).items() if first in found}
