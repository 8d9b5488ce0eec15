"""Against the shared corpora, where they lie beside the repository: facts that stay there."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tensionwire.read import read

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared beside the repository"),
]


def plain(text: str | None) -> str:
    return (text or "").translate({0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "})


def test_the_first_article_is_read_whole_and_clean() -> None:
    gold = json.loads((SHARED / "case-zero/gold.json").read_text(encoding="utf-8"))["article"]
    report = read(SHARED / "case-zero/article.txt", published=gold["published"])
    text = plain(report.text)
    assert plain(report.title) == plain(gold["title"])
    assert (report.published, list(report.agencies), report.language) == (
        gold["published"],
        gold["agencies"],
        gold["language"],
    )
    assert plain(gold["first_body_sentence"]) in text
    assert plain(gold["last_body_sentence"]) in text
    assert [line for line in gold["must_drop"] if plain(line) in text] == []
    assert [span.of(report.text) for span in report.subheads] == gold["subheads"]


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("read_pages", ROOT / "benchmarks/read_pages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["read_pages"] = module
    spec.loader.exec_module(module)
    return module


def test_saved_pages_are_read_as_well_as_before() -> None:
    """Floors that only rise; the figures stand in benchmarks/read_pages.py."""
    rows = list(benchmark().measured())
    assert len(rows) == 34
    mean = {name: sum(float(row[name]) for row in rows) / len(rows) for name in ("text", "title", "day")}
    assert mean["text"] >= 0.975
    assert mean["title"] >= 0.94
    assert mean["day"] >= 0.97
