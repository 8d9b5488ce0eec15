"""A small line of levels, the last week marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tensionwire.exchange.markup import Markup, el

WIDTH: Final = 120
HEIGHT: Final = 28
_EDGE: Final = 2.0


def spark(levels: Sequence[float], name: str, *, marked: int = 7) -> Markup:
    """The levels of days that follow one another; `name` says in words what is seen."""
    low, high = min((0.0, *levels)), max((0.0, *levels))
    reach = (high - low) or 1.0
    step = (WIDTH - 2 * _EDGE) / max(1, len(levels) - 1)

    def y(level: float) -> float:
        return _EDGE + (high - level) / reach * (HEIGHT - 2 * _EDGE)

    path = "".join(f"{'L' if n else 'M'}{_EDGE + n * step:.1f} {y(level):.1f}" for n, level in enumerate(levels))
    start = _EDGE + max(0, len(levels) - marked) * step
    zero = f"{y(0.0):.1f}"
    drawn = [
        el("title", name),
        el("rect", x=f"{start:.1f}", y="0", width=f"{WIDTH - start:.1f}", height=str(HEIGHT), class_="week"),
        el("line", x1="0", x2=str(WIDTH), y1=zero, y2=zero, class_="zero"), el("path", d=path, class_="level"),
    ]  # fmt: skip
    size = {"width": str(WIDTH), "height": str(HEIGHT), "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    return el("svg", *drawn, role="img", aria_label=name, class_="spark", **size)
