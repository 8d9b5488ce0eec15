"""Reports annotated to the codebook: the whole record, as it stands on the wire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tensionwire.evaluate.benchmark import Benchmark, Row, Subject, report
from tensionwire.evaluate.measures import Measure
from tensionwire.evaluate.records_tally import tally


def predict(rows: Sequence[Row], subject: Subject) -> Iterator[dict[str, Any]]:
    """The record of each report; nothing is mapped."""
    for record in subject.code(report(r, published=r.get("published")) for r in rows):
        yield msgspec.to_builtins(record)


def answered(row: Row) -> bool:
    """True when the row holds events."""
    return "events" in row


RECORDS = Benchmark(
    name="records",
    title="news reports annotated to the codebook",
    predict=predict,
    answered=answered,
    tally=tally,
    measures=(
        Measure(key="event.detect", title="event found"),
        Measure(key="event.type", title="event and its type", main=True),
        Measure(key="event.quad", title="event and its quad class", main=True),
        Measure(key="event.nonactual", title="event and its status, other than actual"),
        Measure(key="role.actor", title="actor of an event"),
        Measure(key="role.recipient", title="recipient of an event"),
        Measure(key="dyad.type", title="countries and type, a document", main=True),
        Measure(key="dyad.quad", title="countries and quad class, a document"),
        Measure(key="dyad.cross", title="two states and quad class, a document", main=True),
        Measure(key="claim", title="claim", main=True),
        Measure(key="claim.full", title="claim and its speaker", main=True),
        Measure(key="figure.span", title="figure"),
        Measure(key="figure.value", title="figure and its value", main=True),
        Measure(key="relation", title="standing relation"),
        Measure(key="agenda", title="agenda item"),
        Measure(key="custom.type", title="event of a user's own type, and its type", optional=True),
        Measure(key="event.status", title="status of an event", kind="accuracy", main=True),
        Measure(key="event.mode", title="mode of an event", kind="accuracy"),
        Measure(key="mode.unknown", title="no mode where there is none", kind="accuracy"),
        Measure(key="event.date", title="date of an event", kind="accuracy", main=True),
        Measure(key="date.unknown", title="no date where there is none", kind="accuracy", main=True),
        Measure(key="event.place", title="place of an event", kind="accuracy"),
        Measure(key="place.unknown", title="no place where there is none", kind="accuracy"),
        Measure(key="event.actor_country", title="countries of the actors", kind="accuracy", main=True),
        Measure(key="event.recipient_country", title="countries of the recipients", kind="accuracy"),
        Measure(key="event.actor_sector", title="sectors of the actors", kind="accuracy"),
        Measure(key="claim.speaker_country", title="country of a speaker", kind="accuracy"),
        Measure(key="claim.form", title="form of a claim", kind="accuracy"),
        Measure(key="claim.stance", title="stance of a claim", kind="accuracy"),
        Measure(key="claim.cue", title="cue of a claim", kind="accuracy"),
        Measure(key="agenda.when", title="date of an agenda item", kind="accuracy"),
    ),
)
