"""What words about time may mean: the values that the rules of time expressions give.

A rule turns a match into a `Reading`, or None where the words are no date after all. `today` is the day of
publication, None when unknown: then only what carries its own year has a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from tensionwire.ontology.calendar import CalendarWords
from tensionwire.resolve import stretch as cal
from tensionwire.resolve.stretch import Stretch

UNDATED = "no publication date to count from"
VAGUE = "too vague for a date"


class Shift(NamedTuple):
    """So many units after (or before, negative) a moment told elsewhere in the text."""

    number: int
    unit: str


class Reading(NamedTuple):
    """What words mean for something past and for something planned; the same where they leave no choice."""

    past: Stretch | None
    coming: Stretch | None
    direction: str = "none"
    reason: str | None = None
    shift: Shift | None = None


Rule = Callable[["re.Match[str]", date | None, CalendarWords], Reading | None]


def fixed(stretch: Stretch | None, direction: str = "none") -> Reading:
    """A reading that does not hang on whether the act is past or planned."""
    return Reading(stretch, stretch, direction)


def unknown(reason: str, direction: str = "none") -> Reading:
    """Words that name a time which cannot be pinned down."""
    return Reading(None, None, direction, reason)


def year_of(match: re.Match[str], today: date | None) -> int | None:
    """The year that stands beside the month: in figures, or as last, this or next year."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    turn = groups.get("turned_year")
    if not turn or today is None:
        return None
    return today.year + {"last": -1, "this": 0, "next": 1}[turn.lower()]


def nearest(within: Callable[[int], Stretch | None], today: date) -> Reading | None:
    """The last and the next time that a yearly stretch comes round."""
    years = [s for s in map(within, range(today.year - 4, today.year + 5)) if s]
    past = [s for s in years if s.start <= today]
    coming = [s for s in years if s.end >= today]
    if not past or not coming:
        return None
    return Reading(past[-1], coming[0])


def is_name(match: re.Match[str], words: CalendarWords) -> bool:
    """Black Friday, the Sunday Times, Arab Spring."""
    before, after = (
        match.string[: match.start()].split()[-1:],
        match.string[match.end() :].split(maxsplit=1)[:1],
    )
    return bool({*before} & {*words.name_before} or {w.strip(".,") for w in after} & {*words.name_after})


def part_of_month(part: str, whole: Stretch) -> Stretch:
    """A third of a month: early to the 10th, late from the 21st."""
    first, last = whole.start, whole.end
    if part in EARLY:
        return cal.days(first, first.replace(day=10))
    if part in MID or part in HALVES:
        return cal.days(first.replace(day=11), first.replace(day=20))
    return cal.days(first.replace(day=21), last)


def part_of_year(part: str, number: int) -> Stretch:
    """A season's length of a year: January to March, May to August, October to December."""
    if part in HALVES:
        return cal.month(number, HALVES[part], months=6)
    if part in EARLY:
        return cal.month(number, 1, months=3)
    return cal.month(number, 5, months=4) if part in MID else cal.month(number, 10, months=3)


EARLY = frozenset({"early", "start", "beginning"})
MID = frozenset({"mid", "middle"})
HALVES = {"first": 1, "second": 7}


def part_said(match: re.Match[str]) -> str | None:
    """The first word of "early", "mid", "the end of", "first half of"."""
    return match["part"].lower().removeprefix("the ").split()[0] if match["part"] else None
