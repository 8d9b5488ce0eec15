"""What stands for incidents, kept from one report to the next, so that it is not read anew for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from tensionwire.link.candidates import LATEST
from tensionwire.link.views import View

INCIDENTS: Final = 6_000  # a view takes some kilobytes
KEYS: Final = 50_000
Moment = tuple[int, int]
"""The number of a moment of the ledger, and its time."""


K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """What was used lately: up to twice `most` values by key, those longest unused dropped first, many at once.

    >>> recent = Recent[str, int](1)
    >>> recent.keep("a", 1); recent.keep("b", 2); recent.keep("c", 3)
    >>> recent.get("a"), recent.get("b"), recent.get("c")
    (None, 2, 3)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """The value of a key, None where it is not known."""
        if (value := self._new.get(key)) is None and (value := self._old.get(key)) is not None:
            self.keep(key, value)
        return value

    def of(self, keys: Iterable[K]) -> dict[K, V]:
        """The values of those of the keys that are known."""
        found = ((key, self.get(key)) for key in keys)
        return {key: value for key, value in found if value is not None}

    def keep(self, key: K, value: V) -> None:
        """The value of a key is this."""
        if len(self._new) >= self._most and key not in self._new:
            self._old, self._new = self._new, {}
        self._new[key] = value

    def drop(self, key: K) -> None:
        """The value of a key is no longer known."""
        self._new.pop(key, None)
        self._old.pop(key, None)

    def clear(self) -> None:
        """Nothing is known."""
        self._new, self._old = {}, {}


@dataclass(slots=True)
class Standing:
    """What was read lately: `views`, for incidents the tellings that stand for them; `under`, the latest incidents
    under each key, newest first.

    It is true as long as the latest moment of the ledger is the one that this process made last: every writer makes a
    moment, so that one in between shows. It is looked at and changed only by whoever holds the lock of writers.
    """

    _moment: Moment | None = None
    views: Recent[int, tuple[View, ...]] = field(default_factory=lambda: Recent(INCIDENTS))
    under: Recent[int, tuple[int, ...]] = field(default_factory=lambda: Recent(KEYS))

    def begun(self, latest: Moment) -> None:
        """A transaction begins, and this is the ledger's latest moment."""
        if latest != self._moment:
            self.forget()

    def ended(self, moment: Moment) -> None:
        """All that the moment brought is told."""
        self._moment = moment

    def forget(self) -> None:
        """Somebody else wrote, or what was written was taken back."""
        self._moment = None
        self.views.clear()
        self.under.clear()

    def linked(self, key: int, incident: int) -> None:
        """A key leads to an incident too; where it leads besides is known here, or is read when it is asked for."""
        known = self.under.get(key)
        if known is not None and incident not in known:
            self.under.keep(key, tuple(sorted((*known, incident), reverse=True)[:LATEST]))
