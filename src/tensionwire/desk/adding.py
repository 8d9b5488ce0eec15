"""A pasted text, page or address read, coded and put into the ledger, while somebody waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from tensionwire.errors import InputError, UsageError
from tensionwire.ledger import Added, Ledger
from tensionwire.records import Report

if TYPE_CHECKING:
    from tensionwire.pipeline import Coder

LONGEST: Final = 2_000_000  # characters
_lock = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What somebody filled in; empty fields say nothing. Either `words` (text or HTML) or `url` is there."""

    words: str = ""
    url: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""


def added(ledger: Ledger, pasted: Pasted) -> Added:
    """Read, code and store; raises InputError or UsageError where there is no report in it."""
    report = read(pasted)
    with _lock:  # one at a time: coding takes all the processors it is given
        record = _coder()(report)
    return ledger.add(record)


def read(pasted: Pasted) -> Report:
    """The report in what was pasted."""
    from tensionwire.read import read as fetch
    from tensionwire.read import read_html, read_text

    words, url, published = pasted.words.strip(), pasted.url.strip(), pasted.published.strip() or None
    if url and not url.lower().startswith(("http://", "https://")):
        raise UsageError(url, "is no address of the web", "begin it with https:// or http://")
    if len(words) > LONGEST:
        raise InputError("the text", f"is longer than {LONGEST:,} characters", "add it with `tensionwire add FILE`")
    if not words and not url:
        raise UsageError("nothing", "there is nothing to read", "paste a text, a page, or an address")
    if not words:
        report = fetch(url, published=published)
    elif _is_page(words):
        report = read_html(words, url=url or None, published=published)
    else:
        report = read_text(words, url=url or None, published=published)
    return replace(report, title=pasted.title.strip() or report.title, outlet=pasted.outlet.strip() or report.outlet)


def _is_page(words: str) -> bool:
    return words.startswith("<") and "</" in words


@cache
def _coder() -> Coder:
    from tensionwire.pipeline import Coder

    return Coder.load(threads=2)
