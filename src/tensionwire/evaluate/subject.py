"""A coder as what is put to the test."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from tensionwire.evaluate.benchmark import Subject
from tensionwire.pipeline import Coder, OnError, batches
from tensionwire.records import Annotated, Record, Report, Resolved
from tensionwire.resolve.actors import Who

if TYPE_CHECKING:
    from tensionwire.llm import EndpointCoder

BATCH = 32

T = TypeVar("T")
Tell = Callable[[object, Exception], None]


def shipped() -> Subject:
    """The coder that comes with the package."""
    return subject_of(Coder.load())


def subject_of(coder: Coder) -> Subject:
    """A coder's answers, with those of its encoder where it has one that is asked of pairs."""
    return Subject(
        code=coder.pipe,
        resolve=lambda reports: _resolved(coder, reports),
        identify=Who.load().identify,
        relate=getattr(coder.encoder, "relate", None),
    )


def asked(coder: EndpointCoder, tell: Tell) -> Subject:
    """A model behind an endpoint. A report that it cannot code is told, and counts as one in which it found nothing.

    Whom a bare name means is asked of our own resolver, as it resolves what the model quotes. When the budget is
    spent the error is raised: figures over half of a set would mislead.
    """
    return Subject(
        code=lambda reports: _filled(coder.pipe, reports, Record.of, tell),
        resolve=lambda reports: _filled(coder.resolve, reports, _nothing, tell),
        identify=Who.load().identify,
    )


def _resolved(coder: Coder, reports: Iterable[Report]) -> Iterator[Resolved]:
    for batch in batches(reports, BATCH):
        yield from map(coder.resolver.resolve, coder.encoder.annotate(batch))


def _filled(
    code: Callable[..., Iterator[T]], reports: Iterable[Report], blank: Callable[[Report], T], tell: Tell
) -> Iterator[T]:
    """One answer a report: a blank where there is none."""
    from tensionwire.llm import BudgetSpent

    waiting: deque[Report] = deque()
    failed: set[int] = set()
    spent: list[BudgetSpent] = []

    def fed() -> Iterator[Report]:
        for report in reports:
            waiting.append(report)
            yield report

    def note(report: Report, error: Exception) -> None:
        failed.add(id(report))
        if isinstance(error, BudgetSpent):
            spent.append(error)
        else:
            tell(report.doc_id, error)

    def blanks() -> Iterator[T]:
        while waiting and id(waiting[0]) in failed:
            yield blank(waiting.popleft())

    on_error: OnError = note
    for answer in code(fed(), on_error=on_error):
        yield from blanks()
        waiting.popleft()
        yield answer
    yield from blanks()
    if spent:  # not before: what is under way is paid for, and is kept for the next run
        raise spent[0]


def _nothing(report: Report) -> Resolved:
    return Resolved(annotated=Annotated(report=report, sentences=()), identities={}, places={})
