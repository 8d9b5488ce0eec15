import pytest

from tensionwire.evaluate.counts import Count, Tally
from tensionwire.evaluate.measures import Measure, estimates

F1 = Measure(key="type", title="type")
MACRO = Measure(key="type", title="type", kind="macro F1")


def tally(gold, predicted):
    counts = Tally()
    counts.labels("type", gold, predicted)
    return counts


def test_f1_is_over_all_documents_and_macro_over_the_labels_of_the_gold():
    tallies = [tally(["AID"], ["AID"]), tally(["REJECT"], ["AID"]), tally([], ["AGREE"])]
    micro, macro = estimates([F1, MACRO], tallies)
    assert micro.value == pytest.approx(2 * 1 / (3 + 2))
    assert micro.count == Count(1, 3, 2)
    assert (micro.precision, micro.recall) == (pytest.approx(1 / 3), 0.5)
    assert macro.value == pytest.approx((2 / 3 + 0) / 2)


def test_nothing_to_measure_is_none():
    (estimate,) = estimates([F1], [Tally()])
    assert estimate.value is estimate.precision is estimate.recall is None


def test_interval_holds_the_value_and_is_the_same_each_time():
    tallies = [tally(["AID"], ["AID"] if n % 3 else ["REJECT"]) for n in range(60)]
    first, again = (estimates([F1, MACRO], tallies, resamples=500) for _ in range(2))
    assert first == again
    for estimate in first:
        assert estimate.low < estimate.value < estimate.high


def test_one_document_has_no_interval():
    (estimate,) = estimates([F1], [tally(["AID"], ["AID"])], resamples=100)
    assert (estimate.value, estimate.low, estimate.high) == (1.0, None, None)
