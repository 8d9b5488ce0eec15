"""A draft of a report from a saved page: text through trafilatura, metadata through us."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from itertools import islice
from typing import Any

from tensionwire.read.blocks import Block, ended, plain, squeezed, words
from tensionwire.read.metadata import (
    address_of,
    byline_of,
    domain,
    modified_of,
    outlet_of,
    published_of,
    same,
    title_of,
)
from tensionwire.read.page import MAX_ELEMENTS, Page, parsed, tidy
from tensionwire.read.plain import Draft, read_plain
from tensionwire.read.tables import grouped
from tensionwire.read.trim import trimmed

_TAKEN = {
    "p": "prose",
    "ab": "prose",
    "quote": "prose",
    "item": "item",
    "head": "head",
    "cell": "prose",
    "code": "prose",
}
_BLOCK_TAGS = frozenset(
    """p div section article main header footer aside nav li ul ol dl dt dd table tr td th blockquote pre
    figure figcaption br hr form body html h1 h2 h3 h4 h5 h6""".split()
)
_HIDDEN = frozenset(
    """script style noscript template head title nav footer aside form button select svg iframe
    """.split()
)


# Of a page that only its lines can be read of.
MAX_LINES = 20_000


def read_page(source: str, url: str | None = None) -> Draft:
    """A draft of a report from HTML.

    `url` is the address that the page was fetched from, if it was.

    >>> body = "".join(f"<p>Envoys met for the {n}th time and agreed on nothing.</p>" for n in range(4, 9))
    >>> draft = read_page(f"<title>Talks Fail</title><body><h1>Talks Fail</h1>{body}</body>")
    >>> draft.title, len(draft.blocks)
    ('Talks Fail', 5)
    """
    page = parsed(source)
    if page is None:
        return Draft(blocks=())
    address = address_of(page, url)
    outlet = outlet_of(page, address)
    known = [name for name in (outlet, page.publisher, domain(address)) if name]
    title = title_of(page, [*known, *(name.split(".")[-2] for name in known if "." in name)])
    byline = byline_of(page, outlet)
    cut = trimmed(_blocks(page, url), title=title, byline=byline)
    return Draft(
        blocks=_led(page, cut.blocks, title),
        title=title,
        byline=byline or cut.byline,
        published=published_of(page, address) or cut.published,
        modified=modified_of(page),
        outlet=outlet,
        url=address,
        language=page.language or page.first("og:locale", "language", "content-language"),
    )


def _blocks(page: Page, url: str | None) -> Sequence[Block]:
    """The text of the page: what trafilatura finds, held against the JSON-LD, else all its lines."""
    found = _extracted(page, url) if page.elements <= MAX_ELEMENTS else []
    body = tidy_lines(page.article.get("articleBody"))
    if body:
        found = _against(found, body)
    return found or read_plain("\n\n".join(islice(filter(None, _lines(page.tree)), MAX_LINES))).blocks


def _extracted(page: Page, url: str | None) -> list[Block]:
    """Blocks of trafilatura's body tree, with the share of links in each."""
    try:
        document = _extractor()(
            _without_cards(deepcopy(page.tree)),
            url=url,
            include_comments=False,
            include_links=True,
            fast=page.elements > MAX_ELEMENTS / 4,
        )
    except Exception:
        # Whatever a hostile tree does inside a third party's code, the lines of the page can still be read.
        return []
    body = getattr(document, "body", None)
    return list(_taken(body)) if body is not None else []


@cache
def _extractor() -> Any:
    """trafilatura's extraction, imported when the first page needs it, its complaints about pages unheard."""
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    return bare_extraction


