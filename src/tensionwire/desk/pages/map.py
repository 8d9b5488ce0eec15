"""The map: where the incidents of some days were."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tensionwire.desk import queries
from tensionwire.desk.asking import Asked, Question
from tensionwire.desk.drawing.world import Spot, world_map
from tensionwire.desk.happening import head
from tensionwire.desk.identity import Reader
from tensionwire.desk.relation import STALE, coverage
from tensionwire.desk.rendering import page, static
from tensionwire.desk.shown import several, sign, step
from tensionwire.desk.state import Desk, Here
from tensionwire.records import Incident, Telling

router = APIRouter(include_in_schema=False)
DAYS = 30
MOST = 400
LISTED = 60
Placed = tuple[tuple[Incident, Telling], ...]


@router.get("/map", response_class=HTMLResponse)
def map_(request: Request, user: Reader, desk: Here, question: Question) -> HTMLResponse:
    """The incidents of the last thirty days, or of the days asked for."""
    until = question.filter.until or queries.last_day(coverage(desk, question.known_at))
    since = question.filter.since or queries.moved(until, -DAYS)
    found = placed(desk, question, since, until)
    drawn = world_map([spot(*one) for one in found], static("world.svg"), f"Incidents, {since} to {until}")
    return page(
        request, "map.html", drawn=drawn, found=found[:LISTED], count=len(found), since=since, until=until,
        question=question,
    )  # fmt: skip


def placed(desk: Desk, question: Asked, since: str, until: str) -> Placed:
    """Incidents whose place is known, those with most witnesses first."""
    wanted = replace(question.filter, since=since, until=until, limit=MOST)

    def made() -> Placed:
        incidents = desk.ledger.incidents(wanted, as_known_at=question.known_at)
        told = ((one, _where(one)) for one in sorted(incidents, key=lambda one: -len(one.origins)))
        return tuple((one, telling) for one, telling in told if telling is not None)

    return desk.kept.get(("map", repr(wanted), question.known_at), made, stale=STALE)


def _where(incident: Incident) -> Telling | None:
    """The telling that places it: the first choice, where it has a place, else another that has."""
    best = head(incident)
    if best.lat is not None and best.lon is not None:
        return best
    return next((one for one in incident.tellings if one.lat is not None and one.lon is not None), None)


def spot(incident: Incident, told: Telling) -> Spot:
    """An incident on the map."""
    who = ", ".join(party.name or party.code or "somebody" for party in told.actor) or "somebody"
    where = f"{told.place or ''} {told.first or ''}, {several(len(incident.origins), 'origin')}"
    words = f"{sign(told.quad)} {who} {told.type}, {where}"
    return Spot(
        lat=told.lat or 0.0, lon=told.lon or 0.0, quad=told.quad, weight=len(incident.origins), told=words,
        to=f"/incident/{step(incident.id)}",
    )  # fmt: skip
