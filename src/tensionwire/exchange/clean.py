"""The clean report alone, for a person or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from tensionwire.exchange.jsonl import joined
from tensionwire.exchange.plain import ascii_controls, line, visible
from tensionwire.records import Report


def document(reports: Iterable[Report]) -> Iterator[str]:
    """One object for one report, an array for several or none, indented."""
    return joined(ascii_controls(msgspec.json.encode(report)) for report in reports)


def pages(reports: Iterable[Report]) -> Iterator[str]:
    """A heading and the text of each report, with control characters made harmless."""
    for count, report in enumerate(reports):
        yield ("\n" + "=" * 72 + "\n\n" if count else "") + _page(report)


def _page(report: Report) -> str:
    day = report.published or f"no day of publication ({report.published_reason or 'not given'})"
    credit = "with " + ", ".join(report.agencies) if report.agencies else None
    about = " · ".join(line(p) for p in (report.outlet, day, report.byline, report.language, credit) if p)
    heads = [line(report.title or report.doc_id), about, line(report.url or report.source or "")]
    return "\n".join(head for head in heads if head) + "\n\n" + visible(report.text).rstrip() + "\n"
