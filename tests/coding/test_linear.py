"""The shipped models load, and say what they were fitted on."""

from __future__ import annotations

from pathlib import Path

import pytest

import tensionwire.coding
from tensionwire.coding.linear import linear

DATA = Path(tensionwire.coding.__file__).parent / "data"


@pytest.mark.parametrize("name", ["retelling", "about", "disputes"])
def test_shipped(name: str) -> None:
    model = linear(name)
    assert 0 < model.threshold < 1
    assert len(model.weights) > 50
    assert model.probability([]) < 0.5
    assert "Cross-validated" in (DATA / f"{name}.tsv").read_text(encoding="utf-8")


def test_an_answer_needs_the_threshold() -> None:
    model = linear("about")
    assert not model.says(-10)
    assert model.says(10)
