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


@given(st.text(max_size=300))
def test_sentences_are_in_order_and_hold_every_visible_character(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    covered = "".join(s.of(text) for s in found)
    assert "".join(covered.split()) == "".join(text.split())
