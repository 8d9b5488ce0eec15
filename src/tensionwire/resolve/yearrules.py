"""Rules for months, seasons, years and decades."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from tensionwire.ontology.calendar import CalendarWords
from tensionwire.resolve import stretch as cal
from tensionwire.resolve.stretch import Stretch
from tensionwire.resolve.timereading import (
    EARLY,
    MID,
    UNDATED,
    Reading,
    fixed,
    is_name,
    nearest,
    part_of_month,
    part_of_year,
    part_said,
    unknown,
    year_of,
)


def month_name(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """In May, December 2016, last June, mid-September, the end of March."""
    name, part = match["month"].rstrip("."), part_said(match)
    number = words.months[name]

    def within(year: int) -> Stretch:
        whole = cal.month(year, number)
        return part_of_month(part, whole) if part else whole

    year, turn = year_of(match, today), (match["turn"] or "").lower()
    if year is not None:
        return fixed(within(year))
    if not (turn or part or match["turned_year"] or _month_is_meant(match, name, words)):
        return None
    if today is None:
        return unknown(UNDATED)
    return _turned_month(within, turn, number, today, words)


def _turned_month(
    within: Callable[[int], Stretch], turn: str, number: int, today: date, words: CalendarWords
) -> Reading | None:
    if turn in words.past:
        return fixed(within(today.year - (number >= today.month)), "past")
    if turn in words.coming:
        return fixed(within(today.year + (number <= today.month)), "future")
    if turn in words.present:
        return fixed(within(today.year))
    return nearest(within, today)


def _month_is_meant(match: re.Match[str], name: str, words: CalendarWords) -> bool:
    """Whether a bare month name means the month: "in May", not "May said" or "the March for Life"."""
    led = bool(_LEADS_IN.search(match.string[max(0, match.start() - 24) : match.start()]))
    if name in words.bare_months:
        # "April Ryan", "June Carter": a name goes on; after a preposition the month may stand before one
        return led or not re.match(r"\s[A-Z]\w+", match.string[match.end() :])
    return led and name in _WORDLIKE


_WORDLIKE = frozenset({"May", "March"})
_LEADS_IN = re.compile(
    r"\b(?:in|since|until|till|during|throughout|between|from|and|through|"
    r"(?:end|beginning|start|middle|month|\d(?:st|nd|rd|th)?)\sof)\s$",
    re.I,
)


def season(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """Spring 2014, last summer, in the autumn; not "the fall of Raqqa", "an Arab Spring"."""
    first, last = words.seasons[match["season"].lower()]
    length = (last - first) % 12 + 1
    year, turn = year_of(match, today), (match["turn"] or "").lower()
    if not (year or turn or _season_is_meant(match)) or is_name(match, words):
        return None

    def within(number: int) -> Stretch:
        return cal.month(number, first, months=length)

    if year is not None:
        return fixed(within(year))
    if today is None:
        return unknown(UNDATED)
    if turn in words.coming:
        return fixed(next(s for s in map(within, (today.year, today.year + 1)) if s.start > today), "future")
    if turn in words.past:
        ended = [s for s in map(within, range(today.year - 2, today.year + 1)) if s.end < today]
        return fixed(ended[-1], "past")
    return nearest(within, today)


def _season_is_meant(match: re.Match[str]) -> bool:
    before, after = match.string[max(0, match.start() - 24) : match.start()], match.string[match.end() :]
    return bool(re.search(r"\b(?:in|since|during|until|by|from)\s(?:the\s)?$", before)) and not after.startswith(" of")


def plain_year(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """In 2003, early 2016, the 2015 deal; a number that counts or costs something is no year."""
    number, part = int(match["year"]), part_said(match)
    if today is not None and number > today.year + 40:
        return None
    if not part and not _year_is_meant(match):
        return None
    return fixed(part_of_year(part, number) if part else cal.year(number))


def _year_is_meant(match: re.Match[str]) -> bool:
    text = match.string
    before, after = text[max(0, match.start() - 16) : match.start()], text[match.end() : match.end() + 24]
    if _NOT_YEAR_BEFORE.search(before) or _NOT_YEAR_AFTER.match(after):
        return False
    return bool(_YEAR_BEFORE.search(before) or _YEAR_AFTER.match(after))


_NOT_YEAR_BEFORE = re.compile(r"[$€£#№\d.,/:-]$|\b(?:about|some|over|than|nearly|least|flight|of the)\s$", re.I)
_NOT_YEAR_AFTER = re.compile(r"[\d%:]|[.,]\d|\s(?:percent|per cent|[a-z]+s\b(?:\sof)?(?=\s(?:were|are|have|had|was)))")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|from|to|and|or|the|a|an|early|late|during|before|after|through|between|"
    r"around|his|her|its|their|following|for|year|back to)|['’]s|,|\()\s?$",
    re.I,
)
_YEAR_AFTER = re.compile(r"\s?[,.;:)\"”—–-]|$|\s[a-z]")


def year_range(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """2014-2018, 2015/16."""
    first, last = int(match["first"]), match["last"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return fixed(cal.year(first, years=end - first + 1)) if first < end < first + 100 else None


def decade(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """The 1990s, the late 1980s."""
    first, part = int(match["decade"]), part_said(match)
    if part in EARLY:
        return fixed(cal.year(first, years=4))
    if part in MID:
        return fixed(cal.year(first + 4, years=3))
    return fixed(cal.year(first + 6, years=4) if part else cal.year(first, years=10))
