"""The patterns of time expressions, in order of preference; the rules say what each one means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tensionwire.ontology.calendar import CalendarWords, calendar_words
from tensionwire.resolve import countrules, dayrules, yearrules
from tensionwire.resolve.timereading import Rule


@dataclass(frozen=True, slots=True)
class Grammar:
    """All patterns in order of preference, one that says whether any of them holds, and the words that one may open.

    `openers` are in small letters, their first letters only up to a hyphen or full stop; a digit opens one as well.
    """

    words: CalendarWords
    patterns: tuple[tuple[re.Pattern[str], Rule], ...]
    any: re.Pattern[str]
    openers: frozenset[str]


@cache
def grammar() -> Grammar:
    """The grammar, compiled once."""
    words = calendar_words()
    listed = [*_days(words), *_months(words), *_counted(words), *_years(words)]
    nameless = "|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern, _ in listed)
    return Grammar(
        words=words,
        patterns=tuple((re.compile(pattern), rule) for pattern, rule in listed),
        any=re.compile(rf"(?<![\w$€£])(?:{nameless})"),
        openers=_openers(words),
    )


def _openers(w: CalendarWords) -> frozenset[str]:
    """First words of all patterns: those of the table, and those that stand in the patterns themselves."""
    listed = (*w.months, *w.weekdays, *w.seasons, *w.feasts, *w.ordinals, *w.numbers, *w.units)
    first = {re.split(r"[^\w]", word.lower())[0] for word in listed}
    return frozenset((*first, *(f"{unit}s" for unit in w.units), *_OPENERS))


_OPENERS = (
    "the that this last next past previous coming recent early earlier mid late later sometime by start beginning "
    "middle end first second yesterday tomorrow tonight today overnight weekend few couple several many"
).split()


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _month(w: CalendarWords) -> str:
    """A month's name; only an abbreviated one takes a full stop with it."""
    short = [name for name in w.months if len(name) <= 4 and name not in w.bare_months and name != "May"]
    return rf"(?:(?:{_either(set(w.months) - set(short))})\b|(?:{_either(short)})\b\.?)"


_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\w|[,.]\d|\s?%)"
_TURNED = r"\s(?:of\s)?(?P<turned_year>(?i:last|this|next))\syear\b"
_TAIL = rf"(?:,?\s(?:of\s)?{_YEAR}|{_TURNED})?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_DAY2 = r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?"
_JOINT = r"\s?(?:[-–—]|\bto\b|\buntil\b)\s?"
_PART = (
    r"(?:(?P<part>(?i:(?:early|mid|late)(?:\sin)?|(?:the\s)?(?:end|start|beginning|middle|first\shalf|"
    r"second\shalf)\sof))[-\s](?:the\s)?)?"
)
_HOUR = r"(?:\s(?:early\s|late\s)?(?:morning|afternoon|evening|night|midday|noon)\b)?"


def _days(w: CalendarWords) -> list[tuple[str, Rule]]:
    month, weekday = _month(w), _either(w.weekdays)
    led = rf"(?:(?:{weekday}),?\s)?"
    until = rf"(?:{_JOINT}(?:(?P<month_last>{month})\s)?{_DAY2})?"
    joint = rf"(?:{_JOINT}|(?<=\bbetween\s\d\d)\sand\s|(?<=\bbetween\s\d)\sand\s)"
    since = rf"(?:(?:\s(?P<month_first>{month}))?{joint}{_DAY2})?"
    turn = r"(?:(?P<turn>(?i:last|next|this))\s(?:past\s|coming\s)?)?"
    week = r"(?:(?:\sof|,)?\s(?P<week>(?i:last|this|next))\sweek\b)?"
    told = (
        r"the\sday\sbefore\syesterday|the\sday\safter\stomorrow|yesterday|tomorrow|tonight|today|overnight|"
        r"this\s(?:morning|afternoon|evening)|last\s(?:night|evening)"
    )
    return [
        (r"(?P<iso>(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d)(?!\d)", dayrules.iso_day),
        (r"(?P<first>[0-3]?\d)[/.](?P<second>[0-3]?\d)[/.](?P<year>(?:19|20)\d\d)(?!\d)", dayrules.numeric_day),
        (
            rf"{led}(?P<month>{month})\s{_DAY}(?![\d:%]|[.,]\d){until}(?!\d|[.,:]\d|%){_TAIL}",
            dayrules.calendar_day,
        ),
        (rf"{led}(?:the\s)?{_DAY}{since}\s(?:of\s)?(?P<month>{month}){_TAIL}", dayrules.calendar_day),
        (
            rf"(?i:the\s(?P<ordinal>\d\d?(?:st|nd|rd|th)|{_either(w.ordinals)})\sof\s(?P<turn>this|last|next)\smonth)\b",
            dayrules.day_of_month,
        ),
        (rf"(?P<feast>{_either(w.feasts)})\b{_TAIL}", dayrules.feast),
        (rf"{turn}(?P<weekday>{weekday})\b(?!-){_HOUR}{week}", dayrules.weekday),
        (rf"(?P<deictic>(?i:{told}))\b", dayrules.deictic),
    ]


