"""The record of a resolved report."""

from __future__ import annotations

from tensionwire.coding.agenda import agenda
from tensionwire.coding.claims import claims
from tensionwire.coding.events import events
from tensionwire.coding.figures import figures
from tensionwire.coding.known import known_actors
from tensionwire.coding.notes import notes
from tensionwire.coding.relations import relations
from tensionwire.records import Record, Resolved


def code(resolved: Resolved) -> Record:
    """Everything that a report tells, beside the text that proves it.

    >>> from tensionwire.records import Annotated, Report, Span, Trigger
    >>> text = "Troops fired at the bridge."
    >>> trigger = Trigger(span=Span(7, 12), sentence=0, type="ASSAULT", mode="firearms")
    >>> report = Report(doc_id="a", text=text, content_hash="")
    >>> found = Annotated(report=report, sentences=(Span(0, 27),), triggers=(trigger,))
    >>> record = code(Resolved(annotated=found, identities={}, places={}))
    >>> record.events[0].trigger, record.events[0].quad, record.events[0].cameo
    ('fired', 4, '193')
    """
    told = events(resolved)
    return Record.of(
        resolved.annotated.report,
        sentences=resolved.annotated.sentences,
        actors=known_actors(resolved),
        events=told,
        claims=claims(resolved, told),
        figures=figures(resolved, told),
        relations=relations(resolved),
        agenda=agenda(resolved, told),
        notes=notes(resolved),
    )
