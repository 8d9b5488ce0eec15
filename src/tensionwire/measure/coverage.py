"""How much press there was on a day: the origins of the whole ledger or table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache

from tensionwire.records import Telling

Coverage = Mapping[str, int]


def coverage_of(tellings: Iterable[Telling]) -> dict[str, int]:
    """Origins by the ISO day on which they came out (an event table that does not tell it: the day of the act).

    >>> row = {"event": "1", "type": "AID", "quad": 2, "score": 10, "first": "2014-03-01", "last": "2014-03-01"}
    >>> coverage_of([Telling(report=r, origin=o, **row) for r, o in (("a", "x"), ("b", "x"), ("c", "y"))])
    {'2014-03-01': 2}
    """
    seen: dict[str, set[str]] = {}
    for telling in tellings:
        if day := out_on(telling):
            seen.setdefault(day, set()).add(telling.origin or telling.report)
    return {day: len(origins) for day, origins in sorted(seen.items())}


def out_on(telling: Telling) -> str | None:
    """The day whose press a telling is part of."""
    return telling.published or telling.first


def by_week(coverage: Coverage) -> dict[str, int]:
    """The same by week, named by its Monday."""
    weeks: dict[str, int] = {}
    for day, origins in sorted(coverage.items()):
        weeks[monday(day)] = weeks.get(monday(day), 0) + origins
    return weeks


@lru_cache(maxsize=8192)
def monday(day: str) -> str:
    """The Monday of an ISO day's week.

    >>> monday("2017-04-06")
    '2017-04-03'
    """
    date = dt.date.fromisoformat(day[:10])
    return (date - dt.timedelta(days=date.weekday())).isoformat()
