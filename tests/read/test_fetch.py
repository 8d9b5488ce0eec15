"""Pages from the web, and what is refused."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from tensionwire.errors import InputError
from tensionwire.read import InputFailure, read, read_all
from tensionwire.read.addresses import checked, public
from tensionwire.read.fetch import Answer, Fetched, Question, ask, fetch
from tensionwire.read.results import shown

PUBLIC = "93.184.216.34"
Answering = Callable[[httpx.Request], httpx.Response]


def got(
    answer: Answering,
    url: str = "https://post.example/a",
    addresses: dict[str, list[str]] | None = None,
    max_bytes: int = 1_000_000,
) -> Fetched:
    """What is fetched when the network answers so."""
    known = addresses or {}
    transport = httpx.MockTransport(answer)
    return fetch(url, transport=transport, resolve=lambda host, port: known.get(host, [PUBLIC]), max_bytes=max_bytes)


def page(request: httpx.Request) -> httpx.Response:
    return httpx.Response(
        200, stream=Pieces([b"<p>A man left.</p>"]), headers={"content-type": "text/html; charset=utf-8"}
    )


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        (PUBLIC, True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.5.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
        ("2001:0:7f00:1::", False),
        ("::127.0.0.1", False),
        ("not an address", False),
    ],
)
def test_public_addresses(address: str, fine: bool) -> None:
    assert public(address) is fine


def test_one_private_address_among_several_is_enough() -> None:
    with pytest.raises(InputError, match=r"private address 10\.0\.0\.1"):
        checked("a", 80, name="a", allow_private=False, resolve=lambda host, port: [PUBLIC, "10.0.0.1"])
    assert checked("a", 80, name="a", allow_private=True, resolve=lambda host, port: ["10.0.0.1"]) == "10.0.0.1"


def test_a_host_that_is_not_there() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(InputError, match="cannot be found"):
        checked("a", 80, name="a", allow_private=False, resolve=nowhere)


def test_the_request_goes_to_the_checked_address_and_names_the_host() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return page(request)

    found = got(answer, "https://post.example/a?b=c#d")
    assert found == Fetched(
        url="https://post.example/a?b=c#d", body=b"<p>A man left.</p>", media="text/html", charset="utf-8"
    )
    assert str(seen[0].url) == f"https://{PUBLIC}/a?b=c"
    assert seen[0].headers["host"] == "post.example"
    assert seen[0].extensions["sni_hostname"] == "post.example"
    assert "authorization" not in seen[0].headers
    assert "cookie" not in seen[0].headers


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://post.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://post.example", "only http and https"),
        ("https://me:secret@post.example/a", "user name or password"),
        ("https://me@post.example/a", "user name or password"),
        ("https:///a", "only http and https"),
        ("https://[::1", "not a valid address"),
        ("https://post.example:99999/", "not a valid address"),
    ],
)
def test_addresses_that_are_refused(url: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        got(page, url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "0.0.0.0", "[::1]", "169.254.169.254", "2130706433", "0x7f.1", "127.1"]
)
def test_private_hosts_are_refused_by_the_real_resolver(host: str) -> None:
    with pytest.raises(InputError, match=r"private address|cannot be found"):
        fetch(f"http://{host}/", transport=httpx.MockTransport(page))


def test_redirects_are_followed_and_each_is_checked() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["host"] == "post.example":
            return httpx.Response(302, headers={"location": "http://inner.example/b"})
        return page(request)

    assert got(answer).url == "http://inner.example/b"
    with pytest.raises(InputError, match=r"'inner.example' is the private address 10\.1\.1\.1"):
        got(answer, addresses={"inner.example": ["10.1.1.1"]})


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("/a", "redirects more than 5 times"),
        ("file:///etc/passwd", "only http and https"),
        ("https://u:p@x.example/", "user name"),
    ],
)
def test_redirects_that_are_refused(location: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        got(lambda request: httpx.Response(301, headers={"location": location}))


def test_a_name_that_changes_its_address_does_not_help() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return page(request)

    fetch("http://post.example/", transport=httpx.MockTransport(answer), resolve=lambda host, port: next(answers))
    assert seen == [PUBLIC]


@pytest.mark.parametrize(
    ("status", "todo"),
    [
        (404, "check the address"),
        (403, "does not serve programs"),
        (500, "try again"),
        (304, "try again"),
        (204, "try"),
    ],
)
def test_statuses(status: int, todo: str) -> None:
    with pytest.raises(InputError, match=f"the server answered {status}") as caught:
        got(lambda request: httpx.Response(status))
    assert todo in caught.value.todo


def test_what_is_too_large_is_refused_packed_or_not() -> None:
    for content, coding in ((b"x" * 5000, "identity"), (gzip.compress(b"x" * 50_000_000), "gzip")):

        def answer(request: httpx.Request, content: bytes = content, coding: str = coding) -> httpx.Response:
            return httpx.Response(200, stream=Pieces([content]), headers={"content-encoding": coding})

        with pytest.raises(InputError, match="larger than"):
            got(answer, max_bytes=1000)


class Pieces(httpx.SyncByteStream):
    """A body in pieces, as it comes over the wire."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces


