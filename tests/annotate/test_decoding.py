import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tensionwire.annotate.decoding import Found, best_tags, decode, softmax, spans

LOGITS = st.lists(
    st.integers(1, 6), min_size=1, max_size=4
).flatmap(lambda lengths: st.tuples(
    st.just(lengths),
    st.sampled_from([3, 5]).flatmap(
        lambda tags: arrays(np.float32, (sum(lengths), tags), elements=st.floats(-5, 5, width=32))
    ),
))  # fmt: skip


def _legal(before: int, tag: int, apart: bool) -> bool:
    """Inside follows its own begin or inside; all else may follow anything, but a begin its own where they are apart."""
    if tag and tag % 2 == 0:
        return before in (tag - 1, tag)
    return not (apart and tag % 2 == 1 and before in (tag, tag + 1))


def _best_score(logits: np.ndarray, apart: bool) -> float:
    """Score of the best legal path of one row, word by word in plain Python."""
    best = {0: 0.0}
    for step in logits:
        best = {
            tag: max(score for before, score in best.items() if _legal(before, tag, apart)) + float(step[tag])
            for tag in range(len(step))
            if any(_legal(before, tag, apart) for before in best)
        }
    return max(best.values())


@given(LOGITS, st.booleans())
def test_the_best_legal_path_is_found(drawn: tuple[list[int], np.ndarray], apart: bool) -> None:
    lengths, logits = drawn
    tags = best_tags(logits, lengths, apart=apart)
    for end, length in zip(np.cumsum(lengths).tolist(), lengths, strict=True):
        row, path = logits[end - length : end], tags[end - length : end].tolist()
        assert all(_legal(before, tag, apart) for before, tag in zip([0, *path], path, strict=False))
        score = float(sum(step[tag] for step, tag in zip(row, path, strict=True)))
        assert np.isclose(score, _best_score(row, apart), atol=1e-3)


@given(LOGITS)
def test_rows_are_decoded_as_each_alone(drawn: tuple[list[int], np.ndarray]) -> None:
    lengths, logits = drawn
    lean = np.zeros(logits.shape[1], dtype=np.float32)
    ends = np.cumsum(lengths).tolist()
    alone = [
        one._replace(row=row)
        for row, (end, length) in enumerate(zip(ends, lengths, strict=True))
        for one in decode(logits[end - length : end], lean, [length])
    ]
    assert decode(logits, lean, lengths) == alone


def test_spans_carry_label_and_mean_probability() -> None:
    tags = np.array([0, 1, 2, 3, 0, 0, 3])
    assert spans(tags, np.zeros((7, 5), dtype=np.float32), [5, 2]) == [
        Found(0, 1, 3, 0, float(np.float32(0.2))),
        Found(0, 3, 4, 1, float(np.float32(0.2))),
        Found(1, 1, 2, 1, float(np.float32(0.2))),
    ]


def test_a_lean_moves_the_tags_and_not_their_probability() -> None:
    logits = np.zeros((1, 3), dtype=np.float32)
    assert decode(logits, np.array([0.0, 1.0, 1.0], dtype=np.float32), [1]) == [
        Found(0, 0, 1, 0, float(softmax(logits)[0, 1]))
    ]
    assert decode(logits, np.array([1.0, 0.0, 0.0], dtype=np.float32), [1]) == []
