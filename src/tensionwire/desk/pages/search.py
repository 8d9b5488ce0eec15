"""Search: reports by their words, and everything else by the filters of the command line; also as CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tensionwire.desk import table
from tensionwire.desk.asking import MOST, Asked, Question, Slice, sliced
from tensionwire.desk.happening import head
from tensionwire.desk.identity import Reader
from tensionwire.desk.rendering import page
from tensionwire.desk.state import Desk, Here

router = APIRouter(include_in_schema=False)


class What(StrEnum):
    """What is looked for."""

    reports = "reports"
    incidents = "incidents"
    claims = "claims"
    figures = "figures"
    relations = "relations"
    actors = "actors"


Words = Annotated[str | None, Query(max_length=300)]
_ASKS: Final[Mapping[What, str]] = {what: str(what) for what in What if what is not What.reports}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to look for, and the words where it is reports."""

    what: What
    words: str


def found(desk: Desk, wanted: Wanted, question: Asked) -> Slice[Any]:
    """The part of the answer that was asked for."""
    if wanted.what is What.reports:
        if not wanted.words.strip():
            return Slice(items=(), limit=question.limit, offset=0, next=None)
        return sliced(lambda some: desk.ledger.search(wanted.words, some, as_known_at=question.known_at), question)
    ask: Callable[..., tuple[Any, ...]] = getattr(desk.ledger, _ASKS[wanted.what])
    return sliced(lambda some: ask(some, as_known_at=question.known_at), question)


@router.get("/incidents", response_class=HTMLResponse)
def incidents() -> RedirectResponse:
    """The list of incidents, under a short address."""
    return RedirectResponse("/search?what=incidents", 307)


@router.get("/search", response_class=HTMLResponse)
def search(
    request: Request, user: Reader, desk: Here, question: Question, q: Words = None, what: What | None = None
) -> HTMLResponse:
    """The form and what was found; the address holds the whole question."""
    wanted = Wanted(what=what or (What.reports if q or not question.given else What.incidents), words=q or "")
    answer = found(desk, wanted, question)
    heads = {one.id: head(one) for one in answer.items} if wanted.what is What.incidents else {}
    return page(request, "search.html", wanted=wanted, found=answer, heads=heads, question=question, whats=list(What))


@router.get("/search.csv")
def as_csv(user: Reader, desk: Here, question: Question, q: Words = None, what: What = What.incidents) -> Response:
    """The same as a table; at most so many rows as one may ask for at once."""
    wanted = Wanted(what=what, words=q or "")
    limit = MOST if "limit" not in question.given else question.limit
    answer = found(desk, wanted, replace(question, limit=limit))
    name = f'attachment; filename="tensionwire-{what}.csv"'
    return Response(
        table.csv(str(what), answer.items), media_type="text/csv; charset=utf-8", headers={"content-disposition": name}
    )
