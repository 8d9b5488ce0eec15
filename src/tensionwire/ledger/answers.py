"""What the ledger answers with: an item of a report, beside where it comes from and since when it is known."""

from __future__ import annotations

from dataclasses import dataclass

from tensionwire.records import AgendaItem, Claim, Figure, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a report. `state`: "added", "recoded" (another coder read a known text) or "known"."""

    report: str
    state: str
    origin: str | None = None
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The report that an item stands in. `known_at` is when the ledger learnt the item: ISO, UTC."""

    report: str
    known_at: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedClaim:
    """A claim as one report has it. `incident` is what it is about."""

    source: Source
    claim: Claim
    sentence: str
    incident: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFigure:
    """A count as one report has it."""

    source: Source
    figure: Figure
    sentence: str
    incident: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRelation:
    """A tie between two actors as one report has it."""

    source: Source
    relation: Relation
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedAgendaItem:
    """Something to come as one report has it."""

    source: Source
    item: AgendaItem
    sentence: str
    incident: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedActor:
    """Somebody, over all reports that name them. `first` and `last` are days of publication."""

    name: str
    code: str | None = None
    sector: str | None = None
    offices: tuple[str, ...] = ()
    wikidata: str | None = None
    reports: int = 0
    origins: int = 0
    mentions: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report that holds the words, with the sentences that hold most of them."""

    source: Source
    excerpts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that the record has learnt or taken back. `way` is "learnt" or "taken back"; `at` is ISO, UTC."""

    at: str
    way: str
    what: str
    key: str
    told: str
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a text that was forgotten: its SHA-256, when, why and by whom, and the reports that had it."""

    hash: str
    at: str
    reason: str
    by: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something in the ledger that is not as it was written: where, and what is wrong with it."""

    where: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided: `key` undoes it. `kind`: "move" (`into` an incident), "confirm" or "reject".

    `undone`: taken back, or followed by another word on the same thing.
    """

    key: str
    at: str
    kind: str
    target: str
    by: str
    reason: str
    into: str | None = None
    undone: bool = False
