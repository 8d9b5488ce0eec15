"""How far a level may be off: incidents drawn anew, the coder's error, and each outlet left out in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tensionwire.measure.contributions import Contribution
from tensionwire.measure.weights import Error, Weights, coder_error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SEED: Final = 2017
_AT_ONCE: Final = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Bounds by date, and what is in them: `coder_error`, and so many `outlets` left out in turn (0: none)."""

    bounds: Mapping[str, tuple[float, float]]
    coder_error: bool
    outlets: int

    @property
    def told(self) -> str:
        """What the band holds, in words."""
        has = ["incidents drawn anew (95%)"]
        lacks: list[str] = []
        (has if self.coder_error else lacks).append("the coder's measured error")
        if self.outlets:
            has.append(f"each of {self.outlets} outlets left out in turn")
        else:
            lacks.append("outlets left out in turn")
        return "band: " + ", ".join(has) + (f"; it holds none of: {', '.join(lacks)}" if lacks else "")


def band(parts: Sequence[Contribution], weights: Weights, *, coded: bool) -> Band:
    """The band of a series from its contributions, which stand in order of date.

    Block bootstrap: an incident is the block, drawn a Poisson(1) number of times with all of its tellings on all of
    its days. With `coded`, each telling that our coder found stays with the precision of its quad class and then
    stands for one over the recall, so that what is wrong and what was missed are both in the spread. The level itself
    is always within.
    """
    coded = coded and any(part.telling.coded for part in parts)
    outlets = _outlets(parts, weights.outlets) if coded else []
    if not parts:
        return Band(bounds={}, coder_error=coded, outlets=len(outlets))
    dates, starts = _blocks(parts)
    low, high = _drawn(parts, starts, weights.draws, coded=coded)
    for outlet in outlets:
        import numpy as np

        left = _without(parts, starts, outlet)
        low, high = np.minimum(low, left), np.maximum(high, left)
    bounds = {date: (float(a), float(b)) for date, a, b in zip(dates, low, high, strict=True)}
    return Band(bounds=bounds, coder_error=coded, outlets=len(outlets))


def _blocks(parts: Sequence[Contribution]) -> tuple[list[str], list[int]]:
    """The dates, and where the parts of each begin."""
    starts = [at for at, part in enumerate(parts) if at == 0 or part.date != parts[at - 1].date]
    return [parts[at].date for at in starts], starts


def _drawn(parts: Sequence[Contribution], starts: Sequence[int], draws: int, *, coded: bool) -> tuple[Floats, Floats]:
    import numpy as np

    rng = np.random.default_rng(SEED)
    values = np.array([part.value for part in parts])
    numbers: dict[str, int] = {}
    block = np.array([numbers.setdefault(part.incident, len(numbers)) for part in parts])
    right, worth = _errors(parts) if coded else (None, values)
    sums = np.empty((draws, len(starts)))
    step = max(1, _AT_ONCE // len(parts))
    for at in range(0, draws, step):
        count = min(step, draws - at)
        drawn = rng.poisson(1.0, (count, len(numbers)))[:, block] * (values if right is None else values * worth)
        if right is not None:
            drawn *= rng.random((count, len(parts))) < right
        sums[at : at + count] = np.add.reduceat(drawn, starts, axis=1)
    low, high = np.percentile(sums, (2.5, 97.5), axis=0)
    level = np.add.reduceat(values, starts)
    return np.minimum(low, level), np.maximum(high, level)


def _errors(parts: Sequence[Contribution]) -> tuple[Floats, Floats]:
    """For each part, how likely it is right, and what it stands for when it is."""
    import numpy as np

    sure = Error(precision=1.0, recall=1.0)
    errors = [coder_error()[part.telling.quad] if part.telling.coded else sure for part in parts]
    return np.array([e.precision for e in errors]), np.array([1.0 / e.recall for e in errors])


def _outlets(parts: Sequence[Contribution], most: int) -> list[str]:
    """Outlets to leave out, those with most tellings first; none where only one is known."""
    counts = Counter(part.telling.outlet for part in parts if part.telling.outlet)
    return [outlet for outlet, _ in counts.most_common(most)] if len(counts) > 1 else []


def _without(parts: Sequence[Contribution], starts: Sequence[int], outlet: str) -> Floats:
    """Levels without one outlet; the others stand for it, by its share in what the pair has over all days.

    The outlet's part of the whole press is taken to be its part of this pair's, so that leaving out a large outlet
    does not by itself lower every day.
    """
    import numpy as np

    values = np.array([part.value for part in parts])
    others = np.array([part.telling.outlet != outlet for part in parts])
    return np.add.reduceat(values * others, starts) * (len(parts) / max(1, int(others.sum())))
