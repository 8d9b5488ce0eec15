"""Groups and links on a page about a record."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from harbour import CLAIMS, RECORD
from tensionwire.exchange import outline
from tensionwire.records import Span


def test_claims_stand_under_their_speakers() -> None:
    groups = outline.by_speaker(CLAIMS)
    assert [len(claims) for _, claims in groups] == [1, 1, 2, 2]


def test_links_are_read_both_ways() -> None:
    disputed = outline.disputed_by(CLAIMS)
    assert disputed == {"c3": ("c5", "c6")}
    assert outline.links(CLAIMS[2], disputed) == [("disputed by", ("c5", "c6")), ("about", ("e2",))]
    assert outline.links(CLAIMS[4], disputed) == [("denies", ("c3",)), ("about", ("e2",))]


def test_gaps_share_their_reasons() -> None:
    found = {(gap.what, gap.ids) for gap in outline.gaps(RECORD)}
    assert ("date", ("e3", "e4", "e5")) in found
    assert ("who", ("Arica regional hospital",)) in found
    unpublished = replace(RECORD, published=None, published_reason="the page tells none")
    assert outline.gaps(unpublished)[0].reason == "the page tells none"


def test_counts_that_differ_stand_side_by_side() -> None:
    assert [[figure.id for figure in group] for group in outline.differing(RECORD.figures)] == [["f1", "f2"]]


@given(st.text(alphabet="ab \n", max_size=80), st.data(), st.integers(0, 60))
def test_an_excerpt_holds_its_focus_and_only_words_of_the_text(text: str, data: st.DataObject, size: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, focus, after = outline.excerpt(text, Span(0, len(text)), Span(start, end), size)
    assert focus == text[start:end]
    assert text[:start].endswith(before.removeprefix("… "))
    assert text[end:].startswith(after.removesuffix(" …"))
