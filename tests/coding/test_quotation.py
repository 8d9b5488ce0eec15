"""Quotation marks and the form of what stands between them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.coding.quotation import Quotations
from tensionwire.records import Span


@pytest.mark.parametrize(
    ("text", "content", "form"),
    [
        ('"We leave at dawn," the captain said.', "We leave at dawn", "direct"),
        ("“We leave at dawn,” the captain said.", "We leave at dawn,", "direct"),
        ("‘We can’t leave,’ the captain said.", "We can’t leave", "direct"),
        ("''We leave,'' the captain said.", "We leave", "direct"),
        ("The captain said they would leave.", "they would leave", "indirect"),
        ('The captain said they would leave "at dawn".', 'they would leave "at dawn"', "mixed"),
        ("The rebels' captain said they'd leave.", "they'd leave", "indirect"),
        ('"Go," he said. They would go home.', "They would go home", "indirect"),
        ("\"He said 'never' to me,\" she told us.", "He said 'never' to me", "direct"),
        ('It is a 6" gun, he said, "and loud".', "and loud", "direct"),
    ],
)
def test_form(text: str, content: str, form: str) -> None:
    start = text.index(content)
    assert Quotations(text).form(Span(start, start + len(content))) == form


def test_words_of_a_quotation_that_runs_over_sentences_are_direct() -> None:
    text = '"We came early. Nobody was there. We left," she said.'
    start = text.index("Nobody")
    assert Quotations(text).form(Span(start, start + len("Nobody was there."))) == "direct"


def test_a_quotation_that_nobody_closes_ends_with_its_paragraph() -> None:
    text = '"We came early.\n\nThe town was empty.'
    assert Quotations(text).form(Span(17, len(text))) == "indirect"


@given(st.text(alphabet="ab \"'“”‘’«»\n.,", max_size=80))
def test_quoted_stretches_are_in_order_and_in_the_text(text: str) -> None:
    spans = Quotations(text).spans
    assert all(0 <= a <= b <= len(text) for a, b in spans)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    assert Quotations(text).form(Span(0, len(text))) in {"direct", "mixed", "indirect"}
