"""Numbers: the next free one of each table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from tensionwire.ledger.schema import codings, items, mentions, moments, reports, tellings
from tensionwire.ledger.statements import fetched

NUMBERED: Final = {"report": reports, "coding": codings, "telling": tellings, "item": items, "mention": mentions}
_HIGHEST = select(
    *(select(func.max(t.c.id)).scalar_subquery().label(name) for name, t in NUMBERED.items()),
    select(func.max(moments.c.id)).scalar_subquery().label("moment"),
    select(func.max(moments.c.at)).scalar_subquery().label("at"),
)


@dataclass(slots=True)
class Numbers:
    """The next free number of each table, in a transaction that no other writer interrupts."""

    last: dict[str, int]
    moment: tuple[int, int]  # the latest one, and its time

    @classmethod
    def of(cls, connection: Connection) -> Numbers:
        """As the ledger stands."""
        *highest, moment, at = (number or 0 for number in fetched(connection, _HIGHEST, {})[0])
        return cls(last=dict(zip(NUMBERED, highest, strict=True)), moment=(moment, at))

    def next(self, table: str) -> int:
        """One more."""
        self.last[table] += 1
        return self.last[table]
