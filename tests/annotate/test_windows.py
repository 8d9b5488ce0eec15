from hypothesis import given
from hypothesis import strategies as st

from tensionwire.annotate.sentences import sentences
from tensionwire.annotate.windows import LIMIT, SEP, parts, windows

WORDS = st.sampled_from(
    [
        "Moscow",
        "said",
        "the",
        "troops",
        "left;",
        "“no,”",
        "he",
        "added.",
        "U.S.",
        "4,000",
        "\u202eevil\u202c",
        "😀",
        "naïve",
        "北京",
        "x",
    ]
)
TEXTS = st.lists(WORDS, max_size=400).map(" ".join) | st.text(max_size=400)


@given(TEXTS)
def test_every_part_is_decoded_once_and_no_window_is_too_long(text: str) -> None:
    found = parts(text, sentences(text))
    packed = windows(found)
    decoded = [part for window in packed for part in window.parts[window.context :]]
    assert decoded == found
    assert all(window.pieces <= LIMIT for window in packed)


@given(TEXTS)
def test_words_point_at_their_own_characters(text: str) -> None:
    for part in parts(text, sentences(text)):
        assert len(part.first) == len(part.words)
        for begin, end in part.words:
            assert 0 <= begin < end <= len(text)
            assert text[begin:end] == text[begin:end].strip()
        assert list(part.words) == sorted(part.words)


def test_a_window_opens_with_the_sentence_before() -> None:
    text = " ".join(f"Delegation number {n} of the northern provinces left the long talks in anger." for n in range(30))
    packed = windows(parts(text, sentences(text)))
    assert len(packed) > 1
    for before, after in zip(packed, packed[1:], strict=False):
        assert after.context == 1
        assert after.parts[0] == before.parts[-1]


def test_an_overlong_sentence_is_cut_at_words() -> None:
    text = "and ".join(f"town{n} fell, " for n in range(120))
    found = parts(text, sentences(text))
    assert len(found) > 1
    assert {part.sentence for part in found} == {0}
    assert [w for part in found for w in part.words] == sorted(w for part in found for w in part.words)


def test_a_heading_is_marked_off_from_what_follows_and_nothing_else_is() -> None:
    text = 'Envoys Meet In Geneva\nTalks began. "They go on."\nThe end'
    assert [part.ids[-1] == SEP for part in parts(text, sentences(text))] == [True, False, False, False]
