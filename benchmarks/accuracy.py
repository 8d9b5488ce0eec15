"""Every figure of accuracy that the README and the model card give, in one command.

    python benchmarks/accuracy.py [--gold ../shared/gold] [--split dev] [--bootstrap 1000]

Writes `benchmarks/out/accuracy.md` and `accuracy.json`, with the predictions of each set beside them. What
needs `../shared` is skipped with a message where that folder is absent.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import case_zero
import read_pages
from gate import promises
from tensionwire.evaluate import Outcome, evaluate
from tensionwire.evaluate.subject import shipped
from tensionwire.evaluate.table import markdown, plain
from tensionwire.pipeline import Coder

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OUT = ROOT / "benchmarks" / "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A figure and its target."""

    name: str
    least: float
    value: float | None

    @property
    def line(self) -> str:
        """A row of the Markdown table."""
        value = "skipped" if self.value is None else f"{self.value:.3f}"
        met = "" if self.value is None else "yes" if self.value >= self.least else "no"
        return f"| {self.name} | {value} | {self.least:.2f} | {met} |"


CASE_ZERO = 0.75  # the target; those of the sets stand in promised.tsv


def say(text: str) -> None:
    """One line to the terminal, at once."""
    print(text, file=sys.stderr, flush=True)


def sets(gold: Path, split: str, draws: int) -> list[Outcome]:
    """All benchmark sets of the folder, none where it is absent."""
    if not gold.is_dir():
        say(f"skipped: no {gold}, the benchmark sets do not come with the project")
        return []
    found = evaluate(
        gold,
        shipped,
        split=split,
        predictions=OUT / "predictions" / split,
        resamples=draws,
        before=lambda benchmark: say(f"{benchmark.name}: {benchmark.title}"),
    )
    return list(found)


def tried(measure: Callable[[], Any], what: str) -> Any:
    """A measure's result, None with a message where its data are absent."""
    try:
        return measure()
    except FileNotFoundError as error:
        say(f"skipped {what}: {error}")
        return None


def pages() -> dict[str, float]:
    """How well saved pages are read, over those that have ground truth."""
    if not read_pages.PAGES.is_dir():
        say(f"skipped saved pages: no {read_pages.PAGES}")
        return {}
    rows = list(read_pages.measured())
    return {name: sum(float(row[name]) for row in rows) / len(rows) for name in read_pages.FLOORS}


def floors(outcomes: list[Outcome], case: case_zero.Score | None, reading: dict[str, float]) -> list[Floor]:
    """What is aimed at, against what was measured."""
    values = {(o.benchmark.name, e.measure.name): e.value for o in outcomes for e in o.estimates}
    total = case.points / case.of if case else None
    return [
        Floor(name="case zero, total", least=CASE_ZERO, value=total),
        *(Floor(name=f"saved pages, {n}", least=f, value=reading.get(n)) for n, f in read_pages.FLOORS.items()),
        *(
            Floor(name=f"{p.set}, {p.measure}", least=p.target, value=values.get((p.set, p.measure)))
            for p in promises()
        ),
    ]


def page(gold: Path, split: str, outcomes: list[Outcome], found: list[Floor], coder: str) -> str:
    """The whole of it in Markdown."""
    command = f"tensionwire evaluate {os.path.relpath(gold, ROOT)} --split {split}"
    promised = "\n".join(floor.line for floor in found)
    return (
        f"# Accuracy\n\n{coder}. Zero-shot but on `records`: see docs/explanation/benchmarks.md.\n\n"
        f"## Targets\n\n| measure | value | at least | met |\n| --- | ---: | ---: | --- |\n{promised}\n\n"
        f"`{case_zero.COMMAND}` and `score_case_zero.py`; `python benchmarks/read_pages.py`; the rest is of the "
        "table below.\n\n"
        f"## Benchmark sets\n\n`{command}`; rows of each set in brackets, intervals by document.\n\n"
        f"{markdown(outcomes)}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure accuracy on everything that is there.")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--bootstrap", type=int, default=1000)
    options = parser.parse_args()
    case = tried(case_zero.score, "case zero")
    outcomes = sets(options.gold, options.split, options.bootstrap)
    found = floors(outcomes, case, pages())
    name = Coder.load().name
    OUT.mkdir(parents=True, exist_ok=True)
    text = page(options.gold, options.split, outcomes, found, name)
    (OUT / "accuracy.md").write_text(text, encoding="utf-8")
    figures = {"coder": name, "promised": {f.name: f.value for f in found}, "sets": plain(outcomes)}
    (OUT / "accuracy.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
