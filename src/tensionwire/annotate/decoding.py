"""Logits to spans: begin/inside tags under the constraint that inside follows its own begin."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Found(NamedTuple):
    """A decoded span: row of the batch, words [begin, end), number of its label, probability of its tags."""

    row: int
    begin: int
    end: int
    label: int
    probability: float


def softmax(logits: Floats) -> Floats:
    """Softmax over the last axis."""
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    return shifted / shifted.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def allowed(tags: int) -> NDArray[np.bool_]:
    """`[from, to]` over tags 0 (outside), 1, 3, ... (begins) and 2, 4, ... (inside the begin before).

    >>> bool(allowed(3)[0, 2]), bool(allowed(3)[1, 2])
    (False, True)
    """
    table = np.ones((tags, tags), dtype=bool)
    for inside in range(2, tags, 2):
        table[:, inside] = False
        table[[inside - 1, inside], inside] = True
    return table


def best_tags(logits: Floats, mask: NDArray[np.bool_]) -> Ints:
    """Most likely legal tags, [rows, words], of logits [rows, words, tags]; masked words are outside.

    Where the plain maximum is legal already it is the answer; only the other rows are searched.
    """
    tags = logits.argmax(-1)
    tags[~mask] = 0
    table = allowed(logits.shape[-1])
    before = np.concatenate([np.zeros((len(tags), 1), dtype=tags.dtype), tags[:, :-1]], axis=1)
    broken = np.nonzero(~table[before, tags].all(1))[0]
    if len(broken):
        tags[broken] = _viterbi(logits[broken], mask[broken], table)
    return tags  # type: ignore[no-any-return]


def _viterbi(logits: Floats, mask: NDArray[np.bool_], table: NDArray[np.bool_]) -> Ints:
    rows, words, tags = logits.shape
    scores = np.where(mask[:, :, None], logits, np.where(np.arange(tags) == 0, 0.0, -1e6))
    barrier = np.where(table, 0.0, -1e6)
    best = scores[:, 0] + barrier[0]
    back = np.zeros((rows, words, tags), dtype=np.int64)
    for at in range(1, words):
        ways = best[:, :, None] + barrier[None]
        back[:, at] = ways.argmax(1)
        best = ways.max(1) + scores[:, at]
    path = np.zeros((rows, words), dtype=np.int64)
    path[:, -1] = best.argmax(-1)
    for at in range(words - 1, 0, -1):
        path[:, at - 1] = back[np.arange(rows), at, path[:, at]]
    return path


def spans(tags: Ints, probabilities: Floats) -> list[Found]:
    """Spans of legal tags, row by row from left to right."""
    found = []
    rows, begins = np.nonzero(tags % 2 == 1)
    width = tags.shape[1]
    for row, begin in zip(rows.tolist(), begins.tolist(), strict=True):
        tag = int(tags[row, begin])
        end = begin + 1
        while end < width and tags[row, end] == tag + 1:
            end += 1
        mean = (float(probabilities[row, begin, tag]) + float(probabilities[row, begin + 1 : end, tag + 1].sum())) / (
            end - begin
        )
        found.append(Found(row, begin, end, tag // 2, mean))
    return found
