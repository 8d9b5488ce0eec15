"""The file that says what is watched: feeds, sitemaps and folders, and how often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tensionwire import settings
from tensionwire.read.results import shown
from tensionwire.settings import Table

KINDS: Final = ("feed", "sitemap", "folder")
SHORTEST: Final = 10.0  # seconds between two looks at one source
_EVERY: Final = {"feed": 900.0, "sitemap": 1800.0, "folder": 30.0}
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed, a sitemap or a folder.

    `at` is its address or path; `every` the seconds between two looks; `content` says whether a report is read from
    its "page" or from the text in the "feed"; `outlet` goes before what a page says of itself. Only addresses that
    `match` and do not `skip` are taken, and only what is not older than `newest` seconds. `backlog`: take also what
    was there before the first look and has no date. `limit` is the most that is taken at one look, `revisits` how
    often an item that says it was updated is read again, `max_bytes` the largest list that is read.
    """

    kind: str
    at: str
    name: str
    every: float
    content: str = "page"
    outlet: str | None = None
    match: re.Pattern[str] | None = None
    skip: re.Pattern[str] | None = None
    newest: float | None = None
    backlog: bool = True
    limit: int = 200
    revisits: int = 3
    max_bytes: int = 8 * _MEGABYTE

    def takes(self, url: str) -> bool:
        """True for an address that is wanted.

        >>> Source(kind="feed", at="", name="", every=1, skip=re.compile("/sport/")).takes("https://a.example/sport/1")
        False
        """
        return not (self.match and not self.match.search(url)) and not (self.skip and self.skip.search(url))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All sources, and what holds for all of them.

    `delay` is the least time in seconds between two requests to one host, `longest` the longest wait before a source
    that failed is asked again, `contact` what servers are told about who asks, `connections` how many hosts are
    asked at once.
    """

    sources: tuple[Source, ...]
    delay: float = 2.0
    longest: float = 21600.0
    contact: str | None = None
    connections: int = 8

    @property
    def agent(self) -> str:
        """What servers are told about who asks."""
        from tensionwire import __version__

        return f"tensionwire/{__version__} ({self.contact or 'follows news for its user'})"


def example() -> str:
    """A commented file to begin with."""
    return (resources.files("tensionwire.watch") / "data" / "example.toml").read_text(encoding="utf-8")


def load(path: Path) -> Plan:
    """The plan in a file; raises `UsageError` that names the line and what to write there.

    Folders are taken from where the file lies.
    """
    return _plan(settings.load(path), path.parent)


def _plan(top: Table, base: Path) -> Plan:
    general = top.table("watch")
    usual = general.seconds("every", 0.0) or None
    plan = Plan(
        delay=general.seconds("delay", 2.0),
        longest=general.seconds("longest", 21600.0, low=SHORTEST),
        contact=_contact(general),
        connections=int(general.number("connections", 8, low=1, high=64)),
        sources=tuple(_sources(top, base, usual)),
    )
    general.done()
    top.done()
    if not plan.sources:
        top.refuse("feed", "is missing, and so are sitemap and folder", "name at least one: [[feed]] with a url below")
    return plan


def _contact(general: Table) -> str | None:
    found = general.text("contact")
    if found and not (found.isascii() and found.isprintable()):
        general.refuse("contact", "holds characters that a request cannot carry", "write an address in plain letters")
    return found


def _sources(top: Table, base: Path, usual: float | None) -> Iterator[Source]:
    taken: dict[str, Table] = {}
    for kind in KINDS:
        for table in top.tables(kind):
            source = _folder(table, base, usual) if kind == "folder" else _page(kind, table, usual)
            if source.at in taken:
                table.refuse("path" if kind == "folder" else "url", "is named twice", "leave one out")
            taken[source.at] = table
            table.done()
            yield source


def _page(kind: str, table: Table, usual: float | None) -> Source:
    """A feed or sitemap."""
    url = table.need("url", f'write url = "https://..." below [[{kind}]]')
    _check(url, table)
    undated = kind == "sitemap"
    return Source(
        kind=kind,
        at=url,
        name=table.text("name") or _name(url),
        every=table.seconds("every", usual or _EVERY[kind], low=SHORTEST),
        content=table.choice("content", ("page", "feed"), "page") if kind == "feed" else "page",
        outlet=table.text("outlet"),
        match=table.pattern("match"),
        skip=table.pattern("skip"),
        newest=table.seconds("newest", 3 * 86400.0 if undated else 0.0) or None,
        backlog=table.flag("backlog", not undated),
        limit=int(table.number("limit", 200, low=1, high=100_000)),
        revisits=int(table.number("revisits", 3, high=1000)),
        max_bytes=int(table.number("max_mb", 60 if undated else 8, low=0.001, high=1000) * _MEGABYTE),
    )


def _folder(table: Table, base: Path, usual: float | None) -> Source:
    path = (base / Path(table.need("path", 'write path = "..." below [[folder]]')).expanduser()).resolve()
    return Source(
        kind="folder",
        at=str(path),
        name=table.text("name") or path.name or str(path),
        every=table.seconds("every", usual or _EVERY["folder"], low=1.0),
        outlet=table.text("outlet"),
        match=table.pattern("match"),
        skip=table.pattern("skip"),
        limit=int(table.number("limit", 1000, low=1, high=100_000)),
        revisits=1_000_000,  # a file that changed is read, however often
    )


def _check(url: str, table: Table) -> None:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine:
        table.refuse("url", "is no web address", "write it whole, with https://")
    if parts.username is not None or parts.password is not None:
        fit = replace(table, values={"url": shown(url)})
        fit.refuse("url", "holds a user name or password", "leave them out; a source that needs them is not followed")


def _name(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path}".removeprefix("www.").rstrip("/")
