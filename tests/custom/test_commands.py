"""`tensionwire train`, and `code` with what it made, as a user meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tensionwire import custom
from tensionwire.cli.app import app
from tensionwire.cli.jobs import CustomLoad
from tensionwire.ledger import Ledger

TEXT = "A blackout hit Port Lenard on Monday night. Hackers broke into the servers of the port."


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def starter(tmp_path: Path) -> tuple[Path, Path]:
    found = tmp_path / "my.yaml", tmp_path / "my.jsonl"
    for path, which in zip(found, ("ontology", "examples"), strict=True):
        code, out, err = run("train", "--example", which)
        assert (code, err) == (0, "")
        path.write_text(out)
    return found


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps({"id": "r", "text": TEXT, "published": "2025-05-14"}) + "\n")
    return path


def test_the_starter_can_be_read(starter: tuple[Path, Path]) -> None:
    ontology, examples = starter
    assert len(custom.read_examples(examples, custom.read_ontology(ontology))) == 30


def test_from_a_table_to_records(tmp_path: Path, starter: tuple[Path, Path], report: Path) -> None:
    ontology, examples = starter
    ontology.write_text(ontology.read_text().partition("  - name: SABOTAGE")[0])
    rows = [row for row in examples.read_text().splitlines() if '"OUTAGE"' in row or '"none"' in row]
    examples.write_text("\n".join(rows))
    made = tmp_path / "m.twm"
    code, out, err = run("train", "--ontology", ontology, "--examples", examples, "-o", made)
    assert code == 0
    assert out.splitlines()[0].startswith("type ")
    assert "false alarms" in out
    assert f"wrote {made}" in err
    code, out, _ = run("code", report, "--ontology", made)
    assert code == 0
    assert {event["type"] for event in json.loads(out)["custom"]} == {"OUTAGE"}


def test_code_finds_types(model_file: Path, report: Path) -> None:
    found = json.loads(run("code", report, "--ontology", model_file)[1])
    assert {event["type"] for event in found["custom"]} == {"OUTAGE", "CYBERATTACK"}
    assert json.loads(run("code", report)[1])["custom"] == []


def test_each_mistake_is_a_line(tmp_path: Path, starter: tuple[Path, Path]) -> None:
    ontology, examples = starter
    examples.write_text(examples.read_text().replace('"OUTAGE"', '"OUTTAGE"', 2))
    code, out, err = run("train", "--ontology", ontology, "--examples", examples)
    assert (code, out) == (2, "")
    assert [line.partition(": 'OUT")[0] for line in err.splitlines()] == [
        f"tensionwire: {examples}, line {n}, type" for n in (1, 2)
    ]
    assert not ontology.with_suffix(".twm").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["train", "--ontology", "my.yaml"],
        ["train", "--examples", "my.jsonl"],
        ["train", "--ontology", "no.yaml", "--examples", "no.jsonl"],
        ["train", "--example", "poem"],
        ["code", "r.jsonl", "--ontology", "no.twm"],
        ["code", "r.jsonl", "--ontology", "no.twm", "--jobs", "2"],
        ["code", "r.jsonl", "--ontology", "m.twm", "--coder", "openai:m", "--base-url", "http://127.0.0.1:1/v1"],
    ],
)
def test_wrong_usage_is_exit_code_2(
    tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments)[0] == 2


def test_an_input_is_not_written_over(starter: tuple[Path, Path]) -> None:
    ontology, examples = starter
    assert run("train", "--ontology", ontology, "--examples", examples, "-o", examples)[0] == 2
    assert run("train", "--ontology", ontology, "--examples", examples, "-o", ontology.parent / "no" / "m.twm")[0] == 2


def test_a_damaged_model_is_told(tmp_path: Path, report: Path) -> None:
    (tmp_path / "bad.twm").write_bytes(b"\x1b[31m")
    code, out, err = run("code", report, "--ontology", tmp_path / "bad.twm")
    assert (code, out) == (1, "")
    assert "is no custom model" in err


def test_processes_find_the_same(model_file: Path, report: Path) -> None:
    command = [sys.executable, "-m", "tensionwire", "code", str(report), "--ontology", str(model_file), "--jobs", "2"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert {event["type"] for event in json.loads(done.stdout)["custom"]} == {"OUTAGE", "CYBERATTACK"}


def test_a_process_loads_a_model_once() -> None:
    """The pool keeps a coder by what loads it, which comes anew with each batch."""
    one, two = CustomLoad(path=Path("a.twm")), CustomLoad(path=Path("a.twm"))
    assert one == two
    assert hash(one) == hash(two)


def test_without_an_ontology_nothing_of_it_is_loaded() -> None:
    code = "import sys, tensionwire.cli.code, tensionwire.pipeline; print([m for m in sys.modules if 'custom' in m])"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "tensionwire.custom" not in found


def test_a_ledger_keeps_them(tmp_path: Path, model_file: Path, report: Path) -> None:
    ledger = tmp_path / "l.db"
    assert "1 added" in run("add", report, "--ledger", ledger)[2]
    assert "1 coded again" in run("add", report, "--ledger", ledger, "--ontology", model_file)[2]
    assert "1 already known" in run("add", report, "--ledger", ledger, "--ontology", model_file)[2]
    with Ledger.open(ledger, read_only=True) as opened:
        assert {event.type for event in opened.report("r1").custom} == {"OUTAGE", "CYBERATTACK"}
    assert run("add", report, "--records", "--ledger", ledger, "--ontology", model_file)[0] == 2


def test_a_watch_finds_them(tmp_path: Path, model_file: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(f"Trouble At The Port\n\n{TEXT}\n")
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[folder]]\npath = "inbox"\n')
    ledger = tmp_path / "l.db"
    assert run("watch", feeds, "--once", "--ledger", ledger, "--ontology", model_file)[0] == 0
    with Ledger.open(ledger, read_only=True) as opened:
        assert {event.type for event in opened.report("r1").custom} == {"OUTAGE", "CYBERATTACK"}
    assert run("watch", feeds, "--once", "--ledger", tmp_path / "m.db", "--ontology", "no.twm")[0] == 2
    assert not (tmp_path / "m.db").exists()


def test_evaluate_measures_them(tmp_path: Path, model_file: Path) -> None:
    (tmp_path / "gold" / "records").mkdir(parents=True)
    act = {"type": "OUTAGE", "trigger_span": [2, 10]}
    row = {"doc_id": "d", "text": TEXT, "sentences": [[0, len(TEXT)]], "events": [], "claims": [], "custom": [act]}
    (tmp_path / "gold" / "records" / "dev.jsonl").write_text(json.dumps(row) + "\n")
    told = tmp_path / "figures.json"
    code, out, _ = run("evaluate", tmp_path / "gold", "--ontology", model_file, "--json", told)
    assert code == 0
    assert "own type" in out
    assert json.loads(told.read_text())["sets"]["records"]["measures"]["custom.type"]["recall"] == 1
    assert run("evaluate", tmp_path / "gold", "--ontology", "no.twm", "--coder", "openai:x")[0] == 2
