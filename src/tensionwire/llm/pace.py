"""When the next request may go out: after a wait that everybody keeps, and never when the run was stopped."""

from __future__ import annotations

import random
import time
from threading import Event, Lock
from typing import Final

from tensionwire.errors import TensionwireError

# A server that asks for a longer wait than this will not be waited for.
LONGEST: Final = 120.0


class Pace:
    """Shared by all who ask one endpoint."""

    def __init__(self, first: float) -> None:
        self._first, self._until = first, 0.0
        self._lock, self._stopped = Lock(), Event()

    def pause(self, attempt: int) -> float:
        """Seconds to wait after attempt `attempt` (from 0): doubled each time, and not in step with others."""
        return min(LONGEST, self._first * 2.0**attempt) * random.uniform(0.5, 1.0)

    def hold(self, seconds: float) -> None:
        """Nobody asks for so long."""
        with self._lock:
            self._until = max(self._until, time.monotonic() + seconds)

    def keep(self, seconds: float = 0.0) -> None:
        """Wait for so long, and for whatever all have to wait for; raises when the run was stopped meanwhile."""
        until = time.monotonic() + seconds
        while (left := max(until, self._until) - time.monotonic()) > 0:
            if self._stopped.wait(left):
                break
        if self._stopped.is_set():
            raise TensionwireError("the run", "was stopped", "run it again")

    def stop(self) -> None:
        """Nobody asks any more."""
        self._stopped.set()
