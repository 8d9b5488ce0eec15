"""Rules for days: dates, weekdays, feasts, today and yesterday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tensionwire.ontology.calendar import CalendarWords
from tensionwire.resolve import stretch as cal
from tensionwire.resolve.stretch import Stretch
from tensionwire.resolve.timereading import UNDATED, Reading, fixed, is_name, nearest, unknown, year_of


def iso_day(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """2017-04-04."""
    day = cal.valid_day(*(int(x) for x in match["iso"].split("-")))
    return fixed(cal.days(day)) if day else None


def numeric_day(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """14/04/2017 and 14.04.2017: read only where one of the two numbers can be no month."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first <= 12 and second <= 12 and first != second:
        return unknown("day and month cannot be told apart")
    day = cal.valid_day(year, second, first) if first > 12 or first == second else cal.valid_day(year, first, second)
    return fixed(cal.days(day)) if day else None


def calendar_day(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """April 4, 4 April 2017, Tuesday, Apr. 4, April 4-6, 28 April to 2 May."""
    groups = match.groupdict()
    month = words.months[(groups.get("month_first") or match["month"]).rstrip(".")]
    last_month = words.months[(groups.get("month_last") or match["month"]).rstrip(".")]
    first, last = int(match["day"]), int(match["day2"] or match["day"])
    year = year_of(match, today)

    def within(number: int) -> Stretch | None:
        a = cal.valid_day(number, month, first)
        b = cal.valid_day(number + (last_month < month), last_month, last)
        return cal.days(a, b) if a and b and a <= b else None

    if year is not None:
        stretch = within(year)
        return fixed(stretch) if stretch else None
    if cal.valid_day(2000, month, first) is None:
        return None
    if today is None:
        return unknown(UNDATED)
    read = nearest(within, today)
    # a day of ten months ago would be told with its year: "26 February" in mid-February is next week's
    if read and read.past and read.coming and (today - read.past.end).days > 300:
        return fixed(read.coming, "future") if (read.coming.start - today).days < 60 else read
    return read


def weekday(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """Tuesday, last Tuesday, Tuesday of last week, Tuesday night."""
    if is_name(match, words):
        return None
    if today is None:
        return unknown(UNDATED)
    number, turn = words.weekdays[match["weekday"]], (match["turn"] or "").lower()
    if match["week"]:
        offset = {"last": -7, "this": 0, "next": 7}[match["week"].lower()]
        return fixed(cal.days(cal.monday(today) + timedelta(offset + number)))
    back, ahead = (today.weekday() - number) % 7, (number - today.weekday()) % 7
    if turn in words.past:
        return fixed(cal.days(today - timedelta(back or 7)), "past")
    if turn in words.coming:
        return fixed(cal.days(today + timedelta(ahead or 7)), "future")
    return Reading(cal.days(today - timedelta(back)), cal.days(today + timedelta(ahead)))


_TODAY = {"today": (0, 0), "tonight": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1), "overnight": (-1, 0)}


def deictic(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """Today, tonight, this morning, last night, overnight, the day before yesterday."""
    if today is None:
        return unknown(UNDATED)
    said = match["deictic"].lower()
    if match["deictic"] in ("Today", "Tomorrow") and re.search(r"[A-Z]\w+\s$", match.string[: match.start()][-20:]):
        return None
    if said.startswith("the day"):
        first = last = -2 if "before" in said else 2
    elif said.startswith("last"):
        first = last = -1
    else:
        first, last = _TODAY.get(said.split()[0], (0, 0))
    direction = "past" if first < 0 else "future" if last > 0 else "none"
    return fixed(cal.days(today + timedelta(first), today + timedelta(last)), direction)


def feast(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """Christmas Day, New Year's Eve 2016."""
    number, day = words.feasts[match["feast"]]
    year = year_of(match, today)
    if year is not None:
        return fixed(cal.days(date(year, number, day)))
    return nearest(lambda y: cal.days(date(y, number, day)), today) if today else unknown(UNDATED)


def day_of_month(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """The second of this month, the 14th of last month."""
    if today is None:
        return unknown(UNDATED)
    said = match["ordinal"].lower()
    number = words.ordinals.get(said) or int(re.sub(r"\D", "", said) or 0)
    offset = {"last": -1, "this": 0, "next": 1}[match["turn"].lower()]
    target = cal.month(today.year, today.month + offset).start
    day = cal.valid_day(target.year, target.month, number)
    return fixed(cal.days(day)) if day else None
