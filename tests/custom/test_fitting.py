"""The classifier's mathematics."""

from __future__ import annotations

import numpy as np
import pytest

from tensionwire.custom.fitting import Rows, Weights, fit, least


def rows(seed: int, count: int = 60, width: int = 5, types: int = 2) -> Rows:
    draw = np.random.default_rng(seed)
    features = draw.normal(size=(count, width))
    labels = (features @ draw.normal(size=(width, types + 1))).argmax(1)
    return Rows(features=features, likes=np.zeros((count, types)), labels=labels, weights=np.ones(count))


def test_least_finds_the_bottom_of_a_long_valley() -> None:
    steep, bottom = np.array([1.0, 10.0, 100.0, 1000.0]), np.array([3.0, -2.0, 1.0, 0.5])

    def valley(x: np.ndarray) -> tuple[float, np.ndarray]:
        return float(steep @ (x - bottom) ** 2), 2 * steep * (x - bottom)

    assert least(valley, np.zeros(4)) == pytest.approx(bottom, abs=1e-3)


@pytest.mark.parametrize("ridge", [0.1, 1.0])
def test_the_fit_is_where_no_small_step_is_better(ridge: float) -> None:
    some = rows(1)
    found = fit(some, ridge)

    def loss(matrix: np.ndarray) -> float:
        shares = Weights(matrix=matrix, bias=found.bias, like=found.like).shares(some.features, some.likes)
        return float(-np.log(shares[np.arange(len(shares)), some.labels]).sum() + ridge / 2 * (matrix**2).sum())

    draw, here = np.random.default_rng(2), loss(found.matrix)
    assert all(loss(found.matrix + 0.01 * draw.normal(size=found.matrix.shape)) > here for _ in range(20))


def test_what_can_be_told_apart_is() -> None:
    some = rows(3)
    shares = fit(some, 0.01).shares(some.features, some.likes)
    assert (shares.argmax(1) == some.labels).mean() > 0.95
    assert shares.sum(1) == pytest.approx(1)


def test_being_like_a_type_counts_before_anything_is_learnt() -> None:
    blank = Rows(features=np.zeros((4, 3)), likes=np.zeros((4, 2)), labels=np.array([0, 0, 1, 2]), weights=np.ones(4))
    shares = fit(blank, 1.0).shares(np.zeros((2, 3)), np.array([[0.0, 0.0], [0.0, 1.0]]))
    assert shares[1, 2] > 2 * shares[0, 2]
