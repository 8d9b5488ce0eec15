"""A coder as what is put to the test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tensionwire.evaluate.benchmark import Subject
from tensionwire.pipeline import Coder, batches
from tensionwire.records import Report, Resolved
from tensionwire.resolve.actors import Who

BATCH = 32


def shipped() -> Subject:
    """The coder that comes with the package."""
    return subject_of(Coder.load())


def subject_of(coder: Coder) -> Subject:
    """A coder's answers; it gives no distribution over types, so `types` is left out."""
    return Subject(
        code=coder.pipe,
        resolve=lambda reports: _resolved(coder, reports),
        identify=Who.load().identify,
    )


def _resolved(coder: Coder, reports: Iterable[Report]) -> Iterator[Resolved]:
    for batch in batches(reports, BATCH):
        yield from map(coder.resolver.resolve, coder.encoder.annotate(batch))
