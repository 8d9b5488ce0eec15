"""Who is asking: the session of a cookie, or the token of a program; and whether what is posted is meant."""

from __future__ import annotations

from typing import Final

from fastapi import HTTPException, Request

from tensionwire.desk.identity import Role, User
from tensionwire.desk.people import tokens
from tensionwire.desk.people.accounts import People, Person
from tensionwire.desk.people.cookies import FORM, SESSION, Cookies, same
from tensionwire.desk.people.limits import Limit

FIELD: Final = "csrf"
HEADER: Final = "x-csrf-token"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """The accounts of a desk as its requests meet them. `public_read`: whoever comes may read."""

    def __init__(self, people: People, *, key: bytes, public_read: bool) -> None:
        self.people, self.public_read = people, public_read
        self.cookies = Cookies(key=key)
        self.limit = Limit(now=people.clock)

    def __call__(self, request: Request) -> User:
        """See `identity.Identify`."""
        if (bearer := _bearer(request)) is not None:
            return self._program(request, bearer)
        secret = self.cookies.read(request, SESSION)
        person = self.people.who(secret) if secret else None
        if person is None:
            return User(role=Role.reader if self.public_read else Role.nobody)
        request.state.person, request.state.session = person, secret
        return User(name=person.name, role=person.role)

    def _program(self, request: Request, bearer: str) -> User:
        found = tokens.owner(self.people, bearer)
        if found is None:
            request.state.user = User(role=Role.nobody)
            raise HTTPException(
                401,
                "The token is not known, or was revoked.",
                headers={"WWW-Authenticate": 'Bearer realm="tensionwire"'},
            )
        person, role = found
        return User(name=person.name, role=role)

    def token(self, request: Request) -> str:
        """What a form on a page for this request must carry; empty for whoever is not logged in."""
        secret = session_of(request)
        return self.cookies.token(secret) if secret else ""

    def meant(self, request: Request, given: str) -> bool:
        """Whether a form with this token is one that we gave to whoever sends it."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        secret = session_of(request) or self.cookies.read(request, FORM)
        return bool(secret and given) and same(self.cookies.token(str(secret)), given)


async def guard(request: Request) -> None:
    """A dependency of every route: what changes something must come from a form of ours, or from a program's token.

    Where it does not, whoever sent it is told, and may send it again: `request.state.meant` is False and
    `Stale` is raised.
    """
    gate = request.app.state.identify
    if request.method in SAFE or not isinstance(gate, Gate) or _bearer(request) is not None:
        return
    given = request.headers.get(HEADER, "")
    fields: list[tuple[str, str]] = []
    if not given:
        form = await request.form()
        fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        given = str(form.get(FIELD) or "")
    from starlette.concurrency import run_in_threadpool

    from tensionwire.desk.identity import current_user

    await run_in_threadpool(current_user, request)  # so that the session is known
    if not gate.meant(request, given):
        raise Stale([(name, value) for name, value in fields if name != FIELD])


class Stale(Exception):
    """A form that is not one of ours, or is no longer: of a session that has ended."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        super().__init__("a form from before")
        self.fields = fields


def person_of(request: Request) -> Person | None:
    """The account of whoever is logged in with a cookie."""
    found = getattr(request.state, "person", None)
    return found if isinstance(found, Person) else None


def session_of(request: Request) -> str | None:
    """The secret of their session."""
    found = getattr(request.state, "session", None)
    return found if isinstance(found, str) else None


def _bearer(request: Request) -> str | None:
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else None
