"""Candidates by key: for each of some keys, the latest rows under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from sqlalchemy import Connection, TextClause, text

from tensionwire.ledger.statements import tuples

STEP: Final = 16  # statements are made for so many keys and multiples of it, so that few are ever compiled
MOST: Final = 240  # keys of one statement


def under(
    connection: Connection, table: str, column: str, keys: Sequence[int], latest: int
) -> Mapping[int, Sequence[int]]:
    """For each key that leads anywhere its rows, newest first, at most `latest`."""
    found: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(keys), MOST):
        some = keys[start : start + MOST]
        count = padded(len(some), STEP)
        values: dict[str, int | None] = dict(zip(_names(count), [*some, *[None] * (count - len(some))], strict=True))
        values["latest"] = latest
        for key, id in tuples(connection, _statement(table, column, count), values):
            found[key].append(id)
    return found


def padded(count: int, step: int) -> int:
    """The next multiple of a step.

    >>> padded(17, 16)
    32
    """
    return -(-count // step) * step


@cache
def _names(count: int) -> tuple[str, ...]:
    return tuple(f"k{n}" for n in range(count))


@cache
def _statement(table: str, column: str, count: int) -> TextClause:
    # Table and column are names of our own schema, never anybody's input.
    branch = (
        "SELECT * FROM (SELECT key, {column} FROM {table} WHERE key = CAST(:{name} AS BIGINT) "
        "ORDER BY {column} DESC LIMIT :latest) AS b{name}"
    )
    return text(" UNION ALL ".join(branch.format(table=table, column=column, name=name) for name in _names(count)))
