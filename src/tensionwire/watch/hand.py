"""The item in hand: its reports, coded and kept one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from tensionwire.errors import InputError, TensionwireError
from tensionwire.read import InputFailure, read_all, read_fetched
from tensionwire.read.fetch import Fetched
from tensionwire.records import Record, Report
from tensionwire.watch.config import Source
from tensionwire.watch.items import Item

Code = Callable[[Report], Record]
Outcome = Report | InputFailure


class Kept(Protocol):
    """What became of a record: "added", "recoded" or "known", under the key `report`."""

    @property
    def state(self) -> str:
        """What was done."""

    @property
    def report(self) -> str:
        """The key of the report."""


class Keeps(Protocol):
    """Where records go: a ledger. Adding one twice changes nothing."""

    def add(self, record: Record, /) -> Kept:
        """Keep a record."""


@dataclass(slots=True, kw_only=True, eq=False)
class Hand:
    """An item whose reports are being coded. `record` is coded and not kept yet.

    `kept` counts reports in the ledger, `faults` says why others are not, `puzzled` counts those among them for which
    nobody but us is to blame: they are tried again at the next start.
    """

    source: Source
    item: Item
    outcomes: Iterator[Outcome]
    record: Record | None = None
    kept: int = 0
    puzzled: int = 0
    faults: list[str] = field(default_factory=list)

    def code_next(self, code: Code) -> bool:
        """Code the next report; False when there is none left."""
        try:
            outcome = next(self.outcomes, None)
        except InputError as error:
            self.faults.append(error.why)
            return True
        if isinstance(outcome, InputFailure):
            self.faults.append(outcome.error.why)
        elif outcome is not None:
            self._code(outcome, code)
        return outcome is not None

    def _code(self, report: Report, code: Code) -> None:
        try:
            self.record = code(replace(report, outlet=self.source.outlet or report.outlet))
        except TensionwireError:
            raise  # the coder itself is amiss, not this report
        except Exception as fault:
            self.faults.append(f"could not be coded ({type(fault).__name__}: {fault}); please report it")


def of_page(source: Source, item: Item, reports: Iterable[Outcome]) -> Hand:
    """The reports of a page that was fetched."""
    return Hand(source=source, item=item, outcomes=iter(reports))


def of_feed(source: Source, item: Item) -> Hand:
    """The report in the text that the feed itself gives."""
    url = item.url or f"{source.at}#{item.key}"
    page = Fetched(url=url, body=(item.html or "").encode("utf-8", "replace"), media="text/html", charset="utf-8")
    return Hand(source=source, item=item, outcomes=read_fetched(page, published=item.published))


def of_file(source: Source, item: Item) -> Hand:
    """The reports in a file."""
    return Hand(source=source, item=item, outcomes=read_all([item.path or ""]))
