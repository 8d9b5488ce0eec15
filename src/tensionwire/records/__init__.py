"""Frozen records that pass from step to step, and their JSON. Imports nothing of ours."""

from tensionwire.records.annotated import (
    Annotated,
    Appointment,
    Attribution,
    Count,
    Identity,
    Mention,
    Moment,
    Place,
    Resolved,
    Tie,
    Trigger,
)
from tensionwire.records.codec import decode, encode, json_schema
from tensionwire.records.incident import Incident, Link
from tensionwire.records.record import (
    Actor,
    AgendaItem,
    Claim,
    CustomEvent,
    Event,
    Figure,
    KnownActor,
    Record,
    Relation,
)
from tensionwire.records.report import Report, content_hash
from tensionwire.records.span import Span
from tensionwire.records.telling import Party, Telling
from tensionwire.records.verify import misquotes

__all__ = [
    "Actor", "AgendaItem", "Annotated", "Appointment", "Attribution", "Claim", "Count", "CustomEvent",
    "Event", "Figure", "Identity", "Incident", "KnownActor", "Link", "Mention", "Moment", "Party", "Place", "Record",
    "Relation", "Report", "Resolved", "Span", "Telling", "Tie", "Trigger", "content_hash", "decode", "encode",
    "json_schema", "misquotes",
]  # fmt: skip
