"""Places on a map: the world, or the part of it that holds them. The land is one vendored picture; no tiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tensionwire.exchange.markup import Markup, el

WIDTH: Final = 3600
HEIGHT: Final = 1850  # from 84 degrees north to about 61 south
_NORTH: Final = 84.0
_LEAST: Final = 220.0  # units across, at least: 22 degrees
_MARGIN: Final = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Something at a place. `weight` makes it larger; `to` is where its link leads, `told` what it says."""

    lat: float
    lon: float
    quad: int
    weight: int
    told: str
    to: str | None = None


def project(lat: float, lon: float) -> tuple[float, float]:
    """Miller's cylindrical projection, in units of a tenth of a degree at the equator, from the top left.

    >>> [round(one) for one in project(0, 0)]
    [1800, 1147]
    """
    return (lon + 180) * 10, (_miller(_NORTH) - _miller(max(-85.0, min(85.0, lat)))) * 10


def _miller(lat: float) -> float:
    return math.degrees(1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(lat))))


def world_map(spots: Sequence[Spot], land: str, name: str, *, ratio: float = 0.55) -> Markup:
    """The spots on the land, whose picture is at the address `land`; height over width is `ratio`."""
    x, y, width, height = _frame([project(spot.lat, spot.lon) for spot in spots], ratio)
    drawn = [_spot(spot, width) for spot in sorted(spots, key=lambda spot: -spot.weight)]
    size = {"width": str(WIDTH), "height": str(HEIGHT)}
    ground = el("image", href=land + _closeness(width), x="0", y="0", aria_hidden="true", **size)
    box = f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}"
    return el("svg", ground, *drawn, viewBox=box, role="group", aria_label=name)


def _closeness(width: float) -> str:
    """How the lines of the land are to be drawn, as the picture names it."""
    return "#near" if width < 500 else "#region" if width < 1500 else ""


def _frame(points: Sequence[tuple[float, float]], ratio: float) -> tuple[float, float, float, float]:
    """The part of the map to show, as x, y, width and height."""
    if not points:
        return 0, 20, WIDTH, WIDTH / 2
    left, right = min(x for x, _ in points) - _MARGIN, max(x for x, _ in points) + _MARGIN
    top, bottom = min(y for _, y in points) - _MARGIN, max(y for _, y in points) + _MARGIN
    width = min(float(WIDTH), max(_LEAST, right - left, (bottom - top) / ratio))
    height = width * ratio
    x = min(max(0.0, (left + right - width) / 2), WIDTH - width)
    return x, max(0.0, (top + bottom - height) / 2), width, height


def _spot(spot: Spot, width: float) -> Markup:
    """Circles for cooperation, triangles for conflict; hollow for words."""
    x, y = project(spot.lat, spot.lon)
    size = width / 640 * (5 + 2.2 * math.sqrt(max(1, spot.weight)))
    words = " words" if spot.quad in (1, 3) else ""
    kind, line = f"spot q{spot.quad}{words}", f"{width / 640 * 1.6:.2f}"
    if spot.quad in (3, 4):
        corners = f"M{x:.1f} {y - size:.1f}l{size * 0.9:.1f} {size * 1.6:.1f}h{-size * 1.8:.1f}z"
        shape = el("path", d=corners, class_=kind, stroke_width=line)
    else:
        shape = el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{size:.1f}", class_=kind, stroke_width=line)
    inside = [el("title", spot.told), shape]
    return el("a", *inside, href=spot.to, aria_label=spot.told) if spot.to else el("g", *inside)
