"""Rows of the package's tables: UTF-8, tab-separated, `#` header with source and licence, then column names."""

from __future__ import annotations

import gzip
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table of `data/` below its column names; a name in `.gz` is unpacked.

    >>> rows("calendar.tsv")[0]
    ('month', 'January', '1', 'yes')
    """
    path = FOLDER / name
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = (line for line in raw.decode("utf-8").split("\n") if line and not line.startswith("#"))
    next(lines)
    return [tuple(line.split("\t")) for line in lines]
