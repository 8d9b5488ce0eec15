"""What the encoder finds in a report, and what the resolver makes of it.

These pass between `annotate`, `resolve` and `coding`; they never leave the program.
All spans are code points of `report.text`; all confidences are probabilities in [0, 1].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tensionwire.records.report import Report
from tensionwire.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name or mean somebody: an actor, a recipient, a speaker, a name.

    `kind` is "person", "body" (organisation, party, armed group), "place" (state, town, region)
    or "other"; `sector` is the model's PLOVER sector, best guess, with `sector_confidence`.
    """

    span: Span
    sentence: int
    kind: str = "other"
    sector: str = "-"
    sector_confidence: float = 0.0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One act: the words that carry it and what the model reads from its sentence.

    `places` and `dates` are the stretches of the same sentence that tell where and when *this* act took place, best
    first; both may be empty. `confidence` is that these words carry an act of this type. `dated` and `placed` are
    the model's shares for how far the report tells the act's date and place: not at all, in this sentence, in
    another; empty when it does not say.
    """

    span: Span
    sentence: int
    type: str
    type_confidence: float = 1.0
    mode: str | None = None
    mode_confidence: float = 1.0
    status: str = "actual"
    status_confidence: float = 1.0
    contexts: tuple[str, ...] = ()
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    places: tuple[Span, ...] = ()
    dates: tuple[Span, ...] = ()
    placed: tuple[float, ...] = ()
    dated: tuple[float, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Attributed content with its speakers (one claim each) and cue; `cue` None: carried on."""

    content: Span
    sentence: int
    cue: Span | None = None
    speakers: tuple[Mention, ...] = ()
    form: str = "indirect"
    stance: str = "asserts"
    evidence: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A stretch that states a number that matters ("more than 80 people")."""

    span: Span
    sentence: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A stretch that states a standing tie between parties, and the parties on either side."""

    span: Span
    sentence: int
    sign: str
    a: tuple[Mention, ...] = ()
    b: tuple[Mention, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A stretch that tells of a meeting, vote, visit or deadline to come."""

    span: Span
    sentence: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A report with every span of one encoder pass. `sentences` are in order and do not overlap."""

    report: Report
    sentences: tuple[Span, ...]
    triggers: tuple[Trigger, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Mention, ...] = ()
    counts: tuple[Count, ...] = ()
    ties: tuple[Tie, ...] = ()
    appointments: tuple[Appointment, ...] = ()

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return span.of(self.report.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a mention means. `code` None: not known, and `reason` says why.

    `name` is the fullest name that the report gives ("Rex Tillerson" for "he"); `members` are
    country codes when the words mean several states ("the G7", "Britain and Canada").
    """

    name: str
    code: str | None = None
    sector: str | None = None
    office: str | None = None
    wikidata: str | None = None
    members: tuple[str, ...] = ()
    reason: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time expression of the text and the ISO date or interval that it means.

    `iso` None: it cannot be pinned down, and `reason` says why. `planned` is what the words mean for an act
    still to come, where that differs ("on Friday": the last one, or the next). `direction` is "past",
    "future" or "none" as far as the words themselves tell.
    """

    span: Span
    iso: str | None
    planned: str | None = None
    reason: str | None = None
    direction: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the GeoNames table. `code` is ISO 3166-1 alpha-3, `region` the first-order division."""

    name: str
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    code: str | None = None
    region: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An annotated report with who, when and where.

    `identities` has an entry for the span of each mention, actor, recipient, speaker and tie side;
    `moments` are all time expressions in text order; `places` maps place spans to places.
    """

    annotated: Annotated
    identities: Mapping[Span, Identity]
    moments: tuple[Moment, ...] = ()
    places: Mapping[Span, Place]

    def moments_of(self, sentence: int) -> tuple[Moment, ...]:
        """The time expressions of one sentence, in text order."""
        within = self.annotated.sentences[sentence]
        return tuple(m for m in self.moments if within.holds(m.span))
