"""My account: password, sessions, API tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import RedirectResponse, Response

from tensionwire.desk.identity import Role
from tensionwire.desk.people import tokens
from tensionwire.desk.people.accounts import Person
from tensionwire.desk.people.asking import Gate
from tensionwire.desk.people.cookies import SESSION
from tensionwire.desk.people.gates import Here, Me
from tensionwire.desk.rendering import page
from tensionwire.errors import UsageError

router = APIRouter(prefix="/account", include_in_schema=False)
Number = Annotated[int, Path(ge=0, le=2**53)]
Words = Annotated[str, Form(max_length=2_000)]


@router.get("")
def account(request: Request, gate: Here, me: Me) -> Response:
    """The page."""
    return _page(request, gate, me)


@router.post("/password")
def change_password(
    request: Request, gate: Here, me: Me, old: Words = "", password: Words = "", again: Words = ""
) -> Response:
    """Another password; all sessions end, and this one begins anew."""
    if wait := gate.limit.wait(me.name, "account"):
        return _page(request, gate, me, fault=f"Too many tries. Wait {wait} seconds.", status=429)
    if password != again:
        return _page(request, gate, me, fault="The two new passwords differ.", status=400)
    try:
        gate.people.change_password(me.id, old, password)
    except UsageError as error:
        if error.what == "the old password":
            gate.limit.failed(me.name, "account")
        return _page(request, gate, me, fault=f"{error.what} {error.why}: {error.todo}.", status=400)
    return _on(request, gate, gate.people.begin(me.id))


@router.post("/log-out-everywhere")
def log_out_everywhere(request: Request, gate: Here, me: Me) -> Response:
    """End all sessions, this one too."""
    gate.people.log_out_everywhere(me.id)
    answer = RedirectResponse("/log-in", 303)
    gate.cookies.forget(request, answer, SESSION)
    return answer


@router.post("/tokens")
def make_token(request: Request, gate: Here, me: Me, label: Words = "", role: Words = "reader") -> Response:
    """A new token, shown this once."""
    try:
        secret = tokens.make(gate.people, me, label=label, role=role_named(role))
    except UsageError as error:
        return _page(request, gate, me, fault=f"{error.what} {error.why}: {error.todo}.", status=400)
    return _page(request, gate, me, secret=secret)


@router.post("/tokens/{id}/revoke")
def revoke_token(gate: Here, me: Me, id: Number) -> Response:
    """It works no longer."""
    tokens.revoke(gate.people, me.id, id)
    return RedirectResponse("/account", 303)


def role_named(name: str) -> Role:
    """The role of that name; raises UsageError where there is none that can be given."""
    if name not in Role.__members__ or name == Role.nobody.name:
        raise UsageError(name or "an empty role", "is no role", "give reader, reviewer, editor or administrator")
    return Role[name]


def _page(
    request: Request, gate: Gate, me: Person, *, fault: str = "", secret: str = "", status: int = 200
) -> Response:
    answer = page(
        request, "account.html", status=status, me=me, tokens=tokens.of_person(gate.people, me.id), fault=fault,
        secret=secret, roles=[role for role in Role if Role.nobody < role <= me.role],
    )  # fmt: skip
    answer.headers["cache-control"] = "no-store"
    return answer


def _on(request: Request, gate: Gate, session: str) -> Response:
    answer = RedirectResponse("/account", 303)
    gate.cookies.write(request, answer, SESSION, session)
    return answer
