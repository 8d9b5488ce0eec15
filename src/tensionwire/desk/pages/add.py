"""Add: paste a text, a page or an address, and see it coded at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from starlette.responses import RedirectResponse, Response

from tensionwire.desk.adding import LONGEST, Pasted, added
from tensionwire.desk.failing import status_of
from tensionwire.desk.identity import Editor
from tensionwire.desk.rendering import page
from tensionwire.desk.shown import step
from tensionwire.desk.state import Here
from tensionwire.errors import TensionwireError

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Form(max_length=2_000)]


@router.get("/add", response_class=HTMLResponse)
def form(request: Request, user: Editor) -> HTMLResponse:
    """The empty form."""
    return page(request, "add.html", pasted=Pasted(), fault=None)


@router.post("/add")
def add(
    request: Request, user: Editor, desk: Here, words: Annotated[str, Form(max_length=LONGEST)] = "", url: Short = "",
    title: Short = "", outlet: Short = "", published: Short = "",
) -> Response:  # fmt: skip
    """To the report, coded; or the form again, with what is wrong and all that was filled in."""
    pasted = Pasted(words=words, url=url, title=title, outlet=outlet, published=published)
    try:
        found = added(desk.ledger, pasted)
    except TensionwireError as fault:
        return page(request, "add.html", status=status_of(fault), pasted=pasted, fault=fault)
    desk.kept.clear()
    return RedirectResponse(f"/report/{step(found.report)}", 303)
