"""The way of the data as one object: report -> annotated -> resolved -> record."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol, TypeVar

from tensionwire.records import Annotated, Record, Report, Resolved

T = TypeVar("T")


class Annotates(Protocol):
    """What finds spans: many reports at once, answers in their order."""

    @property
    def version(self) -> str:
        """Version of the model."""

    @property
    def hash(self) -> str:
        """Hash of the model's weights."""

    def annotate(self, reports: Sequence[Report], /) -> Sequence[Annotated]:
        """The spans of each report."""


class Resolves(Protocol):
    """What says who, when and where the spans mean."""

    def resolve(self, annotated: Annotated, /) -> Resolved:
        """The spans with what they mean."""


OnError = Callable[[Report, Exception], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Codes reports. Loaded once, used for millions; has no state that a report could change.

    The resources are an encoder and a resolver, which `Coder.load()` takes from the package. Reports in a
    language that the encoder was not trained on give a record without events, with a note that says so.
    """

    encoder: Annotates
    resolver: Resolves
    languages: frozenset[str] = frozenset({"en"})

    @classmethod
    def load(cls, *, threads: int = 1) -> Coder:
        """The shipped coder, on so many threads.

        Raises ModelError where the model is missing or damaged.
        """
        from tensionwire.annotate import Encoder
        from tensionwire.resolve import Resolver

        with _uncollected():
            return cls(encoder=Encoder.load(threads=threads), resolver=Resolver.load())

    @property
    def name(self) -> str:
        """What made a record: program and model, with their versions."""
        from tensionwire import __version__

        return f"tensionwire {__version__}, model {self.encoder.version} {self.encoder.hash[:12]}"

    def __call__(self, report: Report) -> Record:
        """The record of one report."""
        return self._batch([report])[0]

    def pipe(
        self, reports: Iterable[Report], *, batch_size: int = 32, on_error: OnError | None = None
    ) -> Iterator[Record]:
        """Records in the order of their reports, coded a batch at a time; holds one batch in memory.

        With `on_error`, a report that cannot be coded is told to it and left out; else the error is raised.
        """
        for batch in batches(reports, batch_size):
            if on_error is None:
                yield from self._batch(batch)
            else:
                yield from self._forgiving(batch, on_error)

    def _forgiving(self, batch: Sequence[Report], on_error: OnError) -> Iterator[Record]:
        try:
            yield from self._batch(batch)
        except Exception:  # one of them: find out which, so that the others are coded
            for report in batch:
                try:
                    record = self(report)
                except Exception as error:
                    on_error(report, error)
                else:
                    yield record

    def _batch(self, batch: Sequence[Report]) -> list[Record]:
        known = [report for report in batch if report.language in self.languages]
        annotated = iter(self.encoder.annotate(known) if known else ())
        return [
            self._code(next(annotated)) if report.language in self.languages else self._uncoded(report)
            for report in batch
        ]

    def _code(self, annotated: Annotated) -> Record:
        from tensionwire.coding import code

        return replace(code(self.resolver.resolve(annotated)), coder=self.name)

    def _uncoded(self, report: Report) -> Record:
        note = (
            f"Written in another language ({report.language}): read, but not coded, "
            f"since the model knows {', '.join(sorted(self.languages))} only."
        )
        return Record.of(report, notes=(note,), coder=self.name)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of `size`, the last one shorter.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def load(*, threads: int = 1) -> Coder:
    """The shipped coder: `Coder.load`, for short."""
    return Coder.load(threads=threads)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: tables of many small objects are made, none of them garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def confident(record: Record, floor: float) -> Record:
    """The record without items less sure than `floor` (a probability), and a note of how many were left out.

    Links to what was left out are cleared; acts told again point at the first telling that is still there.
    """
    if floor <= 0:
        return record
    events = [event for event in record.events if event.confidence >= floor]
    claims = [claim for claim in record.claims if claim.confidence >= floor]
    figures = [figure for figure in record.figures if figure.confidence >= floor]
    relations = tuple(relation for relation in record.relations if relation.confidence >= floor)
    agenda = [item for item in record.agenda if item.confidence >= floor]
    custom = [event for event in record.custom if event.confidence >= floor]
    kept = {event.id for event in events} | {claim.id for claim in claims}
    first = _first_tellings(record, kept)
    slim = replace(
        record,
        events=tuple(replace(e, same_as=first.get(e.id)) for e in events),
        claims=tuple(replace(c, about=_in(kept, c.about), disputes=_in(kept, c.disputes)) for c in claims),
        figures=tuple(replace(f, event=_in(kept, f.event)) for f in figures),
        relations=relations,
        agenda=tuple(replace(a, event=_in(kept, a.event)) for a in agenda),
        custom=tuple(replace(c, event=_in(kept, c.event)) for c in custom),
    )
    dropped = _items(record) - _items(slim)
    note = f"{dropped} {'item' if dropped == 1 else 'items'} less than {floor:g} sure left out."
    return replace(slim, notes=(*record.notes, note)) if dropped else record


def _in(kept: set[str], id: str | None) -> str | None:
    return id if id in kept else None


def _first_tellings(record: Record, kept: set[str]) -> dict[str, str]:
    """For an event told again, the id of the first telling that was kept."""
    told: dict[str, str] = {}
    heads: dict[str, str] = {}
    first: dict[str, str] = {}
    for event in record.events:
        head = event.id if event.same_as is None else heads.get(event.same_as, event.same_as)
        heads[event.id] = head
        if event.id in kept and told.setdefault(head, event.id) != event.id:
            first[event.id] = told[head]
    return first


def _items(record: Record) -> int:
    groups = (record.events, record.claims, record.figures, record.relations, record.agenda, record.custom)
    return sum(len(group) for group in groups)
