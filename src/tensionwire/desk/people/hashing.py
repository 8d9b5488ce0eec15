"""Passwords and other secrets: how they are made, kept and compared."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tensionwire.errors import UsageError

SHORTEST: Final = 12  # characters of a password (NIST SP 800-63B asks for 8 or more, and for no rules beside length)
LONGEST: Final = 512  # hashing more would only give whoever asks a way to keep the server busy

# Argon2id with the library's default cost, that of RFC 9106 for little memory: 64 MiB, 3 passes, 4 lanes.
_hasher = PasswordHasher()


def password_hash(password: str) -> str:
    """The password as it is kept; raises UsageError where it will not do."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError("the password", f"has {len(password)} characters", f"take {SHORTEST} to {LONGEST} of them")
    if len(set(password)) < 5:
        raise UsageError("the password", "is one character again and again", "take one that is harder to guess")
    return _hasher.hash(password)


def password_fits(kept: str | None, password: str) -> bool:
    """Whether it is the password that was kept; takes as long where none was, so that names cannot be tried out."""
    if len(password) > LONGEST:
        return False
    try:
        return _hasher.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_hex(16))


def new_secret(prefix: str = "") -> str:
    """256 random bits as they stand in a cookie, link or token."""
    return prefix + secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """How a random secret is kept: it is too long to be guessed, so that a plain hash will do."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
