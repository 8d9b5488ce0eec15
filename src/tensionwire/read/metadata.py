"""Title, outlet, dates, byline and address of a page, from what it says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from tensionwire.read.blocks import squeezed
from tensionwire.read.dates import date_in, date_of_address, stamp
from tensionwire.read.language import language_code
from tensionwire.read.page import Page, names, tidy
from tensionwire.read.tables import grouped

_SEPARATOR = re.compile(r"\s+[|–—·•»-]+\s+|\s*[|｜]\s*|\s+::\s+|--+")
_DATE_CLASS = re.compile(r"date|time|publish|posted|created|dateline|byline|meta\b|info", re.IGNORECASE)
_BEFORE_NAME = re.compile(r"^(?:by|von|par|por|автор:?)\s+", re.IGNORECASE)
# How many elements around the heading may hold the date of the report, and no other's.
_NEAR = 120


def same(text: str | None) -> str:
    """A title without regard to case, quotation marks and punctuation, to compare it.

    >>> same("“Not yet” – Envoy") == same('"Not yet" - envoy')
    True
    """
    return re.sub(r"[\W_]+", " ", (text or "").lower()).strip()


def headings(page: Page) -> list[tuple[int, str]]:
    """The first-level headings with their places in the tree."""
    found = []
    for index, element in enumerate(page.tree.iter()):
        if element.tag == "h1" and (text := tidy(element.text_content())):
            found.append((index, text))
        if len(found) >= 40:
            break
    return found


def _without_outlet(title: str, outlets: Iterable[str]) -> str:
    """A title without the outlet that sites write behind or before it."""
    known = {same(outlet) for outlet in outlets} - {""}
    parts = list(_SEPARATOR.finditer(title))
    if parts and parts[-1].start() >= 10 and same(title[parts[-1].end() :]) in known:
        return title[: parts[-1].start()].strip()
    if parts and same(title[: parts[0].start()]) in known:
        return title[parts[0].end() :].strip()
    return title


def _candidates(page: Page, outlets: Iterable[str]) -> Iterator[tuple[str, float]]:
    """What may be the title, with the trust that each place deserves."""
    outlets = list(outlets)
    heads = [text for _, text in headings(page)]
    for name, trust in (("og:title", 2.5), ("twitter:title", 1.0), ("title", 0.5), ("sailthru.title", 0.5)):
        if value := page.first(name):
            yield _without_outlet(value, outlets), trust
    if headline := tidy(page.article.get("headline")):
        yield _without_outlet(headline, outlets), 3.0
    # Many first-level headings are a list of other reports: only their agreement counts then.
    for index, text in enumerate(heads):
        yield _without_outlet(text, outlets), (2.5 if len(heads) == 1 else 2.0 if index == 0 else 1.0)
    for element in page.tree.iter("title"):
        if value := tidy(element.text_content()):
            yield _without_outlet(value, outlets), 1.0
        break


def title_of(page: Page, outlets: Iterable[str]) -> str | None:
    """The title that most places of the page agree on.

    A place that shows more behind the same title (an outlet, a section, a date) agrees with it; a
    headline that was cut off agrees with the whole one.
    """
    found = [(text, trust) for text, trust in _candidates(page, outlets) if text and len(text) <= 500]
    votes: dict[str, float] = {}
    for text, _ in found:
        votes.setdefault(same(text), 0.0)
    shown = {same(text): text for text, _ in reversed(found)}
    for text, trust in found:
        for other in votes:
            if other and _agrees(text, shown[other]):
                votes[other] += trust
    best = max(votes, key=lambda one: votes[one], default=None)
    return shown[best] if best else None


def _agrees(text: str, title: str) -> bool:
    """True when `text` is the title, or the title with something behind it, or was cut off from it."""
    one, other = same(text), same(title)
    if one == other:
        return True
    if one.startswith(other + " ") and len(other) >= 10 and " " in other:
        return bool(_SEPARATOR.match(text[len(title) :]) or _SEPARATOR.match(" " + text[len(title) :].lstrip()))
    cut = re.sub(r"\s*(?:\.\.\.|…)$", "", text)
    return len(one) >= 40 and other.startswith(same(cut)) and (cut != text or len(text) in range(100, 116))


def outlet_of(page: Page, url: str | None) -> str | None:
    """The outlet: the site's own name, else the publisher, else the domain."""
    name = page.first(*grouped("meta_names.tsv")["outlet"]) or page.publisher
    # Where the one is only the other's domain, the name reads better.
    if name and page.publisher and re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name) and " " not in name:
        name = page.publisher
    if name:
        return re.split(r"\s[|–—-]\s", name)[0][:120]
    return domain(url)


