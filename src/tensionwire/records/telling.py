"""One event as one report tells it: what linking and measuring need to know of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody in a role of a telling: code (ISO 3166-1 alpha-3, UNO, EUR, IGO, ...) or None, and a name."""

    code: str | None = None
    name: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An event of one report, or one row of an event table.

    `report` is the report's key in its ledger, `event` the event's id in that report's record; together they name
    the telling. `first` and `last` are ISO days that bound the event's date; both None when it has none.
    `published` is the ISO day of publication. `origin` names the text that copies have in common.
    `score` is PLOVER's, -10 to 10. `sentence` is the evidence. `topic` are the words that mark the whole report, most
    telling first.
    """

    report: str
    event: str
    type: str
    quad: int
    score: float
    mode: str | None = None
    status: str = "actual"
    contexts: tuple[str, ...] = ()
    actor: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    first: str | None = None
    last: str | None = None
    published: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    trigger: str = ""
    sentence: str = ""
    outlet: str | None = None
    origin: str | None = None
    topic: tuple[str, ...] = ()
    confidence: float = 1.0
    coded: bool = True
