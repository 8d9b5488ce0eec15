"""Change points: days at which a relation turns, sought on the undecayed daily series.

Two windows are compared, the days before and the days after, for every day and several lengths. The strength of a turn
is the signed root of a quasi-Poisson deviance: how much better two rates explain the acts than one, divided by how
unevenly this pair's acts fall anyway. Conflict decides; cooperation, whose visits and summits come in bursts, is heard
where its evidence is several times greater. A turn must be stronger than those that the same days, shuffled, make.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from tensionwire.measure.data_rows import rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Days = NDArray[np.int64]

_TINY: Final = 1e-9
_AT_LEAST: Final = 3
_SEED: Final = 2017


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A turn. `date` is the first day of the new level; `direction` "rises" or "falls" is that of the tension.

    `confidence` is the share of quiet pairs in whose series nothing as strong is found (see `data/confidence.tsv`).
    """

    date: str
    direction: str
    confidence: float
    strength: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How changes are sought; each value's meaning and source stands in `data/weights.tsv`."""

    rest: float
    prior: float
    block: int
    apart: int
    least: float
    shuffles: int
    usual: float
    shortest: int
    sparing: int
    nearest: int
    windows: tuple[tuple[int, int], ...]


@cache
def settings() -> Settings:
    """The shipped settings, read once.

    >>> settings().windows[0]
    (84, 14)
    """
    table = [row for row in rows("weights.tsv") if row[0] in ("change", "window")]
    values = {name: float(value) for kind, name, value, _ in table if kind == "change"}
    whole = ("block", "apart", "shuffles", "shortest", "sparing", "nearest")
    return Settings(
        rest=values["rest"],
        prior=values["prior"],
        least=values["least"],
        usual=values["usual"],
        windows=tuple((int(before), int(after)) for kind, before, after, _ in table if kind == "window"),
        **{name: int(values[name]) for name in whole},
    )


