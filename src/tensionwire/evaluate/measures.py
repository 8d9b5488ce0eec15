"""From counts to figures: F1 and accuracy, with bootstrap intervals over documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tensionwire.evaluate.counts import Count, Tally

Array = npt.NDArray[np.float64]

SEED = 20170411
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure to report: `key` names its counts, `kind` is "F1", "accuracy" or "macro F1".

    An accuracy is the F1 of counts that ask and answer each question once. `main` measures are shown in
    the table, `optional` ones where the gold has any such item; all are written as JSON.
    """

    key: str
    title: str
    kind: str = "F1"
    main: bool = False
    optional: bool = False

    @property
    def name(self) -> str:
        """The key, with the kind where two measures share their counts."""
        return f"{self.key} (macro)" if self.kind == "macro F1" else self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A measure's value and its interval; None where there is nothing to measure."""

    measure: Measure
    value: float | None
    low: float | None = None
    high: float | None = None
    count: Count = field(default_factory=Count)

    @property
    def shown(self) -> bool:
        """Whether it stands in the table."""
        return self.measure.main or (self.measure.optional and self.count.gold > 0)

    @property
    def precision(self) -> float | None:
        """Hits over predictions."""
        return self.count.hit / self.count.predicted if self.count.predicted else None

    @property
    def recall(self) -> float | None:
        """Hits over gold items."""
        return self.count.hit / self.count.gold if self.count.gold else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """By how much one coder is better than another by a measure, and the interval of that."""

    value: float | None
    low: float | None = None
    high: float | None = None


def estimates(measures: Sequence[Measure], tallies: Sequence[Tally], *, resamples: int = 0) -> list[Estimate]:
    """Each measure over all documents, with the percentile interval of `resamples` bootstrap draws.

    Documents are drawn, not items, since the items of one document hang together; the seed is fixed.

    >>> kind = Measure(key="quad", title="quad class", kind="accuracy")
    >>> found = estimates([kind], [Tally(quad=Count(1, 1, 1)), Tally(quad=Count(0, 1, 1))])
    >>> found[0].value
    0.5
    """
    keys, total, drawn = _drawn(tallies, resamples)
    return [_estimate(measure, keys, total, drawn) for measure in measures]


def differences(
    measures: Sequence[Measure], first: Sequence[Tally], second: Sequence[Tally], *, resamples: int = 0
) -> list[Difference]:
    """Each measure with the second coder minus that with the first, over the same documents in the same order.

    Both are drawn alike, so that a hard document is hard for both, and the interval is that of the difference.

    >>> kind = Measure(key="quad", title="quad class", kind="accuracy")
    >>> differences([kind], [Tally(quad=Count(0, 1, 1))], [Tally(quad=Count(1, 1, 1))])[0].value
    1.0
    """
    sides = [_drawn(tallies, resamples) for tallies in (first, second)]
    return [_difference(measure, *sides) for measure in measures]


def _drawn(tallies: Sequence[Tally], resamples: int) -> tuple[list[str], Array, Array | None]:
    keys = sorted({key for tally in tallies for key in tally})
    counts = _matrix(keys, tallies)
    drawn = _resampled(counts, resamples) if resamples and len(tallies) > 1 else None
    return keys, counts.sum(axis=0), drawn


def _difference(measure: Measure, *sides: tuple[list[str], Array, Array | None]) -> Difference:
    columns = [_columns(measure, keys) for keys, _, _ in sides]
    one, two = (_known(_value(measure, total[at])) for (_, total, _), at in zip(sides, columns, strict=True))
    draws = [
        _value(measure, drawn[:, at]) for (_, _, drawn), at in zip(sides, columns, strict=True) if drawn is not None
    ]
    low, high = _interval(draws[1] - draws[0]) if len(draws) == 2 else (None, None)
    return Difference(value=None if one is None or two is None else two - one, low=low, high=high)


def _matrix(keys: Sequence[str], tallies: Sequence[Tally]) -> Array:
    """Counts as documents by keys by three."""
    column = {key: n for n, key in enumerate(keys)}
    counts = np.zeros((len(tallies), len(keys), 3))
    for row, tally in enumerate(tallies):
        for key, count in tally.items():
            counts[row, column[key]] = count
    return counts


def _resampled(counts: Array, resamples: int) -> Array:
    """Summed counts of each draw, draws by keys by three."""
    size = len(counts)
    weights = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), size=resamples)
    sums: Array = (weights.astype(float) @ counts.reshape(size, -1)).reshape(resamples, -1, 3)
    return sums


def _estimate(measure: Measure, keys: Sequence[str], total: Array, drawn: Array | None) -> Estimate:
    columns = _columns(measure, keys)
    own = total[keys.index(measure.key)] if measure.key in keys else np.zeros(3)
    low, high = (None, None) if drawn is None else _interval(_value(measure, drawn[:, columns]))
    return Estimate(
        measure=measure,
        value=_known(_value(measure, total[columns])),
        low=low,
        high=high,
        count=Count(*(int(n) for n in own)),
    )


def _columns(measure: Measure, keys: Sequence[str]) -> list[int]:
    if measure.kind == "macro F1":
        return [n for n, key in enumerate(keys) if key.startswith(measure.key + "/")]
    return [n for n, key in enumerate(keys) if key == measure.key]


def _value(measure: Measure, counts: Array) -> Array:
    """The measure of counts (..., labels, 3): F1 each, averaged over the labels that the gold holds."""
    sides = counts[..., 1] + counts[..., 2]
    counted = counts[..., 2] > 0 if measure.kind == "macro F1" else sides > 0
    f1 = np.divide(2 * counts[..., 0], sides, out=np.zeros_like(sides), where=sides > 0)
    labels = counted.sum(axis=-1)
    mean = np.divide((f1 * counted).sum(axis=-1), labels, out=np.full(labels.shape, np.nan), where=labels > 0)
    return np.asarray(mean, dtype=np.float64)


def _interval(values: Array) -> tuple[float | None, float | None]:
    known = values[~np.isnan(values)]
    if not known.size:
        return None, None
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)


def _known(value: Array) -> float | None:
    return None if np.isnan(value) else float(value)
