"""Tables of `link/data`: UTF-8, tab-separated, `#` header with source and licence, then rows of name and number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


@cache
def numbers(name: str) -> Mapping[str, float]:
    """The numbers of a table by their names.

    >>> numbers("origins.tsv")["alike"]
    0.4
    """
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {label: float(value) for label, value, *_ in cells}
