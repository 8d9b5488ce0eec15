"""What `import tensionwire` costs and gives, and what a bare install needs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import tensionwire as tw

ROOT = Path(__file__).parents[1]
HEAVY = {
    "numpy", "onnxruntime", "tokenizers", "trafilatura", "lxml", "rich", "typer", "httpx", "pysbd", "msgspec", "yaml",
}  # fmt: skip


def python(code: str) -> str:
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {code}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_import_loads_nothing_heavy() -> None:
    loaded = python("import tensionwire; print(*sys.modules)").split()
    assert not HEAVY & {name.partition(".")[0] for name in loaded}


def test_help_loads_no_model() -> None:
    loaded = python("from tensionwire.cli.app import app; print(*sys.modules)").split()
    assert not (HEAVY - {"rich", "typer"}) & {name.partition(".")[0] for name in loaded}


@pytest.mark.parametrize("name", tw.__all__)
def test_every_name_is_there_and_told(name: str) -> None:
    assert getattr(tw, name).__doc__
    assert name in dir(tw)


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = tw.nothing


@pytest.mark.parametrize("first", ["pass", "import tensionwire.read.html"])
def test_read_is_callable_before_and_after_its_package_is_loaded(first: str) -> None:
    code = f"import tensionwire as tw; {first}; from tensionwire.samples import SAMPLE; "
    assert python(code + "print({tw.read(SAMPLE).outlet for _ in range(2)})") == "{'Invented Courier'}\n"


def test_a_bare_install_needs_no_torch() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert not [name for name in needed if re.match("torch|transformers", name)]


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == tw.__version__


@pytest.mark.parametrize(
    "name",
    ["Record", "KnownActor", "Actor", "Event", "Place", "Claim", "Figure", "Relation", "AgendaItem", "CustomEvent"],
)
def test_every_field_of_a_record_is_documented(name: str) -> None:
    told = (ROOT / "docs/reference/record.md").read_text()
    section = told.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert not [field.name for field in fields(getattr(tw, name)) if f"`{field.name}`" not in section]


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
            broken += [] if (page.parent / target).exists() else [f"{page.name}: {target}"]
    assert broken == []
