"""Sitemaps, news sitemaps and their indexes: which pages a site lists."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

from tensionwire.errors import InputError
from tensionwire.read.dates import stamp
from tensionwire.read.fetch import Fetched
from tensionwire.read.results import too_large
from tensionwire.watch.config import Source
from tensionwire.watch.items import Item, Listing
from tensionwire.watch.xmlcare import cared

MOST_PAGES: Final = 50_000  # of one sitemap, by the protocol (sitemaps.org)
MOST_TAGS: Final = 2_000_000
MOST_MAPS: Final = 50  # of an index, those that changed last


def listing(got: Fetched, source: Source) -> Listing:
    """The pages or further sitemaps that a sitemap lists, latest first where it tells dates.

    Raises `InputError` for what is no sitemap.
    """
    body = unpacked(got.body, source)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _of_lines(body, source)
    root = _root(cared(body, source.name, MOST_TAGS), source)
    kind = _local(root)
    if kind == "sitemapindex":
        maps = [(urljoin(got.url, url), _changed(entry)) for entry in root if (url := _text(entry, "loc"))]
        return Listing(more=tuple(sorted(maps, key=lambda one: one[1] or "", reverse=True)[:MOST_MAPS]))
    if kind != "urlset":
        raise InputError(source.name, f"it is <{kind}>, not a sitemap", "check its address")
    items = [item for entry in root if (item := _item(entry, source)) is not None][:MOST_PAGES]
    return Listing(items=tuple(sorted(items, key=lambda item: item.published or item.stamp or "", reverse=True)))


def unpacked(body: bytes, source: Source) -> bytes:
    """The sitemap without gzip, no larger than the source may be."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        unzip = zlib.decompressobj(wbits=31)
        found = unzip.decompress(body, source.max_bytes + 1)
    except zlib.error as fault:
        raise InputError(source.name, "the packed sitemap is damaged", "tell its publisher") from fault
    if len(found) > source.max_bytes:
        raise too_large(source.name, source.max_bytes, "raise max_mb")
    if not unzip.eof:
        raise InputError(source.name, "the packed sitemap is cut off", "it is asked for again")
    return found


def _root(body: bytes, source: Source) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise InputError(source.name, "it is no XML", "check its address") from fault
    if root is None:
        raise InputError(source.name, "it is no XML", "check its address")
    return root


def _item(entry: Any, source: Source) -> Item | None:
    url = _text(entry, "loc")
    if not url or not url.lower().startswith(("http://", "https://")) or not source.takes(url):
        return None
    published = _text(entry, "publication_date")
    return Item(
        key=url,
        source=source.at,
        url=url,
        stamp=_text(entry, "lastmod"),
        title=_text(entry, "title"),
        published=stamp(published) if published else None,
    )


def _of_lines(body: bytes, source: Source) -> Listing:
    """A sitemap in plain text: one address a line."""
    urls = list(_addresses(body))
    if not urls:
        raise InputError(source.name, "it is no sitemap", "check its address")
    return Listing(items=tuple(Item(key=url, source=source.at, url=url) for url in urls if source.takes(url)))


def _addresses(body: bytes) -> Iterator[str]:
    for line in body.decode("utf-8", "replace").splitlines()[:MOST_PAGES]:
        if line.strip().lower().startswith(("http://", "https://")):
            yield line.strip()


def _changed(entry: Any) -> str | None:
    return _text(entry, "lastmod")


def _text(entry: Any, name: str) -> str | None:
    """The words of the first element of that name in an entry, whatever its namespace."""
    for element in entry.iter():
        if _local(element) == name:
            return (element.text or "").strip()[:2000] or None
    return None


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
