"""Decay: a smoother line for the picture. Nothing is computed from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence


def decayed(dates: Sequence[str], levels: Sequence[float], half_life: float) -> tuple[float, ...]:
    """Each level together with those before it, which count half as much after every `half_life` days.

    A weighted mean over the points there are: days without one neither raise nor lower it.

    >>> decayed(["2017-04-04", "2017-04-11"], [0.0, 3.0], 7)
    (0.0, 2.0)
    """
    total = weight = 0.0
    before: dt.date | None = None
    smooth = []
    for date, level in zip(dates, levels, strict=True):
        day = dt.date.fromisoformat(date)
        fading = 0.5 ** ((day - before).days / half_life) if before else 0.0
        total, weight, before = total * fading + level, weight * fading + 1.0, day
        smooth.append(total / weight)
    return tuple(smooth)
