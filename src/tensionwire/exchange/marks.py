"""The report's text cut at every edge of every piece of evidence, so that overlapping spans can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tensionwire.records import Actor, Record, Span

_breaks = re.compile(r"\s*[\n\r]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch that proves an item ("e1").

    `kind` says how it is drawn; None: seen only when asked for. `anchor` names the place that links jump to.
    """

    item: str
    span: Span
    kind: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch with no edge inside: the marks that cover it, and those that begin or end with it."""

    span: Span
    covers: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()


def marks(record: Record) -> list[Mark]:
    """Every piece of evidence of a record, spans cut to the text and to what is not blank at their edges."""
    found = (replace(mark, span=_cut(mark.span, record.text)) for mark in _all_marks(record))
    return [mark for mark in found if mark.span.length > 0]


def _cut(span: Span, text: str) -> Span:
    start, end = max(0, span.start), min(len(text), span.end)
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _all_marks(record: Record) -> Iterator[Mark]:
    for n, event in enumerate(record.events, 1):
        yield _seen(f"e{n}", event.trigger_span, f"event q{event.quad}")
        yield from _unseen(f"e{n}", event.date_span, event.place_span, *_spans(event.actor, event.recipient))
    for n, claim in enumerate(record.claims, 1):
        yield _seen(f"c{n}", claim.content_span, "claim")
        speaker = claim.speaker.span if claim.speaker else None
        yield from _unseen(f"c{n}", claim.cue_span, claim.evidence_span, speaker)
    for letter, kind, spans in (
        ("f", "figure", [figure.span for figure in record.figures]),
        ("r", "relation", [relation.span for relation in record.relations]),
        ("a", "agenda", [item.span for item in record.agenda]),
        ("x", "custom", [event.trigger_span for event in record.custom]),
    ):
        for n, span in enumerate(spans, 1):
            yield _seen(f"{letter}{n}", span, kind)
    for n, actor in enumerate(record.actors, 1):
        for nth, mention in enumerate(actor.mentions, 1):
            yield Mark(item=f"w{n}", span=mention, anchor=f"w{n}-{nth}")


def _seen(item: str, span: Span, kind: str) -> Mark:
    return Mark(item=item, span=span, kind=kind, anchor=item)


def _spans(*groups: Iterable[Actor]) -> list[Span]:
    return [actor.span for group in groups for actor in group]


def _unseen(item: str, *spans: Span | None) -> Iterator[Mark]:
    yield from (Mark(item=item, span=span) for span in spans if span is not None)


def segments(within: Span, found: Iterable[Mark]) -> Iterator[Segment]:
    """The stretch cut at every edge of a mark; put together again, the segments are the stretch.

    >>> [s.span for s in segments(Span(0, 9), [Mark(item="e1", span=Span(2, 5), kind="event")])]
    [Span(start=0, end=2), Span(start=2, end=5), Span(start=5, end=9)]
    """
    near = [mark for mark in found if mark.span.overlap(within)]
    edges = {within.start, within.end}
    edges.update(edge for mark in near for edge in mark.span if within.start < edge < within.end)
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        covers = tuple(m for m in near if m.span.start < end and m.span.end > start)
        yield Segment(
            span=Span(start, end),
            covers=covers,
            begins=tuple(m for m in covers if m.span.start == start),
            ends=tuple(m for m in covers if m.span.end == end),
        )


def paragraphs(text: str) -> Iterator[Span]:
    """The stretches between line breaks.

    >>> list(paragraphs("One.\\n\\nTwo."))
    [Span(start=0, end=4), Span(start=6, end=10)]
    """
    start = 0
    for gap in _breaks.finditer(text):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < len(text):
        yield Span(start, len(text))
