"""PLOVER's gold standard records: one event a sentence, its type, parties, countries and sectors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tensionwire.evaluate.benchmark import Benchmark, Row, Subject, identifier, report
from tensionwire.evaluate.counts import Tally, align, shared
from tensionwire.evaluate.main_event import main_event, mutual, parties
from tensionwire.evaluate.measures import Measure
from tensionwire.records import Actor, Event

ROLES = ("source", "target")
# The set knows bodies of the UN and the EU as international ones, with no codes of their own.
BODIES = {"UNO": "IGO", "EUR": "IGO"}


def predict(rows: Sequence[Row], subject: Subject) -> Iterator[dict[str, Any]]:
    """The main event of each sentence. The set's date is a dummy and is not given to the coder."""
    for row, record in zip(rows, subject.code(report(r) for r in rows), strict=True):
        event = main_event(record)
        yield {"id": identifier(row), "text": record.text, "events": [_event(event)] if event else []}


def _event(event: Event) -> dict[str, Any]:
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "source": _coded(parties(_leading(event))),
        "target": _coded(parties(event.recipient or [a for a in event.actor if a not in _leading(event)])),
        "reciprocal": mutual(event),
        "confidence": event.confidence,
    }


def _leading(event: Event) -> Sequence[Actor]:
    """The actors; of two who meet, those named before the act, since the set knows a direction of most meetings.

    Where it knows none, it takes both sides together.
    """
    first = [a for a in event.actor if a.span.start < event.trigger_span.start]
    return first if mutual(event) and first else event.actor


def _coded(sides: Sequence[Row]) -> list[Row]:
    return [{**side, "code": BODIES.get(side["code"], side["code"])} for side in sides]


def answered(row: Row) -> bool:
    """True when every event of the row tells its type."""
    return "events" in row and all(_type(e) for e in row["events"])


def tally(gold: Row, predicted: Row) -> Tally:
    """Types as sets; spans, countries and sectors on the event that fits best; roles merge where mutual."""
    wanted, given = gold["events"], predicted.get("events") or []
    counts = Tally()
    _types(counts, wanted, given)
    matched = dict(align(wanted, given, _likeness))
    for n, event in enumerate(wanted):
        _parties(counts, event, given[matched[n]] if n in matched else {})
    return counts


def _types(counts: Tally, wanted: Sequence[Row], given: Sequence[Row]) -> None:
    types = {_type(e) for e in wanted}
    lenient = types | {e["type_2021_alt"] for e in wanted if e.get("type_2021_alt")}
    found = [_type(e) for e in given]
    counts.labels("type", types, set(found))
    counts.right("hit", bool(types & set(found)))
    counts.right("hit.lenient", bool(lenient & set(found)))
    counts.right("first", bool(found) and found[0] in types)


def _parties(counts: Tally, event: Row, answer: Row) -> None:
    merged = bool(event.get("reciprocal"))
    spans = [_by_role(e, _spans, merged) for e in (event, answer)]
    for role in ("source",) if merged else ROLES:
        counts.spans(role, *[[("x", *s) for s in side[role]] for side in spans])
    counts.spans("parties", *[[(role, *s) for role in ROLES for s in side[role]] for side in spans])
    codes = [_by_role(e, _codes, merged) for e in (event, answer)]
    sectors = [_by_role(e, _sectors, merged) for e in (event, answer)]
    for role in ROLES:
        counts.labels(f"country.{role}", *[set(side[role]) for side in codes])
        counts.labels("country", *[set(side[role]) for side in codes])
        counts.labels(f"sector.{role}", *[side[role] for side in sectors])
    wanted, given = (_dyads(e, side) for e, side in zip((event, answer), codes, strict=True))
    counts.put("dyad", len(wanted & given), len(given), len(wanted))


def _by_role(event: Row, read: Any, merged: bool) -> dict[str, list[Any]]:
    found = {role: [x for actor in event.get(role) or [] for x in read(actor)] for role in ROLES}
    return {"source": found["source"] + found["target"], "target": []} if merged else found


def _type(event: Row) -> str | None:
    return event.get("type_2021") or event.get("type")


def _spans(actor: Row) -> list[tuple[int, int]]:
    if actor.get("start") is not None:
        return [(actor["start"], actor["end"])]
    return [(start, end) for start, end in actor.get("spans") or []]


def _codes(actor: Row) -> list[str]:
    code = actor.get("code_iso") or actor.get("code") or ""
    return [code[:3]] if re.match("[A-Z]{3}", code) else []


def _sectors(actor: Row) -> list[str]:
    sector = actor.get("sector")
    return [sector[:3]] if sector and sector != "***" else []


def _dyads(event: Row, codes: dict[str, list[str]]) -> set[tuple[str | None, str, str]]:
    return {(_type(event), a, b) for a in codes["source"] for b in codes["target"] or [""]}


def _likeness(gold: Row, predicted: Row) -> int:
    """The same type first, then the number of parties that share a character."""
    common = sum(
        any(shared(s, t) for s in _spans(x) for t in _spans(y))
        for role in ROLES
        for x in gold.get(role) or []
        for y in predicted.get(role) or []
    )
    return (10 if _type(gold) == _type(predicted) else 1) + common


PLOVER_GSR = Benchmark(
    name="plover_gsr",
    title="PLOVER gold standard records, sentences",
    predict=predict,
    answered=answered,
    tally=tally,
    measures=(
        Measure(key="type", title="event type", main=True),
        Measure(key="type", title="event type", kind="macro F1"),
        Measure(key="hit", title="sentence's type found", kind="accuracy"),
        Measure(key="hit.lenient", title="sentence's type or its alternative found", kind="accuracy"),
        Measure(key="first", title="first type right", kind="accuracy"),
        Measure(key="source.exact", title="source span, exact"),
        Measure(key="source.overlap", title="source span, overlap"),
        Measure(key="target.exact", title="target span, exact"),
        Measure(key="target.overlap", title="target span, overlap"),
        Measure(key="parties.exact", title="parties, exact"),
        Measure(key="parties.overlap", title="parties, overlap", main=True),
        Measure(key="country", title="countries of the parties", main=True),
        Measure(key="sector.source", title="sector of the source"),
        Measure(key="sector.target", title="sector of the target"),
        Measure(key="dyad", title="type with both countries", main=True),
    ),
)
