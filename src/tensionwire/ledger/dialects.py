"""What SQLite and PostgreSQL each do in their own way; one module for each, all else is common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, Subquery

from tensionwire.ledger.answers import Damage
from tensionwire.ledger.words import Query

Indexed = tuple[int, str, str]
"""A report's number, title and text."""


class Dialect(Protocol):
    """A kind of database."""

    def connect(self, url: str, *, read_only: bool) -> Engine:
        """An engine for it; nothing is opened yet."""

    def exists(self, url: str) -> bool:
        """False where the database itself is known not to be there."""

    def writes(self, engine: Engine) -> Connection:
        """A connection whose transactions exclude other writers from their start."""

    def lock(self, connection: Connection) -> None:
        """Wait, at the begin of a transaction, until no other writes."""

    def reads(self, engine: Engine) -> Connection:
        """A connection whose transactions see one moment of the database."""

    def make_search(self, connection: Connection) -> None:
        """Make the search index."""

    def index(self, connection: Connection, rows: Iterable[Indexed]) -> None:
        """Put reports into the search index."""

    def unindex(self, connection: Connection, rows: Iterable[Indexed]) -> None:
        """Take reports, with the words they were put in with, out of it."""

    def matches(self, query: Query, after: int) -> Subquery:
        """Columns `report` and `rank` (smaller is better) of what the query finds in reports after that one."""

    def nth(self, connection: Connection, query: Query, count: int, last: int) -> int:
        """The report that is so many matches before the `last` report; 0 where there are fewer."""

    def purge(self, engine: Engine) -> None:
        """Leave no trace on the disk of what was erased."""

    def check(self, connection: Connection) -> Iterator[Damage]:
        """What the database itself knows to be damaged."""

    def backup(self, engine: Engine, path: Path) -> bool:
        """Write all of it to a SQLite file at once; False where this database cannot."""
