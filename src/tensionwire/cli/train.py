"""`tensionwire train`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

import typer

from tensionwire.cli.failing import WRONG_USAGE, complain
from tensionwire.cli.output import to_stdout
from tensionwire.custom import Mistakes, Trained, read_examples, read_ontology, train
from tensionwire.errors import UsageError

_STARTERS: Final = {"ontology": "starter.yaml", "examples": "starter.jsonl"}


def print_starter(which: str) -> None:
    """Print the ontology or the examples that ship with the package."""
    to_stdout([files("tensionwire.custom").joinpath("data", _STARTERS[which]).read_text(encoding="utf-8")])


def run(ontology: Path | None, examples: Path | None, output: Path | None) -> None:
    """Train, write the model, print how good it is; raises UsageError for what is missing or will not do."""
    if ontology is None or examples is None:
        missing = "--ontology" if ontology is None else "--examples"
        raise UsageError(missing, "is missing", "print a starter with --example ontology and --example examples")
    target = output or ontology.with_suffix(".twm")
    if target in (ontology, examples):
        raise UsageError(f"--output {target}", "is one of the inputs", "name another file")
    trained = _told(ontology, examples)
    _write(trained, target)


def _told(ontology: Path, examples: Path) -> Trained:
    try:
        types = read_ontology(ontology)
        return train(types, read_examples(examples, types))
    except Mistakes as mistakes:
        for one in mistakes.each:
            complain(str(one))
        raise typer.Exit(WRONG_USAGE) from mistakes


def _write(trained: Trained, target: Path) -> None:
    trained.model.save(target)
    to_stdout(line + "\n" for line in trained.account.lines())
    for warning in trained.account.warnings():
        complain(f"careful: {warning}")
    complain(f"wrote {target}: tensionwire code report.html --ontology {target}")
