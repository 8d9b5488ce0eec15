"""No figure of accuracy falls below its floor (benchmarks/promised.tsv), where the benchmark sets are at hand."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[1] / "benchmarks/gate.py"


@pytest.fixture(scope="module")
def gate():
    spec = importlib.util.spec_from_file_location("gate", PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["gate"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_no_figure_fell(gate):
    if not gate.GOLD.is_dir():
        pytest.skip(f"no {gate.GOLD}: the benchmark sets do not come with the project")
    assert list(gate.faults(gate.measured())) == []


def test_a_floor_is_not_lowered_in_silence(gate):
    one = replace(gate.promises()[0], floor=0.5, highest=0.6, why="")
    assert "no reason" in one.fault(0.9)
    assert replace(one, why="the gold was mended").fault(0.9) is None
    assert "floor 0.5" in replace(one, why="the gold was mended").fault(0.4)


def test_a_floor_is_only_raised(gate):
    one = replace(gate.promises()[0], floor=0.5, highest=0.5)
    assert one.raised(0.4) == one
    assert (one.raised(0.6).floor, one.raised(0.6).highest) == (0.59, 0.59)
