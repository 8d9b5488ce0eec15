"""A pair: how tense it is, and which incidents and sentences made any stretch of it."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tensionwire.desk import news, queries, relation
from tensionwire.desk.asking import Text
from tensionwire.desk.drawing.spark import spark
from tensionwire.desk.drawing.tension import picture
from tensionwire.desk.identity import Reader
from tensionwire.desk.named import offered
from tensionwire.desk.relation import Wish
from tensionwire.desk.rendering import page
from tensionwire.desk.shown import step
from tensionwire.desk.state import Here
from tensionwire.errors import UsageError
from tensionwire.measure.series import Series
from tensionwire.measure.ways import Ways

router = APIRouter(include_in_schema=False)
SHOWN: Final = 40


def wished(
    a: str,
    b: str,
    issue: Text = None,
    ways: Ways = Ways.both,
    since: Annotated[str | None, Query(max_length=10)] = None,
    until: Annotated[str | None, Query(max_length=10)] = None,
    as_known_at: Text = None,
) -> Wish:
    """What an address asks of a pair."""
    for name, day in (("since", since), ("until", until)):
        if day and not queries.is_day(day):
            raise UsageError(f"{name}={day}", "is no day", "write YYYY-MM-DD")
    return Wish(
        a=a, b=b, issue=issue or None, ways=ways, since=since or None, until=until or None, known_at=as_known_at or None
    )


Wished = Annotated[Wish, Depends(wished)]
Day = Annotated[str | None, Query(max_length=10)]


@router.get("/pairs", response_class=HTMLResponse)
def pairs(request: Request, user: Reader, desk: Here, a: Text = None, b: Text = None, issue: Text = None) -> Response:
    """A form for a pair, and those that moved most; with both sides named, that pair."""
    if a and b:
        about = f"?issue={step(issue)}" if issue else ""
        return RedirectResponse(f"/pair/{step(a)}/{step(b)}{about}", 303)
    return page(request, "pairs.html", found=news.news(desk, None), spark=spark, a=a, b=b, offered=offered())


@router.get("/pair/{a}/{b}", response_class=HTMLResponse)
def pair(
    request: Request, user: Reader, desk: Here, wish: Wished,
    first: Annotated[str | None, Query(max_length=10, alias="from")] = None,
    last: Annotated[str | None, Query(max_length=10, alias="to")] = None,
) -> HTMLResponse:  # fmt: skip
    """The page of a pair; asked by htmx, only the stretch that was chosen."""
    found = relation.relation(desk, wish)
    start, end = stretch(found.series, first, last)
    made = relation.within(found.series, start, end) if start else ()
    heads = {one.incident: one.parts[0].telling for one in made[:SHOWN]}
    known: dict[str, Any] = {
        "wish": wish, "found": found, "start": start, "end": end, "made": made, "shown": made[:SHOWN], "heads": heads,
        "total": sum((one.value for one in made), 0.0), "chosen": bool(first or last),
        "offered": offered(),
        "points": [point for point in found.series.points if start <= point.date <= end],
    }  # fmt: skip
    if request.headers.get("hx-request") and request.headers.get("hx-target", "").endswith("made"):
        return page(request, "pair_made.html", **known)
    return page(request, "pair.html", picture=picture(found.series), **known)


def stretch(series: Series, first: str | None, last: str | None) -> tuple[str, str]:
    """The dates of the points that were asked for; left out, the last month of the series."""
    if not series.points:
        return "", ""
    for name, day in (("from", first), ("to", last)):
        if day and not queries.is_day(day):
            raise UsageError(f"{name}={day}", "is no day", "write YYYY-MM-DD")
    end = last or series.points[-1].date
    usual = max(series.points[0].date, queries.moved(end, -30))
    start, end = sorted((first or usual, end))
    dates = [point.date for point in series.points if start <= point.date <= end]
    if series.weekly and not dates:
        dates = [point.date for point in series.points if point.date <= start][-1:]
    return (dates[0], dates[-1]) if dates else (start, end)
