"""The state of the ledger as one short text."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select

from tensionwire.ledger.schema import moments
from tensionwire.ledger.store import Store

_LAST: Final = select(func.max(moments.c.id))


def stamp_of(store: Store) -> str:
    """See `Ledger.stamp`: the number of the last moment, which every transaction that changes anything takes."""
    with store.reading() as connection:
        return str(connection.execute(_LAST).scalar() or 0)
