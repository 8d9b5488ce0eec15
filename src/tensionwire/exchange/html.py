"""One self-contained page: the report with its evidence marked, and the record, linked both ways.

The page asks for nothing: styles are in it, there is no script, and its content security policy allows that
one style sheet (by its hash) and nothing else. Every word of the report is escaped.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Final

from tensionwire.exchange.cards import cards
from tensionwire.exchange.marks import Mark, Segment, marks, paragraphs, segments
from tensionwire.exchange.markup import Markup, el, esc, join
from tensionwire.exchange.outline import QUADS
from tensionwire.records import Record

_KINDS: Final = (
    ("claim", "a claim"),
    ("figure", "a figure"),
    ("relation", "a tie"),
    ("agenda", "to come"),
)


def pages(records: Iterable[Record]) -> Iterator[str]:
    """One page with every record in turn."""
    rest = iter(records)
    first, second = next(rest, None), next(rest, None)
    title = "tensionwire" if first is None or second is not None else _title(first)
    yield head(title, _styles(first if second is None else None))
    number = 0
    for record in (first, second, *([] if second is None else rest)):
        if record is not None:
            number += 1
            yield _report(record, "" if second is None else f"n{number}-")
    yield "</body>\n</html>\n"


def contents(entries: Iterable[tuple[str, str, str]]) -> str:
    """A page that leads to others: for each its file name and what `heading` says of it."""
    rows = [
        el("li", el("a", title, href=name), " ", el("span", about, class_="meta")) for name, title, about in entries
    ]
    listed = el("main", el("h1", "Reports"), el("ol", *rows), class_="contents")
    return head("Reports", _styles(None)) + listed + "\n</body>\n</html>\n"


def heading(record: Record) -> tuple[str, str]:
    """Title of a record, and a line about it."""
    counts = f"{len(record.events)} events · {len(record.claims)} claims"
    return _title(record), " · ".join(part for part in (record.outlet, _day(record), counts) if part)


def _title(record: Record) -> str:
    return record.title or record.doc_id


def _day(record: Record) -> str:
    if record.published:
        return record.published[:10]
    return f"no day of publication ({record.published_reason or 'not given'})"


def _join_known(between: str, *parts: str | None) -> Markup:
    return join([part for part in parts if part], between)


def _styles(record: Record | None) -> str:
    sheet = (resources.files("tensionwire.exchange") / "data" / "page.css").read_text(encoding="utf-8")
    if record is None:
        return sheet
    items = sorted({mark.item for mark in marks(record)})
    rules = ",\n".join(f":root:has(#{i}:hover,#{i}:target,#t-{i}:target,.to-{i}:hover) .t-{i}" for i in items)
    return sheet + (f"{rules} {{ background: var(--lit); color: var(--ink); }}\n" if items else "")


def head(title: str, styles: str) -> str:
    """The head of a page that asks for nothing: its one style sheet is in it, allowed by its hash; nothing else is."""
    digest = b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        + el("meta", http_equiv="Content-Security-Policy", content=policy)
        + '\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        + '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        + el("title", title)
        + f"\n<style>{styles}</style>\n</head>\n<body>\n"
    )


def _report(record: Record, prefix: str) -> Markup:
    text = el("main", _legend(), *_text(record, prefix), class_="text", lang=record.language, dir="auto")
    panel = el("aside", *cards(record, prefix), _origin(record), class_="panel", aria_label="The record")
    return el("article", _masthead(record), el("div", text, panel, class_="columns"), class_="report")


def _masthead(record: Record) -> Markup:
    credit = "with " + ", ".join(record.agencies) if record.agencies else None
    about = _join_known(" · ", record.outlet, _day(record), record.byline, record.language, credit)
    notes = [el("p", note, class_="note") for note in record.notes]
    return el("header", el("h1", _title(record)), el("p", about, class_="meta"), *notes, class_="masthead")


def _origin(record: Record) -> Markup:
    web = record.url is not None and record.url.lower().startswith(("http://", "https://"))
    link = el("a", record.url, href=record.url, rel="noreferrer noopener") if web else record.url
    return el("footer", *(
        el("p", part) for part in (link, record.source, f"{record.doc_id} · {record.coder}",
                                   f"sha256 {record.content_hash}") if part
    ), class_="origin")  # fmt: skip


def _legend() -> Markup:
    quads = ((f"event q{quad}", f"{shown.sign} {shown.name}") for quad, shown in QUADS.items())
    return el("p", *(el("span", words, class_=kind) for kind, words in (*quads, *_KINDS)), class_="legend")


def _text(record: Record, prefix: str) -> Iterator[Markup]:
    found = marks(record)
    heads = set(record.subheads)
    for paragraph in paragraphs(record.text):
        inside = join(_segment(record.text, s, prefix) for s in segments(paragraph, found))
        yield el("h2" if paragraph in heads else "p", inside)


def _segment(text: str, segment: Segment, prefix: str) -> Markup:
    anchors = join(el("i", id=f"{prefix}t-{mark.anchor}", class_="anchor") for mark in segment.begins if mark.anchor)
    words = esc(segment.span.of(text))
    if segment.covers:
        kinds = [mark.kind for mark in _outer_first(segment.covers) if mark.kind]
        names = dict.fromkeys([*kinds, *(f"t-{mark.item}" for mark in segment.covers)])
        words = el("span", words, class_=" ".join(names))
    refs = [_ref(mark, prefix) for mark in segment.ends if mark.kind]
    return join([anchors, words, *refs])


def _outer_first(covers: Iterable[Mark]) -> list[Mark]:
    return sorted(covers, key=lambda mark: -mark.span.length)


def _ref(mark: Mark, prefix: str) -> Markup:
    quad = mark.kind[-1] if mark.kind and mark.kind.startswith("event") else ""
    sign = QUADS[int(quad)].sign if quad else ""
    shade = f"ref q{quad}" if quad else "ref"
    return el("a", sign + mark.item, href=f"#{prefix}{mark.item}", class_=f"{shade} to-{mark.item}")
