"""Tables of `link/data`: UTF-8, tab-separated, `#` header with source and licence."""

from __future__ import annotations

import re
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


@cache
def phrases(name: str) -> Mapping[str, re.Pattern[str]]:
    """A pattern for each class of a table of class and phrase, below its column names; `*` is any ending of a word.

    >>> bool(phrases("agenda_words.tsv")["moved"].search("The talks were postponed."))
    True
    """
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    found: dict[str, list[str]] = {}
    for label, phrase in cells:
        found.setdefault(label, []).append(re.escape(phrase).replace(r"\*", r"\w*"))
    return {label: re.compile(rf"\b(?:{'|'.join(some)})\b", re.IGNORECASE) for label, some in found.items()}
