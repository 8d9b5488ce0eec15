"""What to ask the ledger for. Whatever is left out does not narrow the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tensionwire.errors import UsageError
from tensionwire.measure.issues import Issue
from tensionwire.measure.sides import Side

Moment = str | datetime | None
"""A moment for `as_known_at`: ISO text (a bare day means its end, in UTC), a datetime, or None for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Conditions that must all hold.

    `actor` is a code (`USA`), a country, a bloc, a name or a Wikidata id; `pair` is two of them, in either order; where
    the user's own blocs matter, give a `Side`. `since` and `until` are ISO days, inclusive: what overlaps is taken.
    What has no date is judged by its day of publication, and a date vaguer than a month by its first day.
    `place` is a place's name or a country's code or name, `issue` the name of an issue, or one.
    `status` is that of an event or agenda item, the stance of a claim, or the sign of a tie. `confidence` is the least
    probability. `incident` and `report` are keys (`i57`, `r12`). `limit` None: everything.
    """

    actor: str | Side | None = None
    pair: tuple[str | Side, str | Side] | None = None
    type: str | None = None
    status: str | None = None
    issue: str | Issue | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    confidence: float = 0.0
    incident: str | None = None
    report: str | None = None
    limit: int | None = None


EVERYTHING = Filter()


def number_of(key: str, letter: str) -> int:
    """The number in a key of the ledger; raises UsageError where it is none.

    >>> number_of("i57", "i")
    57
    """
    if not (key.startswith(letter) and key[1:].isascii() and key[1:].isdigit() and len(key) < 20):
        raise UsageError(key, "is no key of the ledger", f"write {letter}57, say")
    return int(key[1:])
