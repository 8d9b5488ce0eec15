"""The grammar of dates in news English: patterns, and what each means seen from the day of publication.

A rule turns a match into a `Reading`, or None where the words are no date after all. `today` is the day of
publication, None when unknown: then only what carries its own year has a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
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


# --- days ---------------------------------------------------------------------------------------------


def _year_of(match: re.Match[str], today: date | None) -> int | None:
    """The year that stands beside the month: in figures, or as last, this or next year."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    turn = groups.get("turned_year")
    if not turn or today is None:
        return None
    return today.year + {"last": -1, "this": 0, "next": 1}[turn.lower()]


def iso_day(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """2017-04-04."""
    day = cal.valid_day(*(int(x) for x in match["iso"].split("-")))
    return fixed(cal.days(day)) if day else None


def numeric_day(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """14/04/2017 and 14.04.2017: read only where one of the two numbers can be no month."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first <= 12 and second <= 12 and first != second:
        return unknown("day and month cannot be told apart")
    day = (
        cal.valid_day(year, second, first)
        if first > 12 or first == second
        else cal.valid_day(year, first, second)
    )
    return fixed(cal.days(day)) if day else None


def calendar_day(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """April 4, 4 April 2017, Tuesday, Apr. 4, April 4-6, 28 April to 2 May."""
    groups = match.groupdict()
    month = words.months[(groups.get("month_first") or match["month"]).rstrip(".")]
    last_month = words.months[(groups.get("month_last") or match["month"]).rstrip(".")]
    first, last = int(match["day"]), int(match["day2"] or match["day"])
    year = _year_of(match, today)

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
    return nearest(within, today)


def nearest(within: Callable[[int], Stretch | None], today: date) -> Reading | None:
    """The last and the next time that a yearly stretch comes round."""
    years = [s for s in map(within, range(today.year - 4, today.year + 5)) if s]
    past = [s for s in years if s.start <= today]
    coming = [s for s in years if s.end >= today]
    if not past or not coming:
        return None
    # an act of ten months ago would be told with its year: "26 February" in mid-February is next week's
    if (today - past[-1].end).days > 300 and (coming[0].start - today).days < 60:
        return fixed(coming[0], "future")
    return Reading(past[-1], coming[0])


def weekday(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """Tuesday, last Tuesday, Tuesday of last week, Tuesday night."""
    if _is_name(match, words):
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


def _is_name(match: re.Match[str], words: CalendarWords) -> bool:
    """Black Friday, the Sunday Times, Arab Spring."""
    before, after = (
        match.string[: match.start()].split()[-1:],
        match.string[match.end() :].split(maxsplit=1)[:1],
    )
    return bool({*before} & {*words.name_before} or {w.strip(".,") for w in after} & {*words.name_after})


_TODAY = {"today": (0, 0), "tonight": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1), "overnight": (-1, 0)}


def deictic(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """Today, tonight, this morning, last night, overnight, the day before yesterday."""
    if today is None:
        return unknown(UNDATED)
    said = match["deictic"].lower()
    if match["deictic"] in ("Today", "Tomorrow") and re.search(
        r"[A-Z]\w+\s$", match.string[: match.start()][-20:]
    ):
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
    year = _year_of(match, today)
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


# --- months, seasons, years ---------------------------------------------------------------------------


def _part_of_month(part: str, whole: Stretch) -> Stretch:
    """A third of a month: early to the 10th, late from the 21st."""
    first, last = whole.start, whole.end
    if part in _EARLY:
        return cal.days(first, first.replace(day=10))
    if part in _MID or part in _HALVES:
        return cal.days(first.replace(day=11), first.replace(day=20))
    return cal.days(first.replace(day=21), last)


def _part_of_year(part: str, number: int) -> Stretch:
    """A season's length of a year: January to March, May to August, October to December."""
    if part in _HALVES:
        return cal.month(number, _HALVES[part], months=6)
    if part in _EARLY:
        return cal.month(number, 1, months=3)
    return cal.month(number, 5, months=4) if part in _MID else cal.month(number, 10, months=3)


_EARLY = frozenset({"early", "start", "beginning"})
_MID = frozenset({"mid", "middle"})
_HALVES = {"first": 1, "second": 7}


def _part(match: re.Match[str]) -> str | None:
    """The first word of "early", "mid", "the end of", "first half of"."""
    return match["part"].lower().removeprefix("the ").split()[0] if match["part"] else None


def month_name(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """In May, December 2016, last June, mid-September, the end of March."""
    name, part = match["month"].rstrip("."), _part(match)
    number = words.months[name]

    def within(year: int) -> Stretch:
        whole = cal.month(year, number)
        return _part_of_month(part, whole) if part else whole

    year, turn = _year_of(match, today), (match["turn"] or "").lower()
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
    year, turn = _year_of(match, today), (match["turn"] or "").lower()
    if not (year or turn or _season_is_meant(match)) or _is_name(match, words):
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
    return bool(
        re.search(r"\b(?:in|since|during|until|by|from)\s(?:the\s)?$", before)
    ) and not after.startswith(" of")


def plain_year(match: re.Match[str], today: date | None, words: CalendarWords) -> Reading | None:
    """In 2003, early 2016, the 2015 deal; a number that counts or costs something is no year."""
    number, part = int(match["year"]), _part(match)
    if today is not None and number > today.year + 40:
        return None
    if not part and not _year_is_meant(match):
        return None
    return fixed(_part_of_year(part, number) if part else cal.year(number))


def _year_is_meant(match: re.Match[str]) -> bool:
    text = match.string
    before, after = text[max(0, match.start() - 16) : match.start()], text[match.end() : match.end() + 24]
    if _NOT_YEAR_BEFORE.search(before) or _NOT_YEAR_AFTER.match(after):
        return False
    return bool(_YEAR_BEFORE.search(before) or _YEAR_AFTER.match(after))


_NOT_YEAR_BEFORE = re.compile(
    r"[$€£#№\d.,/:-]$|\b(?:about|some|over|than|nearly|least|flight|of the)\s$", re.I
)
_NOT_YEAR_AFTER = re.compile(
    r"[\d%:]|[.,]\d|\s(?:percent|per cent|[a-z]+s\b(?:\sof)?(?=\s(?:were|are|have|had|was)))"
)
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
    first, part = int(match["decade"]), _part(match)
    if part in _EARLY:
        return fixed(cal.year(first, years=4))
    if part in _MID:
        return fixed(cal.year(first + 4, years=3))
    return fixed(cal.year(first + 6, years=4) if part else cal.year(first, years=10))


# --- counted from today -------------------------------------------------------------------------------


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
    return _part_of_month(word, whole) if unit == "month" else _part_of_year(word, whole.start.year)


_PARTS = frozenset({*_EARLY, *_MID, "late", "end"})


def _unit(unit: str, offset: int, today: date) -> Stretch:
    if unit == "week":
        return cal.week(today + timedelta(7 * offset))
    if unit == "month":
        return cal.month(today.year, today.month + offset)
    return (
        cal.year(today.year // 10 * 10 + 10 * offset, years=10)
        if unit == "decade"
        else cal.year(today.year + offset)
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
    return (
        fixed(before, "past")
        if offset < 0
        else fixed(after, "future")
        if offset > 0
        else Reading(before, after)
    )


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
    return (
        _running("day", -(-count // 24), turn, today)
        if unit == "hour"
        else _running(unit, count, turn, today)
    )


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
