"""Counts of one thing over time: a bar from low to high for each reading, an arrow where a side is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tensionwire.desk.drawing.axis import Days
from tensionwire.exchange.markup import Markup, el
from tensionwire.link.figures import History, Reading

WIDTH: Final = 640
HEIGHT: Final = 150
_LEFT, _TOP, _BOTTOM = 52.0, 12.0, 126.0


def counts(history: History) -> Markup | None:
    """The picture; None where there is no day or no number, or only one reading."""
    readings = [one for one in history.readings if one.as_of and (one.low is not None or one.high is not None)]
    if len(readings) < 2:
        return None
    most = max(_bounds(one)[1] for one in readings) or 1.0
    days = Days.of([one.as_of or "" for one in readings], _LEFT, WIDTH - 16)
    name = f"{history.what or 'count'}: {len(readings)} readings from {readings[0].as_of} to {readings[-1].as_of}"
    drawn = [mark for one in readings for mark in _reading(one, days, most)]
    return el(
        "svg", el("title", name), *_grid(most), *days.drawn(_TOP, _BOTTOM), *drawn, viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img", aria_label=name,
    )  # fmt: skip


def _bounds(one: Reading) -> tuple[float, float]:
    """Low and high as drawn: an open side ends where the other one is."""
    low, high = one.low, one.high
    return float((high if low is None else low) or 0), float((low if high is None else high) or 0)


def _y(value: float, most: float) -> float:
    return _BOTTOM - value / most * (_BOTTOM - _TOP)


def _grid(most: float) -> Iterator[Markup]:
    for value in (0.0, most / 2, most):
        y = _y(value, most)
        yield el("line", x1=f"{_LEFT:g}", x2=str(WIDTH - 16), y1=f"{y:.1f}", y2=f"{y:.1f}", class_="grid")
        yield el("text", f"{value:,.4g}", x=f"{_LEFT - 6:g}", y=f"{y + 4:.1f}", text_anchor="end")


def _reading(one: Reading, days: Days, most: float) -> Iterator[Markup]:
    low, high = _bounds(one)
    x, top, bottom = days.x(one.as_of or ""), _y(high, most), _y(low, most)
    if one.high is None:
        top = max(_TOP - 6, top - 18)
        yield el("path", d=f"M{x - 4:.1f} {top + 5:.1f}L{x:.1f} {top:.1f}L{x + 4:.1f} {top + 5:.1f}", class_="level")
    is_open = one.high is None or one.low is None
    yield el(
        "line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=f"{top:.1f}", y2=f"{bottom:.1f}",
        class_="range open" if is_open else "range",
    )  # fmt: skip
    yield el("circle", cx=f"{x:.1f}", cy=f"{_y(low, most):.1f}", r="3.5", class_="dot")
    if high != low:
        yield el("circle", cx=f"{x:.1f}", cy=f"{_y(high, most):.1f}", r="3.5", class_="dot")
