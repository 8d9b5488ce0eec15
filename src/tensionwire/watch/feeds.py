"""RSS and Atom: what a feed lists."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from tensionwire.errors import InputError
from tensionwire.read.dates import stamp
from tensionwire.read.fetch import Fetched
from tensionwire.watch.config import Source
from tensionwire.watch.items import Item, Listing
from tensionwire.watch.xmlcare import cared

MOST_ITEMS: Final = 2000
_PAGE: Final = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(rb"<[^>]{1,2000}>")
_LINK: Final = re.compile(rb"""type\s*=\s*["']?application/(?:rss|atom)\+xml""", re.IGNORECASE)
_HREF: Final = re.compile(rb"""href\s*=\s*["']([^"']{1,500})""", re.IGNORECASE)


def listing(got: Fetched, source: Source) -> Listing:
    """The items of a feed, in its order.

    Raises `InputError` for what is no feed; broken XML gives what can be read of it.
    """
    name = source.name
    if _PAGE.match(got.body[:4096].removeprefix(b"\xef\xbb\xbf")):
        raise InputError(name, "it is a web page, not a feed", _advice(got.body))
    found = _parsed(cared(got.body, name), got)
    if not found.get("version") and not found.get("entries"):
        raise InputError(name, "it is neither RSS nor Atom", "check its address")
    entries = found["entries"][:MOST_ITEMS]
    items = [item for entry in entries if (item := _item(entry, source)) is not None]
    wanted = tuple(item for item in items if item.url is None or source.takes(item.url))
    return Listing(items=wanted, title=found["feed"].get("title"), dropped=len(entries) - len(items))


def _parsed(body: bytes, got: Fetched) -> Any:
    import feedparser

    media = got.media or "application/xml"
    kind = f"{media}; charset={got.charset}" if got.charset else media
    headers = {"content-type": kind, "content-location": got.url}
    try:
        # As a stream, since feedparser would open what looks like an address or a path. What it holds is escaped
        # where it is shown, and read as a page is.
        return feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    except Exception as fault:  # a library's parser and a stranger's bytes
        raise InputError(got.url, f"it cannot be parsed ({type(fault).__name__})", "tell its publisher") from fault


def _item(entry: Any, source: Source) -> Item | None:
    """One item, or None where there is nothing to read it from."""
    url = _address(entry)
    html = _content(entry) if source.content == "feed" else None
    if url is None and not html:
        return None
    if source.content == "feed" and not html:
        return None
    mark = str(entry.get("id") or url or hashlib.sha256((html or "").encode("utf-8", "replace")).hexdigest())
    return Item(
        key=f"feed {source.at} {mark}" if source.content == "feed" else url or mark,
        source=source.at,
        stamp=_own(entry, "updated"),
        url=url,
        html=_page(entry, html) if html else None,
        title=entry.get("title") or None,
        published=_day(entry),
    )


def _address(entry: Any) -> str | None:
    """The address of the item's page, without a fragment."""
    links = [entry.get("link"), *(link.get("href") for link in entry.get("links", ()))]
    for link in links:
        if isinstance(link, str) and link.lower().startswith(("http://", "https://")):
            return link.partition("#")[0]
    return None


def _content(entry: Any) -> str | None:
    """The longest text that the feed gives of an item."""
    texts = [part.get("value") for part in entry.get("content", ())] + [entry.get("summary")]
    return max((text for text in texts if text), key=len, default=None)


def _own(entry: Any, key: str) -> str | None:
    """A value that the item itself has: feedparser would give its day of publication for a missing update."""
    found = dict.get(entry, key)
    return str(found) if found else None


def _day(entry: Any) -> str | None:
    """When the item says it was published, else when it was last updated."""
    for key in ("published", "created", "updated"):
        if text := _own(entry, key):
            return stamp(text) or _moment(dict.get(entry, f"{key}_parsed"))
    return None


def _moment(parsed: Any) -> str | None:
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6]) if parsed else None


def _page(entry: Any, html: str) -> str:
    """The text of a feed as the page that it would be."""
    about = {"article:published_time": _day(entry), "author": entry.get("author")}
    metas = "".join(f'<meta property="{k}" name="{k}" content="{escape(v)}">' for k, v in about.items() if v)
    title = escape(entry.get("title") or "")
    text = html if "<" in html else "".join(f"<p>{part}</p>" for part in html.split("\n") if part.strip())
    return (
        f"<html><head><title>{title}</title>{metas}</head><body><article><h1>{title}</h1>{text}</article></body></html>"
    )


def _advice(page: bytes) -> str:
    """What to do with a page: take the feed that it names, where it names one."""
    named = next(_feeds_named(page[:200_000]), None)
    return f"it names this feed: {named}" if named else "look for the address of its feed on it"


def _feeds_named(page: bytes) -> Iterator[str]:
    for tag in _TAG.findall(page):
        if _LINK.search(tag) and (href := _HREF.search(tag)):
            yield href[1].decode("utf-8", "replace")
