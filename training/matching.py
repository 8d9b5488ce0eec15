"""When what was found is what the gold has: one place for thresholds, calibration and choices."""

from __future__ import annotations

from typing import Any

from tensionwire.evaluate.counts import jaccard
from tensionwire.evaluate.records_tally import SAME_CONTENT, SAME_PARTY
from tensionwire.records import Annotated, Span, Trigger

Document = dict[str, Any]


def same_content(a: Span, b: Span) -> bool:
    """Half of the union is shared, as the scorer of records has it."""
    return jaccard(a, b) >= SAME_CONTENT


def same_party(a: Span, b: Span) -> bool:
    """Two fifths of the union are shared, as the scorer of records has it."""
    return jaccard(a, b) >= SAME_PARTY


def matched(document: Document, annotated: Annotated, *, typed: bool) -> list[tuple[Document, Trigger]]:
    """Gold events with the trigger found for each, one to one: words touch and, with `typed`, the type is the same."""
    left, pairs = list(annotated.triggers), []
    for event in document["events"]:
        span = Span(*event["trigger_span"])
        hit = next((t for t in left if t.span.overlap(span) and (not typed or t.type == event["type"])), None)
        if hit:
            left.remove(hit)
            pairs.append((event, hit))
    return pairs