def _months(w: CalendarWords) -> list[tuple[str, Rule]]:
    turn = r"(?:(?P<turn>(?i:last|next|this))\s)?"
    return [
        (rf"{_PART}{turn}(?P<month>{_month(w)}){_TAIL}", yearrules.month_name),
        (rf"{_PART}{turn}(?P<season>(?i:{_either(w.seasons)}))\b{_TAIL}", yearrules.season),
    ]


def _counted(w: CalendarWords) -> list[tuple[str, Rule]]:
    number = rf"(?P<count>\d{{1,3}}|{_either(w.numbers)}|(?:a\s)?few|(?:a\s)?couple\sof|several|many)"
    units = rf"(?P<unit>(?:{_either(w.units)})s?)"
    whole = r"(?P<unit>week|weekend|month|year|decade)\b(?!-)"
    part = r"(?P<part>earlier|later|early|late|mid|sometime|(?:the\s|by\s)?(?:start|beginning|middle|end)\sof)"
    return [
        (
            rf"(?i:(?:{part}[-\s])?(?P<the>the\s)?(?P<turn>this|last|next|past|previous|coming)\s{whole})",
            countrules.turned_unit,
        ),
        (rf"(?i:{part}\s(?:in\s)?(?P<turn>the)\s(?P<the>(?!))?{whole})", countrules.turned_unit),
        (
            r"(?i:(?P<unit>(?<=\bthe\s)weekend|weekend(?=\s(?!at|in|of|on|with|and|to)[a-z]))\b)",
            countrules.weekend,
        ),
        (
            rf"(?i:(?:the\s)?(?P<turn>past|last|previous|next|coming)\s{number}\s(?P<unit>(?:hour|{_either(w.units)})s?))\b",
            countrules.last_units,
        ),
        (rf"(?i:(?:recent|coming)\s(?:{_either(w.units)})s|(?:{_either(w.units)})s\sago)\b", countrules.vague),
        (rf"(?i:{number}\s{units}\sago)\b", countrules.ago),
        (
            rf"(?i:{number}[-‑]{units}(?:-old|-long)?\s(?:[\w-]+\s){{0,2}}?(?:{_either(w.lasting)}))\b",
            countrules.aged,
        ),
        (rf"(?i:{number}\s{units}\s(?P<side>later|earlier|before|after))\b", countrules.away),
        (r"(?i:the\s(?P<count>(?!))?(?P<unit>day)\s(?P<side>before|after))\b", countrules.away),
        (
            rf"(?i:(?:the|that)\s(?P<count>(?!))?(?P<side>next|following|previous|same)\s(?P<unit>{_either(w.units)}))\b",
            countrules.away,
        ),
    ]


def _years(w: CalendarWords) -> list[tuple[str, Rule]]:
    return [
        (r"(?P<first>(?:1[5-9]|20)\d\d)[-–/](?P<last>(?:1[5-9]|20)\d\d|\d\d)(?![\w-])", yearrules.year_range),
        (rf"{_PART}(?P<decade>(?:1[5-9]|20)\d0)s\b", yearrules.decade),
        (rf"{_PART}{_YEAR}", yearrules.plain_year),
    ]
