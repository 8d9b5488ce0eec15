import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tensionwire.annotate.decoding import Found, allowed, best_tags, softmax, spans

LOGITS = arrays(np.float32, st.tuples(st.integers(1, 3), st.integers(1, 6), st.sampled_from([3, 5])),
                elements=st.floats(-5, 5, width=32))  # fmt: skip


def _best_score(logits: np.ndarray) -> float:
    """Score of the best legal path of one row, word by word in plain Python."""
    table = allowed(logits.shape[-1])
    best = {0: 0.0}
    for step in logits:
        best = {
            tag: max(score for before, score in best.items() if table[before, tag]) + float(step[tag])
            for tag in range(len(step))
            if any(table[before, tag] for before in best)
        }
    return max(best.values())


@given(LOGITS)
def test_the_best_legal_path_is_found(logits: np.ndarray) -> None:
    mask = np.ones(logits.shape[:2], dtype=bool)
    tags = best_tags(logits, mask)
    table = allowed(logits.shape[-1])
    for row, path in zip(logits, tags, strict=True):
        before = 0
        for tag in path:
            assert table[before, tag]
            before = tag
        score = float(sum(step[tag] for step, tag in zip(row, path, strict=True)))
        assert np.isclose(score, _best_score(row), atol=1e-3)


def test_masked_words_are_outside() -> None:
    logits = np.zeros((1, 4, 3), dtype=np.float32)
    logits[:, :, 1] = 3
    tags = best_tags(logits, np.array([[True, True, False, False]]))
    assert tags.tolist() == [[1, 1, 0, 0]]


def test_spans_carry_label_and_mean_probability() -> None:
    tags = np.array([[0, 1, 2, 3, 0]])
    probabilities = softmax(np.zeros((1, 5, 5), dtype=np.float32))
    assert spans(tags, probabilities) == [
        Found(0, 1, 3, 0, float(np.float32(0.2))),
        Found(0, 3, 4, 1, float(np.float32(0.2))),
    ]
