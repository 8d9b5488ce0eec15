"""The agenda: a calendar of what is to come, with what became of it, and the same as a feed for calendars."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from tensionwire.brief import ical
from tensionwire.brief.agenda import Appointment, appointments, shortened
from tensionwire.desk import queries
from tensionwire.desk.asking import Asked, Question
from tensionwire.desk.identity import Reader
from tensionwire.desk.relation import STALE, coverage
from tensionwire.desk.rendering import page
from tensionwire.desk.state import Desk, Here
from tensionwire.errors import UsageError

router = APIRouter(include_in_schema=False)
LONG = 31  # days; what is vaguer stands below the calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A day of the calendar. `other`: of the month before or after."""

    day: str
    number: int
    other: bool
    items: tuple[Appointment, ...]


@router.get("/agenda", response_class=HTMLResponse)
def agenda(
    request: Request, user: Reader, desk: Here, question: Question,
    month: Annotated[str | None, Query(max_length=7)] = None,
) -> HTMLResponse:  # fmt: skip
    """A month, and all that is to come in it."""
    latest = queries.last_day(coverage(desk, question.known_at))
    year, number = _month(month or latest[:7])
    first, last = f"{year}-{number:02}-01", f"{year}-{number:02}-{calendar.monthrange(year, number)[1]:02}"
    found = shortened(planned(desk, question, latest), first, last)
    turn = [f"{y}-{m:02}" for y, m in (_turned(year, number, -1), _turned(year, number, 1))]
    return page(
        request, "agenda.html", weeks=weeks(year, number, found), found=found, today=latest, question=question,
        month=f"{date(year, number, 1):%B %Y}", before=turn[0], after=turn[1],
    )  # fmt: skip


@router.get("/agenda.ics")
def feed(user: Reader, desk: Here, question: Question) -> Response:
    """The agenda as an iCalendar."""
    found = planned(desk, question, queries.last_day(coverage(desk, question.known_at)))
    return Response(ical.calendar(found), media_type="text/calendar; charset=utf-8")


def planned(desk: Desk, question: Asked, today: str) -> tuple[Appointment, ...]:
    """All appointments that a filter lets through; kept for a short while."""
    wanted = replace(question.filter, limit=None)

    def made() -> tuple[Appointment, ...]:
        return appointments(desk.ledger, wanted, today=today, as_known_at=question.known_at)

    return desk.kept.get(("agenda", repr(wanted), question.known_at, today), made, stale=STALE)


def weeks(year: int, month: int, found: Iterable[Appointment]) -> list[list[Square]]:
    """The squares of a month, with what is due on each day."""
    dated = [one for one in found if one.first and one.last and _length(one) <= LONG]
    dates = calendar.Calendar().monthdatescalendar(year, month)
    return [[_square(day, month, dated) for day in week] for week in dates]


def _square(day: date, month: int, found: Iterable[Appointment]) -> Square:
    iso = day.isoformat()
    items = tuple(one for one in found if (one.first or "") <= iso <= (one.last or ""))
    return Square(day=iso, number=day.day, other=day.month != month, items=items)


def _length(one: Appointment) -> int:
    return (date.fromisoformat(one.last or "") - date.fromisoformat(one.first or "")).days


def _month(text: str) -> tuple[int, int]:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise UsageError(f"month={text}", "is no month", "write YYYY-MM") from error
    return found.year, found.month


def _turned(year: int, month: int, by: int) -> tuple[int, int]:
    at = year * 12 + month - 1 + by
    return max(1, at // 12), at % 12 + 1
