"""One thing at a time: an incident, a report, an actor, a pair, the news of a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from tensionwire.desk import news as telling_news
from tensionwire.desk import relation
from tensionwire.desk.api.answering import RESPONSES, answer
from tensionwire.desk.asking import Text
from tensionwire.desk.evidence import evidence
from tensionwire.desk.happening import Happening, Witness, happening
from tensionwire.desk.identity import Reader
from tensionwire.desk.news import News
from tensionwire.desk.pages.pair import Day, Wished, stretch
from tensionwire.desk.pages.report import may_read_whole
from tensionwire.desk.person import Portrait, portrait
from tensionwire.desk.state import Here
from tensionwire.link.accounts import Account
from tensionwire.link.figures import History
from tensionwire.measure import answers
from tensionwire.measure.series import Point
from tensionwire.records import Incident, Record

router = APIRouter(prefix="/api/v1", tags=["items"], responses=RESPONSES)
BLANK = "Only the sentences that prove something are given; the rest of the text is blank, so that all offsets hold."


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAnswer:
    """An incident with its accounts, counts and witnesses."""

    incident: Incident
    accounts: tuple[Account, ...]
    counts: tuple[History, ...]
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAnswer:
    """A turn of the tension."""

    date: str
    direction: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TensionAnswer:
    """The series of a pair. `contributions` are those of the points from `from` to `to`; they sum to their levels."""

    a: str
    b: str
    issue: str | None
    points: list[Point]
    changes: list[ChangeAnswer]
    weekly: bool = False
    band: str = ""
    contributions: list[dict[str, Any]] | None = None


@router.get("/incidents/{key}", response_model=IncidentAnswer)
def incident(request: Request, user: Reader, desk: Here, key: str, as_known_at: Text = None) -> Response:
    """One incident: its tellings, accounts, counts, and the origins that tell it."""

    def made() -> IncidentAnswer:
        found = happening(desk.ledger, key, as_known_at or None)
        return _incident(found)

    return answer(request, desk, made)


def _incident(found: Happening) -> IncidentAnswer:
    return IncidentAnswer(
        incident=found.incident, accounts=found.accounts, counts=found.counts, witnesses=found.witnesses
    )


@router.get("/reports/{key}", response_model=Record)
def report(request: Request, user: Reader, desk: Here, key: str, as_known_at: Text = None) -> Response:
    """The record of a report; its whole text for who is logged in, or where the outlet lets it be passed on."""

    def made() -> Record:
        record = desk.ledger.report(key, as_known_at=as_known_at or None)
        return record if may_read_whole(desk, user, record) else blanked(record)

    return answer(request, desk, made, text=True)


def blanked(record: Record) -> Record:
    """The record with nothing of its text left but the sentences of evidence, each where it was."""
    pieces, end = [], 0
    for span in evidence(record):
        pieces += [" " * (span.start - end), span.of(record.text)]
        end = span.end
    pieces.append(" " * (len(record.text) - end))
    return replace(record, text="".join(pieces), notes=(*record.notes, BLANK) if record.text else record.notes)


@router.get("/actors/{name:path}", response_model=Portrait)
def actor(request: Request, user: Reader, desk: Here, name: str, as_known_at: Text = None) -> Response:
    """One actor: names, offices, ties, recent acts and words."""
    return answer(request, desk, lambda: portrait(desk, name, as_known_at or None))


@router.get("/tension/{a}/{b}", response_model=TensionAnswer)
def tension(
    request: Request, user: Reader, desk: Here, wish: Wished,
    first: Annotated[Day, Query(alias="from", description="With `to`: also give what made these points.")] = None,
    last: Annotated[Day, Query(alias="to")] = None,
) -> Response:  # fmt: skip
    """How tense a pair is, and, of a stretch, the sentences whose contributions sum to it exactly."""

    def made() -> dict[str, Any]:
        series = relation.relation(desk, wish).series
        found = answers.answer(series) | {"weekly": series.weekly, "band": series.band.told, "contributions": None}
        if first or last:
            start, end = stretch(series, first, last)
            parts = [part for one in relation.within(series, start, end) for part in one.parts]
            found["contributions"] = [answers.part(part) for part in parts]
        return found

    return answer(request, desk, made)


@router.get("/news", response_model=News)
def news(request: Request, user: Reader, desk: Here, day: Day = None) -> Response:
    """What the first page tells: moves, new incidents, denials, changed counts, what is due."""
    return answer(request, desk, lambda: telling_news.news(desk, day or None))


@router.get("/coverage", response_model=dict[str, int])
def coverage(request: Request, user: Reader, desk: Here, as_known_at: Text = None) -> Response:
    """Independent origins of the whole ledger by ISO day."""
    return answer(request, desk, lambda: dict(relation.coverage(desk, as_known_at or None)))
