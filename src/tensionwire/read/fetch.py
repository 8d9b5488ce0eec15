"""What a server answers: http and https only, public addresses only, bounded in size, time and redirects."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from tensionwire.errors import InputError
from tensionwire.read.addresses import Resolver, checked, resolved
from tensionwire.read.results import MAX_BYTES, shown, too_large

if TYPE_CHECKING:
    import httpx

REDIRECTS, SECONDS, PATIENCE = 5, 30.0, 10.0
_PERMANENT = (301, 308)
_SAVE = "open it in a browser, save the page and give the file"
_HEADERS = {
    "User-Agent": "tensionwire (reads one page for its user)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
    # What we unpack ourselves, within bounds.
    "Accept-Encoding": "gzip, identity",
}

Follow = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent, the address it finally came from, and the type and charset it named."""

    url: str
    body: bytes
    media: str | None
    charset: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request: where to, and what is sent along. `headers` go before the usual ones."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered, whatever the status. Names of headers are in lower case; `body` is that of a 200.

    `target` is where a redirect that was not followed leads. `moved` is where the address asked for has moved
    for good, as far as every redirect on the way said so.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    target: str | None = None
    moved: str | None = None

    @property
    def fetched(self) -> Fetched:
        """The body with its type."""
        media, charset = _type(self.headers.get("content-type", ""))
        return Fetched(url=self.url, body=self.body, media=media, charset=charset)


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
    answer = ask(
        Question(url=url), allow_private=allow_private, max_bytes=max_bytes, transport=transport, resolve=resolve
    )
    if answer.status != 200:
        raise InputError(shown(url), f"the server answered {answer.status}", advice(answer.status))
    return answer.fetched


def ask(
    question: Question,
    *,
    follow: Follow = lambda url, target: True,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
    transport: httpx.BaseTransport | None = None,
    resolve: Resolver = resolved,
) -> Answer:
    """What a server answers, redirects followed where `follow(from, to)` agrees.

    Raises `InputError` where the address is refused, the server cannot be reached, or what it sends is too large or
    does not end.
    """
    import httpx

    url, moved, lasting = question.url, None, True
    deadline = time.monotonic() + SECONDS
    client = httpx.Client(transport=transport, trust_env=False, timeout=PATIENCE, follow_redirects=False)
    with client, _cut_off(client):
        for _ in range(REDIRECTS + 1):
            request = _request(client, question, url, allow_private, resolve)
            with _told(url, deadline):
                answer = _answer(client, request, url, max_bytes, deadline)
            lasting = lasting and answer.status in _PERMANENT
            moved = answer.target if lasting else moved
            if answer.target is None or not follow(url, answer.target):
                return replace(answer, moved=moved)
            url = answer.target
    raise InputError(shown(url), f"it redirects more than {REDIRECTS} times", _SAVE)


@contextmanager
def _cut_off(client: httpx.Client) -> Iterator[None]:
    """Close the connection when time is up: a server that sends a letter now and then would hold it for ever."""
    timer = Timer(max(0.0, SECONDS) + 1, client.close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _told(url: str, deadline: float) -> Iterator[None]:
    """Whatever goes wrong on the way, as an error of ours."""
    import httpx

    try:
        yield
    except InputError:
        raise
    except Exception as fault:
        if time.monotonic() > deadline:
            raise _endless(url) from fault
        if isinstance(fault, httpx.TimeoutException):
            raise InputError(shown(url), "the server did not answer in time", f"try again, or {_SAVE}") from fault
        if isinstance(fault, (httpx.HTTPError, httpx.InvalidURL, OSError)):
            why = f"it cannot be reached ({_reason(fault)})"
            raise InputError(shown(url), why, f"try again, or {_SAVE}") from fault
        raise


def _endless(url: str) -> InputError:
    return InputError(shown(url), f"it did not end within {SECONDS:g} seconds", f"try again, or {_SAVE}")


def _reason(fault: Exception) -> str:
    """What went wrong, in the words of the library, without an address that may hold secrets."""
    text = " ".join(str(fault).split())
    return text[:120] if text and "://" not in text else type(fault).__name__


def _request(
    client: httpx.Client, question: Question, url: str, allow_private: bool, resolve: Resolver
) -> httpx.Request:
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
            question.method,
            place,
            content=question.content,
            headers={**_HEADERS, **question.headers, "Host": _ascii(named)},
            extensions={"sni_hostname": _ascii(host)},
        )
    except Exception as fault:
        raise InputError(shown(url), "it is not a valid address", "check it") from fault


def _ascii(host: str) -> str:
    """A host name as the network writes it."""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _answer(client: httpx.Client, request: httpx.Request, url: str, limit: int, deadline: float) -> Answer:
    """The answer to one request."""
    response = client.send(request, stream=True)
    try:
        status, headers = response.status_code, {name.lower(): value for name, value in response.headers.items()}
        if response.has_redirect_location:
            target = urljoin(url, headers["location"]).partition("#")[0]
            return Answer(url=url, status=status, headers=headers, target=target)
        body = b"".join(_unpacked(response, url, limit, deadline)) if status == 200 else b""
        return Answer(url=url, status=status, headers=headers, body=body)
    finally:
        response.close()


def advice(status: int) -> str:
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
            raise _endless(url)
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
