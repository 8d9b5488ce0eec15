"""Other ways to find change points, on the same cases and quiet pairs as ours: why ours was taken.

pip install ruptures
python benchmarks/change_points.py
"""

from __future__ import annotations

import numpy as np

import crises
import pair_series as ps

SHORTEST = 3


def _level(conflict: ps.Floats, cooperation: ps.Floats) -> ps.Floats:
    """The level, its sizes as roots, in units of its own standard deviation."""
    level = conflict - cooperation
    roots = np.sign(level) * np.sqrt(np.abs(level))
    return roots / (roots.std() or 1.0)


def _turns(level: ps.Floats, at: list[int]) -> list[ps.Turn]:
    """Change points with direction and strength from the levels on both sides."""
    edges = [0, *at, len(level)]
    found = []
    for before, here, after in zip(edges, edges[1:], edges[2:], strict=False):
        step = level[here:after].mean() - level[before:here].mean()
        found.append((here, "rises" if step > 0 else "falls", abs(step) * np.sqrt(min(here - before, after - here))))
    return found


def pelt(penalty: float) -> ps.Method:
    """PELT (Killick and others 2012) with a squared cost on the level, from ruptures."""

    def found(conflict: ps.Floats, cooperation: ps.Floats, coverage: ps.Floats) -> list[ps.Turn]:
        import ruptures

        level = _level(conflict, cooperation)
        price = penalty * np.log(len(level)) * max(np.var(np.diff(level)) / 2, 1e-9)
        search = ruptures.KernelCPD(kernel="linear", min_size=SHORTEST).fit(level[:, None])
        return _turns(level, search.predict(pen=price)[:-1])

    return found


def kernel(penalty: float) -> ps.Method:
    """Kernel change points (Arlot and others 2019) on conflict and cooperation, from ruptures."""

    def found(conflict: ps.Floats, cooperation: ps.Floats, coverage: ps.Floats) -> list[ps.Turn]:
        import ruptures

        signal = np.column_stack([np.sqrt(conflict), np.sqrt(cooperation)])
        search = ruptures.KernelCPD(kernel="rbf", min_size=SHORTEST).fit(signal / (signal.std() or 1.0))
        return _turns(_level(conflict, cooperation), search.predict(pen=penalty)[:-1])

    return found


def moving(least: float) -> ps.Method:
    """Moving sums (Eichinger and Kirch 2018): t statistics of two fortnights side by side, peaks ten days apart."""

    def found(conflict: ps.Floats, cooperation: ps.Floats, coverage: ps.Floats) -> list[ps.Turn]:
        level, width = _level(conflict, cooperation), 14
        sums, squares = (np.concatenate(([0.0], np.cumsum(values))) for values in (level, level**2))
        at = np.arange(width, len(level) - width + 1)
        one, other = (sums[at] - sums[at - width]) / width, (sums[at + width] - sums[at]) / width
        spread = (squares[at + width] - squares[at - width]) / width - one**2 - other**2
        t = np.zeros(len(level) + 1)
        t[at] = (other - one) / np.sqrt((0.7 * np.maximum(spread, 0) + 0.6 * level.var()) / width + 1e-12)
        turns: list[ps.Turn] = []
        while len(at) and abs(t).max() >= least:
            day = int(abs(t).argmax())
            turns.append((day, "rises" if t[day] > 0 else "falls", float(abs(t[day]))))
            t[max(0, day - 10) : day + 11] = 0
        return turns

    return found


def main() -> None:
    quiet = ps.quiet(50)
    print("| method | dev | own | quiet pairs with a turn | turns a year |\n|---|---|---|---|---:|")
    print(f"| ours | {crises.scored(crises.method(), quiet)} |", flush=True)
    for name, way, values in (
        ("PELT, squared", pelt, (2, 4, 8)),
        ("kernel", kernel, (4, 8, 16)),
        ("moving sums", moving, (3, 4, 5)),
    ):
        for value in values:
            print(f"| {name}, {value} | {crises.scored(way(value), quiet)} |", flush=True)


if __name__ == "__main__":
    main()
