"""Work for several threads at once, with the results in the order of what went in.

Threads of our own rather than an executor's: those are waited for when Python ends, and one that waits for a slow
answer would hold up Ctrl-C for minutes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_order(work: Callable[[T], R], items: Iterable[T], *, threads: int) -> Iterator[tuple[T, Future[R]]]:
    """Each item with what came of it, done; at most two items a thread are under way or waiting.

    >>> [(n, done.result()) for n, done in in_order(lambda n: n * n, range(3), threads=2)]
    [(0, 0), (1, 1), (2, 4)]
    """
    crew = _Crew(work, threads)
    pending: deque[tuple[T, Future[R]]] = deque()
    try:
        for item in items:
            pending.append((item, crew.give(item)))
            if len(pending) >= 2 * threads:
                yield _done(pending)
        while pending:
            yield _done(pending)
    finally:
        for _, future in pending:
            future.cancel()
        crew.dismiss()


def _done(pending: deque[tuple[T, Future[R]]]) -> tuple[T, Future[R]]:
    item, future = pending[0]
    future.exception()
    pending.popleft()
    return item, future


class _Crew(Generic[T, R]):
    def __init__(self, work: Callable[[T], R], threads: int) -> None:
        self._work = work
        self._tasks: SimpleQueue[tuple[T, Future[R]] | None] = SimpleQueue()
        self._size = threads
        for _ in range(threads):
            Thread(target=self._serve, daemon=True).start()

    def give(self, item: T) -> Future[R]:
        future: Future[R] = Future()
        self._tasks.put((item, future))
        return future

    def dismiss(self) -> None:
        for _ in range(self._size):
            self._tasks.put(None)

    def _serve(self) -> None:
        while (task := self._tasks.get()) is not None:
            item, future = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._work(item))
            except BaseException as error:  # whoever asks for the result hears of it
                future.set_exception(error)
