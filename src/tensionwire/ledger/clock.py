"""Moments: when the ledger learnt what. They always grow, even when the machine's clock is set back."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from tensionwire.errors import UsageError
from tensionwire.ledger import schema
from tensionwire.ledger.filters import Moment
from tensionwire.ledger.statements import put

Clock = Callable[[], int]
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def machine_clock() -> int:
    """Microseconds since 1970, UTC, as the machine has it."""
    return time.time_ns() // 1000


def begun(connection: Connection, clock: Clock, kind: str, *, by: str = "", reason: str = "") -> int:
    """The number of a new moment, later than all before it."""
    row = connection.execute(_LAST).one()
    return after(connection, clock, (row.id or 0, row.at or 0), kind, by=by, reason=reason)[0]


def after(
    connection: Connection, clock: Clock, last: tuple[int, int], kind: str, *, by: str = "", reason: str = ""
) -> tuple[int, int]:
    """The number and the time of a new moment after the latest one."""
    id, at = last[0] + 1, max(last[1] + 1, clock())
    put(connection, schema.moments, [{"id": id, "at": at, "kind": kind, "by": by, "reason": reason}])
    return id, at


_LAST = select(func.max(schema.moments.c.id).label("id"), func.max(schema.moments.c.at).label("at"))


def number(connection: Connection, moment: Moment) -> int | None:
    """The last moment of the ledger at or before a time; 0 where there is none, None for now."""
    if moment is None:
        return None
    moments = schema.moments.c
    found = connection.execute(select(func.max(moments.id)).where(moments.at <= microseconds(moment))).scalar()
    return int(found or 0)


def microseconds(moment: str | datetime) -> int:
    """Microseconds since 1970; a bare day means its end, a time without a zone is UTC.

    >>> microseconds("1970-01-01T00:00:01"), microseconds("1970-01-01")
    (1000000, 86399999999)
    """
    when = moment if isinstance(moment, datetime) else _read(moment)
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return (when - _EPOCH) // timedelta(microseconds=1)


def _read(words: str) -> datetime:
    try:
        when = datetime.fromisoformat(words.strip())
    except ValueError as error:
        raise UsageError(words, "is no moment", "write 2017-04-11 or 2017-04-11T14:30:00Z") from error
    bare = len(words.strip()) <= 10
    return when + timedelta(days=1, microseconds=-1) if bare else when


def shown(at: int) -> str:
    """A moment as ISO text.

    >>> shown(1_000_000)
    '1970-01-01T00:00:01.000000Z'
    """
    return (_EPOCH + timedelta(microseconds=at)).isoformat(timespec="microseconds").replace("+00:00", "Z")
