"""A report: its text with the evidence marked, and the record beside it, linked both ways."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tensionwire.desk.asking import Text
from tensionwire.desk.evidence import passages
from tensionwire.desk.happening import head
from tensionwire.desk.identity import Reader, User
from tensionwire.desk.rendering import page
from tensionwire.desk.state import Desk, Here
from tensionwire.exchange.cards import cards
from tensionwire.exchange.markup import join
from tensionwire.exchange.outline import QUADS
from tensionwire.ledger import Filter
from tensionwire.records import Record

router = APIRouter(include_in_schema=False)


@router.get("/report/{key}", response_class=HTMLResponse)
def report(request: Request, user: Reader, desk: Here, key: str, as_known_at: Text = None) -> HTMLResponse:
    """The page of a report."""
    record = desk.ledger.report(key, as_known_at=as_known_at or None)
    whole = may_read_whole(desk, user, record)
    incidents = desk.ledger.incidents(Filter(report=key, limit=60), as_known_at=as_known_at or None)
    return page(
        request, "report.html", key=key, record=record, whole=whole, passages=list(passages(record, whole=whole)),
        cards=join(cards(record, "")), quads=QUADS, incidents=[(one, head(one)) for one in incidents],
        forgotten=not record.text,
    )  # fmt: skip


def may_read_whole(desk: Desk, user: User, record: Record) -> bool:
    """Whether a reader may see the whole text: who is signed in may, and all where the outlet lets it be passed on."""
    return user.signed_in or (record.outlet is not None and record.outlet in desk.ledger.free_outlets())
