"""The command over a tiny folder, as a user calls it."""

import json

import pytest
from typer.testing import CliRunner

from tensionwire.cli.app import app
from tensionwire.evaluate import Subject, subject
from tensionwire.records import Identity


@pytest.fixture
def gold(tmp_path, monkeypatch):
    """Two questions to a resolver that knows one answer."""
    resolver = Subject(
        code=iter,
        resolve=iter,
        identify=lambda words, **known: Identity(name=words, code="NOR", sector="GOV"),
    )
    monkeypatch.setattr(subject, "shipped", lambda: resolver)
    folder = tmp_path / "gold" / "ngec_actors"
    folder.mkdir(parents=True)
    asked = [
        {"id": name, "query": f"premier of {name}", "gold": {"country": code}}
        for name, code in (("Norway", "NOR"), ("Ghana", "GHA"))
    ]
    (folder / "test.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    return folder.parent


def run(*arguments):
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def test_table_predictions_and_json(gold, tmp_path):
    figures, out = tmp_path / "out" / "figures.json", tmp_path / "out"
    result = run(gold, "--split", "test", "--predictions", out, "--json", figures, "--bootstrap", "50")
    assert result.exit_code == 0, result.output
    assert "ngec_actors (2)" in result.stdout
    assert "0.500" in result.stdout
    predicted = [json.loads(line) for line in (out / "ngec_actors.jsonl").read_text().splitlines()]
    assert [(p["id"], p["country"]) for p in predicted] == [("Norway", "NOR"), ("Ghana", "NOR")]
    measures = json.loads(figures.read_text())["sets"]["ngec_actors"]["measures"]
    assert measures["country"]["value"] == 0.5
    assert measures["country"]["low"] <= 0.5 <= measures["country"]["high"]


def test_json_alone_can_be_piped(gold):
    result = run(gold, "--split", "test", "--json", "-", "--bootstrap", "0")
    assert json.loads(result.stdout)["split"] == "test"


def test_a_folder_without_sets_is_wrong_usage(tmp_path):
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "records, plover_gsr" in result.stderr
