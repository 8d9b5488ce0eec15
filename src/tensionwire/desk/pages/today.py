"""Today: what moved, what is new, what is due."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tensionwire.desk.identity import Reader
from tensionwire.desk.rendering import page

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def today(request: Request, user: Reader) -> HTMLResponse:
    """The first page."""
    return page(request, "today.html")
