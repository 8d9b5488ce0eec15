"""Stretches of days, the newest first: the latest of many keys are found without sorting all that these lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

FIRST: Final = 32  # days
GROWTH: Final = 8
_FOREVER: Final = 10_000_000

Window = tuple[int, int]
"""Days above the first number, up to the second."""


def windows(latest: int, last: int | None = None) -> Iterator[Window]:
    """Windows that hold every day, known or not; `latest` is the last day of the ledger, `last` the last asked for.

    >>> list(windows(736_423))[:2]
    [(736391, 10000000), (736135, 736391)]
    """
    high, length = _FOREVER, FIRST
    low = (latest if last is None else min(latest, last)) - length
    while low > 0:
        yield low, high
        high, length = low, length * GROWTH
        low = high - length
    yield -1, high
