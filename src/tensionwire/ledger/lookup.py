"""Candidates by key: for each of some keys, the latest rows under it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from sqlalchemy import Connection, TextClause, text

STEP: Final = 16  # statements are made for so many keys and multiples of it, so that few are ever compiled
MOST: Final = 240  # keys of one statement


def under(connection: Connection, table: str, column: str, keys: Sequence[int], latest: int) -> list[tuple[int, int]]:
    """Pairs of key and row, newest first under each key, at most `latest` for a key."""
    found: list[tuple[int, int]] = []
    for start in range(0, len(keys), MOST):
        some = keys[start : start + MOST]
        count = -(-len(some) // STEP) * STEP
        padded = [*some, *[None] * (count - len(some))]
        values = {f"k{n}": key for n, key in enumerate(padded)}
        rows = connection.execute(_statement(table, column, count), {**values, "latest": latest})
        found += [(key, id) for key, id in rows]
    return found


@cache
def _statement(table: str, column: str, count: int) -> TextClause:
    # Table and column are names of our own schema, never anybody's input.
    branch = (
        "SELECT * FROM (SELECT key, {column} FROM {table} WHERE key = CAST(:k{n} AS BIGINT) "
        "ORDER BY {column} DESC LIMIT :latest) AS b{n}"
    )
    return text(" UNION ALL ".join(branch.format(table=table, column=column, n=n) for n in range(count)))
