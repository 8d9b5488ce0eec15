"""Tables of `data/`: UTF-8, tab-separated, `#` header with source and licence, then column names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table below its column names, read once.

    >>> table("formats.tsv")[0][:2]
    ('.html', 'html')
    """
    text = (FOLDER / name).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return tuple(tuple(line.split("\t")) for line in lines[1:])


@cache
def grouped(name: str) -> Mapping[str, tuple[str, ...]]:
    """The second column by the first, for tables of two columns.

    >>> grouped("columns.tsv")["doc_id"]
    ('doc_id', 'id')
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for row in table(name):
        groups[row[0]].append(row[1])
    return {key: tuple(values) for key, values in groups.items()}
