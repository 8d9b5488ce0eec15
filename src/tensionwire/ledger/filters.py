"""What to ask the ledger for. Whatever is left out does not narrow the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Moment = str | datetime | None
"""A moment for `as_known_at`: ISO text (a bare day means its end, in UTC), a datetime, or None for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Conditions that must all hold.

    `actor` is a code (`USA`), a name, a Wikidata id, or a bloc; `pair` is two of them, in either order.
    `since` and `until` are ISO days, inclusive: what overlaps them is taken; what has no date is judged by its day of
    publication. `place` is a place's name or a country's code, `issue` the name of an issue. `confidence` is the least
    probability. `incident` and `report` are keys (`i57`, `r12`). `limit` None: everything.
    """

    actor: str | None = None
    pair: tuple[str, str] | None = None
    type: str | None = None
    status: str | None = None
    stance: str | None = None
    issue: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    confidence: float = 0.0
    incident: str | None = None
    report: str | None = None
    limit: int | None = None


EVERYTHING = Filter()
