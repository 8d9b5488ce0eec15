"""Whose turn it is: one request at a time to a host, and a pause between two."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Generic, TypeVar

J = TypeVar("J")


@dataclass(slots=True)
class _Lane:
    """The jobs of one host. `free_at` is when it may be asked again; `delay` what it wants between two requests."""

    jobs: list[tuple[float, int, Any]] = field(default_factory=list)
    busy: bool = False
    free_at: float = 0.0
    delay: float = 0.0

    @property
    def starts(self) -> float | None:
        """When its next job may begin, None when there is none or one is under way."""
        return None if self.busy or not self.jobs else max(self.jobs[0][0], self.free_at)


class Lanes(Generic[J]):
    """Jobs, each in the lane of its host, by a clock that only goes forward (seconds).

    >>> lanes = Lanes[str](delay=2.0)
    >>> lanes.put("a.example", "first", 0.0)
    >>> lanes.put("a.example", "second", 0.0)
    >>> lanes.take(0.0), lanes.take(0.0)
    ('first', None)
    >>> lanes.done("a.example", 1.0)
    >>> lanes.take(2.9), lanes.next_start(), lanes.take(3.0)
    (None, 3.0, 'second')
    """

    def __init__(self, delay: float) -> None:
        """`delay` is the least time between the end of one request to a host and the begin of the next."""
        self._delay = delay
        self._lanes: dict[str, _Lane] = {}
        self._count = count()

    def _lane(self, host: str) -> _Lane:
        return self._lanes.setdefault(host, _Lane(delay=self._delay))

    def put(self, host: str, job: J, due: float) -> None:
        """Wait for a moment and then for the host."""
        heapq.heappush(self._lane(host).jobs, (due, next(self._count), job))

    def take(self, now: float) -> J | None:
        """The job that has waited longest of those that may begin; its host is busy until `done`."""
        ready = [(at, lane) for lane in self._lanes.values() if (at := lane.starts) is not None and at <= now]
        if not ready:
            return None
        _, lane = min(ready, key=lambda one: one[0])
        lane.busy = True
        job: J = heapq.heappop(lane.jobs)[2]
        return job

    def done(self, host: str, now: float) -> None:
        """The job under way has ended."""
        lane = self._lane(host)
        lane.busy, lane.free_at = False, max(lane.free_at, now + lane.delay)

    def release(self, host: str) -> None:
        """The job that was taken was not begun after all: no pause is due."""
        self._lane(host).busy = False

    def slow_down(self, host: str, delay: float) -> None:
        """The host wants so many seconds between two requests."""
        self._lane(host).delay = max(self._delay, delay)

    def pause(self, host: str, until: float) -> None:
        """The host wants to be left alone until then."""
        lane = self._lane(host)
        lane.free_at = max(lane.free_at, until)

    def next_start(self) -> float | None:
        """When the next job may begin, None when none waits for a time."""
        return min((at for lane in self._lanes.values() if (at := lane.starts) is not None), default=None)

    def waiting(self) -> list[J]:
        """Every job that has not begun."""
        return [job for lane in self._lanes.values() for _, _, job in lane.jobs]
