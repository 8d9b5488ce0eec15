"""Coding in several processes: order kept, memory flat, a process that dies takes one report with it."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tensionwire.errors import TensionwireError
from tensionwire.pipeline import Coder, OnError, batches
from tensionwire.records import Record, Report

BATCH: Final = 16
# Processes that die one after the other without a report coded: the machine is at fault, not the reports.
LOST_IN_A_ROW: Final = 4

Answer = tuple[list[Record], list[tuple[Report, Exception]]]
Load = Callable[[], Coder]


def one_thread() -> Coder:
    """The shipped coder for a process that shares the machine with its like."""
    return Coder.load(threads=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomLoad:
    """Makes the shipped coder with a custom model on top; crosses to another process, and equals its like."""

    path: Path

    def __call__(self, threads: int = 1) -> Coder:
        """Raises UsageError or ModelError as `tensionwire.custom.load` does."""
        from tensionwire import custom

        return custom.load(self.path, threads=threads)


class Pool:
    """Processes that hold a coder each, made by `load`, which must be a function of a module."""

    def __init__(self, jobs: int, load: Load = one_thread) -> None:
        self._jobs = jobs
        self._load = load
        self._lost = 0
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # spawn: the same on every system, and no threads of the encoder are copied half alive.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_deaf_to_interrupts)

    def _submit(self, batch: list[Report]) -> Future[Answer]:
        with _interrupts_held():
            return self._executor.submit(_code, self._load, batch)

    def records(self, reports: Iterable[Report], on_error: OnError) -> Iterator[Record]:
        """Records in the order of their reports; at most two batches a process are under way."""
        pending: deque[tuple[list[Report], Future[Answer]]] = deque()
        try:
            for batch in batches(reports, BATCH):
                pending.append((batch, self._submit(batch)))
                if len(pending) >= 2 * self._jobs:
                    yield from self._next(pending, on_error)
            while pending:
                yield from self._next(pending, on_error)
        finally:
            self.stop()

    def _next(self, pending: deque[tuple[list[Report], Future[Answer]]], on_error: OnError) -> Iterator[Record]:
        batch, future = pending.popleft()
        try:
            yield from self._told(future.result(), on_error)
        except BrokenProcessPool:
            waiting = [batch, *(later for later, _ in pending)]
            pending.clear()
            self._restart()
            for later in waiting:
                yield from self._alone(later, on_error)

    def _alone(self, batch: list[Report], on_error: OnError) -> Iterator[Record]:
        """Code a batch with nothing else under way, so that whoever kills the process is found out."""
        try:
            yield from self._told(self._submit(batch).result(), on_error)
        except BrokenProcessPool:
            self._restart()
            if len(batch) == 1:
                on_error(batch[0], _died(batch[0]))
                return
            for report in batch:
                yield from self._alone([report], on_error)

    def _told(self, answer: Answer, on_error: OnError) -> Iterator[Record]:
        records, failed = answer
        self._lost = 0
        for report, error in failed:
            on_error(report, error)
        yield from records

    def _restart(self) -> None:
        self.stop()
        self._lost += 1
        if self._lost >= LOST_IN_A_ROW:
            raise TensionwireError(
                f"{self._lost} processes", "died one after the other", "try fewer --jobs, or free some memory"
            )
        self._executor = self._start()

    def stop(self) -> None:
        """End the processes at once; what was under way is dropped."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


def _died(report: Report) -> TensionwireError:
    return TensionwireError(
        report.source or report.doc_id, "the process that coded it died", "try it alone with --jobs 1"
    )


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits meanwhile: a process that starts inherits that, and is deaf before it can make itself so."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _deaf_to_interrupts() -> None:
    """Ctrl-C reaches the whole group; only the parent answers, and ends its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@cache
def _coder(load: Load) -> Coder:
    return load()


def _code(load: Load, batch: list[Report]) -> Answer:
    failed: list[tuple[Report, Exception]] = []

    def tell(report: Report, error: Exception) -> None:
        failed.append((report, _portable(error)))

    return list(_coder(load).pipe(batch, batch_size=BATCH, on_error=tell)), failed


def _portable(error: Exception) -> Exception:
    """An error that survives the way to the parent process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
