"""Logits to spans: begin/inside tags under the constraint that inside follows its own begin.

Many rows (sentences, or one sentence for many taggers) are decoded together, one after the other on one axis, whatever
their lengths: a call of numpy costs more than the few numbers of a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_NEVER = -1e6  # the score of what is not allowed


class Found(NamedTuple):
    """A decoded span: its row, words [begin, end) of the row, number of its label, probability of its tags."""

    row: int
    begin: int
    end: int
    label: int
    probability: float


def softmax(logits: Floats) -> Floats:
    """Softmax over the last axis."""
    shifted: Floats = np.exp(logits - np.maximum.reduce(logits, axis=-1, keepdims=True))
    total: Floats = np.add.reduce(shifted, axis=-1, keepdims=True)
    return shifted / total


def decode(logits: Floats, lean: Floats, lengths: Sequence[int], *, apart: bool = False) -> list[Found]:
    """Spans of rows of the given lengths, from logits [words of all rows, tags].

    `lean` is added to the logits to find the tags, but not to say how likely they are. Tags are 0 (outside), 1, 3, ...
    (begins) and 2, 4, ... (inside the begin before). Spans of one label that are `apart` never touch: two parties of a
    role have a comma or an "and" between them.
    """
    return spans(best_tags(logits + lean, lengths, apart=apart), logits, lengths)


def best_tags(logits: Floats, lengths: Sequence[int], *, apart: bool = False) -> Ints:
    """Most likely legal tags, [words of all rows], of logits [words of all rows, tags].

    Where the plain maximum is legal already it is the answer; only the other rows are searched.
    """
    tags = logits.argmax(-1)
    starts = _starts(lengths)
    before = np.empty_like(tags)
    before[1:] = tags[:-1]
    before[starts[starts < len(tags)]] = 0
    lost = (tags > 0) & (tags % 2 == 0) & (before != tags) & (before != tags - 1)
    if apart:
        lost |= (tags % 2 == 1) & ((before == tags) | (before == tags + 1))
    for row in np.unique(np.searchsorted(starts, np.flatnonzero(lost), side="right") - 1).tolist():
        begin, end = int(starts[row]), int(starts[row]) + lengths[row]
        tags[begin:end] = _best_path(logits[begin:end].tolist(), apart)
    return tags  # type: ignore[no-any-return]


def _starts(lengths: Sequence[int]) -> Ints:
    return np.cumsum([0, *lengths[:-1]])


def _best_path(scores: list[list[float]], apart: bool) -> list[int]:
    """The most likely legal tags of one row (Viterbi): inside follows its own; a begin, all but its own if `apart`."""
    best = [score + _NEVER if tag and tag % 2 == 0 else score for tag, score in enumerate(scores[0])]
    back: list[list[int]] = []
    for step in scores[1:]:
        top = max(best)
        ways = [best.index(top)] * len(step)
        reached = [top + score for score in step]
        for inside in range(2, len(step), 2):
            way = inside if best[inside] > best[inside - 1] else inside - 1
            ways[inside], reached[inside] = way, best[way] + step[inside]
            if apart and ways[inside - 1] in (inside - 1, inside):
                other = max((tag for tag in range(len(best)) if tag not in (inside - 1, inside)), key=best.__getitem__)
                ways[inside - 1], reached[inside - 1] = other, best[other] + step[inside - 1]
        back.append(ways)
        best = reached
    path = [best.index(max(best))]
    for ways in reversed(back):
        path.append(ways[path[-1]])
    return path[::-1]


def spans(tags: Ints, logits: Floats, lengths: Sequence[int]) -> list[Found]:
    """Spans of legal tags, row by row from left to right; `logits` say how likely they are."""
    inside = np.flatnonzero(tags)
    shares = softmax(logits[inside])[np.arange(len(inside)), tags[inside]]
    kinds = tags[inside]
    opens = np.flatnonzero(kinds % 2 == 1)
    begins = inside[opens]
    starts = _starts(lengths)
    rows = np.searchsorted(starts, begins, side="right") - 1
    ends = [*opens.tolist(), len(inside)][1:]
    return [
        Found(row, begin, begin + end - at, label // 2, _mean(shares, at, end))
        for row, begin, at, end, label in zip(
            rows.tolist(), (begins - starts[rows]).tolist(), opens.tolist(), ends, kinds[opens].tolist(), strict=True
        )
    ]


def _mean(shares: Floats, begin: int, end: int) -> float:
    """The mean of what is begun at `begin`."""
    rest = float(np.add.reduce(shares[begin + 1 : end])) if end - begin > 1 else 0.0
    return (float(shares[begin]) + rest) / (end - begin)
