"""When: the time expressions of a report and the ISO dates that they mean.

Seen from the day of publication a bare weekday, day or month is the nearest past one (that day itself
counts); `Moment.planned` is the nearest coming one, for what is still planned. Without a publication date
only what carries its own year is dated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tensionwire.records import Annotated, Moment, Span
from tensionwire.resolve import stretch as cal
from tensionwire.resolve.stretch import Stretch
from tensionwire.resolve.timepatterns import grammar
from tensionwire.resolve.timereading import Reading, Shift, fixed, unknown

NO_ANCHOR = "counted from a moment that the text does not date"


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    reading: Reading


def moments(annotated: Annotated) -> tuple[Moment, ...]:
    """All time expressions of a report, in text order, none over a sentence's end.

    >>> from tensionwire.records import Report
    >>> text = "Troops left on Tuesday. Talks resume next week."
    >>> report = Report(doc_id="a", text=text, content_hash="", published="2017-04-06")
    >>> found = moments(Annotated(report=report, sentences=(Span(0, 23), Span(24, 47))))
    >>> [(m.span.of(text), m.iso) for m in found]
    [('Tuesday', '2017-04-04'), ('next week', '2017-04-10/2017-04-16')]
    """
    report, today = annotated.report, published_day(annotated.report.published)
    found: list[Moment] = []
    for sentence in annotated.sentences:
        readings = _merged(report.text, list(_scan(report.text, sentence, today)))
        found += _moments(report.text, readings, today, found)
    return tuple(found)


def published_day(published: str | None) -> date | None:
    """The day of an ISO date or datetime; None for anything else, and for years in which nothing is published.

    >>> published_day("2017-04-11T09:30:00Z")
    datetime.date(2017, 4, 11)
    >>> published_day("0001-01-01") is None
    True
    """
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if 1000 <= day.year < 9000 else None  # years and decades are counted from it, both ways


def reading(moment: Moment, *, planned: bool) -> str | None:
    """What a moment means for an act that is planned, or for one that is not."""
    return moment.planned or moment.iso if planned else moment.iso


# A digit, or the first letters of a word: most words open no time expression, and need not be held against them all.
OPENER = re.compile(r"(?<![\w$€£])(?:\d|[^\W\d_]+)")


def _scan(text: str, sentence: Span, today: date | None) -> Iterator[_Found]:
    """Matches from left to right, the first pattern that makes sense at each place."""
    known, at = grammar(), sentence.start
    while (start := OPENER.search(text, at, sentence.end)) is not None:
        at = start.end()
        word = start.group().lower()
        if word not in known.openers and not word.isdigit():
            continue
        if known.any.match(text, start.start(), sentence.end) is None:
            continue
        for pattern, rule in known.patterns:
            match = pattern.match(text, start.start(), sentence.end)
            result = rule(match, today, known.words) if match else None
            if match is not None and result is not None:
                yield _Found(Span(*match.span()), result)
                at = match.end()
                break


def _merged(text: str, found: list[_Found]) -> list[_Found]:
    """Neighbours joined: "from May to July", "between 2014 and 2018", "Wednesday and Thursday"."""
    out: list[_Found] = []
    for item in found:
        if out and (both := _joined(text, out[-1], item)):
            out[-1] = both
        else:
            out.append(item)
    return out


_JOINT = re.compile(r"\s(?:and|to|until|till|through)\s(?:early\s|late\s)?|\s?[-–—]\s?")
_OPENING = re.compile(r"\b(from|between)\s(?:(?:early|late|the)\s)*$", re.I)


def _joined(text: str, a: _Found, b: _Found) -> _Found | None:
    joint = text[a.span.end : b.span.start]
    if not _JOINT.fullmatch(joint):
        return None
    opening = _OPENING.search(text[max(0, a.span.start - 20) : a.span.start])
    past = _between(a.reading.past, b.reading.past)
    coming = _between(a.reading.coming, b.reading.coming)
    if past is None or coming is None:
        return None
    if not opening and not ("and" in joint or _follows(past)):
        return None
    if "and" in joint and not (opening and opening[1].lower() == "between") and not _follows(past):
        return None
    return _Found(Span(a.span.start, b.span.end), Reading(past, coming, b.reading.direction))


def _between(a: Stretch | None, b: Stretch | None) -> Stretch | None:
    """From the start of one to the end of the other; a start after the end lay a year (or a week) before."""
    if a is None or b is None:
        return None
    if a.start > b.end and len(a.first) == len(b.last) > 4:
        week = cal.days(cal.same_day(a.start, -1, "week"))
        a = week if len(a.first) == 10 and (a.start - b.end).days < 7 else _year_before(a)
    return Stretch(a.first, b.last) if a.start <= b.end else None


def _year_before(a: Stretch) -> Stretch:
    return Stretch(*(f"{int(x[:4]) - 1:04}{x[4:]}" for x in a))


def _follows(stretch: Stretch) -> bool:
    """Two days, or two decades, one after the other."""
    if len(stretch.first) == len(stretch.last) == 4:
        return int(stretch.last) - int(stretch.first) == 19
    return len(stretch.first) == len(stretch.last) == 10 and (stretch.end - stretch.start).days == 1


def _moments(text: str, found: list[_Found], today: date | None, before: list[Moment]) -> list[Moment]:
    out: list[Moment] = []
    for at, item in enumerate(found):
        read = item.reading
        if read.shift:
            ahead = [f.reading.past.iso for f in found[at + 1 :] if f.reading.past]
            read = _shifted(read.shift, [*_isos(reversed(out)), *ahead, *_isos(reversed(before))])
        elif today is not None and _SINCE.search(text[max(0, item.span.start - 20) : item.span.start]):
            read = _until(today, read)
        out.append(_moment(item.span, read))
    return out


def _isos(known: Iterable[Moment]) -> Iterator[str]:
    return (moment.iso for moment in known if moment.iso)


def _moment(span: Span, read: Reading) -> Moment:
    past, coming = read.past and read.past.iso, read.coming and read.coming.iso
    planned = coming if coming != past else None
    return Moment(span=span, iso=past, planned=planned, reason=read.reason, direction=read.direction)


_SINCE = re.compile(r"\bsince\s(?:(?:the|late|early|at\sleast)\s)*$", re.I)


def _until(today: date, read: Reading) -> Reading:
    """ "Since May": what began then runs on until the day of publication."""
    if read.past is None or read.past.start >= today:
        return read
    return fixed(Stretch(read.past.first, today.isoformat()), "past")


def _shifted(shift: Shift, anchors: Iterable[str]) -> Reading:
    """ "Two days later", counted from the first anchor that is as exact as the unit.

    The last moment of this sentence comes first, then the next, then those of earlier sentences.
    """
    exact = {"year": 4, "decade": 4, "month": 7}.get(shift.unit, 10)
    for iso in anchors:
        if exact <= len(iso) <= 10 and "/" not in iso:
            return fixed(cal.shifted(Stretch(iso, iso).start, shift.number, shift.unit))
    return unknown(NO_ANCHOR)
