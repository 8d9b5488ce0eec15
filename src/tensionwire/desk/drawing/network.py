"""The ties of one actor: those with a plus to the right, those with a minus to the left, the actor between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tensionwire.desk.shown import step
from tensionwire.exchange.markup import Markup, el

WIDTH: Final = 640
_ROW: Final = 44.0
MOST: Final = 9  # on each side


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A tie to somebody: `sign` is "+" or "-", `reports` how many say so."""

    other: str
    code: str
    sign: str
    reports: int


def network(centre: str, ties: Sequence[Tie]) -> Markup | None:
    """The picture; None without ties. Each node is a link to its actor."""
    sides = {sign: [tie for tie in ties if tie.sign == sign][:MOST] for sign in "+-"}
    tall = max(len(some) for some in sides.values()) if ties else 0
    if not tall:
        return None
    height = max(120.0, tall * _ROW + 24)
    middle = (WIDTH / 2, height / 2)
    drawn = [
        mark for sign, some in sides.items() for n, tie in enumerate(some)
        for mark in _tie(tie, middle, _place(sign, n, len(some), height))
    ]  # fmt: skip
    name = f"Ties of {centre}: {len(sides['+'])} friendly, {len(sides['-'])} hostile"
    box = f"0 0 {WIDTH} {height:g}"
    return el("svg", *drawn, *_node(centre, middle), viewBox=box, role="group", aria_label=name, class_="net")


def _place(sign: str, n: int, count: int, height: float) -> tuple[float, float]:
    y = height / 2 + (n - (count - 1) / 2) * _ROW
    bend = 40 * math.cos((y - height / 2) / height * math.pi)
    return (WIDTH - 130 + bend if sign == "+" else 130 - bend, y)


def _tie(tie: Tie, start: tuple[float, float], end: tuple[float, float]) -> list[Markup]:
    plus = tie.sign == "+"
    line = el(
        "line", x1=f"{start[0]:.1f}", y1=f"{start[1]:.1f}", x2=f"{end[0]:.1f}", y2=f"{end[1]:.1f}",
        class_="tie" if plus else "tie minus",
    )  # fmt: skip
    x, y = ((one + 2 * other) / 3 for one, other in zip(start, end, strict=True))
    sign = el("text", "+" if plus else "−", x=f"{x:.1f}", y=f"{y - 4:.1f}", class_="sign")
    said = f"{tie.other}: {'friendly' if plus else 'hostile'} tie, {tie.reports} reports"
    return [line, sign, el("a", *_node(tie.other, end), href=f"/actor/{step(tie.code)}", aria_label=said)]


def _node(name: str, at: tuple[float, float]) -> list[Markup]:
    short = name if len(name) <= 20 else name[:19] + "…"
    width = 16 + 6.4 * len(short)
    left, top = f"{at[0] - width / 2:.1f}", f"{at[1] - 13:.1f}"
    box = el("rect", x=left, y=top, width=f"{width:.1f}", height="26", rx="13", class_="who")
    return [box, el("text", short, x=f"{at[0]:.1f}", y=f"{at[1] + 4:.1f}")]
