"""Statements that are compiled once: adding a report is two dozen of them, and has milliseconds."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ClauseElement, Connection, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

Values = dict[str, Any]


def put(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows, which all have the columns of the first."""
    if rows:
        _run(connection, *_insert(table, tuple(rows[0]), connection.dialect), rows)


def put_new(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows that are not there yet."""
    if rows:
        statement, order = _insert(table, tuple(rows[0]), connection.dialect)
        _run(connection, statement + " ON CONFLICT DO NOTHING", order, rows)


def done(connection: Connection, statement: ClauseElement, rows: Sequence[Values]) -> None:
    """Run a statement that is kept for each row of values."""
    if rows:
        words, order, _ = _compiled(statement, connection.dialect)
        _run(connection, words, order, rows)


def fetched(connection: Connection, statement: ClauseElement, values: Mapping[str, Any]) -> list[Any]:
    """All rows that a statement gives for the values of its `bindparam`s, named tuples.

    It must be one that is kept (a constant of its module, or cached), since it is known by its identity, and have no
    `expanding` parameters.
    """
    with _executed(connection, statement, values) as cursor:
        return list(map(_row(tuple([column[0] for column in cursor.description]))._make, cursor.fetchall()))


def tuples(connection: Connection, statement: ClauseElement, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """`fetched` where rows are many and need no names."""
    with _executed(connection, statement, values) as cursor:
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@contextmanager
def _executed(connection: Connection, statement: ClauseElement, values: Mapping[str, Any]) -> Iterator[Any]:
    words, order, fixed = _compiled(statement, connection.dialect)
    given = {**fixed, **values}
    with _cursor(connection, words) as cursor:
        cursor.execute(words, tuple([given[name] for name in order]) if order else given)
        yield cursor


@lru_cache(maxsize=64)
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)


def _run(connection: Connection, statement: str, order: tuple[str, ...], rows: Sequence[Values]) -> None:
    with _cursor(connection, statement) as cursor:
        cursor.executemany(statement, list(map(itemgetter(*order), rows)) if order else list(rows))


@contextmanager
def _cursor(connection: Connection, statement: str) -> Iterator[Any]:
    """A cursor of the driver, whose errors come as SQLAlchemy's, whose own way costs more than many a statement."""
    driver: Any = connection.dialect.loaded_dbapi
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except driver.Error as error:
        raise DBAPIError.instance(
            statement, None, error, driver.Error, hide_parameters=True, dialect=connection.dialect
        ) from error
    finally:
        cursor.close()


@lru_cache(maxsize=64)
def _insert(table: Table, columns: tuple[str, ...], dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    """The statement in the driver's own style, and the order of its values where they have no names."""
    compiled: Any = table.insert().compile(dialect=dialect, column_keys=list(columns))
    return str(compiled), tuple(compiled.positiontup or ())


@lru_cache(maxsize=256)
def _compiled(statement: ClauseElement, dialect: Dialect) -> tuple[str, tuple[str, ...], Mapping[str, Any]]:
    """The same for a statement that asks, with the values that stand in it."""
    compiled: Any = statement.compile(dialect=dialect)
    return str(compiled), tuple(compiled.positiontup or ()), dict(compiled.params)