def _without_cards(tree: Any) -> Any:
    """The tree without links that hold headings, paragraphs or figures: they lead to other reports."""
    cards = [
        link
        for link in tree.iter("a")
        if len(link)
        and next(link.iter("p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "figure", "li"), None) is not None
    ]
    sizes = {card: len("".join(card.itertext())) for card in cards}
    # A link that was never closed holds the rest of the page; the first heading may lead to the page itself.
    main, whole = next(tree.iter("h1"), None), len("".join(tree.itertext()))
    for card, size in sizes.items():
        if (
            size <= min(4000, whole / 3)
            and card.getparent() is not None
            and (main is None or main not in card.iterdescendants("h1"))
        ):
            card.drop_tree()
    return tree


def _taken(body: Any) -> Iterator[Block]:
    """The lowest paragraphs, headings, items and cells of a body tree, line breaks as ends."""
    for element in body.iter(*_TAKEN):
        if any(True for _ in element.iterdescendants(*_TAKEN)):
            # Text that stands beside inner paragraphs would be lost with the outer one.
            loose = [element.text, *(child.tail for child in element if child.tag in _TAKEN)]
            yield from (Block(text=text) for part in loose if (text := squeezed(plain(part or ""))))
            continue
        linked = sum(len("".join(link.itertext())) for link in element.iter("ref"))
        whole = "".join(element.itertext())
        share = linked / len(whole) if whole else 0.0
        for line in _broken(element):
            yield Block(text=line, kind=_TAKEN[element.tag], linked=min(share, 1.0))


def _broken(element: Any) -> list[str]:
    """The lines of an element."""
    return [text for line in _ordered(element).split("\n\n") if (text := squeezed(line))]


def _ordered(element: Any) -> str:
    """The text of an element in reading order, a line break as an empty line."""
    parts = [element.text or ""]
    for child in element:
        parts.append("\n\n" if child.tag == "lb" else _ordered(child))
        parts.append(child.tail or "")
    return plain("".join(parts))


def tidy_lines(value: object) -> list[str]:
    """The paragraphs of a JSON-LD article body, none where it is not a text of some length."""
    if not isinstance(value, str) or len(value) < 400:
        return []
    text = re.sub(r"<br\s*/?>|</p>|</div>", "\n", value)
    return [line for part in text.split("\n") if (line := tidy(part, len(part)))]


def _against(found: Sequence[Block], body: Sequence[str]) -> list[Block]:
    """What was extracted, held against what the page itself gives as the body of the article.

    Where the extraction holds nearly all of it, what the body lacks is furniture; where it holds
    little of it, the body is taken instead.
    """
    whole = Counter(re.findall(r"\w+", " ".join(body).lower()))
    have = Counter(re.findall(r"\w+", " ".join(block.text for block in found).lower()))
    covered = sum((whole & have).values()) / max(1, sum(whole.values()))
    if covered < 0.5 and len(body) > 1:
        return [Block(text=line) for line in body]
    if covered < 0.9 or sum(whole.values()) < 0.6 * sum(have.values()):
        return list(found)
    flat = same(" ".join(body))
    return [block for block in found if block.kind == "head" or _within(block.text, flat, whole)]


def _within(text: str, flat: str, whole: Counter[str]) -> bool:
    """True when most of a paragraph stands in the article body."""
    if same(text)[:60] in flat:
        return True
    have = Counter(re.findall(r"\w+", text.lower()))
    return sum((have & whole).values()) >= 0.9 * sum(have.values()) or words(text) > 60


def _led(page: Page, blocks: tuple[Block, ...], title: str | None) -> tuple[Block, ...]:
    """The blocks with the standfirst on top, where the page shows it and the extraction missed it."""
    about = [tidy(page.article.get("description")), *map(page.first, grouped("meta_names.tsv")["about"])]
    text = same(" ".join(block.text for block in blocks))
    for lead in filter(None, about):
        start = same(re.sub(r"(?:\.\.\.|…)$", "", lead))
        if len(start) < 40 or start[:60] in text or start == same(title):
            continue
        if shown := _shown(page, start):
            return (Block(text=shown), *blocks) if same(shown)[:60] not in text else blocks
    return blocks


def _shown(page: Page, start: str) -> str | None:
    """The words of the element that shows the description of the page, sentence and all."""
    for element in page.tree.iter("p", "h2", "h3", "h4", "div", "span", "strong", "em"):
        if len(element) > 6:
            continue
        text = squeezed(plain("".join(element.itertext())))
        if len(text) <= 2 * len(start) + 80 and same(text).startswith(start) and (ended(text) or words(text) > 6):
            return text
    return None


def _lines(tree: Any) -> Iterator[str]:
    """All visible lines of a tree, for pages that are too large or too odd for anything better."""
    from lxml import etree

    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += name in _HIDDEN
            if name in _BLOCK_TAGS:
                yield squeezed(plain("".join(parts)))
                parts = []
            parts.append("" if hidden else element.text or "")
        else:
            hidden -= event == "end" and name in _HIDDEN
            if name in _BLOCK_TAGS:
                yield squeezed(plain("".join(parts)))
                parts = []
            parts.append("" if hidden else element.tail or "")
    yield squeezed(plain("".join(parts)))
