"""Source, target and reciprocal spans of the one event that a sentence is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tensionwire.evaluate.benchmark import Benchmark, Row, Subject, identifier, report
from tensionwire.evaluate.counts import Tally
from tensionwire.evaluate.main_event import main_event, mutual, named_span
from tensionwire.evaluate.measures import Measure
from tensionwire.records import Event, Record, Span

INTENT_TO_MEET = "036"
MEDIATION = "third-party"

# "Britain and France" is one span there when the two act on each other.
_COORDINATION = re.compile(r"\s*(?:,|&|and|,\s*and)\s*(?:the\s)?\s*", re.IGNORECASE)


def predict(rows: Sequence[Row], subject: Subject) -> Iterator[dict[str, Any]]:
    """The parties of the main event; of a sentence without one, its speakers."""
    for row, record in zip(rows, subject.code(report(r) for r in rows), strict=True):
        spans = [{"role": role, "start": s.start, "end": s.end, "text": s.of(record.text)} for role, s in roles(record)]
        yield {"id": identifier(row), "text": record.text, "spans": spans}


def roles(record: Record) -> list[tuple[str, Span]]:
    """Each party of a one-sentence record with its role in the set's terms."""
    event = main_event(record)
    if event is None:
        speakers = {c.speaker.span for c in record.claims if c.speaker}
        return [("source", s) for s in sorted(speakers)]
    sources, targets = ([named_span(a, record) for a in side] for side in (event.actor, event.recipient))
    if mutual(event) or (sources and targets and _meeting(event)):
        return [("reciprocal", s) for s in joined(sorted({*sources, *targets}), record.text)]
    return [*(("source", s) for s in sources), *(("target", s) for s in targets)]


def _meeting(event: Event) -> bool:
    """Guest and host, now or to come; a mediator stands outside."""
    meets = event.type == "CONSULT" or event.cameo == INTENT_TO_MEET
    return meets and event.mode != MEDIATION


def joined(spans: Sequence[Span], text: str) -> list[Span]:
    """Spans in order, with those that only a comma or "and" keeps apart made one.

    >>> joined([Span(0, 7), Span(12, 18)], "Britain and France")
    [Span(start=0, end=18)]
    """
    found: list[Span] = []
    for span in spans:
        if found and _COORDINATION.fullmatch(text[found[-1].end : span.start]):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def answered(row: Row) -> bool:
    """True when the row holds its spans."""
    return "spans" in row


def tally(gold: Row, predicted: Row) -> Tally:
    """Spans with their role, and the same with any role."""
    counts = Tally()
    wanted, given = ([(s["role"], s["start"], s["end"]) for s in r.get("spans") or []] for r in (gold, predicted))
    counts.spans("role", wanted, given)
    counts.spans("any role", *[[("actor", *s[1:]) for s in side] for side in (wanted, given)])
    return counts


CAMEO_NER = Benchmark(
    name="cameo_ner",
    title="CAMEO source and target, sentences",
    predict=predict,
    answered=answered,
    tally=tally,
    measures=(
        Measure(key="role.overlap", title="span and role, overlap", main=True),
        Measure(key="role.exact", title="span and role, exact", main=True),
        Measure(key="any role.overlap", title="span, overlap"),
        Measure(key="any role.exact", title="span, exact"),
    ),
)
