"""Who told of an incident when: a square a report, filled for a new origin, hollow for a copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tensionwire.desk.drawing.axis import Days
from tensionwire.exchange.markup import Markup, el
from tensionwire.records import Telling

WIDTH: Final = 640
_SIDE: Final = 9.0
_TALLEST: Final = 12  # squares over one another; more are told as a number


def timeline(told: Iterable[Telling]) -> Markup | None:
    """The reports by day of publication; None where no day is known."""
    columns = _columns(told)
    if not columns:
        return None
    tall = min(_TALLEST, max(len(column) for column in columns.values()))
    bottom = 16.0 + tall * (_SIDE + 2)
    days = Days.of(list(columns), 20, WIDTH - 20)
    squares = [mark for day, column in columns.items() for mark in _column(days.x(day), bottom, column)]
    count = sum(map(len, columns.values()))
    name = f"{count} reports, {min(columns)} to {max(columns)}"
    return el(
        "svg", el("title", name), *days.drawn(10, bottom), *squares, viewBox=f"0 0 {WIDTH} {bottom + 20:g}", role="img",
        aria_label=name, class_="timeline",
    )  # fmt: skip


def _columns(told: Iterable[Telling]) -> dict[str, list[bool]]:
    """For each day its reports: whether each brought a new origin."""
    seen: set[str] = set()
    reports: set[str] = set()
    columns: dict[str, list[bool]] = {}
    for one in sorted((one for one in told if one.published), key=lambda one: one.published or ""):
        if one.report in reports:
            continue
        reports.add(one.report)
        origin = one.origin or one.report
        columns.setdefault((one.published or "")[:10], []).append(origin not in seen)
        seen.add(origin)
    return columns


def _column(x: float, bottom: float, column: list[bool]) -> Iterator[Markup]:
    for n, fresh in enumerate(column[:_TALLEST]):
        y = bottom - (n + 1) * (_SIDE + 2)
        yield el(
            "rect", x=f"{x - _SIDE / 2:.1f}", y=f"{y:.1f}", width=f"{_SIDE:g}", height=f"{_SIDE:g}",
            class_="fresh" if fresh else "copy",
        )  # fmt: skip
    if len(column) > _TALLEST:
        yield el("text", f"+{len(column) - _TALLEST}", x=f"{x:.1f}", y="9", text_anchor="middle")
