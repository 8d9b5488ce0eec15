"""A database that holds a ledger: found by its path or URL, of the right version, read and written in transactions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import migrations
from tensionwire.ledger.clock import Clock, machine_clock
from tensionwire.ledger.dialects import Dialect
from tensionwire.ledger.failures import explained, told
from tensionwire.ledger.standing import Standing

VARIABLE: Final = "TENSIONWIRE_LEDGER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open database. `name` is how it is spoken of, without a password."""

    name: str
    engine: Engine
    dialect: Dialect
    clock: Clock = machine_clock
    standing: Standing = field(default_factory=Standing, repr=False, compare=False)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer interrupts: all of it is kept, or nothing."""
        try:
            with told(self.name), self.dialect.writes(self.engine) as connection, connection.begin():
                self.dialect.lock(connection)
                yield connection
        except BaseException:
            self.standing.forget()  # what was written was taken back
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the ledger."""
        with told(self.name), self.dialect.reads(self.engine) as connection:
            connection.begin()
            yield connection  # closing ends the transaction; there is nothing to commit


def opened(
    url: str | Path | None, *, read_only: bool, create: bool = True, clock: Clock = machine_clock, wait: float = 60.0
) -> Store:
    """The store at a path or URL, made or brought up to date where that is allowed."""
    target, dialect = _target(str(url) if url else default_url(), wait)
    name = _public(target)
    if (read_only or not create) and not dialect.exists(target):
        raise LedgerError(name, "there is no ledger", "make one with `tensionwire add`, or name another --ledger")
    try:
        engine = dialect.connect(target, read_only=read_only)
    except OSError as error:
        raise LedgerError(name, f"cannot be made ({error.strerror})", "name another --ledger") from error
    store = Store(name=name, engine=engine, dialect=dialect, clock=clock)
    try:
        _ready(store, read_only=read_only)
    except BaseException:
        engine.dispose()
        raise
    return store


def default_url() -> str:
    """Where the ledger is when nobody says: `TENSIONWIRE_LEDGER`, else a file in the user's data folder."""
    if named := os.environ.get(VARIABLE):
        return named
    from platformdirs import user_data_path

    return str(user_data_path("tensionwire", appauthor=False) / "ledger.db")


def _target(url: str, wait: float) -> tuple[str, Dialect]:
    """The path or URL without what only we understand, and who speaks to it."""
    scheme = url.partition("://")[0] if "://" in url else ""
    if scheme.startswith("postgres"):
        from tensionwire.ledger.postgresql import PostgreSQL

        return url.replace("postgres://", "postgresql://", 1), PostgreSQL(wait=wait)
    if scheme not in ("", "sqlite"):
        raise UsageError(scheme + "://", "no such kind of ledger", "give a path, or postgresql://USER@HOST/DATABASE")
    from tensionwire.ledger.sqlite import SQLite

    return url.removeprefix("sqlite:///"), SQLite(wait=wait)


def _public(target: str) -> str:
    """The URL as it may be shown."""
    if "://" not in target:
        return target
    try:
        return make_url(target).render_as_string(hide_password=True)
    except (ArgumentError, ValueError) as error:
        raise UsageError("the ledger's URL", "cannot be read", "write postgresql://USER@HOST/DATABASE") from error


def _ready(store: Store, *, read_only: bool) -> None:
    """See to it that the tables are those of this version."""
    try:
        with store.reading() as connection:
            found = _version(store, connection)
    except DBAPIError as error:
        raise explained(store.name, error) from error
    if found == migrations.LATEST:
        return
    if found > migrations.LATEST:
        raise LedgerError(
            store.name, f"was written by a newer tensionwire (schema {found}, this one knows {migrations.LATEST})",
            "upgrade tensionwire; nothing was changed",
        )  # fmt: skip
    if read_only:
        why = "is empty" if not found else f"is of an older schema ({found}, now {migrations.LATEST})"
        raise LedgerError(store.name, why, "open it once for writing: `tensionwire add`")
    with store.writing() as connection:
        migrations.migrate(connection, store.dialect, _version(store, connection))


def _version(store: Store, connection: Connection) -> int:
    """The schema's version, 0 for an empty database; raises LedgerError where other tables lie in it."""
    names = set(inspect(connection).get_table_names())
    if "meta" in names and "moments" in names:
        return migrations.version(connection)
    if names - {"spatial_ref_sys"}:
        raise LedgerError(store.name, "is a database of something else", "name another --ledger")
    return 0
