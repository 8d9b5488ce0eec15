import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.evaluate.counts import Count, Tally, align, jaccard, shared

spans = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda x: (x[0], x[0] + x[1]))


@given(spans, spans)
def test_jaccard_is_symmetric_and_one_for_the_same(a, b):
    assert jaccard(a, b) == jaccard(b, a)
    assert jaccard(a, a) == 1
    assert (jaccard(a, b) > 0) == (shared(a, b) > 0)


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_align_pairs_each_item_once_and_only_what_fits(gold, predicted):
    pairs = align(gold, predicted, shared)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(shared(gold[i], predicted[j]) for i, j in pairs)


def test_align_prefers_the_better_fit_then_the_earlier():
    assert align([(0, 10)], [(0, 2), (0, 8)], shared) == [(0, 1)]
    assert align([(0, 2), (0, 2)], [(0, 2)], shared) == [(0, 0)]


@pytest.mark.parametrize(
    ("gold", "predicted", "exact", "overlap"),
    [
        ([("a", 0, 4)], [("a", 0, 4)], Count(1, 1, 1), Count(1, 1, 1)),
        ([("a", 0, 4)], [("a", 2, 6)], Count(0, 1, 1), Count(1, 1, 1)),
        ([("a", 0, 4)], [("b", 0, 4)], Count(0, 1, 1), Count(0, 1, 1)),
        ([("a", 0, 4)], [("a", 0, 4), ("a", 0, 4)], Count(1, 1, 1), Count(1, 1, 1)),
        ([], [("a", 0, 4)], Count(0, 1, 0), Count(0, 1, 0)),
    ],
)
def test_spans(gold, predicted, exact, overlap):
    tally = Tally()
    tally.spans("x", gold, predicted)
    assert (tally["x.exact"], tally["x.overlap"]) == (exact, overlap)


def test_labels_are_multisets():
    tally = Tally()
    tally.labels("type", ["AID", "AID", "AGREE"], ["AID", "REJECT"])
    assert tally["type"] == Count(1, 2, 3)
    assert tally["type/AID"] == Count(1, 1, 2)
    assert tally["type/REJECT"] == Count(0, 1, 0)
