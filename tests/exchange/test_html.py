"""The self-contained page."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour import RECORD, hostile
from tensionwire.exchange.html import contents, heading, pages
from tensionwire.exchange.marks import Mark, paragraphs, segments
from tensionwire.exchange.markup import el
from tensionwire.records import Record, Span

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Elements, ids, internal links and the text of the report."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.external: list[str] = []
        self.faults: list[str] = []
        self.said = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open += [] if tag in VOID else [tag]
        for key, value in attrs:
            self.faults += [f"{tag} {key}"] if key.startswith("on") or key in {"style", "src"} else []
            self.ids += [value or ""] if key == "id" else []
            if key == "href":
                (self.links if (value or "").startswith("#") else self.external).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if "main" in self.open and "a" not in self.open:
            self.said += data


def page(*records: Record) -> str:
    return "".join(pages(records))


@pytest.mark.parametrize("records", [[], [RECORD], [hostile()], [RECORD, RECORD, hostile()]])
def test_pages_are_well_formed_and_run_nothing(records: list[Record]) -> None:
    found = Page(page(*records))
    assert found.faults == []
    assert found.open == []
    assert not {"script", "img", "iframe", "object", "base", "form", "link"} & set(found.tags)
    assert not [link for link in found.external if not link.startswith("https://courier.example/")]


@pytest.mark.parametrize("records", [[RECORD], [RECORD, RECORD]])
def test_text_and_record_are_linked_both_ways(records: list[Record]) -> None:
    found = Page(page(*records))
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)
    for item in ("e2", "c6", "f1", "r1", "a1"):
        linked = [link for link in found.links if link.endswith(item)]
        assert len([link for link in linked if not link.endswith(f"t-{item}")]) >= len(records)
        assert len([link for link in linked if link.endswith(f"t-{item}")]) == len(records)


def test_the_whole_text_is_there_once() -> None:
    said = Page(page(RECORD)).said
    for paragraph in paragraphs(RECORD.text):
        assert said.count(paragraph.of(RECORD.text)) == 1


@pytest.mark.parametrize("records", [[RECORD], [RECORD, RECORD]])
def test_the_policy_allows_this_style_and_nothing_else(records: list[Record]) -> None:
    source = page(*records)
    (style,) = re.findall(r"<style>(.*?)</style>", source, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src &#x27;none&#x27;; style-src &#x27;sha256-{digest}&#x27;" in source
    assert "url(" not in style
    assert "@import" not in style


def test_a_page_of_contents() -> None:
    found = Page(contents([("a.html", *heading(RECORD)), ("b.html", *heading(hostile()))]))
    assert found.external == ["a.html", "b.html"]
    assert found.faults == []


@given(st.text())
def test_an_element_cannot_be_left(text: str) -> None:
    built = el("a", text, href=text)
    assert len(re.findall("[<>]", built)) == 4
    assert built.count('"') == 2


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Span(*sorted(pair)))


@given(st.lists(spans, max_size=8))
def test_segments_put_together_are_the_stretch(found: list[Span]) -> None:
    marks = [Mark(item=f"e{n}", span=span) for n, span in enumerate(found)]
    cut = list(segments(Span(0, 40), marks))
    assert "".join("x" * s.span.length for s in cut) == "x" * 40
    assert all(a.span.end == b.span.start for a, b in pairwise(cut))
    for mark in (m for m in marks if m.span.length):
        assert sum(s.span.length for s in cut if mark in s.covers) == mark.span.length
        assert sum(mark in s.begins for s in cut) == sum(mark in s.ends for s in cut) == 1
