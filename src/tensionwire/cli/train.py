"""`tensionwire train`."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from tensionwire.cli.failing import WRONG_USAGE, complain
from tensionwire.cli.output import to_stdout
from tensionwire.errors import UsageError

if TYPE_CHECKING:
    from tensionwire.custom import Trained

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
    if not target.parent.is_dir():
        raise UsageError(f"--output {target}", "lies in no folder that exists", "make the folder, or name another")
    _write(_trained(ontology, examples), target)


def _trained(ontology: Path, examples: Path) -> Trained:
    # Before numpy is loaded: for products this small its threads cost more than they bring.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from tensionwire import custom

    try:
        types = custom.read_ontology(ontology)
        return custom.train(types, custom.read_examples(examples, types))
    except custom.Mistakes as mistakes:
        for one in mistakes.each:
            complain(str(one))
        raise typer.Exit(WRONG_USAGE) from mistakes


def _write(trained: Trained, target: Path) -> None:
    trained.model.save(target)
    to_stdout(line + "\n" for line in trained.account.lines())
    for warning in trained.account.warnings():
        complain(f"careful: {warning}")
    complain(f"wrote {target}: tensionwire code report.html --ontology {target}")
