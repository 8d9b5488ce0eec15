"""How a desk is set up."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from tensionwire.errors import UsageError

PORT: Final = 8710
KEY_BYTES: Final = 32


def user_folder() -> Path:
    """The user's data folder, which holds the desk's own files."""
    from platformdirs import user_data_path

    return user_data_path("tensionwire", appauthor=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One desk. `ledger` is a path or URL, None the default one.

    `folder` holds what is the desk's own: the key that signs cookies (`desk.key`). `public_read`: whoever reaches the
    desk may read, without logging in. `oidc`: a file that names a provider through which people may log in.
    """

    ledger: str | None = None
    host: str = "127.0.0.1"
    port: int = PORT
    public_read: bool = False
    oidc: Path | None = None
    folder: Path = field(default_factory=user_folder)

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the desk."""
        return is_loopback(self.host)

    @property
    def address(self) -> str:
        """Where the desk is opened."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    def secret_key(self) -> bytes:
        """The key that signs cookies: made at the first call, kept in a file that only its owner can read."""
        path = self.folder / "desk.key"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return _kept(path)
        except OSError as error:
            raise UsageError(
                str(path), f"cannot be kept ({error.strerror})", "see to the rights of the folder"
            ) from error


def _kept(path: Path) -> bytes:
    """The key of the file. Whoever comes second takes what the first has written."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise UsageError(
                str(path), "is no key of a desk", "remove it; all who are logged in must log in anew"
            ) from None
        return key
    key = secrets.token_bytes(KEY_BYTES)
    with os.fdopen(handle, "wb") as stream:
        stream.write(key)
    return key


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
