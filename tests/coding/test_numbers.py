"""What words of count mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.coding.numbers import quantity


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("80 people", 80, 80),
        ("1,200 troops", 1200, 1200),
        ("12.5 percent", 12.5, 12.5),
        ("twenty-six miners", 26, 26),
        ("one hundred and six", 106, 106),
        ("two thousand five hundred", 2500, 2500),
        ("a hundred", 100, 100),
        ("two million people", 2_000_000, 2_000_000),
        ("$2.5 billion", 2_500_000_000, 2_500_000_000),
        ("€225m", 225_000_000, 225_000_000),
        ("three and a half million", 3_500_000, 3_500_000),
        ("30,000-strong force", 30_000, 30_000),
        ("a couple of men", 2, 2),
        ("a handful", 3, 6),
        ("several men", 3, 9),
        ("a dozen", 12, 12),
        ("half a dozen", 6, 6),
        ("dozens", 24, 99),
        ("several dozen", 24, 99),
        ("scores", 40, 99),
        ("hundreds", 200, 999),
        ("several hundred", 300, 999),
        ("thousands", 2000, 9999),
        ("several thousand", 3000, 9999),
        ("tens of thousands", 20_000, 99_999),
        ("hundreds of thousands of people", 200_000, 999_999),
        ("millions", 2_000_000, 9_999_999),
        ("more than 80", 81, None),
        ("at least 80", 80, None),
        ("at least two dozen", 24, None),
        ("up to 80", None, 80),
        ("as many as 80", None, 80),
        ("no more than four", None, 4),
        ("no fewer than four", 4, None),
        ("fewer than 20", None, 19),
        ("nearly 80", 72, 80),
        ("about 80", 72, 88),
        ("some 1,700", 1530, 1870),
        ("an estimated $9 million", 8_100_000, 9_900_000),
        ("80 to 90", 80, 90),
        ("80-90 people", 80, 90),
        ("between 80 and 90", 80, 90),
        ("between $1.5bn and $2 billion", 1_500_000_000, 2_000_000_000),
        ("97-26", 97, 97),
        ("half the 14,000", 7000, 7000),
        ("two frigates and a tug", 3, 3),
        ("nine rebels, two soldiers and one captive", 12, 12),
        ("a mother and her three children", 4, 4),
        ("a shepherd and his son", 2, 2),
        ("a shepherd", 1, 1),
        ("12 people, 3 of them children", 12, 12),
        ("11 of the 46 drivers", 11, 11),
        ("no one", 0, 0),
        ("none", 0, 0),
        ("a third protester", 3, 3),
    ],
)
def test_quantity(words: str, low: float | None, high: float | None) -> None:
    meant = quantity(words)
    assert meant is not None
    assert tuple(meant) == (low, high)


@pytest.mark.parametrize("words", ["", "people", "the men", "—", "$"])
def test_no_number(words: str) -> None:
    assert quantity(words) is None


@given(st.text(max_size=30) | st.integers(0, 10**13).map(str))
def test_never_fails_and_keeps_order(words: str) -> None:
    meant = quantity(words)
    if meant and meant.low is not None and meant.high is not None:
        assert meant.low <= meant.high
