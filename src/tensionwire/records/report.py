"""A report as it was read: clean text and what is known about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from tensionwire.records.span import Span


def content_hash(text: str) -> str:
    """SHA-256 of the UTF-8 text, in hex: what every span of a record is good for.

    >>> content_hash("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One news report. All spans point into `text`.

    `published` and `modified` are ISO dates or datetimes; where `published` is None,
    `published_reason` says why. `language` is an ISO 639-1 code or "und".
    """

    doc_id: str
    text: str
    content_hash: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_reason: str | None = None
    modified: str | None = None
    byline: str | None = None
    language: str = "en"
    agencies: tuple[str, ...] = ()
    subheads: tuple[Span, ...] = ()
    url: str | None = None
    source: str | None = None
