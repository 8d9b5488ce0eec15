"""The commands: tension, import, bloc, issue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tensionwire.cli.app import app

ROWS = "date\tsource\tcameo_code\ttarget\n" + "".join(
    f"2014-{month:02}-{day:02}\t{who}\n"
    for month in range(1, 7)
    for day in range(1, 29)
    for who in (
        ["France\t036\tGermany", "Spain\t042\tItaly"]
        + (["China\t190\tVietnam", "Vietnam\t111\tChina"] if month == 5 else [])
    )
)


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENSIONWIRE_DEFINITIONS", str(tmp_path / "own.toml"))
    monkeypatch.setenv("TENSIONWIRE_LEDGER", str(tmp_path / "ledger.db"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "rows.tsv"
    path.write_text(ROWS)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_table_measured_without_a_ledger(table: Path) -> None:
    found = json.loads(run("tension", "CHN", "Vietnam", "--table", table).stdout)
    assert (found["a"], found["b"], found["issue"], len(found["points"])) == ("CHN", "VNM", None, 168)
    assert found["changes"][0]["date"] == "2014-05-01"
    assert found["changes"][0]["direction"] == "rises"


def test_the_same_through_the_ledger(table: Path) -> None:
    direct = json.loads(run("tension", "CHN", "VNM", "--table", table).stdout)
    first, again = run("import", table), run("import", table)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "already" in again.stderr
    kept = json.loads(run("tension", "CHN", "VNM").stdout)
    assert kept["changes"] == direct["changes"]
    assert [p["level"] for p in kept["points"]] == [p["level"] for p in direct["points"]]


def test_a_point_opens_to_what_sums_to_it(table: Path) -> None:
    found = json.loads(
        run("tension", "CHN", "VNM", "--table", table, "--open", "2014-05-11", "--format", "json").stdout
    )
    points = {p["date"]: p for p in json.loads(run("tension", "CHN", "VNM", "--table", table).stdout)["points"]}
    assert sum(part["value"] for part in found["contributions"]) == found["level"] == points["2014-05-11"]["level"]
    assert len(found["contributions"]) == 2


def test_bad_rows_are_told_and_the_exit_code_tells(tmp_path: Path, table: Path) -> None:
    table.write_text(ROWS + "2014-06-40\tChina\t190\tVietnam\n")
    done = run("import", table)
    assert done.exit_code == 1
    assert "line 394" in done.stderr
    assert "1 bad row" in done.stderr
    assert json.loads(run("tension", "CHN", "VNM").stdout)["changes"]


def test_a_bad_table_stops_no_other(tmp_path: Path, table: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("x,y\n1,2\n")
    done = run("import", bad, table)
    assert (done.exit_code, "no known event table" in done.stderr, "rows.tsv" in done.stderr) == (1, True, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["CHN", "Vietnma"], "did you mean Vietnam"), (["CHN", "VNM", "--since", "May"], "YYYY-MM-DD"),
        (["CHN", "VNM", "--issue", "Siria"], "Syria"), (["CHN", "VNM", "-o", "x.pdf"], "--format"),
        (["CHN", "VNM", "--format", "svg", "--open", "2014-05-01"], "picture"),
    ],
)  # fmt: skip
def test_wrong_usage(table: Path, arguments: list[str], told: str) -> None:
    done = run("tension", *arguments, "--table", table)
    assert done.exit_code == 2
    assert told in done.stderr


@pytest.mark.parametrize("suffix", ["json", "csv", "svg", "txt"])
def test_formats_by_suffix(tmp_path: Path, table: Path, suffix: str) -> None:
    out = tmp_path / f"out.{suffix}"
    done = run(
        "tension", "CHN", "VNM", "--table", table, "--weekly", "--since", "2014-02", "--until", "2014-05", "-o", out
    )
    assert (done.exit_code, done.stdout) == (0, "")
    assert "2014-01-27" in out.read_text() or suffix in ("svg", "txt")


def test_an_actor_by_name(table: Path) -> None:
    table.write_text(ROWS + "2014-05-05\tSome Militia\t190\tVietnam\n")
    run("import", table)
    for more in (["--table", table], []):
        found = json.loads(run("tension", "some militia", "VNM", *more).stdout)
        assert sum(point["events"] for point in found["points"]) == 1


def test_blocs_and_issues_of_ones_own(tmp_path: Path, table: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(
        '[[bloc]]\nname = "Pair"\nmembers = ["CHN", "FRA 2015.."]\n[[issue]]\nname = "Sea"\nterms = ["sea"]\n'
    )
    assert run("bloc", "set", own).exit_code == 0
    assert "Pair: 2 members today" in run("bloc", "list").stdout
    assert run("bloc", "show", "pair", "--on", "2014-05-05").stdout.splitlines()[1:] == ["CHN\tChina"]
    assert "words in the sentence: sea" in run("issue", "show", "sea").stdout
    assert "Sea" in run("issue", "list").stdout
    assert json.loads(run("tension", "Pair", "VNM", "--table", table).stdout)["a"] == "Pair"
    own.write_text('[[issue]]\nname = "Sea"\nterms = ["ocean"]\n')
    assert run("issue", "set", own).exit_code == 0
    assert "ocean" in run("issue", "show", "sea").stdout
    assert "Pair" in run("bloc", "list").stdout


def test_a_shipped_bloc_may_be_edited(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('[[bloc]]\nname = "the West"\nmembers = ["USA"]\n')
    run("bloc", "set", own)
    assert len(run("bloc", "show", "WEST").stdout.splitlines()) == 2
