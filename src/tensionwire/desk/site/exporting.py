"""The whole desk as a folder of pages: asked for page by page, without a server, made to stand alone, signed."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import httpx
from fastapi import FastAPI

from tensionwire.desk.app import make_app
from tensionwire.desk.settings import Settings
from tensionwire.desk.site.addresses import page_file, static_file, tidy
from tensionwire.desk.site.pages import links, standing
from tensionwire.desk.site.signing import MANIFEST, public_words, sign, signing_key
from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import Filter, Ledger

MOST: Final = 20_000  # pages
DAYS: Final = 60  # of the first page
_FIRST: Final = ("/", "/pairs", "/incidents", "/actors", "/agenda", "/map")
_FOLLOWED: Final = ("/incident/", "/report/", "/actor/", "/pair/")
_LISTED: Final = frozenset({"what", "offset", "limit"})
_BASE: Final = "http://127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written. `left_out` pages were one too many."""

    folder: Path
    pages: int
    left_out: int
    key: str


@dataclass(slots=True)
class Walk:
    """Pages on the way: those found, and those still to be asked for, in the order in which they were met."""

    seeds: frozenset[str]
    most: int
    found: dict[str, bytes] = field(default_factory=dict)
    waiting: deque[str] = field(default_factory=deque)
    met: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)

    def meet(self, address: str) -> None:
        """Take note of a page."""
        if address not in self.met and (address in self.seeds or followed(address)):
            self.met.add(address)
            self.waiting.append(address)

    def leads(self, address: str) -> str | None:
        """The page that an address leads to; None where the site has none."""
        there = self.moved.get(address, address)
        return there if there in self.found else None


def export_site(
    folder: Path, settings: Settings, *, most: int = MOST, told: Callable[[int], None] = lambda done: None
) -> Exported:
    """Write the desk of a ledger into a folder, which appears whole or not at all.

    Pages are those that somebody who is not logged in may see: evidence sentences, and whole texts only of outlets that
    are free to republish. Raises UsageError where the folder holds something else than a site.
    """
    _may_write(folder)
    with Ledger.open(settings.ledger, read_only=True) as ledger:
        seeds = frozenset(_seeds(ledger))
    app = make_app(settings)
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        walk = Walk(seeds=seeds, most=most)
        made = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
        part.mkdir(parents=True)
        note = f"A copy of the desk, made {made[:10]}. It asks nobody for anything."
        with ThreadPoolExecutor(1) as apart:  # whoever calls may have a loop of their own
            apart.submit(asyncio.run, _write(app, walk, part, note, told)).result()
        key = signing_key(settings.folder)
        sign(part, key, made)
        _put(part, folder)
    except OSError as error:
        raise UsageError(str(folder), f"cannot be written ({error.strerror})", "name another folder") from error
    finally:
        app.state.desk.close()
        shutil.rmtree(part, ignore_errors=True)
    return Exported(folder=folder, pages=len(walk.found), left_out=len(walk.waiting), key=public_words(key))


def followed(address: str) -> bool:
    """Whether a page belongs to the site when another leads to it: those that are without end do not.

    >>> followed("/incident/i1"), followed("/?day=1900-01-01"), followed("/log-in"), followed("/search?what=incidents")
    (True, False, False, True)
    """
    parts = urlsplit(address)
    if parts.path == "/search":
        asked = dict(parse_qsl(parts.query))
        return bool(asked.get("what")) and asked.keys() <= _LISTED
    return not parts.query and parts.path.startswith(_FOLLOWED)


def _seeds(ledger: Ledger) -> Iterator[str]:
    """The pages to begin with: the first page of each of the last days, the agenda of each month that has one."""
    yield from _FIRST
    yield from (f"/?day={day}" for day in sorted(ledger.coverage())[-DAYS:])
    months = {(one.item.when or "")[:7] for one in ledger.agenda(Filter(limit=10_000))}
    yield from (f"/agenda?month={month}" for month in sorted(months) if len(month) == 7)
    yield from (f"/search?what={what}" for what in ("incidents", "claims", "figures"))


async def _write(app: FastAPI, walk: Walk, folder: Path, note: str, told: Callable[[int], None]) -> None:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=_BASE) as client:
        for address in sorted(walk.seeds, key=lambda one: (one not in _FIRST, one)):
            walk.meet(address)
        while walk.waiting and len(walk.found) < walk.most:
            await _visit(client, walk, walk.waiting.popleft(), told)
        statics: dict[str, None] = {}
        for address, html in walk.found.items():
            page = standing(html, address, walk.leads, note)
            _keep(folder / page_file(address), page.html)
            statics |= dict.fromkeys(page.statics)
        for address in statics:
            await _static(client, folder, address)


async def _visit(client: httpx.AsyncClient, walk: Walk, address: str, told: Callable[[int], None]) -> None:
    answer = await client.get(address)
    if answer.is_redirect and (there := tidy(answer.headers.get("location", ""))) is not None:
        walk.moved[address] = there
        walk.meet(there)
        return
    if answer.status_code in (400, 404) or answer.is_redirect:
        return
    if answer.status_code != 200:
        raise LedgerError(address, f"the desk answered {answer.status_code}", "open that page in `tensionwire serve`")
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return
    walk.found[address] = answer.content
    told(len(walk.found))
    for link in links(answer.content):
        walk.meet(link)


async def _static(client: httpx.AsyncClient, folder: Path, address: str) -> None:
    name = static_file(address)
    answer = await client.get(address)
    if name is not None and answer.status_code == 200:
        _keep(folder / name, answer.content)


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _may_write(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(str(folder), "is no folder", "name a new one")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise UsageError(str(folder), "holds something else than a site", "name a new or empty folder")


def _put(part: Path, folder: Path) -> None:
    """Let the new site take the place of the old one."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        part.replace(folder)
        return
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    folder.replace(old)
    part.replace(folder)
    shutil.rmtree(old, ignore_errors=True)