def changes(
    first: str,
    conflict: Sequence[float],
    cooperation: Sequence[float],
    coverage: Sequence[float],
    how: Settings | None = None,
) -> tuple[Change, ...]:
    """The changes of a daily series that begins on an ISO day, in order of date.

    `conflict` and `cooperation` are the two positive sums of each day, `coverage` the origins; all of one length.
    """
    import numpy as np

    how = how or settings()
    worse, better, press = (np.asarray(values, dtype=float) for values in (conflict, cooperation, coverage))
    if int(((worse > 0) | (better > 0)).sum()) < how.shortest:
        return ()
    found = _turns(_Ends.of(worse, better, press, how), how)
    most = max(_AT_LEAST, len(conflict) // how.sparing)
    found = sorted(found, key=lambda turn: -abs(turn[1]))[:most]
    start = dt.date.fromisoformat(first)
    return tuple(_change(start + dt.timedelta(days=at), size) for at, size in sorted(found))


def _change(day: dt.date, size: float) -> Change:
    return Change(
        date=day.isoformat(),
        direction="rises" if size > 0 else "falls",
        confidence=confidence(abs(size)),
        strength=round(abs(size), 3),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    """Running sums of both channels and of exposure, one longer than the series, and the channels' dispersions."""

    conflict: Floats
    cooperation: Floats
    exposure: Floats
    uneven: tuple[Floats, Floats]

    @classmethod
    def of(cls, conflict: Floats, cooperation: Floats, coverage: Floats, how: Settings) -> _Ends:
        exposure = _week_mean(coverage)
        worse, better = (_running(v) for v in _even(conflict * exposure, cooperation * exposure))
        times = _running(exposure / exposure.mean())
        uneven = (_dispersion(worse, times, how), _dispersion(better, times, how))
        return cls(conflict=worse, cooperation=better, exposure=times, uneven=uneven)

    def strengths(self, first: int, last: int, how: Settings) -> Floats:
        """The strength of each day of `[first, last)`, the strongest over all windows, which do not reach outside."""
        import numpy as np

        strongest = np.zeros(last - first)
        at = np.arange(first + how.nearest, last - how.nearest + 1)
        if len(at):
            strongest[at - first] = self._strongest(at, first, last, how)
        return strongest

    def _strongest(self, at: Days, first: int, last: int, how: Settings) -> Floats:
        import numpy as np

        strongest = np.zeros((*self.conflict.shape[:-1], len(at)))
        for before, after in how.windows:
            start, end = np.maximum(at - before, first), np.minimum(at + after, last)
            worse = _deviance(self.conflict, self.exposure, start, at, end) / self.uneven[0]
            better = _deviance(self.cooperation, self.exposure, start, at, end) / self.uneven[1]
            told = np.where(np.abs(worse) >= how.rest * np.abs(better), worse, -how.rest * better)
            strength = np.sign(told) * np.sqrt(np.abs(told))
            strongest = np.where(np.abs(strength) > np.abs(strongest), strength, strongest)
        return strongest

    def chance(self, how: Settings) -> float:
        """How strong a turn comes about when the same days stand in any order: its `usual` quantile over `shuffles`.

        Long series are looked at every few days only, which is enough for windows of weeks.
        """
        import numpy as np

        days = len(self.exposure) - 1
        if days <= 2 * how.nearest:
            return np.inf
        rng = np.random.default_rng(_SEED)
        orders = np.array([rng.permutation(days) for _ in range(how.shuffles)])
        worse = _running(np.diff(self.conflict)[orders])
        better = _running(np.diff(self.cooperation)[orders])
        shuffled = _Ends(conflict=worse, cooperation=better, exposure=self.exposure, uneven=self.uneven)
        at = np.arange(how.nearest, days - how.nearest + 1, 1 + days // 1000)
        return float(np.quantile(np.abs(shuffled._strongest(at, 0, days, how)).max(axis=1), how.usual))


def _turns(ends: _Ends, how: Settings) -> list[tuple[int, float]]:
    """Days and signed strengths of all turns: the strongest first, then within what lies before and after it.

    No window reaches over a turn that was found, so that one turn is not seen again from afar.
    """
    found: list[tuple[int, float]] = []
    stretches = [(0, len(ends.exposure) - 1)]
    least = max(how.least, ends.chance(how) if how.shuffles else 0.0)
    while stretches:
        first, last = stretches.pop()
        strongest = ends.strengths(first, last, how)
        for at, size in found:
            near = slice(max(0, at - how.apart - first), max(0, at + how.apart + 1 - first))
            strongest[near] = _other_way(strongest[near], size)
        at = int(abs(strongest).argmax()) if len(strongest) else 0
        if len(strongest) and abs(strongest[at]) >= least:
            found.append((first + at, float(strongest[at])))
            stretches += [(first, first + at), (first + at, last)]
    return found


def _other_way(near: Floats, size: float) -> Floats:
    """Nothing of the direction of a turn that is near by."""
    import numpy as np

    return np.minimum(near, 0.0) if size > 0 else np.maximum(near, 0.0)


def _running(values: Floats) -> Floats:
    import numpy as np

    return np.concatenate((np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)), axis=-1)


def _week_mean(coverage: Floats) -> Floats:
    """Coverage evened over a week: Sundays are thin, and a day's news comes out on the next."""
    import numpy as np

    if len(coverage) < 7:
        return np.full(len(coverage), max(float(coverage.mean()), _TINY))
    week = np.ones(7)
    evened = np.convolve(coverage, week, "same") / np.convolve(np.ones(len(coverage)), week, "same")
    return np.maximum(evened, _TINY)


def _even(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Roots, so that many acts on one day are not many days; in units of an active day, so that scale cancels."""
    import numpy as np

    roots = np.sqrt(one), np.sqrt(other)
    active = np.concatenate([values[values > 0] for values in roots])
    return roots[0] / active.mean(), roots[1] / active.mean()


def _dispersion(ends: Floats, exposure: Floats, how: Settings) -> Floats:
    """Variance over mean of the acts of a week, from the differences of weeks that follow one another.

    A level that lasts adds nothing to it; bursts of a week do. Drawn towards 1 (a Poisson process) where there is
    little. One value for each row of running sums, shaped to divide their deviances.
    """
    import numpy as np

    width = how.block
    if ends.shape[-1] <= 2 * width:
        return np.ones((*ends.shape[:-1], 1))
    sums, times = ends[..., width:] - ends[..., :-width], exposure[width:] - exposure[:-width]
    first, second, one, other = sums[..., :-width], sums[..., width:], times[:-width], times[width:]
    mean = (one + other) / 2
    apart = (first * mean / np.maximum(one, _TINY) - second * mean / np.maximum(other, _TINY)) ** 2
    total = (first + second).sum(axis=-1, keepdims=True)
    result: Floats = (apart.sum(axis=-1, keepdims=True) / width + how.prior) / (total / width + how.prior)
    return result


def _deviance(ends: Floats, exposure: Floats, start: Days, at: Days, end: Days) -> Floats:
    """Twice the gain in Poisson log likelihood of two rates over one, signed by the direction of the change."""
    import numpy as np

    middle = ends[..., at]
    first, second = middle - ends[..., start], ends[..., end] - middle
    one, other = exposure[at] - exposure[start], exposure[end] - exposure[at]
    rate = np.maximum((first + second) / np.maximum(one + other, _TINY), _TINY)
    gain = _log_ratio(first, rate * one) + _log_ratio(second, rate * other)
    return np.sign(second * one - first * other) * 2.0 * np.maximum(gain, 0.0)


def _log_ratio(seen: Floats, expected: Floats) -> Floats:
    import numpy as np

    return np.where(seen > _TINY, seen * np.log(np.maximum(seen, _TINY) / np.maximum(expected, _TINY)), 0.0)


def confidence(strength: float) -> float:
    """The share of quiet pairs without anything as strong, between the steps of `data/confidence.tsv`.

    >>> confidence(1.0) < confidence(2.6) < confidence(9.0) <= 1.0
    True
    """
    steps, shares = _steps()
    at = bisect_right(steps, strength)
    if at == 0:
        return shares[0]
    if at == len(steps):
        return shares[-1]
    part = (strength - steps[at - 1]) / (steps[at] - steps[at - 1])
    return round(shares[at - 1] + part * (shares[at] - shares[at - 1]), 3)


@cache
def _steps() -> tuple[list[float], list[float]]:
    table = rows("confidence.tsv")
    return [float(row[0]) for row in table], [float(row[1]) for row in table]
