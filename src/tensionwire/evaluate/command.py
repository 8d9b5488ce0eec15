"""What `tensionwire evaluate` does: coders held against benchmark sets, and the table printed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tensionwire.evaluate import compare
from tensionwire.evaluate.benchmark import Subject
from tensionwire.evaluate.run import Outcome, standing
from tensionwire.evaluate.run import evaluate as outcomes_of
from tensionwire.evaluate.subject import shipped
from tensionwire.evaluate.table import plain, table

# Columns of the table where no terminal tells how wide it is.
PIPED = 100

_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)


def evaluate(
    gold_dir: Path,
    split: str = "dev",
    predictions: Path | None = None,
    json_file: Path | None = None,
    bootstrap: int = 1000,
    coders: Mapping[str, Callable[[], Subject]] | None = None,
) -> None:
    """Code the sets of a folder and show the main measures; `json_file` "-" prints all as JSON instead.

    `coders` are loaded one after the other (default: the shipped one). With several, each writes its predictions
    into a folder of its own. Raises `UsageError` where the folder holds no set, `InputError` for a line that is
    no row.
    """
    tested = coders or {"shipped": shipped}
    standing(gold_dir, split)
    folders = _folders(predictions, tested)
    with Console(stderr=True).status("loading the coder") as status:
        by = {
            name: list(
                outcomes_of(
                    gold_dir,
                    load,
                    split=split,
                    predictions=folders[name],
                    resamples=bootstrap,
                    before=lambda b, name=name: status.update(f"{name}: coding {b.name}: {b.title}"),  # type: ignore[misc]
                )
            )
            for name, load in tested.items()
        }
    _show(*_told(by, bootstrap), json_file, split)


def _folders(predictions: Path | None, coders: Iterable[str]) -> dict[str, Path | None]:
    """Where each coder writes what it predicts."""
    names = list(coders)
    if predictions is None or len(names) == 1:
        return dict.fromkeys(names, predictions)
    plain = [_UNSAFE.sub("-", name).strip("-.") for name in names]
    return {
        name: predictions / (part if plain.count(part) == 1 else f"{part}-{n}")
        for n, (name, part) in enumerate(zip(names, plain, strict=True), 1)
    }


def _told(by: Mapping[str, Sequence[Outcome]], bootstrap: int) -> tuple[Table, dict[str, Any]]:
    """The table and the figures, of one coder or of several side by side."""
    if len(by) == 1:
        (outcomes,) = by.values()
        return table(outcomes), {"sets": plain(outcomes)}
    sets = compare.compared(by, resamples=bootstrap)
    return compare.table(sets), {"coders": list(by), "sets": compare.plain(sets)}


def _show(grid: Table, figures: Mapping[str, Any], json_file: Path | None, split: str) -> None:
    text = json.dumps({"split": split, **figures}, indent=1, ensure_ascii=False) + "\n"
    console = Console(width=None if sys.stdout.isatty() else PIPED)
    if str(json_file) == "-":
        console.out(text, end="", highlight=False)
        return
    console.print(grid)
    if json_file:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(text, encoding="utf-8")