def domain(url: str | None) -> str | None:
    """The host of a URL without "www".

    >>> domain("https://www.example.org/a"), domain(None)
    ('example.org', None)
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return re.sub(r"^(?:www|m|amp)\.", "", host) if host else None


def address_of(page: Page, fetched: str | None) -> str | None:
    """The canonical address, without user name and fragment; None where the page gives none."""
    links = page.tree.xpath("//link[@rel='canonical']/@href")
    for value in (*map(str, links[:1]), page.first("og:url"), fetched):
        if value and (url := clean_address(urljoin(fetched or "", value.strip()))):
            return url
    return None


def clean_address(url: str) -> str | None:
    """An http(s) URL without credentials and fragment, None for anything else.

    >>> clean_address("https://me:secret@example.org/a?b#c"), clean_address("javascript:alert(1)")
    ('https://example.org/a?b', None)
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or len(url) > 2000:
        return None
    at = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{at}:{port}" if port else at, parts.path, parts.query, ""))


def _stamps(page: Page, field: str, article: Iterable[str]) -> Iterator[str]:
    """Dates of the article object and of the meta fields, the most trusted first."""
    language = language_code(page.language)
    values = [tidy(page.article.get(key)) for key in article]
    names_of = grouped("meta_names.tsv")[field]
    values += [content for name in names_of for content in page.meta.get(name, ())]
    for value in values:
        if when := stamp(value, language):
            yield when


def published_of(page: Page, url: str | None) -> str | None:
    """When it was published: metadata, else a date by its heading, else the address; never invented."""
    found = next(_stamps(page, "published", ("datePublished", "dateCreated", "uploadDate")), None)
    return found or _marked(page) or _beside_heading(page) or (date_of_address(url) if url else None)


def modified_of(page: Page) -> str | None:
    """When the report was last changed, as the page says."""
    return next(_stamps(page, "modified", ("dateModified",)), None)


def _value(element: Any) -> str | None:
    """The date that an element gives in an attribute, or in its words."""
    for name in ("datetime", "content", "title"):
        if when := stamp(element.get(name)):
            return when
    return None


def _marked(page: Page) -> str | None:
    """The date of an element that is marked as the date of publication."""
    path = "//*[@itemprop='datePublished'] | //time[@pubdate] | //abbr[contains(@class,'published')]"
    for element in page.tree.xpath(path)[:5]:
        language = language_code(page.language)
        if when := _value(element) or date_in(squeezed(element.text_content())[:80], language):
            return when
    return None


def _beside_heading(page: Page) -> str | None:
    """The date nearest to the heading of the report, in a time element or one whose class speaks of time."""
    heads = headings(page)
    if not heads:
        return None
    at = heads[0][0] if len(heads) == 1 else _main_heading(page, heads)
    language = language_code(page.language)
    near: list[tuple[int, str]] = []
    for index, element in enumerate(page.tree.iter()):
        if index > at + _NEAR:
            break
        if index < at - _NEAR or not isinstance(element.tag, str):
            continue
        if when := _date_at(element, language):
            near.append((abs(index - at), when))
    return min(near)[1] if near else None


def _main_heading(page: Page, heads: list[tuple[int, str]]) -> int:
    """Of several headings, the one that the page's own title repeats."""
    title = same(page.first("og:title", "twitter:title") or tidy(page.article.get("headline")))
    return next((at for at, text in heads if same(text) and same(text) in title), heads[0][0])


def _date_at(element: Any, language: str | None) -> str | None:
    """The date that an element shows, if it is one for showing dates."""
    if element.tag == "time" and (when := _value(element)):
        return when
    if element.tag == "time" or _DATE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        text = squeezed("".join(element.itertext()))
        return date_in(text, language) if len(text) <= 120 else None
    return None


def byline_of(page: Page, outlet: str | None) -> str | None:
    """Who wrote the report, as the page says; the outlet itself is no byline."""
    found = names(page.article.get("author")) or names(page.article.get("creator"))
    for key in grouped("meta_names.tsv")["author"]:
        found = found or [name for value in page.meta.get(key, ()) for name in names(value)]
    for element in [] if found else page.tree.xpath("//*[@rel='author' or @itemprop='author']")[:8]:
        found += names(squeezed(element.text_content()))
    people = [_BEFORE_NAME.sub("", name) for name in found]
    people = [name for name in dict.fromkeys(people) if name and same(name) not in same(outlet)]
    return ", ".join(people[:12]) or None
