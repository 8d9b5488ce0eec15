"""Today: what moved, what is new, what is due."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from tensionwire.desk import news
from tensionwire.desk.drawing.spark import spark
from tensionwire.desk.identity import Reader
from tensionwire.desk.rendering import page
from tensionwire.desk.state import Here

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def today(
    request: Request, user: Reader, desk: Here, day: Annotated[str | None, Query(max_length=10)] = None
) -> HTMLResponse:
    """The first page."""
    found = news.news(desk, day)
    return page(request, "today.html", found=found, spark=spark)
