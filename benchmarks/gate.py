"""The accuracy gate: no figure of `promised.tsv` may fall below its floor.

    python benchmarks/gate.py [--update]

Measures the sets that the file names on `../shared/gold` and exits with 1 where one fell. `--update` raises floors to
what was measured, less a hundredth for other processors; it never lowers one. Who has to lower a floor edits the file
and says why in its column: a floor below the highest so far without a reason fails as well.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FILE = Path(__file__).parent / "promised.tsv"
GOLD = Path(__file__).resolve().parents[2] / "shared/gold"
SLACK = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One row: a measure of a set, its target, its floor, and the highest floor that it has had."""

    set: str
    measure: str
    target: float
    floor: float
    highest: float
    why: str
    reference: str

    def fault(self, value: float | None) -> str | None:
        """What is wrong, None when nothing is."""
        if self.floor < self.highest and not self.why:
            return f"{self.set} {self.measure}: floor {self.floor} was {self.highest}, and no reason is given"
        if value is None or value < self.floor:
            return f"{self.set} {self.measure}: {value}, floor {self.floor}"
        return None

    def raised(self, value: float | None) -> Promise:
        """With the floor that a value earns."""
        earned = math.floor(((value or 0.0) - SLACK) * 1000) / 1000
        if earned <= self.floor:
            return self
        return replace(
            self, floor=earned, highest=max(earned, self.highest), why="" if earned >= self.highest else self.why
        )


def promises(path: Path = FILE) -> list[Promise]:
    """The rows of the file."""
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
    return [
        Promise(
            set=row["set"], measure=row["measure"], target=float(row["target"]), floor=float(row["floor"]),
            highest=float(row["highest"]), why=row["why"] or "", reference=row["reference"] or "",
        )
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]  # fmt: skip


def measured(gold: Path = GOLD) -> dict[tuple[str, str], float | None]:
    """Values of all measures of all sets, by set and measure."""
    from tensionwire.evaluate import evaluate
    from tensionwire.evaluate.subject import shipped

    return {(o.benchmark.name, e.measure.name): e.value for o in evaluate(gold, shipped) for e in o.estimates}


def faults(found: dict[tuple[str, str], float | None]) -> Iterator[str]:
    """What fell, a line each; sets that are not there are passed over."""
    there = {name for name, _ in found}
    for one in promises():
        fault = one.fault(found.get((one.set, one.measure))) if one.set in there else None
        if fault:
            yield fault


def update(found: dict[tuple[str, str], float | None]) -> None:
    """Write the floors that were earned."""
    head = [x for x in FILE.read_text(encoding="utf-8").splitlines() if x.startswith("#") or x.startswith("set\t")]
    rows = [one.raised(found.get((one.set, one.measure))) for one in promises()]
    lines = [f"{r.set}\t{r.measure}\t{r.target:.2f}\t{r.floor:g}\t{r.highest:g}\t{r.why}\t{r.reference}" for r in rows]
    FILE.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def main() -> int:
    """Measure; raise floors if asked; say what fell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    if not GOLD.is_dir():
        print(f"skipped: no {GOLD}, the benchmark sets do not come with the project")
        return 0
    found = measured()
    if options.update:
        update(found)
    fell = list(faults(found))
    print("\n".join(fell) or f"{len(promises())} measures at or above their floors")
    return bool(fell)


if __name__ == "__main__":
    sys.exit(main())
