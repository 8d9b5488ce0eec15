"""A pair as the desk shows it: its series, and what a stretch of it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tensionwire.desk.named import issue_of, side_of, version
from tensionwire.desk.queries import last_day, moved
from tensionwire.desk.state import Desk
from tensionwire.ledger import Filter, Moment
from tensionwire.measure.contributions import Contribution, Question
from tensionwire.measure.issues import Issue
from tensionwire.measure.series import Series, tension
from tensionwire.measure.sides import Side
from tensionwire.measure.ways import Ways

YEAR: Final = 365
DAILY: Final = 200  # days up to which there is a point a day; longer ones have one a week
STALE: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a pair. `since` and `until` are ISO days, inclusive."""

    a: str
    b: str
    issue: str | None = None
    ways: Ways = Ways.both
    since: str | None = None
    until: str | None = None
    known_at: Moment = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The answer. `since` and `until` bound what was looked at."""

    a: Side
    b: Side
    issue: Issue | None
    since: str
    until: str
    series: Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one incident adds over a stretch of days; `parts` are its sentences, the greatest first."""

    incident: str
    value: float
    parts: tuple[Contribution, ...]


def coverage(desk: Desk, known_at: Moment = None) -> Mapping[str, int]:
    """Origins a day of the whole ledger."""
    return desk.kept.get(("coverage", known_at), lambda: desk.ledger.coverage(as_known_at=known_at), stale=STALE)


def relation(desk: Desk, wish: Wish) -> Relation:
    """The series of a pair, kept while the ledger stays as it is; raises UsageError for sides that nobody knows."""
    one, other = side_of(wish.a, desk.ledger), side_of(wish.b, desk.ledger)  # a wrong name is told before all else
    about = issue_of(wish.issue)
    return desk.kept.get((wish, version()), lambda: _made(desk, wish, one, other, about), stale=STALE)


def _made(desk: Desk, wish: Wish, one: Side, other: Side, about: Issue | None) -> Relation:
    covered = coverage(desk, wish.known_at)
    until = wish.until or last_day(covered)
    since = wish.since or moved(until, -YEAR)
    found = desk.ledger.incidents(Filter(pair=(one, other), since=since, until=until), as_known_at=wish.known_at)
    coded = any(told.sentence for incident in found for told in incident.tellings)
    days = sum(1 for day in covered if since <= day <= until)
    series = tension(
        found, Question(a=one, b=other, issue=about, ways=wish.ways), covered, since=since, until=until,
        weekly=days > DAILY, coded=coded or not found,
    )  # fmt: skip
    return Relation(a=one, b=other, issue=about, since=since, until=until, series=series)


def within(series: Series, first: str, last: str) -> tuple[Part, ...]:
    """The incidents that made the points from one date to another, those that weigh most first.

    Their values sum exactly to the levels of those points.
    """
    groups: dict[str, list[Contribution]] = {}
    for date, parts in series.parts.items():
        if first <= date <= last:
            for part in parts:
                groups.setdefault(part.incident, []).append(part)
    made = [
        Part(
            incident=incident, value=sum((part.value for part in parts), 0.0),
            parts=tuple(sorted(parts, key=lambda part: -abs(part.value))),
        )
        for incident, parts in groups.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-abs(one.value), one.incident)))
