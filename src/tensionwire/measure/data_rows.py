"""Rows of this package's tables: UTF-8, tab-separated, `#` header with source and licence, then column names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "data"


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table of `data/` below its column names.

    >>> ("actual", "1") in [row[1:3] for row in rows("weights.tsv") if row[0] == "status"]
    True
    """
    text = (FOLDER / name).read_text("utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return [tuple(line.split("\t")) for line in lines[1:]]
