"""One event a row, for R, pandas and spreadsheets. The columns are told in docs/reference/formats.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from tensionwire.exchange.plain import visible
from tensionwire.records import Actor, CustomEvent, Event, Record

COLUMNS: Final = (
    "doc_id", "event_id", "published", "date", "date_reason", "status", "type", "mode", "quad", "score",
    "cameo", "contexts", "actor_code", "actor_sector", "actor_name", "actor_text", "recipient_code",
    "recipient_sector", "recipient_name", "recipient_text", "place", "place_name", "country", "region",
    "latitude", "longitude", "geonames_id", "place_reason", "trigger", "trigger_start", "trigger_end",
    "sentence", "sentence_start", "sentence_end", "same_as", "confidence", "made_by", "title", "outlet",
    "agencies", "language", "url", "source", "content_hash", "coder", "ontology", "event",
)  # fmt: skip
SEPARATOR: Final = "; "
# A cell that begins so would be run as a formula by a spreadsheet (OWASP, "CSV Injection").
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | None


def lines(records: Iterable[Record]) -> Iterator[str]:
    """A header and one row an event, custom events after the others of their report.

    Several actors share a cell, parted by "; " and in the same order in each column; unknown is empty.
    """
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(COLUMNS)
    for record in records:
        for event in record.events:
            plover = event.mode, SEPARATOR.join(event.contexts), event.cameo, event.same_as
            table.writerow([_shown(cell) for cell in (*_row(record, event, *plover), None, None)])
        for custom in record.custom:
            row = (*_row(record, custom, None, None, None, None), custom.ontology, custom.event)
            table.writerow([_shown(cell) for cell in row])
        yield _drained(buffer)
    yield _drained(buffer)


def unformula(text: str) -> str:
    """A cell that a spreadsheet shows and does not run: an apostrophe goes before a formula's first sign.

    >>> unformula("=1+1"), unformula("a=b"), unformula("-")
    ("'=1+1", 'a=b', '-')
    """
    return "'" + text if text.startswith(_FORMULA) and len(text) > 1 else text


def _shown(cell: Cell) -> str | int | float:
    return unformula(visible(cell)) if isinstance(cell, str) else "" if cell is None else cell


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _row(
    record: Record, event: Event | CustomEvent, mode: Cell, contexts: Cell, cameo: Cell, same_as: Cell
) -> tuple[Cell, ...]:
    where = event.where
    sentence = record.sentences[event.s]
    return (
        record.doc_id, event.id, record.published, event.date, event.date_reason, event.status, event.type,
        mode, event.quad, event.score, cameo, contexts,
        *_who(event.actor), *_who(event.recipient), event.place, *(
            (where.name, where.code, where.region, where.lat, where.lon, where.geonames_id)
            if where else (None,) * 6
        ), event.place_reason, event.trigger, *event.trigger_span, sentence.of(record.text), *sentence,
        same_as, round(event.confidence, 4), event.made_by, record.title, record.outlet,
        SEPARATOR.join(record.agencies), record.language, record.url, record.source, record.content_hash,
        record.coder,
    )  # fmt: skip


def _who(actors: tuple[Actor, ...]) -> tuple[Cell, ...]:
    return tuple(
        SEPARATOR.join(part or "" for part in parts) or None
        for parts in (
            [a.code for a in actors],
            [a.sector for a in actors],
            [a.name for a in actors],
            [a.text for a in actors],
        )
    )
