"""The mappings' tables: tab-separated, `#` header with source and licence, then column names."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "data"


def rows(name: str) -> list[list[str]]:
    """The rows of a table of `data/` below its column names.

    >>> rows("cameo_classes.tsv")[0]
    ['01', '0', 'make public statement']
    """
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
