"""A parsed page: its tree, its meta fields and the article object of its JSON-LD."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tensionwire.read.blocks import plain, squeezed
from tensionwire.read.tags import slimmed

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|Review|PressRelease)$")
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*$", re.DOTALL)
_TRAILING = re.compile(r",(\s*[}\]])")
# Objects looked at in one page, and how deep: enough for any real one.
_OBJECTS, _DEPTH = 2000, 12
# Larger trees would take trafilatura many seconds; the largest of real pages have a third of this.
MAX_ELEMENTS = 40_000

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says about itself.

    `meta` maps lower-case names to the contents in page order; `article` is the JSON-LD object of the
    report, empty if there is none; `elements` counts the tree.
    """

    tree: Any
    meta: Mapping[str, tuple[str, ...]]
    article: Json
    publisher: str | None
    language: str | None
    elements: int

    def first(self, *names: str) -> str | None:
        """The first content under the first of the names that has one."""
        for name in names:
            for content in self.meta.get(name, ()):
                return content
        return None


def tidy(value: object, limit: int = 5000) -> str | None:
    """One line of text from a metadata value; None when it is none or empty.

    >>> tidy("  Talks &amp; tea\\n"), tidy(""), tidy({"name": "x"})
    ('Talks & tea', None, None)
    """
    if not isinstance(value, str):
        return None
    text = value[:limit]
    # Twice, since some pages escape what is escaped already.
    for _ in range(2):
        text = html.unescape(text)
    return squeezed(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", " ", plain(text))) or None


def parsed(source: str) -> Page | None:
    """The page of an HTML source; None where there is nothing in it."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    clean = slimmed(re.sub("[\x00\ufffe\uffff]", "", source)).encode("utf-8", "replace")
    try:
        tree = document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return _page(tree)


def _page(tree: Any) -> Page:
    """Everything but the text of a tree."""
    meta: dict[str, list[str]] = defaultdict(list)
    objects: list[Json] = []
    count = 0
    for element in tree.iter():
        count += 1
        if element.tag == "meta":
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            if content := tidy(element.get("content")):
                meta[name.strip().lower()].append(content)
        elif element.tag == "script" and "ld+json" in (element.get("type") or "").lower():
            objects += _objects(_json(element.text or ""), 0)
    fields = {name: tuple(values) for name, values in meta.items()}
    article = _article(objects[:_OBJECTS], fields)
    return Page(
        tree=tree,
        meta=fields,
        article=article,
        publisher=_publisher(article, objects),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        elements=count,
    )


def _json(text: str) -> object:
    """A JSON-LD script, with the slips that pages make in it (comments, trailing commas) forgiven."""
    text = _COMMENT.sub("", _COMMENT.sub("", text)).strip().rstrip(";")
    for attempt in (text, _TRAILING.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: object, depth: int) -> Iterator[Json]:
    """All objects of a JSON-LD value, outer ones first."""
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:_OBJECTS]:
            yield from _objects(inner, depth + 1)


def _types(item: Json) -> list[str]:
    kind = item.get("@type")
    return [one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)]


def _article(objects: list[Json], meta: Mapping[str, tuple[str, ...]]) -> Json:
    """The object of the report itself: among several, the one whose headline the page's own fields repeat."""
    found = [item for item in objects if any(_ARTICLE.search(kind) for kind in _types(item))]
    found = [item for item in found if tidy(item.get("headline")) or item.get("datePublished")]
    if not found:
        return {}
    titles = {value for name in ("og:title", "twitter:title", "title") for value in meta.get(name, ())}
    addresses = {value.rstrip("/") for name in ("og:url", "twitter:url") for value in meta.get(name, ())}

    def merit(item: Json) -> int:
        headline = tidy(item.get("headline")) or "-"
        return 2 * (_address(item).rstrip("/") in addresses) + any(headline in title for title in titles)

    return max(found, key=merit)


def _address(item: Json) -> str:
    """Where a JSON-LD object says that it stands."""
    for value in (item.get("url"), item.get("mainEntityOfPage"), item.get("@id")):
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str) and value.startswith("http"):
            return value.partition("#")[0]
    return ""


def names(value: object) -> list[str]:
    """The names in a JSON-LD value that is a name, an object with one, or a list of those.

    >>> names([{"@type": "Person", "name": "Ana Paz"}, "Bo Day"])
    ['Ana Paz', 'Bo Day']
    """
    if isinstance(value, list):
        return list(dict.fromkeys(name for one in value[:20] for name in names(one)))
    if isinstance(value, dict):
        return names(value.get("name"))
    name = tidy(value)
    usable = name and len(name) <= 120 and not re.match(r"https?://|@", name) and re.search(r"[^\W\d_]", name)
    return [name] if name and usable else []


def _publisher(article: Json, objects: list[Json]) -> str | None:
    """The name of who publishes the article, or of the site."""
    found = names(article.get("publisher"))
    for kind in ("NewsMediaOrganization", "WebSite"):
        found += [name for item in objects[:_OBJECTS] if kind in _types(item) for name in names(item.get("name"))]
    return found[0] if found else None