@pytest.mark.parametrize(
    ("coding", "content", "why"),
    [("br", b"x", "packs it as br"), ("gzip", b"not gzip at all", "damaged"), ("deflate", b"x", "packs it as deflate")],
)
def test_codings_that_are_refused(coding: str, content: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        got(lambda request: httpx.Response(200, stream=Pieces([content]), headers={"content-encoding": coding}))


def test_a_packed_page_is_unpacked() -> None:
    packed = gzip.compress(b"<p>A man left.</p>")
    halves = [packed[:10], packed[10:]]
    found = got(lambda request: httpx.Response(200, stream=Pieces(halves), headers={"content-encoding": "gzip"}))
    assert found.body == b"<p>A man left.</p>"


def test_a_page_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tensionwire.read.fetch.SECONDS", -1.0)
    with pytest.raises(InputError, match="did not end within"):
        got(page)


@pytest.mark.parametrize(
    "fault", [httpx.ConnectError("refused"), httpx.ReadError(""), httpx.RemoteProtocolError("bad http://u:p@h/")]
)
def test_servers_that_cannot_be_reached(fault: Exception) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise fault

    with pytest.raises(InputError, match="cannot be reached") as caught:
        got(answer)
    assert "u:p" not in str(caught.value)


def test_a_server_that_is_silent() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("")

    with pytest.raises(InputError, match="did not answer in time"):
        got(answer)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://me:secret@post.example/a@b", "https://post.example/a@b"),
        ("https://post.example/a", "https://post.example/a"),
        ("https://a@b@post.example", "https://post.example"),
    ],
)
def test_what_is_shown_of_a_url(url: str, clean: str) -> None:
    assert shown(url) == clean


def asked(answer: Answering, question: Question, **options: Any) -> Answer:
    """What `ask` gives when the network answers so."""
    return ask(question, transport=httpx.MockTransport(answer), resolve=lambda host, port: [PUBLIC], **options)


def test_a_question_carries_its_headers_and_body_and_every_status_is_an_answer() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(429, headers={"Retry-After": "60"})

    question = Question(url="https://post.example/", method="POST", headers={"If-None-Match": '"a"'}, content=b"{}")
    found = asked(answer, question)
    assert (found.status, found.headers["retry-after"], found.body) == (429, "60", b"")
    assert (seen[0].method, seen[0].content, seen[0].headers["if-none-match"]) == ("POST", b"{}", '"a"')


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [([301, 308], "https://b.example/2"), ([301, 302], "https://b.example/1"), ([302, 301], None), ([], None)],
)
def test_only_lasting_moves_are_noted(statuses: list[int], moved: str | None) -> None:
    steps = iter(enumerate(statuses, 1))

    def answer(request: httpx.Request) -> httpx.Response:
        step, status = next(steps, (0, 200))
        return httpx.Response(status, headers={"location": f"https://b.example/{step}"}) if step else page(request)

    assert asked(answer, Question(url="https://a.example/")).moved == moved


def test_a_redirect_that_is_not_followed_is_an_answer() -> None:
    found = asked(
        lambda request: httpx.Response(302, headers={"location": "//b.example/x"}),
        Question(url="https://a.example/"),
        follow=lambda url, target: "a.example" in target,
    )
    assert (found.status, found.target) == (302, "https://b.example/x")


def test_a_server_that_sends_a_letter_now_and_then(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    monkeypatch.setattr("tensionwire.read.fetch.SECONDS", 0.2)
    with pytest.raises(InputError, match="did not end within"):
        ask(Question(url=f"{site}/drip"), allow_private=True)


class Site(BaseHTTPRequestHandler):
    """A small site on this machine."""

    def do_GET(self) -> None:
        if self.path == "/drip":
            self.drip()
            return
        paragraphs = "".join(
            f"<p>The envoy of Adria left the capital for the {n}th time on Monday.</p>" for n in range(4, 9)
        )
        body = f"<html><h1>Envoy Leaves</h1>{paragraphs}</html>".encode()
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/page")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """Headers that never end."""
        with suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_real_page_is_fetched_when_private_addresses_are_allowed(site: str) -> None:
    report = read(f"{site}/moved", allow_private=True)
    assert report.title == "Envoy Leaves"
    assert report.url == f"{site}/page"
    assert report.source == f"{site}/moved"
    assert report.doc_id.startswith("127.0.0.1-")


def test_a_private_page_is_refused_and_the_others_go_on(site: str) -> None:
    first, second = read_all([f"{site}/page", "https://me:secret@127.0.0.1/x"])
    assert isinstance(first, InputFailure)
    assert isinstance(second, InputFailure)
    assert "private address 127.0.0.1" in first.error.why
    assert "secret" not in second.source + str(second.error)
