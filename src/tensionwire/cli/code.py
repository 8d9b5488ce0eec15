"""`tensionwire code`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from tensionwire import exchange
from tensionwire.cli.coders import asking
from tensionwire.cli.failing import Failures
from tensionwire.cli.jobs import CustomLoad, Pool, one_thread
from tensionwire.cli.output import Writer, is_folder, to_file, to_folder, to_stdout
from tensionwire.cli.progress import watched
from tensionwire.cli.sources import Sources
from tensionwire.errors import UsageError
from tensionwire.pipeline import Coder, OnError, confident
from tensionwire.records import Record, Report

if TYPE_CHECKING:
    from tensionwire.exchange.view import ColourSystem
    from tensionwire.llm import Settings

FILE_WIDTH: Final = 100
MOST_THREADS: Final = 4  # of one process: a window is too little work for more


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the options ask for. `endpoint` None: the shipped coder, with the custom model of `ontology` on top."""

    format: str | None = None
    output: str | None = None
    jobs: int = 1
    min_confidence: float = 0.0
    color: bool | None = None
    endpoint: Settings | None = None
    ontology: Path | None = None

    def __post_init__(self) -> None:
        if self.endpoint is not None and self.ontology is not None:
            raise UsageError(f"--ontology {self.ontology}", "is for the shipped coder", "leave --coder out")
        if self.endpoint is not None and self.jobs > 1:
            why = f"is for the shipped coder; {self.endpoint.name} does its work elsewhere"
            raise UsageError(f"--jobs {self.jobs}", why, "use --concurrency")

    @property
    def shape(self) -> str:
        """The format: as asked; else as the output's name ends; else view on a terminal, jsonl in a pipe."""
        if self.format:
            return self.format
        if self.output and self.output != "-":
            return _by_suffix(self.output)
        return "view" if sys.stdout.isatty() else "jsonl"


def run(sources: Sources, wanted: Wanted, failures: Failures) -> None:
    """Code every report of the sources and write the records."""
    write = _writer(wanted)
    # Closed at the end, however it comes: that is what stops the processes of --jobs.
    with closing(_records(sources.reports(failures), wanted, failures)) as records:
        if wanted.output and wanted.output != "-":
            _into(wanted.output, records, wanted.shape, write, failures)
        else:
            to_stdout(write(records))


def _into(output: str, found: Iterable[Record], shape: str, write: Writer, failures: Failures) -> None:
    records, path = _Counted(found), Path(output)
    if is_folder(path, output):
        to_folder(path, shape, records, write)
    else:
        to_file(path, write(records), keep=lambda: records.count > 0 or failures.count == 0)


class _Counted:
    """Records, counted as they pass."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            yield record


def _records(reports: Iterable[Report], wanted: Wanted, failures: Failures) -> Generator[Record, None, None]:
    shown = wanted.output not in (None, "-") or not sys.stdout.isatty()
    for record in watched(coded(reports, wanted, failures), show=shown):
        yield confident(record, wanted.min_confidence)


def coded(reports: Iterable[Report], wanted: Wanted, failures: Failures) -> Iterator[Record]:
    """The records of reports, by whichever coder is wanted; what cannot be coded is told to `failures`."""

    def tell(report: Report, error: Exception) -> None:
        failures(report.source or report.doc_id, error)

    if wanted.endpoint is not None:
        return _elsewhere(reports, wanted.endpoint, tell)
    if wanted.jobs > 1:
        load = one_thread if wanted.ontology is None else _checked(CustomLoad(path=wanted.ontology))
        return Pool(wanted.jobs, load).records(reports, tell)
    return _alone(reports, wanted.ontology, tell)


def _elsewhere(reports: Iterable[Report], settings: Settings, tell: OnError) -> Iterator[Record]:
    """Have a model behind an endpoint code."""
    with asking(settings) as coder:
        yield from coder.pipe(reports, on_error=tell)


def _checked(load: CustomLoad) -> CustomLoad:
    """The same, once it has worked: what is wrong with a file is told here, not by each process."""
    load()
    return load


def _alone(reports: Iterable[Report], ontology: Path | None, tell: OnError) -> Iterator[Record]:
    """Code in this process; the model is opened while the first report is read."""
    threads = min(MOST_THREADS, os.cpu_count() or 1)
    with ThreadPoolExecutor(1) as aside:
        load = Coder.load if ontology is None else CustomLoad(path=ontology)
        opening = aside.submit(load, threads=threads)
        waiting = iter(reports)
        first = list(islice(waiting, 1))
        coder = opening.result()
    yield from coder.pipe(chain(first, waiting), on_error=tell)


def _by_suffix(output: str) -> str:
    names = sorted(exchange.FORMATS, key=lambda name: -len(exchange.suffix(name)))
    for name in names:
        if output.lower().endswith(exchange.suffix(name)):
            return name
    if is_folder(Path(output), output):
        return "jsonl"
    known = ", ".join(exchange.suffix(name) for name in names)
    raise UsageError(output, f"ends in none of {known}", "add --format")


def _writer(wanted: Wanted) -> Writer:
    if wanted.shape != "view":
        return exchange.writer(wanted.shape)
    from tensionwire.exchange import view

    on_page = wanted.output in (None, "-") and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_page else FILE_WIDTH
    return partial(view.pages, width=width, colour=colours(wanted.color, on_page))


def colours(asked: bool | None, on_page: bool) -> ColourSystem | None:
    """Colour as asked; else on a terminal, unless NO_COLOR or a dumb terminal says otherwise."""
    if asked is False or (asked is None and not on_page):
        return None
    from rich.console import Console

    found = Console(force_terminal=True if asked else None, no_color=False if asked else None)
    if found.no_color:
        return None
    return cast("ColourSystem", found.color_system or "standard") if asked or found.color_system else None
