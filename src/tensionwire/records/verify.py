"""Verbatim or nothing: does every quoted string of a record stand where its span says?"""

from __future__ import annotations

from collections.abc import Iterator

from tensionwire.records.record import Actor, CustomEvent, Event, Record
from tensionwire.records.report import content_hash
from tensionwire.records.span import Span

Quoted = tuple[str, Span, str | None]


def misquotes(record: Record) -> list[str]:
    """What does not hold, in words; empty when the whole record does.

    >>> misquotes(Record(doc_id="d", text="x", content_hash=content_hash("x"), subheads=(Span(0, 2),)))
    ['subhead [0, 2): outside the text']
    """
    faults = [] if content_hash(record.text) == record.content_hash else ["content_hash: not the text's"]
    return faults + [fault for quoted in _quoted(record) if (fault := _fault(record.text, *quoted))]


def _fault(text: str, name: str, span: Span, words: str | None) -> str | None:
    if not 0 <= span.start <= span.end <= len(text):
        return f"{name} [{span.start}, {span.end}): outside the text"
    found = text[span.start : span.end]
    return None if words is None or words == found else f"{name}: {words!r} is {found!r} in the text"


def _quoted(record: Record) -> Iterator[Quoted]:
    yield from (("sentence", span, None) for span in record.sentences)
    yield from (("subhead", span, None) for span in record.subheads)
    yield from (("mention", span, None) for actor in record.actors for span in actor.mentions)
    yield from _of_events(record)
    yield from _of_claims(record)
    yield from ((f"{figure.id} figure", figure.span, figure.text) for figure in record.figures)
    yield from ((f"{tie.id} relation", tie.span, tie.text) for tie in record.relations)
    yield from ((f"{item.id} agenda", item.span, item.text) for item in record.agenda)


def _of_events(record: Record) -> Iterator[Quoted]:
    events: tuple[Event | CustomEvent, ...] = (*record.events, *record.custom)
    for event in events:
        yield f"{event.id} trigger", event.trigger_span, event.trigger
        yield from _of_actors(event.id, *event.actor, *event.recipient)
        if event.date_span:
            yield f"{event.id} date", event.date_span, None
        if event.place_span:
            yield f"{event.id} place", event.place_span, None


def _of_claims(record: Record) -> Iterator[Quoted]:
    for claim in record.claims:
        yield f"{claim.id} content", claim.content_span, claim.content
        if claim.speaker:
            yield from _of_actors(claim.id, claim.speaker)
        if claim.cue_span:
            yield f"{claim.id} cue", claim.cue_span, claim.cue
        if claim.evidence_span:
            yield f"{claim.id} evidence", claim.evidence_span, None


def _of_actors(id: str, *actors: Actor) -> Iterator[Quoted]:
    yield from ((f"{id} actor", actor.span, actor.text) for actor in actors)
