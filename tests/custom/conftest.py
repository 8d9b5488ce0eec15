"""A model of the starter that ships with the package, trained once."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from tensionwire import custom

DATA = Path(str(files("tensionwire.custom") / "data"))


@pytest.fixture(scope="session")
def ontology() -> custom.Ontology:
    return custom.read_ontology(DATA / "starter.yaml")


@pytest.fixture(scope="session")
def trained(ontology: custom.Ontology) -> custom.Trained:
    return custom.train(ontology, custom.read_examples(DATA / "starter.jsonl", ontology))


@pytest.fixture(scope="session")
def model_file(trained: custom.Trained, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("custom") / "starter.twm"
    trained.model.save(path)
    return path


@pytest.fixture(scope="session")
def coder(model_file: Path) -> custom.CustomCoder:
    return custom.load(model_file)
