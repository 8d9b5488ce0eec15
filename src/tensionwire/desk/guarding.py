"""What every answer carries, and whom the desk answers at all."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tensionwire.desk.settings import is_loopback

# No script or style that stands in a page is run, and nothing is asked of anybody else.
POLICY: Final = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


class Guard:
    """Middleware that adds the headers; answers that have one of their own keep it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        await self.app(scope, receive, guarded)


class Local:
    """Middleware for a desk of this machine: asked under any other name, it does not answer.

    A page elsewhere may let a name of its own lead to this machine (DNS rebinding), and would else read the ledger.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and not is_loopback(_name(Headers(scope=scope).get("host", ""))):
            answer = PlainTextResponse("This desk answers to its own machine only, as 127.0.0.1 or localhost.", 421)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _name(host: str) -> str:
    """The name in a Host header.

    >>> _name("localhost:8710"), _name("[::1]:8710")
    ('localhost', '::1')
    """
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
