"""Rules for what is counted from the day of publication, or from another moment: "last week", "two days ago"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tensionwire.ontology.calendar import CalendarWords
from tensionwire.resolve import stretch as cal
from tensionwire.resolve.stretch import Stretch
from tensionwire.resolve.timereading import (
    EARLY,
    MID,
    UNDATED,
    VAGUE,
    Reading,
    Shift,
    fixed,
    part_of_month,
    part_of_year,
    unknown,
)


def turned_unit(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """Last week, later this week, earlier this month, the past year, next month, this weekend."""
    unit, turn = match["unit"].lower(), match["turn"].lower()
    part = (match["part"] or "").lower()
    offset = -1 if turn in words.past else 1 if turn in words.coming else 0
    direction = ("past", "none", "future")[offset + 1]
    if today is None:
        return unknown(UNDATED, direction)
    if unit == "weekend":
        return _weekend(offset, today)
    if not part and (turn in ("past", "coming") or (match["the"] and turn == "last")):
        return _running(unit, 1, turn, today)
    whole = _unit(unit, offset, today)
    if part in ("earlier", "later", "") and not offset:
        return _this(unit, whole, part, today)
    return fixed(_part_of(unit, part, whole), direction)


def _part_of(unit: str, part: str, whole: Stretch) -> Stretch:
    """Early next month, late last year, the end of the week."""
    word = part.removeprefix("the ").removeprefix("by ").split(" ")[0]
    if word not in _PARTS or unit == "decade":
        return whole
    if unit == "week":
        return cal.days(whole.end - timedelta(2), whole.end) if word in ("late", "end") else whole
    return part_of_month(word, whole) if unit == "month" else part_of_year(word, whole.start.year)


_PARTS = frozenset({*EARLY, *MID, "late", "end"})


def _unit(unit: str, offset: int, today: date) -> Stretch:
    if unit == "week":
        return cal.week(today + timedelta(7 * offset))
    if unit == "month":
        return cal.month(today.year, today.month + offset)
    return (
        cal.year(today.year // 10 * 10 + 10 * offset, years=10) if unit == "decade" else cal.year(today.year + offset)
    )


def _this(unit: str, whole: Stretch, part: str, today: date) -> Reading:
    """Of this week, month or year, what is over for a past act and what is left for a planned one."""
    tomorrow = min(today + timedelta(1), whole.end)
    if part == "later":
        rest = cal.days(tomorrow, whole.end) if unit == "week" else whole
        return fixed(rest, "future")
    if part == "earlier":
        gone = cal.days(whole.start, max(whole.start, today - timedelta(1))) if unit == "week" else whole
        return fixed(gone, "past")
    return Reading(cal.days(whole.start, today), whole) if unit == "week" else fixed(whole)


def _weekend(offset: int, today: date) -> Reading:
    """Saturday and Sunday; on the weekend itself it is the one that runs."""
    running = cal.monday(today) + timedelta(5)
    past = running if today >= running and offset == 0 else running - timedelta(7)
    coming = running + timedelta(7) if offset > 0 else running
    before, after = cal.days(past, past + timedelta(1)), cal.days(coming, coming + timedelta(1))
    return fixed(before, "past") if offset < 0 else fixed(after, "future") if offset > 0 else Reading(before, after)


def weekend(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """The weekend, a weekend attack."""
    return _weekend(0, today) if today else unknown(UNDATED)


def _count(said: str, words: CalendarWords) -> int | None:
    """A small number in figures or words; None for "a few"."""
    plain = said.lower().strip()
    if plain in ("couple of", "a couple of"):
        return 2
    return int(plain) if plain.isdecimal() else words.numbers.get(plain)


def _running(unit: str, count: int, turn: str, today: date) -> Reading:
    """The stretch of so many units that ends (or begins) today."""
    if turn in ("coming", "next"):
        return fixed(cal.days(today, cal.same_day(today, count, unit)), "future")
    first = cal.same_day(today, -count, unit)
    if unit in ("year", "decade") and count > 1:
        return fixed(Stretch(f"{first.year:04}", today.isoformat()), "past")
    return fixed(cal.days(first, today), "past")


def last_units(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """The past two weeks, the next three months; "the last few days" has no exact length."""
    count, turn = _count(match["count"], words), match["turn"].lower()
    direction = "future" if turn in words.coming else "past"
    if count is None:
        return unknown(VAGUE, direction)
    if today is None:
        return unknown(UNDATED, direction)
    unit = _singular(match["unit"])
    return _running("day", -(-count // 24), turn, today) if unit == "hour" else _running(unit, count, turn, today)


def vague(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """In recent weeks, in the coming days, years ago."""
    return unknown(VAGUE, "future" if "coming" in match[0].lower() else "past")


def _singular(unit: str) -> str:
    return unit.lower().removesuffix("s")


def ago(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """Two days ago, a year ago; "a few weeks ago" is vague."""
    count = _count(match["count"], words)
    if count is None:
        return unknown(VAGUE, "past")
    if today is None:
        return unknown(UNDATED, "past")
    return fixed(cal.shifted(today, -count, _singular(match["unit"])), "past")


def aged(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """The six-year-old war, a two-month siege: from then until now."""
    count = _count(match["count"], words)
    if count is None or today is None:
        return unknown(UNDATED)
    unit = _singular(match["unit"])
    first = cal.same_day(today, -count, unit)
    start = f"{first.year:04}" if unit in ("year", "decade") else first.isoformat()
    return fixed(Stretch(start, today.isoformat()), "past")


def away(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """Two days later, a week before, the following day: counted from another moment of the text.

    "On Tuesday, two days after gunmen struck" tells when they struck: before another act it points back.
    """
    count, side = _count(match["count"] or "a", words), match["side"].lower()
    if count is None:
        return unknown(VAGUE)
    sign = 1 if side in ("later", "after", "next", "following") else 0 if side == "same" else -1
    if side in ("after", "before") and re.match(r"\s+\w", match.string[match.end() :]):
        sign = -sign
    return Reading(None, None, shift=Shift(sign * count, _singular(match["unit"])))
