"""The record of one report, as it stands on the wire (see docs/reference/record.md).

Field names follow PLOVER where it has them. Unknown is None, never a guess; every quoted
string `x` satisfies `record.text[x_span.start:x_span.end] == x`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tensionwire.records.annotated import Place
from tensionwire.records.report import Report
from tensionwire.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody in a role: the words, and whom they mean.

    `code` is ISO 3166-1 alpha-3 or UNO, EUR, IGO, NGO, MNC, IMG; None when unknown, with `reason`. `confidence` is
    that these words are in this role.
    """

    text: str
    span: Span
    name: str | None = None
    code: str | None = None
    sector: str | None = None
    office: str | None = None
    wikidata: str | None = None
    members: tuple[str, ...] = ()
    reason: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownActor:
    """A person, body or state of the report, with every place where it is mentioned."""

    name: str
    code: str | None = None
    sector: str | None = None
    office: str | None = None
    wikidata: str | None = None
    members: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act. `s` is the index of its evidence sentence; `score` is PLOVER's, -10 to 10.

    `date` is an ISO date or interval or None with `date_reason`; `made_by` names the model or rule.
    """

    id: str
    s: int
    trigger: str
    trigger_span: Span
    type: str
    mode: str | None = None
    status: str = "actual"
    actor: tuple[Actor, ...] = ()
    recipient: tuple[Actor, ...] = ()
    contexts: tuple[str, ...] = ()
    quad: int
    score: float
    cameo: str | None = None
    date: str | None = None
    date_span: Span | None = None
    date_reason: str | None = None
    place: str | None = None
    place_span: Span | None = None
    where: Place | None = None
    place_reason: str | None = None
    same_as: str | None = None
    confidence: float = 1.0
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says. `speaker_s` is the sentence of the speaker where it is another one."""

    id: str
    s: int
    speaker: Actor | None = None
    speaker_s: int | None = None
    cue: str | None = None
    cue_span: Span | None = None
    content: str
    content_span: Span
    form: str = "indirect"
    stance: str = "asserts"
    about: str | None = None
    disputes: str | None = None
    evidence: str | None = None
    evidence_span: Span | None = None
    confidence: float = 1.0
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count. `low` and `high` are inclusive; None is open on that side."""

    id: str
    s: int
    text: str
    span: Span
    what: str | None = None
    low: float | int | None = None
    high: float | int | None = None
    event: str | None = None
    confidence: float = 1.0
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A standing tie between two actors; `sign` is "+" or "-"."""

    id: str
    s: int
    text: str
    span: Span
    a: str
    b: str
    sign: str
    a_name: str | None = None
    b_name: str | None = None
    confidence: float = 1.0
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """Something to come; `status` is scheduled, proposed or cancelled."""

    id: str
    s: int
    text: str
    span: Span
    who: tuple[str, ...] = ()
    when: str | None = None
    where: str | None = None
    status: str = "scheduled"
    event: str | None = None
    confidence: float = 1.0
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomEvent:
    """One act of a type from a user's own ontology (see docs/how-to/your-own-types.md).

    `event` is the id of the PLOVER event that the same words tell, where there is one; it has the same facts then.
    `quad` and `score` are the user's, or None.
    """

    id: str
    s: int
    trigger: str
    trigger_span: Span
    ontology: str
    type: str
    event: str | None = None
    status: str = "actual"
    actor: tuple[Actor, ...] = ()
    recipient: tuple[Actor, ...] = ()
    quad: int | None = None
    score: float | None = None
    date: str | None = None
    date_span: Span | None = None
    date_reason: str | None = None
    place: str | None = None
    place_span: Span | None = None
    where: Place | None = None
    place_reason: str | None = None
    confidence: float = 1.0
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that one report tells, beside the text that proves it.

    `notes` say in plain words what was not coded and why (another language, no date).
    """

    doc_id: str
    text: str
    content_hash: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_reason: str | None = None
    modified: str | None = None
    byline: str | None = None
    language: str = "en"
    agencies: tuple[str, ...] = ()
    subheads: tuple[Span, ...] = ()
    url: str | None = None
    source: str | None = None
    sentences: tuple[Span, ...] = ()
    actors: tuple[KnownActor, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    custom: tuple[CustomEvent, ...] = ()
    notes: tuple[str, ...] = ()
    coder: str = ""

    @classmethod
    def of(cls, report: Report, **found: Any) -> Record:
        """A record that repeats what is known of the report and adds what was found in it."""
        known = {name: getattr(report, name) for name in Report.__slots__}
        return cls(**known, **found)
