"""Outlets whose texts may be passed on whole; of all others only evidence sentences leave the ledger."""

from __future__ import annotations

from sqlalchemy import func, insert, select, update

from tensionwire.ledger import clock, selecting
from tensionwire.ledger.filters import Moment
from tensionwire.ledger.packing import storable
from tensionwire.ledger.schema import outlets
from tensionwire.ledger.store import Store


def set_free(store: Store, outlet: str, free: bool, *, by: str) -> None:
    """See `Ledger.set_free`."""
    name = storable(outlet)
    with store.writing() as connection:
        same = (outlets.c.name == name) & outlets.c.retracted.is_(None)
        if connection.execute(select(outlets.c.free).where(same)).scalar() == int(free):
            return
        moment = clock.begun(
            connection, store.clock, "outlet", by=by, reason=f"{name}: {'free' if free else 'not free'}"
        )
        connection.execute(update(outlets).where(same).values(retracted=moment))
        last = connection.execute(select(func.max(outlets.c.id))).scalar() or 0
        connection.execute(insert(outlets), {"id": last + 1, "name": name, "free": int(free), "added": moment})


def free_outlets(store: Store, moment: Moment) -> frozenset[str]:
    """See `Ledger.free_outlets`."""
    with store.reading() as connection:
        at = clock.number(connection, moment)
        query = select(outlets.c.name).where(outlets.c.free == 1, selecting.standing(outlets, at))
        return frozenset(connection.execute(query).scalars())
