"""The tension of a pair, day by day or week by week, each point with what it is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tensionwire.measure.bands import Band, band
from tensionwire.measure.changes import Change, changes
from tensionwire.measure.contributions import Aside, Contribution, Question, contributions
from tensionwire.measure.coverage import Coverage, by_week, monday
from tensionwire.measure.smooth import decayed
from tensionwire.measure.weights import weights
from tensionwire.records import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One day or week (`date` is then its Monday).

    `conflict` and `cooperation` are the sums of what adds to tension and of what takes from it, both as positive
    numbers; `level` is `conflict - cooperation`, exactly. `low` and `high` bound the level (see `bands`). `events` are
    incidents, `coverage` the origins of the whole ledger.
    """

    date: str
    level: float
    conflict: float
    cooperation: float
    low: float
    high: float
    events: int
    coverage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The answer to a question. `parts` are the contributions by date; their values sum exactly to the level.

    `smooth` is the decayed level of each point, for the picture only. `aside` counts tellings of the pair that stand on
    no date.
    """

    a: str
    b: str
    issue: str | None
    weekly: bool
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    parts: Mapping[str, tuple[Contribution, ...]]
    smooth: tuple[float, ...]
    band: Band
    aside: Aside


def tension(
    incidents: Iterable[Incident],
    question: Question,
    coverage: Coverage,
    *,
    since: str | None = None,
    until: str | None = None,
    weekly: bool = False,
    coded: bool = True,
) -> Series:
    """The series of a pair between two ISO days, inclusive; left out: all days of the press.

    `coverage` maps ISO days to the origins of the whole ledger. A day on which nobody reported, and of which nobody
    tells, has no point: nothing is known of it. Changes are sought on the daily series, whatever is shown. `coded`
    False keeps our coder's measured error out of the band; rows of event tables carry none in any case.
    """
    incidents = tuple(incidents)
    aside = Aside()
    every = contributions(incidents, question, coverage, aside=aside)
    days = _days(every, coverage, since, until, question)
    daily = [part for part in every if part.date in days]
    aside.outside = len(every) - len(daily)
    found = _changes(daily, days)
    if not weekly:
        return _series(question, daily, days, found, aside, weekly=False, coded=coded)
    weeks = by_week(coverage)
    shown = {monday(day): weeks.get(monday(day), 0) for day in days}
    parts = [part for part in contributions(incidents, question, weeks, slot=monday) if part.date in shown]
    return _series(question, parts, shown, found, aside, weekly=True, coded=coded)


def _days(
    parts: Iterable[Contribution], coverage: Coverage, since: str | None, until: str | None, question: Question
) -> dict[str, int]:
    """The days that have a point, in order, with their coverage: days of press, and days that it tells of.

    Of days before the first press only the last month counts: what is told of years ago is no series.
    """
    covered = [day for day, count in coverage.items() if count]
    if not covered:
        return {}
    longest = (question.weights or weights()).longest
    first = (dt.date.fromisoformat(min(covered)) - dt.timedelta(days=longest)).isoformat()
    first, last = max(first, since or ""), min(max(covered), until or "9999")
    told = {part.date for part in parts}
    return {day: coverage.get(day, 0) for day in sorted(told.union(covered)) if first <= day <= last}


def _series(
    question: Question, parts: list[Contribution], dates: Mapping[str, int], found: tuple[Change, ...], aside: Aside,
    *, weekly: bool, coded: bool,
) -> Series:  # fmt: skip
    chosen = question.weights or weights()
    bounds = band(parts, chosen, coded=coded)
    by_date: dict[str, list[Contribution]] = {}
    for part in parts:
        by_date.setdefault(part.date, []).append(part)
    points = tuple(_point(date, by_date.get(date, []), bounds, count) for date, count in dates.items())
    return Series(
        a=question.a.label, b=question.b.label, issue=question.issue.name if question.issue else None,
        weekly=weekly, points=points, changes=found,
        parts={date: tuple(these) for date, these in by_date.items()},
        smooth=decayed([p.date for p in points], [p.level for p in points], chosen.half_life),
        band=bounds, aside=aside,
    )  # fmt: skip


def _point(date: str, parts: Sequence[Contribution], bounds: Band, coverage: int) -> Point:
    conflict = sum((part.value for part in parts if part.value > 0), 0.0)
    cooperation = sum((-part.value for part in parts if part.value < 0), 0.0)
    low, high = bounds.bounds.get(date, (0.0, 0.0))
    return Point(
        date=date, level=conflict - cooperation, conflict=conflict, cooperation=cooperation, low=low, high=high,
        events=len({part.incident for part in parts}), coverage=coverage,
    )  # fmt: skip


def _changes(parts: Sequence[Contribution], days: Mapping[str, int]) -> tuple[Change, ...]:
    """Changes over every calendar day from the first to the last that has coverage."""
    if not days:
        return ()
    first, last = (dt.date.fromisoformat(day) for day in (min(days), max(days)))
    length = (last - first).days + 1
    conflict, cooperation, coverage = [0.0] * length, [0.0] * length, [0.0] * length
    for part in parts:
        at = (dt.date.fromisoformat(part.date) - first).days
        if part.value > 0:
            conflict[at] += part.value
        else:
            cooperation[at] -= part.value
    for day, count in days.items():
        coverage[(dt.date.fromisoformat(day) - first).days] = count
    return changes(first.isoformat(), conflict, cooperation, coverage)
