"""Multinomial logistic regression with a ridge, fitted by L-BFGS (Nocedal and Wright, Numerical Optimization, 7.4)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
# What a user's `like` weighs before anything is learnt, and how firmly it is held to.
_LIKE: Final = 2.0
_HELD: Final = 1.0
_MEMORY: Final = 10
# A slope so small counts as none: the loss is in words, of which a user has some hundreds.
_FLAT: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """`matrix` [features, types], `bias` [types], and `like`, the weight of being like a type; "none" is all zero."""

    matrix: Reals
    bias: Reals
    like: float

    def shares(self, features: Reals, likes: Reals) -> Reals:
        """Probabilities [rows, 1 + types], "none of them" first."""
        scores = features @ self.matrix + self.bias + self.like * likes
        return _softmax(np.concatenate([np.zeros((len(scores), 1)), scores], axis=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Training words: `features` [rows, features], `likes` [rows, types], `labels` (0: none), `weights` [rows]."""

    features: Reals
    likes: Reals
    labels: NDArray[np.int64]
    weights: Reals

    def some(self, which: NDArray[np.bool_]) -> Rows:
        """The rows for which `which` is true."""
        return Rows(
            features=self.features[which],
            likes=self.likes[which],
            labels=self.labels[which],
            weights=self.weights[which],
        )


def fit(rows: Rows, ridge: float) -> Weights:
    """The weights with the least weighted log loss plus half the ridge times their squares."""
    width, types = rows.features.shape[1], rows.likes.shape[1]
    wanted = np.eye(types + 1)[rows.labels]

    def unpacked(point: Reals) -> Weights:
        matrix = point[: width * types].reshape(width, types)
        return Weights(matrix=matrix, bias=point[width * types : -1], like=float(point[-1]))

    def loss(point: Reals) -> tuple[float, Reals]:
        at = unpacked(point)
        shares = at.shares(rows.features, rows.likes)
        hit = np.maximum(shares[np.arange(len(shares)), rows.labels], 1e-300)
        pull = ((shares - wanted) * rows.weights[:, None])[:, 1:]
        value = -(rows.weights @ np.log(hit)) + ridge / 2 * (at.matrix**2).sum() + _HELD / 2 * (at.like - _LIKE) ** 2
        slope = rows.features.T @ pull + ridge * at.matrix
        slope_like = (pull * rows.likes).sum() + _HELD * (at.like - _LIKE)
        return float(value), np.concatenate([slope.ravel(), pull.sum(0), [slope_like]])

    start = np.zeros(width * types + types + 1)
    start[-1] = _LIKE
    return unpacked(least(loss, start))


def least(loss: Callable[[Reals], tuple[float, Reals]], start: Reals, *, steps: int = 200) -> Reals:
    """Where a smooth convex function is least; `loss` gives its value and slope.

    >>> float(least(lambda x: (float((x - 3) @ (x - 3)), 2 * (x - 3)), np.zeros(1))[0])
    3.0
    """
    point, (value, slope) = start, loss(start)
    memory: deque[tuple[Reals, Reals]] = deque(maxlen=_MEMORY)
    for _ in range(steps):
        if np.abs(slope).max() < _FLAT:
            break
        way = -_curved(slope, memory)
        after = _along(loss, point, value, slope, way)
        if after is None and memory:
            memory.clear()  # what the last steps told misleads here
            continue
        if after is None:
            break
        there, value, sloping = after
        if (there - point) @ (sloping - slope) > 1e-12:
            memory.append((there - point, sloping - slope))
        point, slope = there, sloping
    return point


def _curved(slope: Reals, memory: deque[tuple[Reals, Reals]]) -> Reals:
    """The slope times the inverse curvature, as the last steps tell it."""
    way, kept = slope.copy(), []
    for step, turn in reversed(memory):
        share = (step @ way) / (step @ turn)
        way -= share * turn
        kept.append(share)
    if memory:
        step, turn = memory[-1]
        way *= (step @ turn) / (turn @ turn)
    for (step, turn), share in zip(memory, reversed(kept), strict=True):
        way += (share - (turn @ way) / (step @ turn)) * step
    return way


def _along(
    loss: Callable[[Reals], tuple[float, Reals]], point: Reals, value: float, slope: Reals, way: Reals
) -> tuple[Reals, float, Reals] | None:
    """The first of ever shorter steps that lowers the loss enough; None where none does."""
    fall, length = float(slope @ way), 1.0
    for _ in range(30):
        there = point + length * way
        found, sloping = loss(there)
        if found <= value + 1e-4 * length * fall:
            return there, found, sloping
        length /= 2
    return None


def _softmax(scores: Reals) -> Reals:
    shifted = np.exp(scores - scores.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)  # type: ignore[no-any-return]
