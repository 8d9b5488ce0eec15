"""What was seen and what is still to be read, in a small SQLite file beside the ledger.

Not in the ledger: it is of one watcher and one machine, changes with every look, and can be lost without loss of a
record, since adding a report twice changes nothing. The ledger is append-only, is shared, and may lie elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import msgspec

from tensionwire.beside import SideFile
from tensionwire.watch.items import Item, Listing

KEPT_ROUNDS: Final = 500  # looks at a source after which an item that it no longer lists is forgotten
_TABLES: Final = """
CREATE TABLE page (url TEXT PRIMARY KEY, etag TEXT, modified TEXT, failures INTEGER NOT NULL DEFAULT 0,
  retry_at REAL NOT NULL DEFAULT 0, moved TEXT, round INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE item (key TEXT PRIMARY KEY, source TEXT NOT NULL, state TEXT NOT NULL, stamp TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, visits INTEGER NOT NULL DEFAULT 0, page TEXT NOT NULL,
  round INTEGER NOT NULL DEFAULT 0, reason TEXT, item BLOB) WITHOUT ROWID;
CREATE INDEX waiting ON item (source) WHERE state = 'waiting';
CREATE INDEX listed ON item (page, round);
"""
_encode, _decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Item).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is remembered of an address that lists items.

    `etag` and `modified` are what it sent along last; `failures` counts those in a row; `retry_at` is the Unix time
    before which it wants to be left alone; `round` counts how often it gave a list.
    """

    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    retry_at: float = 0.0
    moved: str | None = None
    round: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """How new items are told from old ones; see `watch.config.Source`. `oldest` is an ISO datetime or None."""

    limit: int
    revisits: int
    backlog: bool = True
    oldest: str | None = None


class State(SideFile):
    """The file. One watcher at a time holds it; use it in a `with` block."""

    tables = _TABLES
    holder = "another watcher"
    lost = "with a new one only time is lost"

    # -- pages that list --------------------------------------------------------------------------------------------

    def page(self, url: str) -> Page:
        """What is remembered of an address."""
        query = "SELECT etag, modified, failures, retry_at, moved, round FROM page WHERE url = ?"
        row = self.db.execute(query, (url,)).fetchone()
        if row is None:
            return Page()
        return Page(etag=row[0], modified=row[1], failures=row[2], retry_at=row[3], moved=row[4], round=row[5])

    def remember(self, url: str, page: Page) -> None:
        """Keep what is known of an address."""
        with self.written():
            self._remember(url, page)

    def _remember(self, url: str, page: Page) -> None:
        row = (url, page.etag, page.modified, page.failures, page.retry_at, page.moved, page.round)
        self.db.execute(
            "INSERT OR REPLACE INTO page (url, etag, modified, failures, retry_at, moved, round) "
            "VALUES (?,?,?,?,?,?,?)",
            row,
        )

    # -- items ------------------------------------------------------------------------------------------------------

    def listed(self, url: str, listing: Listing, page: Page, taking: Taking) -> tuple[Item, ...]:
        """Note what an address lists and give what is new of it, all in one transaction.

        What is new waits until `done` or `refused`, over any crash. Where more is new than is taken at once,
        the validators of the address are not kept, so that the next look finds the rest.
        """
        first, number = page.round == 0, page.round + 1
        with self.written():
            once = {item.key: item for item in reversed(listing.items)}
            fresh = [item for item in reversed(once.values()) if self.is_new(item, taking)]
            unwanted = [item for item in fresh if _unwanted(item, taking, first)]
            passed = {item.key for item in unwanted}
            wanted = [item for item in fresh if item.key not in passed]
            taken, left = wanted[: taking.limit], {item.key for item in wanted[taking.limit :]}
            self._insert(unwanted, "noted", url, number)
            self._insert(taken, "waiting", url, number)
            here = [(number, url, item.key) for item in listing.items if item.key not in left]
            self.db.executemany("UPDATE item SET round = ?, page = ? WHERE key = ?", here)
            self.db.execute(
                "DELETE FROM item WHERE page = ? AND round < ? AND state != 'waiting'", (url, number - KEPT_ROUNDS)
            )
            kept = Page(etag=None if left else page.etag, modified=None if left else page.modified, round=number)
            self._remember(url, kept)
        return tuple(taken)

    def is_new(self, item: Item, taking: Taking) -> bool:
        """True for an item that was never seen, or that changed and may be read again. Any thread may ask."""
        row = self.db.execute("SELECT state, stamp, visits FROM item WHERE key = ?", (item.key,)).fetchone()
        if row is None:
            return True
        state, stamp, visits = row
        changed = item.stamp is not None and item.stamp != stamp
        return changed and state != "waiting" and visits <= taking.revisits

    def _insert(self, items: Iterable[Item], state: str, url: str, number: int) -> None:
        rows = [
            (item.key, item.source, state, item.stamp, url, number, _encode(item) if state == "waiting" else None)
            for item in items
        ]
        self.db.executemany(
            "INSERT INTO item (key, source, state, stamp, page, round, item) VALUES (?,?,?,?,?,?,?) "
            "ON CONFLICT (key) DO UPDATE SET state = excluded.state, stamp = excluded.stamp, attempts = 0, "
            "reason = NULL, item = excluded.item",
            rows,
        )

    def waiting(self, source: str) -> tuple[Item, ...]:
        """Items of a source that were not read yet."""
        rows = self.db.execute("SELECT item FROM item WHERE source = ? AND state = 'waiting'", (source,))
        return tuple(_decode(row[0]) for row in rows)

    def done(self, item: Item) -> None:
        """The reports of the item are in the ledger."""
        self._end(item, "done", None)

    def refused(self, item: Item, reason: str) -> None:
        """The item will not be tried again unless it changes."""
        self._end(item, "refused", reason)

    def _end(self, item: Item, state: str, reason: str | None) -> None:
        with self.written():
            self.db.execute(
                "UPDATE item SET state = ?, reason = ?, item = NULL, visits = visits + 1 WHERE key = ?",
                (state, reason, item.key),
            )

    def failed(self, item: Item, reason: str) -> int:
        """The item could not be had this time; gives how often that was so."""
        with self.written():
            self.db.execute("UPDATE item SET attempts = attempts + 1, reason = ? WHERE key = ?", (reason, item.key))
        row = self.db.execute("SELECT attempts FROM item WHERE key = ?", (item.key,)).fetchone()
        return int(row[0]) if row else 1


def _unwanted(item: Item, taking: Taking, first: bool) -> bool:
    """True for what is too old, or was there before the first look and does not tell its date."""
    when = item.published or item.stamp
    if when is None or not when[:4].isdigit():
        return first and not taking.backlog
    return taking.oldest is not None and when < taking.oldest[: len(when)]
