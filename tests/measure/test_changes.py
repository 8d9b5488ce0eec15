"""Change points: found where a level turns, seldom where none does, the same in a louder press."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from tensionwire.measure.changes import Change, changes, confidence, settings

FIRST = "2017-01-01"


def poisson(rates: list[float], seed: int, score: float = 5.0) -> list[float]:
    return (np.random.default_rng(seed).poisson(rates) * score / 100).tolist()


def found(conflict: list[float], cooperation: list[float] | None = None, coverage: float = 100) -> tuple[Change, ...]:
    length = len(conflict)
    return changes(FIRST, conflict, cooperation or [0.0] * length, [coverage] * length)


def days(turns: tuple[Change, ...], direction: str) -> list[int]:
    zero = dt.date.fromisoformat(FIRST)
    return [(dt.date.fromisoformat(turn.date) - zero).days for turn in turns if turn.direction == direction]


@pytest.mark.parametrize("seed", range(8))
def test_a_crisis_is_found_within_days(seed: int) -> None:
    turns = found(poisson([0.05] * 100 + [1.5] * 60 + [0.05] * 100, seed))
    assert any(abs(day - 100) <= 7 for day in days(turns, "rises"))
    assert any(abs(day - 160) <= 5 for day in days(turns, "falls"))


def test_sparse_crises_are_found_within_ten_days() -> None:
    turns = [found(poisson([0.01] * 150 + [0.5] * 60, seed)) for seed in range(20)]
    assert np.mean([any(abs(day - 150) <= 10 for day in days(one, "rises")) for one in turns]) >= 0.8


def test_a_thaw_is_a_fall() -> None:
    turns = found([0.0] * 200, poisson([0.05] * 100 + [2.0] * 100, 1))
    assert any(abs(day - 100) <= 5 for day in days(turns, "falls"))
    assert not days(turns, "rises")


def test_an_even_relation_has_hardly_a_turn() -> None:
    flagged = [bool(found(poisson([0.3] * 365, seed), poisson([0.4] * 365, seed + 1000))) for seed in range(60)]
    assert np.mean(flagged) <= 0.4  # what `usual` in data/weights.tsv allows, and chance


def test_many_acts_on_one_day_are_seldom_a_turn() -> None:
    def busy(seed: int) -> list[float]:
        conflict = poisson([0.03] * 365, seed)
        conflict[200] = 0.5
        return conflict

    flagged = [any(abs(day - 200) <= 10 for day in days(found(busy(seed)), "rises")) for seed in range(20)]
    assert np.mean(flagged) <= 0.3


def test_twice_the_press_finds_the_same() -> None:
    conflict, cooperation = poisson([0.1] * 100 + [1.0] * 60, 5), poisson([0.3] * 160, 6)
    assert found(conflict, cooperation, 100) == found(conflict, cooperation, 200)


def test_no_more_turns_than_a_reader_can_use() -> None:
    rates = ([0.0] * 15 + [3.0] * 15) * 12
    assert len(found(poisson(rates, 1))) <= max(3, len(rates) // settings().sparing)


@pytest.mark.parametrize("length", [0, 1, 5, 8, 30])
def test_short_series_are_no_error(length: int) -> None:
    assert found([0.1] * length, [0.2] * length) == ()


def test_days_without_press_are_no_error() -> None:
    conflict = poisson([0.1] * 60 + [1.0] * 60, 2)
    coverage = [100.0 if 10 < n < 110 else 0.0 for n in range(120)]
    assert isinstance(changes(FIRST, conflict, [0.0] * 120, coverage), tuple)


def test_confidence_grows_with_strength() -> None:
    steps = [confidence(n / 10) for n in range(0, 60)]
    assert steps == sorted(steps)
    assert 0 <= steps[0] < steps[-1] <= 1


CRISES = Path(__file__).parents[3] / "shared/gold/crises/dev.tsv"


@pytest.mark.shared
@pytest.mark.skipif(not CRISES.exists(), reason="needs shared/gold/crises and corpora/event_series")
def test_dated_crises_of_the_development_set() -> None:
    import sys

    sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
    try:
        import crises
        import pair_series
    finally:
        sys.path.pop(0)
    dev = [case for case in pair_series.cases() if case.group == "dev"]
    hits = [pair_series.hit(case, pair_series.run(crises.method(), case.table, case.pair)) for case in dev]
    assert sum(hit is not None for hit in hits) >= 3
