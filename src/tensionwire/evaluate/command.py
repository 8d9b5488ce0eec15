"""What `tensionwire evaluate` does: the coder held against benchmark sets, and the table printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tensionwire.evaluate.run import Outcome
from tensionwire.evaluate.run import evaluate as outcomes_of
from tensionwire.evaluate.subject import shipped
from tensionwire.evaluate.table import plain, table

# Columns of the table where no terminal tells how wide it is.
PIPED = 100


def evaluate(
    gold_dir: Path,
    split: str = "dev",
    predictions: Path | None = None,
    json_file: Path | None = None,
    bootstrap: int = 1000,
) -> None:
    """Code the sets of a folder and show the main measures; `json_file` "-" prints all as JSON instead.

    Raises `UsageError` where the folder holds no set, `InputError` for a line that is no row.
    """
    with Console(stderr=True).status("loading the coder") as status:
        outcomes = list(
            outcomes_of(
                gold_dir,
                shipped,
                split=split,
                predictions=predictions,
                resamples=bootstrap,
                before=lambda benchmark: status.update(f"coding {benchmark.name}: {benchmark.title}"),
            )
        )
    _show(outcomes, json_file, split)


def _show(outcomes: Sequence[Outcome], json_file: Path | None, split: str) -> None:
    figures = {"split": split, "sets": plain(outcomes)}
    text = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
    console = Console(width=None if sys.stdout.isatty() else PIPED)
    if str(json_file) == "-":
        console.out(text, end="", highlight=False)
        return
    console.print(table(outcomes))
    if json_file:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(text, encoding="utf-8")
