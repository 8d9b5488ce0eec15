"""The ways in: logging in and out, and one-time links."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from tensionwire.desk.people.accounts import folded
from tensionwire.desk.people.asking import Gate, session_of
from tensionwire.desk.people.cookies import FORM, SESSION
from tensionwire.desk.people.gates import Here
from tensionwire.desk.rendering import page
from tensionwire.errors import UsageError

router = APIRouter(include_in_schema=False)
Words = Annotated[str, Form(max_length=2_000)]


@router.get("/log-in")
def log_in_page(request: Request, gate: Here, next: str = "/") -> Response:
    """The form."""
    return _form(request, gate, local(next))


@router.post("/log-in")
def log_in(request: Request, gate: Here, name: Words = "", password: Words = "", next: Words = "/") -> Response:
    """A new session, whatever session there was."""
    address, known = request.client.host if request.client else "", folded(name)
    to = local(next)
    if wait := gate.limit.wait(known, address):
        answer = _form(
            request, gate, to, name=name, fault=f"Too many tries. Wait {_minutes(wait)}, then try again.", status=429
        )
        answer.headers["retry-after"] = str(wait)
        return answer
    secret = gate.people.log_in(name, password)
    if secret is None:
        gate.limit.failed(known, address)
        return _form(request, gate, to, name=name, fault="Name or password is wrong.", status=401)
    gate.limit.passed(known, address)
    return begun(request, gate, secret, to)


@router.post("/log-out")
def log_out(request: Request, gate: Here) -> Response:
    """End this session."""
    if secret := session_of(request):
        gate.people.log_out(secret)
    answer = RedirectResponse("/log-in", 303)
    gate.cookies.forget(request, answer, SESSION)
    return answer


@router.get("/welcome/{secret}")
def welcome(request: Request, gate: Here, secret: str) -> Response:
    """What a one-time link leads to."""
    return _welcome(request, gate, secret)


@router.post("/welcome/{secret}")
def accept(
    request: Request, gate: Here, secret: str, name: Words = "", password: Words = "", again: Words = ""
) -> Response:
    """The account, and a session of it."""
    if password != again:
        return _welcome(request, gate, secret, name=name, fault="The two passwords differ.", status=400)
    try:
        person = gate.people.accept(secret, name=name, password=password)
    except UsageError as error:
        return _welcome(request, gate, secret, name=name, fault=f"{error.what} {error.why}: {error.todo}.", status=400)
    return begun(request, gate, gate.people.begin(person.id), "/")


def local(target: str) -> str:
    """Where to go on, if it is a page of this desk; else the first page.

    >>> local("/pair?a=USA"), local("https://evil.example/"), local("//evil.example"), local("/\\\\evil.example")
    ('/pair?a=USA', '/', '/', '/')
    """
    odd = any(sign < "!" or sign in "\\\x7f" for sign in target)
    parts = urlsplit(target) if not odd else None
    fits = parts is not None and not parts.scheme and not parts.netloc and target.startswith("/") and target[1:2] != "/"
    return target if fits else "/"


def begun(request: Request, gate: Gate, secret: str, to: str) -> Response:
    """On, with a session; the one before ends, so that none is taken over."""
    if before := session_of(request):
        gate.people.log_out(before)
    answer = RedirectResponse(to, 303)
    gate.cookies.write(request, answer, SESSION, secret)
    gate.cookies.forget(request, answer, FORM)
    return answer


def _form(request: Request, gate: Gate, to: str, *, name: str = "", fault: str = "", status: int = 200) -> Response:
    elsewhere = getattr(request.app.state, "oidc", None)
    other = elsewhere.provider.name if elsewhere is not None else ""
    return with_form(request, gate, "log-in.html", status, next=to, name=name, fault=fault, other=other)


def _welcome(
    request: Request, gate: Gate, secret: str, *, name: str = "", fault: str = "", status: int = 200
) -> Response:
    invited = gate.people.invitation(secret)
    if invited is None:
        raise HTTPException(410, "The link was used already or is too old. Ask an administrator for a new one.")
    return with_form(request, gate, "welcome.html", status, invited=invited, name=name, fault=fault)


def with_form(request: Request, gate: Gate, template: str, status: int, **known: object) -> Response:
    """A page with a form for whoever is not logged in: the form hangs on a cookie of its own."""
    session = session_of(request)
    secret = session or gate.cookies.form_secret(request)
    answer = page(request, template, status=status, csrf=gate.cookies.token(secret), **known)
    if not session:
        gate.cookies.write(request, answer, FORM, secret)
    answer.headers["cache-control"] = "no-store"
    return answer


def _minutes(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes"


def log_in_address(request: Request) -> str:
    """The log-in page that leads back to where the request wanted to go."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/log-in?next={quote(request.url.path + query, safe='')}"
