"""An incident: its accounts side by side, its counts, who told of it when, every sentence."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tensionwire.desk.asking import Text
from tensionwire.desk.drawing.counts import counts
from tensionwire.desk.drawing.timeline import timeline
from tensionwire.desk.drawing.world import Spot, world_map
from tensionwire.desk.happening import Happening, happening
from tensionwire.desk.identity import Reader
from tensionwire.desk.rendering import page, static
from tensionwire.desk.state import Here

router = APIRouter(include_in_schema=False)


@router.get("/incident/{key}", response_class=HTMLResponse)
def incident(request: Request, user: Reader, desk: Here, key: str, as_known_at: Text = None) -> HTMLResponse:
    """The page of an incident."""
    known_at = as_known_at or None
    found = desk.kept.get(("incident", key, known_at), lambda: happening(desk.ledger, key, known_at))
    drawn = [(history, counts(history)) for history in found.counts]
    return page(
        request, "incident.html", found=found, histories=drawn, timeline=timeline(told for told, _ in found.told),
        map=_map(found), known_at=known_at,
    )  # fmt: skip


def _map(found: Happening) -> str | None:
    """Where tellings place it; None where none does."""
    places: dict[tuple[float, float], Spot] = {}
    for told, _ in found.told:
        if told.lat is not None and told.lon is not None:
            at = (told.lat, told.lon)
            before = places.get(at)
            places[at] = Spot(
                lat=told.lat, lon=told.lon, quad=told.quad, weight=before.weight + 1 if before else 1,
                told=told.place or f"{told.lat:.2f}, {told.lon:.2f}",
            )  # fmt: skip
    return world_map(list(places.values()), static("world.svg"), "Where it was") if places else None
