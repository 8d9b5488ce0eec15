"""What a benchmark set is to us, and what is put to the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tensionwire.errors import InputError
from tensionwire.evaluate.counts import Tally
from tensionwire.evaluate.measures import Measure
from tensionwire.records import Identity, Record, Report, Resolved, Span, content_hash

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is put to the test, as the functions that the sets ask.

    `code` and `resolve` take many reports at once and answer in their order; `identify` says whom words
    mean; `relate` gives each PLOVER type its share as what the first of two parties of a sentence does to the second,
    nothing where it cannot tell.
    """

    code: Callable[[Iterable[Report]], Iterator[Record]]
    resolve: Callable[[Iterable[Report]], Iterator[Resolved]]
    identify: Callable[..., Identity]
    relate: Callable[[Report, Span, Span], Mapping[str, float]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One set: how it is answered, and how the answers are counted.

    `predict` may look at a row's input fields only; `answered` is true for a row that holds its gold
    answer, without which it is predicted and not scored.
    """

    name: str
    title: str
    predict: Callable[[Sequence[Row], Subject], Iterator[dict[str, Any]]]
    answered: Callable[[Row], bool]
    tally: Callable[[Row, Row], Tally]
    measures: tuple[Measure, ...]


def rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file; raises `InputError` with the line that is none."""
    found: list[Row] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                found.append(_row(line, f"{path}, line {number}"))
    return found


def _row(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(where, f"no JSON ({error})", "repair or remove the line") from error
    if not isinstance(row, dict) or not identifier(row):
        raise InputError(where, 'no object with an "id" or "doc_id"', "see docs/explanation/benchmarks.md")
    return row


def identifier(row: Row) -> str:
    """A row's `id`, or its `doc_id`.

    >>> identifier({"doc_id": "a"})
    'a'
    """
    return str(row.get("id") or row.get("doc_id") or "")


def report(row: Row, *, published: str | None = None) -> Report:
    """The row's text to the letter as a report; a sentence without a date has none.

    >>> report({"id": "a", "text": "Moscow objected."}).published_reason
    'the benchmark gives no date'
    """
    text = str(row.get("text", ""))
    return Report(
        doc_id=identifier(row),
        text=text,
        content_hash=content_hash(text),
        title=row.get("title") or None,
        outlet=row.get("outlet") or None,
        published=published or None,
        published_reason=None if published else "the benchmark gives no date",
    )
