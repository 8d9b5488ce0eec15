"""Signed cookies, and the tokens that show that a form is ours."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from itsdangerous import BadData, TimestampSigner
from starlette.responses import Response

from tensionwire.desk.people.accounts import LOGGED_IN
from tensionwire.desk.people.hashing import new_secret

SESSION: Final = "tensionwire"
FORM: Final = "tensionwire_form"  # of somebody who is not logged in yet
_FORM_ENDS: Final = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookies:
    """Cookies of one desk. `key` signs them."""

    key: bytes

    def read(self, request: Request, name: str) -> str | None:
        """What a cookie of ours holds; None where it is missing, forged or too old."""
        age = LOGGED_IN if name == SESSION else _FORM_ENDS
        try:
            return self._signer(name).unsign(request.cookies.get(name, ""), max_age=age).decode()
        except (BadData, UnicodeDecodeError):
            return None

    def write(self, request: Request, response: Response, name: str, secret: str) -> None:
        """Set a cookie that no script reads and no other site sends."""
        response.set_cookie(
            name, self._signer(name).sign(secret).decode(), max_age=LOGGED_IN if name == SESSION else None, path="/",
            secure=_secure(request), httponly=True, samesite="lax" if name == SESSION else "strict",
        )  # fmt: skip

    def write_short(self, request: Request, response: Response, name: str, held: str, seconds: int) -> None:
        """Set one that comes back when another site sends the browser here, and soon ends."""
        response.set_cookie(
            name, self._signer(name).sign(held).decode(), max_age=seconds, path="/", secure=_secure(request),
            httponly=True, samesite="lax",
        )  # fmt: skip

    def read_short(self, request: Request, name: str, seconds: int) -> str | None:
        """What such a cookie holds."""
        try:
            return self._signer(name).unsign(request.cookies.get(name, ""), max_age=seconds).decode()
        except (BadData, UnicodeDecodeError):
            return None

    def forget(self, request: Request, response: Response, name: str) -> None:
        """Take a cookie back."""
        response.delete_cookie(name, path="/", secure=_secure(request), httponly=True, samesite="lax")

    def token(self, secret: str) -> str:
        """What the forms of a session carry. It tells nothing of the session itself."""
        return hmac.new(self.key, b"form " + secret.encode(), "sha256").hexdigest()

    def form_secret(self, request: Request) -> str:
        """What the forms of somebody who is not logged in hang on: their cookie's, or a new one."""
        return self.read(request, FORM) or new_secret()

    def _signer(self, name: str) -> TimestampSigner:
        return TimestampSigner(self.key, salt=f"tensionwire.{name}", key_derivation="hmac", digest_method=_sha256)


def _sha256(data: bytes = b"") -> object:
    import hashlib

    return hashlib.sha256(data)


def _secure(request: Request) -> bool:
    """Whether the browser came by TLS, be it only as far as a proxy before the desk."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto", "").strip().lower() == "https"


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
