"""A site on this machine, a list for a ledger, and a watcher over both."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import fakes
from tensionwire.records import Record
from tensionwire.watch.config import Plan, Source
from tensionwire.watch.notices import Notice
from tensionwire.watch.state import State
from tensionwire.watch.watcher import Watcher


@dataclass
class Asked:
    """One request that the site got."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Site:
    """Pages by path: (status, headers, body), or a function that writes to the handler itself."""

    url: str = ""
    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        """What was asked for, robots.txt apart."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def article(self, path: str, title: str) -> str:
        """A page with a report on it; gives its address."""
        text = "".join(f"<p>{title} was what Norway condemned for the {n}th time on Monday.</p>" for n in range(4, 9))
        page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>"
        self.pages[path] = (200, {"Content-Type": "text/html"}, page)
        return self.url + path

    def feed(self, path: str, *items: str, **headers: str) -> str:
        """An RSS feed of <item> elements, or of addresses; gives its address."""
        listed = "".join(
            i if i.startswith("<item") else f"<item><title>t</title><link>{i}</link></item>" for i in items
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{listed}</channel></rss>'
        kept = {"Content-Type": "application/rss+xml", **{k.replace("_", "-"): v for k, v in headers.items()}}
        self.pages[path] = (200, kept, body)
        return self.url + path


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic()))
            page = site.pages.get(self.path, (404, {}, "nothing here"))
            if callable(page):
                with suppress(OSError):
                    page(self)
                return
            status, headers, body = page
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, ""
            data = body if isinstance(body, bytes) else body.encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def served() -> Iterator[Site]:
    """A site that runs until the test ends."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass(frozen=True)
class Kept:
    """What the list says of a record."""

    report: str
    state: str


@dataclass
class Ledger:
    """A list that adds as a ledger does; `fault` is raised while it is set."""

    records: list[Record] = field(default_factory=list)
    fault: Exception | None = None
    tried: int = 0

    def add(self, record: Record) -> Kept:
        self.tried += 1
        if self.fault:
            raise self.fault
        known = any(one.content_hash == record.content_hash for one in self.records)
        if not known:
            self.records.append(record)
        return Kept(f"r{len(self.records)}", "known" if known else "added")

    def titles(self) -> list[str | None]:
        return [record.title for record in self.records]


@dataclass
class Desk:
    """A watcher's surroundings, over several runs of it."""

    folder: Path
    ledger: Ledger = field(default_factory=Ledger)
    notices: list[Notice] = field(default_factory=list)
    code: Callable[[Any], Record] = field(default_factory=lambda: fakes.load())

    def told(self) -> str:
        return "\n".join(f"{one.level} {one.source}: {one.told}" for one in self.notices)

    def once(self, *sources: Source, delay: float = 0.0, allow_private: bool = True) -> Watcher:
        """One look at each source."""
        self.notices.clear()
        with State(self.folder / "state.db") as state:
            watcher = self.watcher(state, sources, delay=delay, once=True, allow_private=allow_private)
            watcher.run()
        return watcher

    def watcher(self, state: State, sources: tuple[Source, ...], *, delay: float = 0.0, **options: Any) -> Watcher:
        options = {"allow_private": True, **options}
        plan = Plan(sources=sources, delay=delay)
        return Watcher(plan, ledger=self.ledger, state=state, code=self.code, tell=self.notices.append, **options)

    def until(self, done: Callable[[], bool], *sources: Source, seconds: float = 20.0, **options: Any) -> Watcher:
        """Watch on and on until something holds."""
        with State(self.folder / "state.db") as state:
            watcher = self.watcher(state, sources, **options)
            ended = threading.Event()

            def stop() -> None:
                until = time.monotonic() + seconds
                while not done() and time.monotonic() < until and not ended.wait(0.02):
                    pass
                watcher.stop()

            thread = threading.Thread(target=stop)
            thread.start()
            try:
                watcher.run()
            finally:
                ended.set()
                thread.join()
            assert done(), self.told()
        return watcher


def source(at: str, kind: str = "feed", **options: Any) -> Source:
    """A source that is looked at often."""
    return Source(**{"kind": kind, "at": at, "name": kind, "every": 0.1, **options})
