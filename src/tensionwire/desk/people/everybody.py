"""People: what administrators see and do."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import RedirectResponse, Response

from tensionwire.desk.identity import Administrator, Role
from tensionwire.desk.people.account import role_named
from tensionwire.desk.people.asking import Gate
from tensionwire.desk.people.gates import Here, Me
from tensionwire.desk.rendering import page

router = APIRouter(prefix="/people", include_in_schema=False)
Number = Annotated[int, Path(ge=0, le=2**53)]
Words = Annotated[str, Form(max_length=2_000)]


@router.get("")
def everybody(request: Request, gate: Here, user: Administrator) -> Response:
    """The page."""
    return _page(request, gate)


@router.post("/invite")
def invite(request: Request, gate: Here, user: Administrator, me: Me, role: Words = "reader") -> Response:
    """A one-time link for somebody new, shown this once."""
    wanted = role_named(role)
    link = request.url_for("welcome", secret=gate.people.invite(wanted))
    return _page(request, gate, link=str(link), link_for=f"a new {wanted.name}")


@router.post("/{id}/reset")
def reset(request: Request, gate: Here, user: Administrator, me: Me, id: Number) -> Response:
    """A one-time link that sets a password anew."""
    link = request.url_for("welcome", secret=gate.people.reset(id))
    name = next((person.name for person in gate.people.all() if person.id == id), "")
    return _page(request, gate, link=str(link), link_for=f"{name}'s new password")


@router.post("/{id}/role")
def set_role(gate: Here, user: Administrator, me: Me, id: Number, role: Words = "reader") -> Response:
    """Another role."""
    gate.people.set_role(id, role_named(role))
    return RedirectResponse("/people", 303)


@router.post("/{id}/close")
def close(gate: Here, user: Administrator, me: Me, id: Number) -> Response:
    """Close an account."""
    gate.people.close(id)
    return RedirectResponse("/people", 303)


@router.post("/{id}/reopen")
def reopen(gate: Here, user: Administrator, me: Me, id: Number) -> Response:
    """Open it again."""
    gate.people.reopen(id)
    return RedirectResponse("/people", 303)


def _page(request: Request, gate: Gate, *, link: str = "", link_for: str = "") -> Response:
    roles = [role for role in Role if role > Role.nobody]
    answer = page(request, "people.html", people=gate.people.all(), roles=roles, link=link, link_for=link_for)
    answer.headers["cache-control"] = "no-store"
    return answer
