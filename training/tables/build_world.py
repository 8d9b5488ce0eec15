"""Build `desk/static/world.svg`, the map of the desk, from Natural Earth as the npm package world-atlas ships it.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python training/tables/build_world.py package/countries-50m.json

Natural Earth is in the public domain; world-atlas is under the ISC licence. Arcs are drawn in Miller's projection and
thinned (Douglas and Peucker) to what is seen when a few degrees fill the picture. Fill and line are a grey that shows
on light and dark, since the file is used as a picture and does not know the page's colours.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tensionwire.desk.drawing.world import HEIGHT, WIDTH, project

OUT = Path(__file__).parents[2] / "src/tensionwire/desk/static/world.svg"
SCALE = 10  # coordinates are whole tenths of the map's units
TOLERANCE = 3.0  # in those tenths

# Lines are thinner where less of the world fills the picture: the address then ends in #region or #near.
STYLE = "path{stroke-width:14}#region:target path{stroke-width:6}#near:target path{stroke-width:2.5}"

Point = tuple[float, float]


def arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Every arc, projected, in tenths, thinned."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            px, py = project(y * ky + ty, x * kx + tx)
            points.append(beside((px * SCALE, py * SCALE), points[-1] if points else None))
        found.append(thinned(points))
    return found


def beside(point: Point, other: Point | None) -> Point:
    """The point where it is nearest to another, once around the world or not: no line runs across the whole map."""
    if other is None:
        return point
    return point[0] - round((point[0] - other[0]) / (WIDTH * SCALE)) * WIDTH * SCALE, point[1]


def thinned(points: list[Point]) -> list[Point]:
    """The points without those that lie within the tolerance of the line between others."""
    keep = {0, len(points) - 1}
    stretches = [(0, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        far, at = max(
            ((off(points[n], points[first], points[last]), n) for n in range(first + 1, last)), default=(0.0, 0)
        )
        if far > TOLERANCE:
            keep.add(at)
            stretches += [(first, at), (at, last)]
    return [points[n] for n in sorted(keep)]


def off(point: Point, a: Point, b: Point) -> float:
    """Distance of a point from a line, or from its ends where they are one."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = (dx * dx + dy * dy) ** 0.5
    if not length:
        return ((point[0] - a[0]) ** 2 + (point[1] - a[1]) ** 2) ** 0.5
    return abs(dx * (a[1] - point[1]) - (a[0] - point[0]) * dy) / length


def rings(topology: dict[str, Any], drawn: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """The outlines of all states, Antarctica left out."""
    for one in topology["objects"]["countries"]["geometries"]:
        if one.get("id") == "010" or not one.get("arcs"):
            continue
        parts = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
        for ring in (ring for part in parts for ring in part):
            points: list[Point] = []
            for number in ring:
                arc = drawn[number] if number >= 0 else drawn[~number][::-1]
                for point in arc[1:] if points else arc:
                    points.append(beside(point, points[-1] if points else None))
            for turn in (-1, 0, 1):  # what reaches over an edge is seen at the other one too
                moved = [(x + turn * WIDTH * SCALE, y) for x, y in points]
                if max(x for x, _ in moved) > 0 and min(x for x, _ in moved) < WIDTH * SCALE:
                    yield moved


def path(points: Sequence[Point]) -> str:
    """A closed ring in relative whole steps; nothing where it is too small to be seen."""
    whole = [(round(x), round(y)) for x, y in points]
    if len(set(whole)) < 3:
        return ""
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in zip(whole, whole[1:], strict=False) if a != b]
    return f"M{whole[0][0]} {whole[0][1]}l{' '.join(steps).replace(' -', '-')}z"


def main() -> None:
    """Write the map."""
    topology = json.loads(Path(sys.argv[1]).read_text())
    drawn = arcs(topology)
    land = "".join(path(ring) for ring in rings(topology, drawn))
    OUT.write_text(
        "<!-- Natural Earth 1:50m, public domain, by way of world-atlas 2.0.2 (ISC): see build_world.py -->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * SCALE} {HEIGHT * SCALE}" '
        f'width="{WIDTH}" height="{HEIGHT}"><style>{STYLE}</style><g id="region"><g id="near">'
        f'<path fill="#868b93" fill-opacity=".28" stroke="#868b93" stroke-opacity=".75" stroke-linejoin="round" '
        f'd="{land}"/></g></g></svg>\n'
    )
    print(OUT, OUT.stat().st_size)


if __name__ == "__main__":
    main()
