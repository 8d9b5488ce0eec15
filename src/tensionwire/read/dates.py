"""Dates as pages print them, to ISO. What cannot be read without a guess is None."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache

from tensionwire.read.tables import table

_STAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}(?:Z|[+-]\d{2}:?\d{2})?)?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d{2})[/_-](\d{1,2}|[a-z]{3})[/_-](\d{1,2})(?!\d)")
_COMPACT_IN_ADDRESS = re.compile(r"(?<=/)((?:19|20)\d{2})(\d{2})(\d{2})(?=/)")


@cache
def months() -> Mapping[str, Mapping[str, int]]:
    """Month names of `data/months.tsv`: name to language to month."""
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for name, language, month in table("months.tsv"):
        names[name][language] = int(month)
    return names


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Expressions for "11 April 2017" and "April 11, 2017" in every language of the table."""
    name = "|".join(re.escape(name) for name in sorted(months(), key=len, reverse=True))
    day = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.ª|º|\.)?"
    first = rf"{day}[\s-]*(?:de\s|d['’]|of\s)?\s*({name})\.?,?[\s-]*(?:de[l]?\s)?\s*(\d{{4}})(?!\d)"
    last = rf"(?<!\w)({name})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)"
    return re.compile(first, re.IGNORECASE), re.compile(last, re.IGNORECASE)


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    """The ISO day, or None where the calendar has no such day or no newspaper could have had it."""
    try:
        return date(int(year), int(month), int(day)).isoformat() if 1600 <= int(year) <= 2199 else None
    except ValueError:
        return None


def _month(name: str, language: str | None) -> int | None:
    """The month that a name means, None when languages differ on it and none is given."""
    known = months().get(name.lower(), {})
    if language is not None and language in known:
        return known[language]
    return next(iter(known.values())) if len(set(known.values())) == 1 else None


def stamp(value: str | None, language: str | None = None) -> str | None:
    """A value that is a date as a whole (metadata, a column, an option) to an ISO date or datetime.

    >>> stamp("2017-04-11T08:30:00.12Z"), stamp("20170411"), stamp("Tue, 11 Apr 2017 08:30:00 GMT")
    ('2017-04-11T08:30:00+00:00', '2017-04-11', '2017-04-11T08:30:00+00:00')
    >>> stamp("11 April 2017"), stamp("04/05/2017"), stamp("yesterday")
    ('2017-04-11', None, None)
    """
    text = (value or "").strip()
    if not text or len(text) > 80:
        return None
    if found := _STAMP.fullmatch(text):
        return _moment(*found.groups())
    # Seconds or milliseconds since 1970.
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    if found := _COMPACT.fullmatch(text):
        return _day(found[1], found[2], found[3])
    return _mail_date(text) or date_in(text, language)


def _moment(
    year: str,
    month: str,
    day: str,
    hour: str | None,
    minute: str | None,
    second: str | None,
    zone: str | None,
) -> str | None:
    """A datetime where the hour is given, with its zone where that is given; else the day."""
    when = _day(year, month, day)
    if when is None or hour is None or minute is None:
        return when
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return when
    return f"{when}T{int(hour):02}:{minute}:{second or '00'}{_zone(zone)}"


def _zone(zone: str | None) -> str:
    """An offset as ISO writes it; empty when unknown.

    >>> _zone("Z"), _zone("+0530"), _zone("-4:00")
    ('+00:00', '+05:30', '-04:00')
    """
    if not zone:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    digits = zone[1:].replace(":", "")
    digits = digits + "00" if len(digits) <= 2 else digits.zfill(4)
    return f"{zone[0]}{digits[:-2].zfill(2)}:{digits[-2:]}"


def _mail_date(text: str) -> str | None:
    """The date of an e-mail or HTTP header."""
    if not re.match(r"[A-Za-z]{3}, \d", text):
        return None
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, OverflowError):
        return None


def date_in(text: str, language: str | None = None) -> str | None:
    """The first full date that a short text names; days and months that could change places are not read.

    >>> date_in("Last Updated: April 11, 2017 8:30 GMT"), date_in("14.05.2025, 20:28"), date_in("14 мая 2025")
    ('2017-04-11', '2025-05-14', '2025-05-14')
    >>> date_in("2024年4月24日"), date_in("04/05/2017"), date_in("25/05/2017")
    ('2024-04-24', None, '2017-05-25')
    """
    found: list[tuple[int, str]] = []
    for match in _YEAR_FIRST.finditer(text):
        found += [(match.start(), day)] if (day := _day(match[1], match[2], match[3])) else []
    for match in _YEAR_LAST.finditer(text):
        found += [(match.start(), day)] if (day := _european(match)) else []
    if not found or any(character.isalpha() for character in text):
        first, last = _named()
        for match in first.finditer(text):
            month = _month(match[2], language)
            found += [(match.start(), day)] if month and (day := _day(match[3], month, match[1])) else []
        for match in last.finditer(text):
            month = _month(match[1], language)
            found += [(match.start(), day)] if month and (day := _day(match[3], month, match[2])) else []
    return min(found)[1] if found else None


def _european(match: re.Match[str]) -> str | None:
    """Day, month, year; with strokes only where the numbers leave no doubt."""
    first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
    if mark == "." or first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def date_of_address(url: str) -> str | None:
    """The day that stands in a URL.

    >>> date_of_address("https://example.org/world/2024/feb/24/talks"), date_of_address("https://example.org/a/7715044")
    ('2024-02-24', None)
    """
    if match := _IN_ADDRESS.search(url.lower()):
        month = match[2] if match[2].isdigit() else _month(match[2], "en")
        return _day(match[1], month, match[3]) if month else None
    if match := _COMPACT_IN_ADDRESS.search(url):
        return _day(match[1], match[2], match[3])
    return None
