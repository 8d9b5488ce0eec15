"""Answers that cost much are kept until the ledger has learnt something new, and a little longer where that will do."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock, Thread, current_thread
from typing import Any, Final, TypeVar

T = TypeVar("T")
MOST: Final = 256


@dataclass(slots=True)
class _Entry:
    """An answer, the state of the ledger that it is of, and when it was made. `lock`: one thread makes it."""

    value: Any = None
    stamp: str | None = None
    made: float = 0.0
    lock: Lock = field(default_factory=Lock)


class Kept:
    """A store of answers for all threads. `stamp` tells the state of the ledger."""

    def __init__(self, stamp: Callable[[], str]) -> None:
        self._stamp = stamp
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = Lock()
        self._working: set[Thread] = set()

    def get(self, key: Hashable, make: Callable[[], T], *, stale: float = 0.0) -> T:
        """The answer under a key, made where there is none of the ledger as it is now.

        One that is at most `stale` seconds too old is given at once, while a newer one is being made.
        """
        stamp, entry = self._stamp(), self._entry(key)
        if entry.stamp == stamp:
            return entry.value  # type: ignore[no-any-return]
        if entry.stamp is not None and time.monotonic() - entry.made <= stale:
            self._renew(entry, make, stamp)
            return entry.value  # type: ignore[no-any-return]
        with entry.lock:
            if entry.stamp != stamp:
                _fill(entry, make, stamp)
            return entry.value  # type: ignore[no-any-return]

    def clear(self) -> None:
        """Keep nothing: what was just written must be seen at once."""
        with self._lock:
            self._entries.clear()

    def _entry(self, key: Hashable) -> _Entry:
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            while len(self._entries) > MOST:
                self._entries.popitem(last=False)
            return entry

    def _renew(self, entry: _Entry, make: Callable[[], Any], stamp: str) -> None:
        """Make the answer anew in a thread of its own, unless one is at it."""
        if not entry.lock.acquire(blocking=False):
            return

        def work() -> None:
            try:
                _fill(entry, make, stamp)
            finally:
                entry.lock.release()
                self._working.discard(current_thread())

        thread = Thread(target=work, daemon=True)
        with self._lock:  # Who settles waits for threads that run, not for one about to.
            self._working.add(thread)
            thread.start()

    def settle(self, seconds: float = 10.0) -> None:
        """Wait, so long at most, for what is being made, and for what that sets going: it still asks the ledger."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            with self._lock:
                thread = next(iter(self._working), None)
            if thread is None:
                return
            thread.join(left)


def _fill(entry: _Entry, make: Callable[[], Any], stamp: str) -> None:
    entry.value = make()
    # The stamp was taken before: should the ledger have moved on meanwhile, the answer counts as the older one.
    entry.stamp, entry.made = stamp, time.monotonic()
