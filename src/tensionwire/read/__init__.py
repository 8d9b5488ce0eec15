"""Files, folders, standard input and URLs to reports: clean text, and what the page says about itself.

`read` gives one report, `read_all` streams reports and failures, `read_text` and `read_html` take what is
already in hand. The package can be called like `read` itself, so that `tensionwire.read("page.html")`
works whether it was imported as a module before or not.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from tensionwire.read.reading import read, read_all, read_fetched, read_html, read_text
from tensionwire.read.results import MAX_BYTES, InputFailure
from tensionwire.read.structured import article
from tensionwire.records import Report

__all__ = ["MAX_BYTES", "InputFailure", "article", "read", "read_all", "read_fetched", "read_html", "read_text"]


class _Callable(ModuleType):
    """A module that is called as its function of the same name."""

    def __call__(self, *args: Any, **options: Any) -> Report:
        return read(*args, **options)


sys.modules[__name__].__class__ = _Callable
