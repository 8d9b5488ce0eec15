"""The ledger in a PostgreSQL database: psycopg 3, full-text search by tsvector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Float, Integer, Subquery, column, create_engine, text
from sqlalchemy.engine import make_url

from tensionwire.errors import LedgerError
from tensionwire.ledger.answers import Damage
from tensionwire.ledger.dialects import Indexed
from tensionwire.ledger.statements import done
from tensionwire.ledger.words import Query

WAIT: Final = 60.0  # seconds for another writer to end
WRITERS: Final = 7_361_997  # the number of the lock that a writer holds until it commits
INDEXED: Final = 200_000  # characters: a tsvector holds a megabyte at most


class PostgreSQL:
    """See `Dialect`. `wait` is in seconds."""

    def __init__(self, *, wait: float = WAIT) -> None:
        self.wait = wait

    def connect(self, url: str, *, read_only: bool) -> Engine:
        """An engine for the server; needs psycopg 3."""
        try:
            import psycopg  # noqa: F401
        except ImportError as error:
            raise LedgerError(
                _public(url), "psycopg is not installed", "pip install 'tensionwire[postgresql]'"
            ) from error
        options = f"-c lock_timeout={int(self.wait * 1000)}" + (
            " -c default_transaction_read_only=on" if read_only else ""
        )
        target = make_url(url).set(drivername="postgresql+psycopg")
        return create_engine(target, connect_args={"options": options, "connect_timeout": 10})

    def exists(self, url: str) -> bool:
        """The server knows; asked when connecting."""
        return True

    def writes(self, engine: Engine) -> Connection:
        """A connection; its transaction must call `lock` first."""
        return engine.connect().execution_options(isolation_level="READ COMMITTED", writes=True)

    def lock(self, connection: Connection) -> None:
        """Wait for other writers; the lock goes with the transaction."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:writers)"), {"writers": WRITERS})

    def reads(self, engine: Engine) -> Connection:
        """A connection whose transaction sees one snapshot."""
        return engine.connect().execution_options(isolation_level="REPEATABLE READ")

    def make_search(self, connection: Connection) -> None:
        """A table of word vectors beside the reports."""
        connection.execute(text("CREATE TABLE search (report BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"))
        connection.execute(text("CREATE INDEX search_words ON search USING gin (words)"))

    def index(self, connection: Connection, rows: Iterable[Indexed]) -> None:
        """Put reports into the index; of a very long text, its beginning."""
        given = [{"report": report, "title": title, "body": body[:INDEXED]} for report, title, body in rows]
        done(connection, _INDEX, given)

    def unindex(self, connection: Connection, rows: Iterable[Indexed]) -> None:
        """Take reports out."""
        for report, _, _ in rows:
            connection.execute(text("DELETE FROM search WHERE report = :report"), {"report": report})

    def nth(self, connection: Connection, query: Query, count: int, last: int) -> int:
        """Found without a look at the words' places, which rank needs."""
        given = {"words": _match(query), "count": count, "last": last}
        return int(connection.execute(_NTH, given).scalar() or 0)

    def matches(self, query: Query, after: int) -> Subquery:
        """Ranked by cover density."""
        found = text(
            "SELECT report, -ts_rank(words, asked, 1) AS rank "
            "FROM search, to_tsquery('english', :words) AS asked WHERE words @@ asked AND report > :after"
        ).bindparams(words=_match(query), after=after)
        return found.columns(column("report", Integer), column("rank", Float)).subquery("found")

    def purge(self, engine: Engine) -> None:
        """Have dead rows overwritten."""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM FULL {', '.join(_WORDY)}"))

    def backup(self, engine: Engine, path: Path) -> bool:
        """Left to copying row by row."""
        return False

    def check(self, connection: Connection) -> Iterator[Damage]:
        """The server checks its own pages."""
        return iter(())


# Tables that hold words of reports.
_WORDY: Final = ("texts", "codings", "tellings", "reports", "mentions", "marks", "item_marks", "search")
_NTH = text(
    "SELECT report FROM search, to_tsquery('english', :words) AS asked WHERE words @@ asked AND report <= :last "
    "ORDER BY report DESC LIMIT 1 OFFSET :count"
)
_INDEX = text(
    "INSERT INTO search (report, words) VALUES (:report, "
    "setweight(to_tsvector('english', :title), 'A') || to_tsvector('english', :body))"
)


def _public(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)


def _match(query: Query) -> str:
    """The query in tsquery's language, of quoted words only."""
    wanted = [_quoted(term) for term in query.wanted]
    return " & ".join([*wanted, *(f"!({_quoted(term)})" for term in query.barred)])


def _quoted(term: tuple[str, ...]) -> str:
    return "(" + " <-> ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in term) + ")"
