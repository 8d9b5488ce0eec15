"""The ledger as one SQLite file: write-ahead log, FTS5."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import ColumnElement, Connection, Engine, Subquery, create_engine, event, literal_column, select, text
from sqlalchemy.exc import DatabaseError

from tensionwire.ledger.answers import Damage
from tensionwire.ledger.dialects import Indexed
from tensionwire.ledger.statements import done
from tensionwire.ledger.words import Query

WAIT: Final = 60.0  # seconds for another writer to end
CACHE: Final = 64 * 1024  # KiB
LOG: Final = 32768  # pages (128 MiB) in the log before they are written into the file: many are the same again


class SQLite:
    """See `Dialect`. `wait` is in seconds."""

    def __init__(self, *, wait: float = WAIT) -> None:
        self.wait = wait

    def connect(self, url: str, *, read_only: bool) -> Engine:
        """An engine for the file."""
        path = Path(url)
        if read_only:
            # A file that nobody can write beside (a read-only disk) cannot have its log: read it as it lies.
            frozen = "&immutable=1" if not _writable(path) else ""
            name = f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro{frozen}&uri=true"
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            name = f"sqlite:///{path.absolute()}"
        engine = create_engine(name, connect_args={"timeout": self.wait, "check_same_thread": False})
        event.listen(engine, "connect", _prepare if read_only else _prepare_to_write)
        event.listen(engine, "begin", _begin)
        return engine

    def exists(self, url: str) -> bool:
        """Whether there is a file."""
        return Path(url).is_file()

    def writes(self, engine: Engine) -> Connection:
        """A connection that locks out other writers when its transaction begins."""
        return engine.connect().execution_options(writes=True)

    def lock(self, connection: Connection) -> None:
        """`BEGIN IMMEDIATE` has done it."""

    def reads(self, engine: Engine) -> Connection:
        """A connection; a transaction of it sees the file as it was at its first read."""
        return engine.connect()

    def make_search(self, connection: Connection) -> None:
        """An index without a copy of the texts, which stand deflated in `texts`."""
        connection.execute(
            text(
                "CREATE VIRTUAL TABLE search USING fts5"
                "(title, body, content='', tokenize='porter unicode61 remove_diacritics 2')"
            )
        )
        connection.execute(text("INSERT INTO search(search, rank) VALUES ('rank', 'bm25(5.0, 1.0)')"))

    def index(self, connection: Connection, rows: Iterable[Indexed]) -> None:
        """Put reports into the index."""
        given = [{"report": report, "title": title, "body": body} for report, title, body in rows]
        done(connection, _INDEX, given)

    def unindex(self, connection: Connection, rows: Iterable[Indexed]) -> None:
        """Take reports out; a contentless index must be told the words again."""
        for report, title, body in rows:
            connection.execute(_UNINDEX, {"report": report, "title": title, "body": body})

    def nth(self, connection: Connection, query: Query, count: int, last: int) -> int:
        """Read from the end of the index."""
        given = {"words": _match(query), "count": count, "last": last}
        return int(connection.execute(_NTH, given).scalar() or 0)

    def matches(self, query: Query, after: int) -> Subquery:
        """Ranked by BM25."""
        rowid: ColumnElement[int] = literal_column("rowid")
        rank: ColumnElement[float] = literal_column("rank")
        found = (
            select(rowid.label("report"), rank.label("rank"))
            .select_from(text("search"))
            .where(text("search MATCH :words AND rowid > :after"))
        )
        return found.params(words=_match(query), after=after).subquery("found")

    def purge(self, engine: Engine) -> None:
        """Write the index anew, empty the log, and overwrite free pages."""
        with self.writes(engine) as connection, connection.begin():
            connection.execute(text("INSERT INTO search(search) VALUES ('optimize')"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def backup(self, engine: Engine, path: Path) -> bool:
        """Copy the pages as they stand at one moment; others may go on writing."""
        with engine.connect() as connection, closing(sqlite3.connect(path)) as target:
            source: Any = connection.connection.dbapi_connection
            source.backup(target)
        settle(path)
        return True

    def check(self, connection: Connection) -> Iterator[Damage]:
        """SQLite's own check of every page and index, and that of the search index."""
        try:
            for (fault,) in connection.exec_driver_sql("PRAGMA integrity_check"):
                if fault != "ok":
                    yield Damage(where="file", fault=str(fault))
        except DatabaseError as error:
            yield Damage(where="file", fault=str(error.orig))


_INDEX = text("INSERT INTO search(rowid, title, body) VALUES (:report, :title, :body)")
_NTH = text(
    "SELECT rowid FROM search WHERE search MATCH :words AND rowid <= :last ORDER BY rowid DESC LIMIT 1 OFFSET :count"
)
_UNINDEX = text("INSERT INTO search(search, rowid, title, body) VALUES ('delete', :report, :title, :body)")


def settle(path: Path) -> None:
    """Make one file of a database and its log."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _writable(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) or path.with_name(path.name + "-wal").exists()


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA cache_size = -{CACHE}")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _prepare_to_write(connection: Any, record: object) -> None:
    _prepare(connection, record)
    cursor = connection.cursor()
    # The log is safe against a killed program at once, against a cut of power once it is checkpointed (ADR 7).
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {LOG}")
    cursor.close()


def _begin(connection: Connection) -> None:
    wanted = "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"
    connection.exec_driver_sql(wanted)


def _match(query: Query) -> str:
    """The query in FTS5's language: every term is a quoted string, so that nothing in it is an operator."""
    wanted = " AND ".join(_quoted(term) for term in query.wanted)
    return " NOT ".join([f"({wanted})", *(_quoted(term) for term in query.barred)])


def _quoted(term: tuple[str, ...]) -> str:
    return '"' + " ".join(term).replace('"', '""') + '"'
