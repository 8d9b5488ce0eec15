"""`tensionwire evaluate`: the coder held against benchmark sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from tensionwire.errors import InputError, UsageError
from tensionwire.evaluate.run import Outcome
from tensionwire.evaluate.run import evaluate as outcomes_of
from tensionwire.evaluate.subject import shipped
from tensionwire.evaluate.table import plain, table


def evaluate(
    gold_dir: Annotated[
        Path, typer.Argument(help="Folder of benchmark sets, each a folder SET with a file SPLIT.jsonl.")
    ],
    split: Annotated[str, typer.Option(help="Which half of each set: the name of its file.")] = "dev",
    predictions: Annotated[
        Path | None, typer.Option(metavar="OUT_DIR", help="Write one file of predictions a set here.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write every measure here ('-': print it).")
    ] = None,
    bootstrap: Annotated[
        int, typer.Option(min=0, help="Draws for the 95% intervals over documents; 0 leaves them out.")
    ] = 1000,
) -> None:
    """Code the benchmark sets of a folder and show how good the records are."""
    console, news = Console(), Console(stderr=True)
    try:
        with news.status("loading the coder") as status:
            outcomes = list(
                outcomes_of(
                    gold_dir,
                    shipped(),
                    split=split,
                    predictions=predictions,
                    resamples=bootstrap,
                    before=lambda benchmark: status.update(f"coding {benchmark.name}: {benchmark.title}"),
                )
            )
    except (InputError, UsageError) as error:
        news.print(str(error), style="red", markup=False, highlight=False)
        raise typer.Exit(2 if isinstance(error, UsageError) else 1) from error
    _show(outcomes, console, json_file, split)


def _show(outcomes: list[Outcome], console: Console, json_file: Path | None, split: str) -> None:
    figures: dict[str, Any] = {"split": split, "sets": plain(outcomes)}
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    if str(json_file) == "-":
        console.out(text, highlight=False)
        return
    console.print(table(outcomes))
    if json_file:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(text + "\n", encoding="utf-8")
