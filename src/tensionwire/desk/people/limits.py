"""How often somebody may try a password. Kept in memory only: nobody's address is written down."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

WINDOW: Final = 15 * 60  # seconds
OF_PAIR: Final = 5  # wrong passwords for one name from one address
OF_ADDRESS: Final = 30  # from one address, whatever the names
OF_NAME: Final = 100  # for one name, wherever from: high, since it could be used to lock its owner out
REMEMBERED: Final = 10_000  # keys; the oldest go first


@dataclass(slots=True)
class Limit:
    """Wrong passwords of the last quarter of an hour."""

    now: Callable[[], float]
    failures: OrderedDict[tuple[str, str], deque[float]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, name: str, address: str) -> int:
        """Seconds to wait before the next try; 0: go on."""
        with self.lock:
            return max(self._wait(key, most) for key, most in _keys(name, address))

    def failed(self, name: str, address: str) -> None:
        """A wrong password."""
        with self.lock:
            for key, most in _keys(name, address):
                self.failures.setdefault(key, deque(maxlen=most)).append(self.now())
                self.failures.move_to_end(key)
            while len(self.failures) > REMEMBERED:
                self.failures.popitem(last=False)

    def passed(self, name: str, address: str) -> None:
        """The right password: those wrong before it no longer count for this name here."""
        with self.lock:
            self.failures.pop(_keys(name, address)[0][0], None)

    def _wait(self, key: tuple[str, str], most: int) -> int:
        times = self.failures.get(key)
        if times is None or len(times) < most:
            return 0
        return max(0, int(times[0] + WINDOW - self.now()) + 1) if times[0] + WINDOW > self.now() else 0


def _keys(name: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
    return ((name, address), OF_PAIR), (("", address), OF_ADDRESS), ((name, ""), OF_NAME)
