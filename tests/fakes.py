"""A coder that needs no model: each "condemned" is an event; words of the text make it fail, or die."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator

from tensionwire.pipeline import Coder, OnError
from tensionwire.records import Event, Record, Report, Span


class FakeCoder(Coder):
    """Speaks as the shipped coder does."""

    def pipe(
        self, reports: Iterable[Report], *, batch_size: int = 32, on_error: OnError | None = None
    ) -> Iterator[Record]:
        for report in reports:
            try:
                yield self(report)
            except ValueError as error:
                if on_error is None:
                    raise
                on_error(report, error)

    def __call__(self, report: Report) -> Record:
        if "raise" in report.text:
            raise ValueError("asked to fail")
        if "die" in report.text:
            os._exit(1)
        if "sleep" in report.text:
            time.sleep(60)
        events = tuple(
            Event(
                id=f"e{n}", s=0, trigger=found[0], trigger_span=Span(*found.span()), type="ACCUSE", quad=3,
                score=-2, confidence=0.9 if n % 2 else 0.4,
            )
            for n, found in enumerate(re.finditer("condemned", report.text), 1)
        )  # fmt: skip
        return Record.of(report, sentences=(Span(0, len(report.text)),), events=events, coder="fake")


def load() -> Coder:
    """The fake coder."""
    return FakeCoder(encoder=None, resolver=None)  # type: ignore[arg-type]


def deaf() -> Coder:
    """A coder that cannot be had."""
    os._exit(1)
