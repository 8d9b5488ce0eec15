"""PLOVER JSON Lines: one event a line, in the field names of the PLOVER manual (Open Event Data Alliance)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from tensionwire.exchange.plain import ascii_controls
from tensionwire.records import Actor, Event, Place, Record

_iso = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def lines(records: Iterable[Record]) -> Iterator[str]:
    """One event a line; a report without events gives no line."""
    encoder = msgspec.json.Encoder()
    for record in records:
        for event in record.events:
            yield ascii_controls(encoder.encode(entry(record, event))).decode() + "\n"


def entry(record: Record, event: Event) -> dict[str, Any]:
    """One event as PLOVER writes it. An unknown date is null, never the day of publication."""
    first, last = days(event.date)
    sentence = record.sentences[event.s]
    return {
        "id": f"{record.doc_id}:{event.id}",
        "has_event": True,
        "date": first,
        "time": None,
        "enddate": None if last == first else last,
        "endtime": None,
        "actor": [_entity(actor) for actor in event.actor],
        "recipient": [_entity(recipient) for recipient in event.recipient],
        "event": [event.type],
        "event_loc": _location(event.where) if event.where else None,
        "event_text": [event.trigger],
        "quad_code": event.quad,
        "event_scale": event.score,
        "mode": event.mode,
        "context": list(event.contexts),
        "link": None if event.same_as is None else f"{record.doc_id}:{event.same_as}",
        "text": sentence.of(record.text),
        "text_info": {"sequence": event.s, "start": sentence.start, "end": sentence.end},
        "size": _size(record, event),
        "cite_info": _citation(record),
        "coder": record.coder,
        "coded_date": None,
        "coded_time": None,
        "comment": _comment(record, event),
    }


def days(iso: str | None) -> tuple[str | None, str | None]:
    """First and last day of an ISO date, month, year or interval.

    >>> days("2024-02"), days("2003/2004"), days(None)
    (('2024-02-01', '2024-02-29'), ('2003-01-01', '2004-12-31'), (None, None))
    """
    begin, _, end = (iso or "").partition("/")
    return _day(begin, last=False), _day(end or begin, last=True)


def _day(iso: str, *, last: bool) -> str | None:
    found = _iso.match(iso)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    month = month or (12 if last else 1)
    if not 1 <= month <= 12:
        return None
    day = day or (calendar.monthrange(max(year, 1), month)[1] if last else 1)
    return f"{year:04d}-{month:02d}-{day:02d}"


def _entity(actor: Actor) -> dict[str, Any]:
    return {
        "code": actor.code,
        "sector": actor.sector,
        "entity_text": actor.text,
        "identifier_id": actor.wikidata,
        "identifier_text": actor.name,
        "office": actor.office,
    }


def _location(where: Place) -> dict[str, Any]:
    return {
        "geonameid": where.geonames_id,
        "name": where.name,
        "latitude": where.lat,
        "longitude": where.lon,
        "cc3": where.code,
        "admin1": where.region,
    }


def _citation(record: Record) -> dict[str, Any]:
    return {
        "citation": record.doc_id,
        "url": record.url,
        "title": record.title,
        "language": record.language,
        "publication": record.outlet,
        "published": record.published,
        "agencies": list(record.agencies),
        "content_hash": record.content_hash,
    }


def _size(record: Record, event: Event) -> dict[str, int | float | None]:
    """PLOVER has room for one number each: it is given where the report gives one and only one."""
    counts: dict[str, set[int | float | None]] = {"dead": set(), "injured": set(), "arrested": set()}
    for figure in record.figures:
        field = _size_fields().get(figure.what or "")
        if field and figure.event == event.id:
            counts[field].add(figure.low if figure.low == figure.high else None)
    return {field: next(iter(found)) if len(found) == 1 else None for field, found in counts.items()}


def _comment(record: Record, event: Event) -> str:
    told = [f"status: {event.status}"]
    told += [f"CAMEO {event.cameo}"] if event.cameo else []
    told += [f"no date: {event.date_reason}"] if event.date_reason else []
    told += [f"no place: {event.place_reason}"] if event.place_reason else []
    told += [f"figure: {figure.text}" for figure in record.figures if figure.event == event.id]
    return "; ".join(told)


@cache
def _size_fields() -> Mapping[str, str]:
    table = resources.files("tensionwire.exchange") / "data" / "plover_size.tsv"
    rows = table.read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows if row and not row.startswith(("#", "what")))
