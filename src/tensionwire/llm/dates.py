"""Dates that a model gives: only in the forms of the codebook, and only such as the calendar has."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_ONE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
FIRST, LAST = 1000, 2999


def iso(given: str) -> str | None:
    """The date or interval, or None where it is none.

    >>> iso("2017-04-12/2017-04-16"), iso("2017-04"), iso("2017-02-30"), iso("2018/2017"), iso("soon")
    ('2017-04-12/2017-04-16', '2017-04', None, None, None)
    """
    ends = given.strip().split("/")
    if len(ends) > 2 or not all(map(_is_date, ends)):
        return None
    if len(ends) == 2 and ends[0] >= ends[1]:
        return ends[0] if ends[0] == ends[1] else None
    return "/".join(ends)


def _is_date(given: str) -> bool:
    match = _ONE.fullmatch(given)
    if match is None:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return FIRST <= year <= LAST
