"""Notes: in plain words, what a record lacks and why."""

from __future__ import annotations

from collections.abc import Iterator

from tensionwire.records import Resolved

CODED = frozenset({"en", "und"})


def notes(resolved: Resolved) -> tuple[str, ...]:
    """What a reader of the record should know about how it was coded."""
    return tuple(_notes(resolved))


def _notes(resolved: Resolved) -> Iterator[str]:
    report = resolved.annotated.report
    if not report.text.strip():
        yield "The report has no text: nothing was coded."
    elif report.language not in CODED:
        yield f"The text is in another language ({report.language}): what was coded from it is unreliable."
    if not report.published:
        reason = report.published_reason or "none is given"
        yield f"No publication date ({reason}): only dates that carry their own year are resolved."
