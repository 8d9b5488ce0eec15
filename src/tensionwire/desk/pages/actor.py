"""Actors: who is named by most, and one of them with offices, ties, acts and words."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tensionwire.desk.asking import Question, Slice, Text, sliced
from tensionwire.desk.drawing.network import network
from tensionwire.desk.identity import Reader
from tensionwire.desk.person import portrait
from tensionwire.desk.queries import last_day, moved
from tensionwire.desk.relation import STALE, coverage
from tensionwire.desk.rendering import page
from tensionwire.desk.shown import step
from tensionwire.desk.state import Here
from tensionwire.ledger import ReportedActor

router = APIRouter(include_in_schema=False)
DAYS: Final = 90  # that the list looks back: the whole of a large ledger would be counted for seconds


@router.get("/actors", response_class=HTMLResponse)
def actors(request: Request, user: Reader, desk: Here, question: Question, name: Text = None) -> Response:
    """Those that most origins name first, of the last months unless other days are asked for."""
    if name:
        return RedirectResponse(f"/actor/{step(name)}", 303)
    since = question.filter.since or moved(last_day(coverage(desk, question.known_at)), -DAYS)
    question = replace(question, filter=replace(question.filter, since=since))

    def made() -> Slice[ReportedActor]:
        return sliced(lambda wanted: desk.ledger.actors(wanted, as_known_at=question.known_at), question)

    key = ("actors", repr(question.filter), question.known_at, question.limit, question.offset)
    return page(
        request, "actors.html", found=desk.kept.get(key, made, stale=STALE), question=question, since=since
    )  # fmt: skip


@router.get("/actor/{name:path}", response_class=HTMLResponse)
def actor(request: Request, user: Reader, desk: Here, name: str, as_known_at: Text = None) -> HTMLResponse:
    """One actor."""
    found = portrait(desk, name, as_known_at or None)
    drawn = network(found.name, found.ties)
    return page(request, "actor.html", found=found, network=drawn, several=len(found.known) > 1)
