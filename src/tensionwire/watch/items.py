"""What a source lists: items, each the promise of a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a source lists.

    `key` tells it from all others, over all sources; `stamp` changes when it was updated. `url` is its page, `html`
    its text as the feed itself gives it, `path` its file: what the report is read from. `published` is an ISO date
    or datetime as the source tells it.
    """

    key: str
    source: str
    stamp: str | None = None
    url: str | None = None
    html: str | None = None
    path: str | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one page of a source lists: items, newest first where it tells, and further pages to look at.

    `more` are addresses of sitemaps, with the day on which each last changed. `dropped` counts items that could
    not be used, `closed` names folders within that may not be read.
    """

    items: tuple[Item, ...] = ()
    more: tuple[tuple[str, str | None], ...] = ()
    title: str | None = None
    dropped: int = 0
    closed: tuple[str, ...] = ()
