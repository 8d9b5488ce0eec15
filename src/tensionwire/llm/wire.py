"""One request and its answer, bounded in size and time; whatever goes wrong is a `Trouble` with what to do about it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    import httpx

LARGEST: Final = 8_000_000
_AGAIN: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
_QUOTA: Final = ("insufficient_quota", "billing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a model said, and how many tokens that took by the endpoint's count (None: it gives none)."""

    content: str
    tokens: int | None
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why there is no reply. `again`: worth another try, after `wait` seconds where the endpoint says so.

    `lost`: no other request will fare better. `strange`: so speaks no such endpoint, unless it has answered before.
    `refused`: the endpoint's words against a request's own fields.
    """

    why: str
    todo: str
    again: bool = False
    wait: float | None = None
    slow: bool = False
    lost: bool = False
    strange: bool = False
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class _Message:
    content: str | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class _Choice:
    message: _Message
    finish_reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Usage:
    total_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class _Completion:
    choices: list[_Choice]
    usage: _Usage | None = None


def post(client: httpx.Client, url: str, body: Mapping[str, Any], timeout: float) -> Reply | Trouble:
    """Ask once; never raises for what an endpoint or a network does."""
    import httpx

    try:
        with client.stream("POST", url, json=body) as response:
            held = _held(response, time.monotonic() + timeout)
            return held if isinstance(held, Trouble) else _judged(response, held)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        why = f"nothing answers there ({_reason(error)})"
        return Trouble(why=why, todo="start the server, or check --base-url", again=True, strange=True)
    except httpx.TimeoutException:
        return _slow(timeout)
    except (httpx.InvalidURL, UnicodeError):
        return Trouble(why="that is no address", todo="check --base-url", lost=True)
    except (httpx.HTTPError, OSError) as error:
        return Trouble(why=f"the connection broke ({_reason(error)})", todo="try again later", again=True)


def _held(response: httpx.Response, deadline: float) -> bytes | Trouble:
    """The body, no longer than an answer may be and no later than the deadline."""
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        return Trouble(why="it packs its answer, unasked", todo="check what stands between you and the endpoint")
    found = bytearray()
    for piece in response.iter_raw(65536):
        found += piece
        if len(found) > LARGEST:
            return Trouble(why=f"its answer is larger than {LARGEST / 1e6:g} MB", todo="try another model")
        if time.monotonic() > deadline:
            return _slow(0)
    return bytes(found)


def _slow(timeout: float) -> Trouble:
    within = f" within {timeout:g} seconds" if timeout else " in time"
    return Trouble(
        why=f"it did not answer{within}", todo="raise --timeout, or lower --concurrency", again=True, slow=True
    )


def _judged(response: httpx.Response, body: bytes) -> Reply | Trouble:
    status = response.status_code
    if status == 200:
        return _reply(body)
    said = told(body)
    words = f"it answered {status}" + (f": {said}" if said else "")
    if status == 429 and any(sign in said.lower() for sign in _QUOTA):
        return Trouble(why=words, todo="see to the account", lost=True)
    if status in _AGAIN:
        return Trouble(why=words, todo="try again later", again=True, wait=_wait(response.headers.get("retry-after")))
    if status in (401, 403):
        return Trouble(why=words, todo="set TENSIONWIRE_API_KEY to a key that it takes", lost=True)
    if status in (404, 405) or response.has_redirect_location or 300 <= status < 400:
        return Trouble(why=words, todo="check the model's name, and --base-url, which mostly ends in /v1", lost=True)
    return Trouble(why=words, todo="see what it says", refused=said if status in (400, 422) else None)


def _reply(body: bytes) -> Reply | Trouble:
    try:
        found = msgspec.json.decode(body, type=_Completion)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        found = _Completion([])
    if not found.choices:
        todo = "check --base-url, which mostly ends in /v1"
        return Trouble(why="it answered with no chat completion", todo=todo, strange=True)
    choice = found.choices[0]
    if choice.message.refusal or not choice.message.content:
        said = choice.message.refusal or f"an empty answer ({choice.finish_reason or 'no reason given'})"
        return Trouble(why=f"the model declined: {_short(said)}", todo="try another model")
    tokens = found.usage.total_tokens if found.usage else None
    return Reply(
        content=choice.message.content,
        tokens=tokens if tokens is not None and tokens >= 0 else None,
        cut=choice.finish_reason == "length",
    )


def told(body: bytes) -> str:
    """What an endpoint says in an error, shortened; nothing where it is not said as JSON.

    >>> told(b'{"error": {"message": "no such   model"}}'), told(b'{"detail": "busy"}'), told(b"<html>")
    ('no such model', 'busy', '')
    """
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return ""
    for name in ("error", "message", "detail"):
        found = found.get(name, found) if isinstance(found, dict) else found
    return _short(found if isinstance(found, str) else msgspec.json.encode(found).decode())


def _short(words: str) -> str:
    return " ".join(words.split())[:300]


def _wait(header: str | None) -> float | None:
    """Seconds of a Retry-After header: a number, or a date.

    >>> _wait("2.5"), _wait("soon"), _wait("Wed, 21 Oct 2015 07:28:00 GMT")
    (2.5, None, 0.0)
    """
    if header is None:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _reason(error: Exception) -> str:
    """What went wrong in the library's words, without an address."""
    text = " ".join(str(error).split())
    return text[:120] if text and "://" not in text else type(error).__name__
