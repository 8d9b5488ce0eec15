"""Rows into tables by statements that are compiled once: adding a report is a dozen of them, and has milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.engine import Dialect

Row = dict[str, Any]


def put(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, which all have the columns of the first."""
    if not rows:
        return
    statement, order = _statement(table, tuple(rows[0]), connection.dialect)
    if order:
        connection.exec_driver_sql(statement, list(map(itemgetter(*order), rows)))
    else:
        connection.exec_driver_sql(statement, list(rows))


def put_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that are not there yet."""
    if rows:
        statement, order = _statement(table, tuple(rows[0]), connection.dialect)
        given: Any = list(map(itemgetter(*order), rows)) if order else list(rows)
        connection.exec_driver_sql(statement + " ON CONFLICT DO NOTHING", given)


@lru_cache(maxsize=64)
def _statement(table: Table, columns: tuple[str, ...], dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    """The statement in the driver's own style, and the order of its values where they have no names."""
    compiled: Any = table.insert().compile(dialect=dialect, column_keys=list(columns))
    return str(compiled), tuple(compiled.positiontup or ())
