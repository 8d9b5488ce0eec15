"""Answers as JSON, each with an ETag; whoever has it already is told so, before anything is looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from fastapi import Request
from starlette.responses import Response

from tensionwire import __version__
from tensionwire.desk import named
from tensionwire.desk.identity import current_user
from tensionwire.desk.state import Desk
from tensionwire.exchange.plain import ascii_controls

MEDIA: Final = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What went wrong: what was given, why it will not do, what to do."""

    status: int
    what: str
    why: str
    todo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Faulty:
    """The answer to a question that cannot be answered."""

    error: Fault


RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "As it was: what `If-None-Match` names still holds."},
    400: {"model": Faulty, "description": "The question makes no sense; the answer says why."},
    401: {"model": Faulty, "description": "Log in, or send a token."},
    403: {"model": Faulty, "description": "Your role does not allow it."},
    404: {"model": Faulty, "description": "There is no such thing."},
    422: {"model": Faulty, "description": "A value cannot be read."},
    503: {"model": Faulty, "description": "The ledger cannot answer now; try again."},
}


def answer(request: Request, desk: Desk, make: Callable[[], object], *, text: bool = False) -> Response:
    """The answer to a question; 304 where the ledger is as it was when it was last asked.

    `text` True: it depends on whether who asks may read whole texts.
    """
    tag = etag(request, desk, str(current_user(request).signed_in) if text else "")
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "Cookie, Authorization"}
    if matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    body = ascii_controls(msgspec.json.encode(make()))
    return Response(body, media_type=MEDIA, headers=headers)


def etag(request: Request, desk: Desk, *more: str) -> str:
    """A tag that changes with the ledger, one's own blocs and issues, the question, the day and the program."""
    today = datetime.now(UTC).date().isoformat()
    own = map(str, named.version())
    parts = (__version__, desk.ledger.stamp(), today, *own, request.url.path, request.url.query, *more)
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def matches(header: str, tag: str) -> bool:
    """Whether a list of tags holds one.

    >>> matches('"a", W/"b"', '"b"'), matches("*", '"b"'), matches("", '"b"')
    (True, True, False)
    """
    given = {one.strip().removeprefix("W/") for one in header.split(",")}
    return tag in given or "*" in given
