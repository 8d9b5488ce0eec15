"""The address of an endpoint: https, or http where nobody else can listen."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit, urlunsplit

from tensionwire.errors import UsageError
from tensionwire.read.addresses import Resolver, public, resolved
from tensionwire.read.results import shown

_PATH = "/chat/completions"
_LOOK = "give an address such as http://127.0.0.1:8080/v1 or https://llm.example/v1"


def checked(given: str, *, allow_private: bool = False, resolve: Resolver = resolved) -> str:
    """The address without a trailing slash; raises `UsageError` where keys and reports must not be sent to it.

    Plain http is taken on this machine, and in a private network where that is allowed.

    >>> checked("http://localhost:8080/v1/"), checked("https://llm.example/v1/chat/completions")
    ('http://localhost:8080/v1', 'https://llm.example/v1')
    """
    parts = _split(given)
    if parts.username is not None or parts.password is not None:
        raise UsageError(f"--base-url {shown(given)}", "holds a user name or password", "set TENSIONWIRE_API_KEY")
    if parts.query or parts.fragment:
        bare = given.partition("?")[0].partition("#")[0]
        raise UsageError(f"--base-url {shown(bare)}", "has a query (?) or fragment (#)", _LOOK)
    if parts.scheme == "http" and not _loopback(parts.hostname or ""):
        _private(parts, given, allow_private, resolve)
    path = parts.path.rstrip("/").removesuffix(_PATH)
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def open_to_readers(base_url: str) -> bool:
    """True where what is sent can be read on the way: plain http to another machine.

    >>> open_to_readers("http://10.0.0.5:8000/v1"), open_to_readers("http://127.0.0.1/v1")
    (True, False)
    """
    parts = urlsplit(base_url)
    return parts.scheme == "http" and not _loopback(parts.hostname or "")


def _split(given: str) -> SplitResult:
    try:
        parts = urlsplit(given.strip())
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known:
        raise UsageError(f"--base-url {shown(given)}", "is no http or https address", _LOOK)
    return parts


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _private(parts: SplitResult, given: str, allow_private: bool, resolve: Resolver) -> None:
    """Refuse plain http to where strangers can listen."""
    if not allow_private:
        why = "would send reports and key in the clear to another machine"
        todo = "use https, or --allow-private for a machine in your own network"
        raise UsageError(f"--base-url {shown(given)}", why, todo)
    try:
        found = resolve(parts.hostname or "", parts.port or 80)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"--base-url {shown(given)}", "has a host that cannot be found", "check it") from error
    if not found or any(map(public, found)):
        raise UsageError(f"--base-url {shown(given)}", "is plain http to the public internet", "use https")
