"""From one version of the tables to the next: a numbered list, each step in the transaction of the whole (ADR 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from tensionwire.ledger import schema
from tensionwire.ledger.dialects import Dialect

Step = Callable[[Connection, Dialect], None]


def _first_tables(connection: Connection, dialect: Dialect) -> None:
    schema.metadata.create_all(connection)
    dialect.make_search(connection)


def _verdicts(connection: Connection, dialect: Dialect) -> None:
    schema.verdicts.create(connection, checkfirst=True)


def _keys_anew(connection: Connection, dialect: Dialect) -> None:
    # How texts and tellings are looked up was changed; what stood under the old keys would never be found again.
    from tensionwire.ledger.reindexing import remake

    remake(connection)


# Version -> what leads to it from the one before. A step that has been published never changes: when the tables do,
# it gets a copy of them as they were.
STEPS: Final[Mapping[int, Step]] = {1: _first_tables, 2: _verdicts, 3: _keys_anew}
LATEST: Final = max(STEPS)


def version(connection: Connection) -> int:
    """The version of the tables that are there."""
    meta = schema.meta.c
    return int(connection.execute(select(meta.value).where(meta.name == "schema")).scalar() or 0)


def migrate(connection: Connection, dialect: Dialect, found: int, steps: Mapping[int, Step] = STEPS) -> Sequence[int]:
    """Take every step after `found`, in order, and write down where that leads; the steps taken."""
    due = sorted(number for number in steps if number > found)
    for number in due:
        steps[number](connection, dialect)
        connection.execute(delete(schema.meta).where(schema.meta.c.name == "schema"))
        connection.execute(insert(schema.meta), {"name": "schema", "value": str(number)})
    return due
