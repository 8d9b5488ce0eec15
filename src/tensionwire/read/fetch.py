"""One page from the web: http and https only, public addresses only, bounded in size, time and redirects."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from tensionwire.errors import InputError
from tensionwire.read.addresses import Resolver, checked, resolved
from tensionwire.read.results import MAX_BYTES, shown, too_large

if TYPE_CHECKING:
    import httpx

REDIRECTS, SECONDS, PATIENCE = 5, 30.0, 10.0
_SAVE = "open it in a browser, save the page and give the file"
_HEADERS = {
    "User-Agent": "tensionwire (reads one page for its user)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
    # What we unpack ourselves, within bounds.
    "Accept-Encoding": "gzip, identity",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent, the address it finally came from, and the type and charset it named."""

    url: str
    body: bytes
    media: str | None
    charset: str | None


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
    transport: httpx.BaseTransport | None = None,
    resolve: Resolver = resolved,
) -> Fetched:
    """Fetch a page; raises `InputError` for anything that is refused, fails or does not end.

    `transport` and `resolve` stand in for the network in tests.
    """
    import httpx

    deadline = time.monotonic() + SECONDS
    with httpx.Client(transport=transport, trust_env=False, timeout=PATIENCE, follow_redirects=False) as client:
        for _ in range(REDIRECTS + 1):
            request = _request(client, url, allow_private, resolve)
            try:
                answer = _answer(client, request, url, max_bytes, deadline)
            except httpx.TimeoutException as fault:
                raise InputError(shown(url), "the server did not answer in time", f"try again, or {_SAVE}") from fault
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
                raise InputError(
                    shown(url), f"it cannot be reached ({_reason(fault)})", f"try again, or {_SAVE}"
                ) from fault
            if isinstance(answer, Fetched):
                return answer
            url = answer
    raise InputError(shown(url), f"it redirects more than {REDIRECTS} times", _SAVE)


def _reason(fault: Exception) -> str:
    """What went wrong, in the words of the library, without an address that may hold secrets."""
    text = " ".join(str(fault).split())
    return text[:120] if text and "://" not in text else type(fault).__name__


def _request(client: httpx.Client, url: str, allow_private: bool, resolve: Resolver) -> httpx.Request:
    """A request that goes to a checked address, and names the host that was asked for."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as fault:
        raise InputError(shown(url), "it is not a valid address", "check it") from fault
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise InputError(shown(url), "only http and https addresses are fetched", "give a path, or such an address")
    if parts.username is not None or parts.password is not None:
        raise InputError(shown(url), "it holds a user name or password", f"log in with a browser: {_SAVE}")
    secure = parts.scheme.lower() == "https"
    number = port or (443 if secure else 80)
    address = checked(host, number, name=shown(url), allow_private=allow_private, resolve=resolve)
    at = f"[{address}]" if ":" in address else address
    place = urlunsplit((parts.scheme.lower(), f"{at}:{number}", parts.path or "/", parts.query, ""))
    named = host if port is None else f"{host}:{port}"
    try:
        return client.build_request(
            "GET",
            place,
            headers={**_HEADERS, "Host": _ascii(named)},
            extensions={"sni_hostname": _ascii(host)},
        )
    except Exception as fault:
        raise InputError(shown(url), "it is not a valid address", "check it") from fault


def _ascii(host: str) -> str:
    """A host name as the network writes it."""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _answer(client: httpx.Client, request: httpx.Request, url: str, limit: int, deadline: float) -> Fetched | str:
    """The page, or the address that the server sends us on to."""
    response = client.send(request, stream=True)
    try:
        if response.has_redirect_location:
            target: str = response.headers["location"]
            return urljoin(url, target).partition("#")[0]
        if response.status_code != 200:
            raise InputError(shown(url), f"the server answered {response.status_code}", _advice(response.status_code))
        body = b"".join(_unpacked(response, url, limit, deadline))
        media, charset = _type(response.headers.get("content-type", ""))
        return Fetched(url=url, body=body, media=media, charset=charset)
    finally:
        response.close()


def _advice(status: int) -> str:
    """What to do about an HTTP status."""
    if status in (404, 410):
        return "check the address"
    if status in (401, 402, 403, 407, 429, 451):
        return f"the site does not serve programs: {_SAVE}"
    return f"try again later, or {_SAVE}"


def _unpacked(response: httpx.Response, url: str, limit: int, deadline: float) -> Iterator[bytes]:
    """The body in pieces, unpacked, no longer than the limit and no later than the deadline."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise InputError(shown(url), f"the server packs it as {coding}, unasked", _SAVE)
    unzip: Any = zlib.decompressobj(wbits=31) if "gzip" in coding else None
    size = 0
    for piece in response.iter_raw(65536):
        if time.monotonic() > deadline:
            raise InputError(shown(url), f"it did not end within {SECONDS:g} seconds", f"try again, or {_SAVE}")
        try:
            piece = unzip.decompress(piece, limit + 1 - size) if unzip else piece
        except zlib.error as fault:
            raise InputError(shown(url), "what the server sent is damaged", f"try again, or {_SAVE}") from fault
        size += len(piece)
        if size > limit:
            raise too_large(shown(url), limit, _SAVE)
        yield piece


def _type(header: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header.

    >>> _type('text/html; charset="UTF-8"'), _type("")
    (('text/html', 'UTF-8'), (None, None))
    """
    media, *parameters = (part.strip() for part in header.split(";"))
    charsets = [
        value.strip("\"' ") for name, _, value in (p.partition("=") for p in parameters) if name.lower() == "charset"
    ]
    return media.lower() or None, charsets[0] if charsets else None
