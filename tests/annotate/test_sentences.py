import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.annotate.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops left. Talks began.", ["Troops left.", "Talks began."]),
        (
            "Gen. Ivo Brandt met Sen. Lee on Jan. 4. They spoke.",
            ["Gen. Ivo Brandt met Sen. Lee on Jan. 4.", "They spoke."],
        ),
        ("The U.S. Army left. It was late.", ["The U.S. Army left.", "It was late."]),
        ("He flew to the U.S. The visit is his first.", ["He flew to the U.S.", "The visit is his first."]),
        ('"We will go." The minister smiled.', ['"We will go."', "The minister smiled."]),
        ("“Why now?” she asked. Nobody answered.", ["“Why now?” she asked.", "Nobody answered."]),
        ("John F. Ames spoke.", ["John F. Ames spoke."]),
        ("It grew 2.5 percent.", ["It grew 2.5 percent."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("What he wants is what I want. So be it.", ["What he wants is what I want.", "So be it."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert [s.of(text) for s in sentences(text)] == expected


HEADED = "Envoys Meet In Geneva Talks began on Monday. They go on."


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (HEADED, "Envoys Meet In Geneva", ["Envoys Meet In Geneva", "Talks began on Monday.", "They go on."]),
        (HEADED, "envoys  meet in\nGeneva", ["Envoys Meet In Geneva", "Talks began on Monday.", "They go on."]),
        (HEADED, "Envoys Meet In Gen", ["Envoys Meet In Geneva Talks began on Monday.", "They go on."]),
        (HEADED, "Talks began", ["Envoys Meet In Geneva Talks began on Monday.", "They go on."]),
        ("Why Now? Nobody Says He left.", "Why Now? Nobody Says", ["Why Now? Nobody Says", "He left."]),
        ("Envoys\nMeet He left.", "Envoys Meet", ["Envoys\nMeet", "He left."]),
        ("Envoys (Again) Meet He left.", "Envoys (Again) Meet", ["Envoys (Again) Meet", "He left."]),
        ("Envoys Meet", "Envoys Meet", ["Envoys Meet"]),
        ("Envoys meet in Geneva today.", "Envoys meet", ["Envoys meet in Geneva today."]),
        ("Geneva Envoys met.", "Geneva", ["Geneva Envoys met."]),
        ("Troops left. It rained.", "  ", ["Troops left.", "It rained."]),
    ],
)
def test_a_text_that_begins_with_its_title_has_it_as_a_sentence(text: str, title: str, expected: list[str]) -> None:
    assert [s.of(text) for s in sentences(text, title)] == expected


@given(st.text(max_size=300), st.integers(0, 300))
def test_sentences_are_in_order_and_hold_every_visible_character(text: str, title: int) -> None:
    found = sentences(text, text[:title])
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    covered = "".join(s.of(text) for s in found)
    assert "".join(covered.split()) == "".join(text.split())
