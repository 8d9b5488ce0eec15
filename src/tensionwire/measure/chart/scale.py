"""Points brought onto a number of columns, and the dates and values beside them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tensionwire.measure.series import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: means of the points whose dates fall on it."""

    conflict: float = 0.0
    cooperation: float = 0.0
    points: int = 0


def position(date: str, first: str, last: str, width: int) -> int:
    """The column of a date, 0 to `width - 1`.

    >>> position("2017-04-30", "2017-04-01", "2017-04-30", 10)
    9
    """
    start, end, day = (dt.date.fromisoformat(d[:10]).toordinal() for d in (first, last, date))
    return min(width - 1, max(0, (day - start) * width // max(1, end - start + 1)))


def columns(points: Sequence[Point], width: int) -> list[Column]:
    """The points as so many columns."""
    sums = [[0.0, 0.0, 0] for _ in range(width)]
    for point in points:
        at = sums[position(point.date, points[0].date, points[-1].date, width)]
        at[0] += point.conflict
        at[1] += point.cooperation
        at[2] += 1
    return [Column(conflict=a / n, cooperation=b / n, points=int(n)) if n else Column() for a, b, n in sums]


def nice(value: float) -> float:
    """The next round number: 1, 2 or 5 times a power of ten.

    >>> nice(0.037), nice(0.0)
    (0.05, 1.0)
    """
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(round(step * power, 12) for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9))


def short(value: float) -> str:
    """A value in few signs.

    >>> short(0.05), short(0.0), short(12.5)
    ('0.05', '0', '12.5')
    """
    return f"{value:.3g}"


def ticks(first: str, last: str, most: int) -> Iterator[tuple[str, str]]:
    """Round dates and their labels: days, months or years, at most so many."""
    start, end = dt.date.fromisoformat(first[:10]), dt.date.fromisoformat(last[:10])
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months <= 2:
        step = max(1, math.ceil(((end - start).days + 1) / max(1, most)))
        for offset in range(0, (end - start).days + 1, step):
            day = start + dt.timedelta(days=offset)
            yield day.isoformat(), f"{day.day} {day:%b}"
        return
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120) if months / s <= most), 240)
    for number in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        if number % step == 0:
            day = dt.date(number // 12, number % 12 + 1, 1)
            if day >= start:
                yield day.isoformat(), str(day.year) if step >= 12 or day.month == 1 else f"{day:%b}"
