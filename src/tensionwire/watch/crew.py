"""A few threads that wait for servers, so that a slow one holds up no other."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

R = TypeVar("R")


class Crew(Generic[R]):
    """Threads that do jobs and put what comes of them into one inbox.

    They are daemons: a server that does not answer must not keep the program from ending.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.at_work = 0
        self._jobs: SimpleQueue[Callable[[], R]] = SimpleQueue()
        self._inbox: SimpleQueue[R | BaseException | None] = SimpleQueue()
        self._threads = 0

    def give(self, job: Callable[[], R]) -> None:
        """Have a job done."""
        self.at_work += 1
        if self._threads < min(self.size, self.at_work):
            self._threads += 1
            Thread(target=self._work, name=f"watch-{self._threads}", daemon=True).start()
        self._jobs.put(job)

    def result(self, timeout: float | None) -> R | None:
        """What came of the next job that ended, or None when time is up or `wake` was called.

        An error that a job did not expect is raised here.
        """
        from queue import Empty

        try:
            found = self._inbox.get(timeout=timeout) if timeout is None or timeout > 0 else self._inbox.get_nowait()
        except Empty:
            return None
        if found is None:
            return None
        self.at_work -= 1
        if isinstance(found, BaseException):
            raise found
        return found

    def wake(self) -> None:
        """Let `result` return at once. A signal handler may call this."""
        self._inbox.put(None)

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                self._inbox.put(job())
            except BaseException as fault:  # told where it can be dealt with
                self._inbox.put(fault)
