"""Actors: who is named by most, and one of them with offices, ties, acts and words."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tensionwire.desk.asking import Question, Text, sliced
from tensionwire.desk.drawing.network import network
from tensionwire.desk.identity import Reader
from tensionwire.desk.person import portrait
from tensionwire.desk.rendering import page
from tensionwire.desk.shown import step
from tensionwire.desk.state import Here

router = APIRouter(include_in_schema=False)


@router.get("/actors", response_class=HTMLResponse)
def actors(request: Request, user: Reader, desk: Here, question: Question, name: Text = None) -> Response:
    """Everybody, those that most origins name first; with a name, that actor."""
    if name:
        return RedirectResponse(f"/actor/{step(name)}", 303)
    found = sliced(lambda wanted: desk.ledger.actors(wanted, as_known_at=question.known_at), question)
    return page(request, "actors.html", found=found, question=question)


@router.get("/actor/{name:path}", response_class=HTMLResponse)
def actor(request: Request, user: Reader, desk: Here, name: str, as_known_at: Text = None) -> HTMLResponse:
    """One actor."""
    known_at = as_known_at or None
    found = desk.kept.get(("actor", name, known_at), lambda: portrait(desk.ledger, name, known_at))
    drawn = network(found.name, found.ties)
    return page(request, "actor.html", found=found, network=drawn, several=len(found.known) > 1)
