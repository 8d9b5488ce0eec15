"""One file a format. Each turns records into text, piece by piece, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Final

from tensionwire.records import Record

Writer = Callable[[Iterable[Record]], Iterator[str]]

# format -> (module, function, suffix of a file of it)
FORMATS: Final = {
    "view": ("view", "pages", ".txt"),
    "json": ("jsonl", "document", ".json"),
    "jsonl": ("jsonl", "lines", ".jsonl"),
    "csv": ("csv", "lines", ".csv"),
    "html": ("html", "pages", ".html"),
    "plover": ("plover", "lines", ".plover.jsonl"),
}


def writer(name: str) -> Writer:
    """The writer of a format; only the module that it needs is loaded.

    >>> list(writer("jsonl")([]))
    []
    """
    module, function, _ = FORMATS[name]
    found: Writer = getattr(import_module(f"{__name__}.{module}"), function)
    return found


def suffix(name: str) -> str:
    """What a file of the format ends in.

    >>> suffix("plover")
    '.plover.jsonl'
    """
    return FORMATS[name][2]
