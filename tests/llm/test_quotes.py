"""Where quotes stand: to the letter, or with other marks; never inside a word, never outside the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.annotate.sentences import sentences
from tensionwire.llm.parts import Part, parts
from tensionwire.llm.quotes import Quotes
from tensionwire.records import Report, Span

TEXT = (
    "The U.S.\u00a0envoy said “it’s over” – and left. He met the theatre’s owner. "
    "Moscow objected.\nMoscow objected again, and he went home."
)


def part(text: str) -> Part:
    return next(parts(Report(doc_id="a", text=text, content_hash=""), sentences(text)))


def words(span: Span | None) -> str | None:
    return span.of(TEXT) if span else None


@pytest.mark.parametrize(
    ("quote", "s", "found"),
    [
        ("objected", 2, "objected"),
        ("The U.S. envoy", 0, "The U.S.\u00a0envoy"),
        ('"it\'s  over"', 0, "“it’s over”"),
        ("'it's over' - and", 0, "“it’s over” – and"),
        ("the theatre's owner", 1, "the theatre’s owner"),
        ("invented", 0, None),
        ("heat", 1, None),
        ("he", 1, "he"),
        ("owner", 99, "owner"),
        ("owner", -5, "owner"),
        ("Moscow", 0, None),
        ("", 0, None),
        ("“”", 0, None),
        (".*", 0, None),
        ("objected" * 1000, 2, None),
    ],
)
def test_evidence(quote: str, s: int, found: str | None) -> None:
    assert words(Quotes(part(TEXT)).evidence(quote, s)) == found


def test_words_that_stand_twice_count_where_the_sentence_says_so() -> None:
    quotes = Quotes(part(TEXT))
    assert [quotes.sentence(quotes.evidence("Moscow objected", s)) for s in (2, 3)] == [2, 3]  # type: ignore[arg-type]


def test_what_belongs_to_evidence_is_the_nearest() -> None:
    quotes = Quotes(part(TEXT))
    assert quotes.sentence(quotes.anywhere("he", 3)) == 3  # type: ignore[arg-type]
    content = quotes.evidence("he went home", 3)
    assert quotes.anywhere("went", 3, avoid=content) is not None
    assert quotes.anywhere("Moscow", 3, near=content) == quotes.evidence("Moscow", 3)


PIECES = ("He", "left", "“No”", "it’s", "a – b", "U.S.", "naïve", "Привет", "爆炸", "14", "\n", "  ", "\x00", "the")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30), st.data())
def test_what_is_copied_from_the_text_is_found_there(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    if not sentences(text):
        return
    shown = part(text)
    s = data.draw(st.integers(shown.first, shown.end - 1))
    tokens = shown.sentences[s].of(text).split()
    first = data.draw(st.integers(0, len(tokens) - 1))
    quote = " ".join(tokens[first : data.draw(st.integers(first + 1, len(tokens)))])
    span = Quotes(shown).evidence(quote, s)
    if any(map(str.isalnum, quote)):
        assert span is not None
        assert span.of(text).split() == quote.split()


@given(st.text(max_size=80), st.text(max_size=10), st.integers(-3, 9))
def test_whatever_is_found_is_a_stretch_of_the_text(text: str, quote: str, s: int) -> None:
    if sentences(text):
        span = Quotes(part(text)).evidence(quote, s)
        assert span is None or (0 <= span.start < span.end <= len(text))
