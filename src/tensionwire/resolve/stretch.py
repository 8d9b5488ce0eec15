"""Stretches of the calendar and their ISO form; a week runs from Monday to Sunday."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class Stretch(NamedTuple):
    """From one ISO day, month or year to another, both inclusive.

    >>> Stretch("2014", "2018").iso, Stretch("2017-04", "2017-04").iso
    ('2014/2018', '2017-04')
    """

    first: str
    last: str

    @property
    def iso(self) -> str:
        """`a` or `a/b`."""
        return self.first if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def start(self) -> date:
        """The first day.

        >>> Stretch("2017-04", "2017-05").start
        datetime.date(2017, 4, 1)
        """
        parts = [int(x) for x in self.first.split("-")]
        return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)

    @property
    def end(self) -> date:
        """The last day.

        >>> Stretch("2016", "2016-02").end
        datetime.date(2016, 2, 29)
        """
        parts = [int(x) for x in self.last.split("-")]
        month = parts[1] if len(parts) > 1 else 12
        return date(parts[0], month, parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1])


def days(first: date, last: date | None = None) -> Stretch:
    """A day, or the days from one to another.

    >>> days(date(2017, 4, 4)).iso
    '2017-04-04'
    """
    return Stretch(first.isoformat(), (last or first).isoformat())


def month(year: int, number: int, *, months: int = 1) -> Stretch:
    """A month; `number` may run over a year's end, `months` makes it longer.

    >>> month(2016, 0).iso, month(2016, 12, months=3).iso
    ('2015-12', '2016-12/2017-02')
    """
    first, last = year * 12 + number - 1, year * 12 + number - 2 + months
    return Stretch(f"{first // 12:04}-{first % 12 + 1:02}", f"{last // 12:04}-{last % 12 + 1:02}")


def year(number: int, *, years: int = 1) -> Stretch:
    """A year, or several from that one on.

    >>> year(1990, years=10).iso
    '1990/1999'
    """
    return Stretch(f"{number:04}", f"{number + years - 1:04}")


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def week(day: date) -> Stretch:
    """The week that holds a day.

    >>> week(date(2017, 4, 11)).iso
    '2017-04-10/2017-04-16'
    """
    return days(monday(day), monday(day) + timedelta(6))


def valid_day(year_number: int, month_number: int, day_number: int) -> date | None:
    """The date, or None where the calendar has none.

    >>> valid_day(2017, 2, 30) is None
    True
    """
    try:
        return date(year_number, month_number, day_number)
    except ValueError:
        return None


def shifted(day: date, count: int, unit: str) -> Stretch:
    """`count` units away from a day, as exact as the unit: a day for days and weeks, else a month or year.

    >>> shifted(date(2017, 4, 11), -2, "week").iso, shifted(date(2017, 4, 11), -2, "month").iso
    ('2017-03-28', '2017-02')
    """
    if unit in _DAYS:
        return days(day + timedelta(count * _DAYS[unit]))
    if unit == "month":
        return month(day.year, day.month + count)
    return year(day.year + count * (10 if unit == "decade" else 1))


def same_day(day: date, count: int, unit: str) -> date:
    """The day `count` units away, its number kept where the month has it.

    >>> same_day(date(2017, 3, 31), -1, "month")
    datetime.date(2017, 2, 28)
    """
    if unit in _DAYS:
        return day + timedelta(count * _DAYS[unit])
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    target = month(day.year, day.month + months).start
    return target.replace(day=min(day.day, monthrange(target.year, target.month)[1]))


_DAYS = {"day": 1, "week": 7, "fortnight": 14}
