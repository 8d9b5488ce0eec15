"""Lists: incidents, tellings, claims, figures, relations, actors, agenda, and search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from tensionwire.brief.agenda import Appointment
from tensionwire.desk import queries
from tensionwire.desk.api.answering import RESPONSES, answer
from tensionwire.desk.asking import Asked, Question, Slice, sliced
from tensionwire.desk.identity import Reader
from tensionwire.desk.pages.agenda import planned
from tensionwire.desk.relation import coverage
from tensionwire.desk.state import Desk, Here
from tensionwire.ledger import Hit, ReportedActor, ReportedClaim, ReportedFigure, ReportedRelation
from tensionwire.records import Incident, Telling

router = APIRouter(prefix="/api/v1", tags=["lists"], responses=RESPONSES)


def _listed(request: Request, desk: Desk, question: Asked, ask: Callable[..., tuple[Any, ...]]) -> Response:
    def made() -> Slice[Any]:
        return sliced(lambda wanted: ask(wanted, as_known_at=question.known_at), question)

    return answer(request, desk, made)


@router.get("/incidents", response_model=Slice[Incident])
def incidents(request: Request, user: Reader, desk: Here, question: Question) -> Response:
    """Incidents, newest day first, each with all of its tellings."""
    return _listed(request, desk, question, desk.ledger.incidents)


@router.get("/tellings", response_model=Slice[Telling])
def tellings(request: Request, user: Reader, desk: Here, question: Question) -> Response:
    """Events as single reports tell them, newest day first."""
    return _listed(request, desk, question, desk.ledger.tellings)


@router.get("/claims", response_model=Slice[ReportedClaim])
def claims(request: Request, user: Reader, desk: Here, question: Question) -> Response:
    """What somebody says, latest published first. `actor` is the speaker, `status` the stance."""
    return _listed(request, desk, question, desk.ledger.claims)


@router.get("/figures", response_model=Slice[ReportedFigure])
def figures(request: Request, user: Reader, desk: Here, question: Question) -> Response:
    """Counts with their bounds, latest published first."""
    return _listed(request, desk, question, desk.ledger.figures)


@router.get("/relations", response_model=Slice[ReportedRelation])
def relations(request: Request, user: Reader, desk: Here, question: Question) -> Response:
    """Standing ties, latest published first. `status` is the sign."""
    return _listed(request, desk, question, desk.ledger.relations)


@router.get("/actors", response_model=Slice[ReportedActor])
def actors(request: Request, user: Reader, desk: Here, question: Question) -> Response:
    """Persons, bodies and states, those named by most origins first."""
    return _listed(request, desk, question, desk.ledger.actors)


@router.get("/search", response_model=Slice[Hit])
def search(
    request: Request, user: Reader, desk: Here, question: Question,
    q: Annotated[str, Query(max_length=300, description='Words, "a phrase"; -word for none of it.')],
) -> Response:  # fmt: skip
    """Reports by their words, best first, with the sentences that hold most of them."""

    def made() -> Slice[Hit]:
        return sliced(lambda wanted: desk.ledger.search(q, wanted, as_known_at=question.known_at), question)

    return answer(request, desk, made)


@router.get("/agenda", response_model=Slice[Appointment])
def agenda(request: Request, user: Reader, desk: Here, question: Question) -> Response:
    """What is to come, by day, with what became of it."""

    def made() -> Slice[Appointment]:
        found = planned(desk, question, queries.last_day(coverage(desk, question.known_at)))
        end = question.offset + question.limit
        return Slice(
            items=found[question.offset : end], limit=question.limit, offset=question.offset,
            next=end if len(found) > end else None,
        )  # fmt: skip

    return answer(request, desk, made)
