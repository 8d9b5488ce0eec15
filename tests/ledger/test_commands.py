"""The ledger from the command line, as a user meets it."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import fakes
from ledger.making import clash, plain
from tensionwire.cli.app import app
from tensionwire.ledger import Ledger
from tensionwire.pipeline import Coder
from tensionwire.records import encode

ESCAPE = "Norway condemned \x1b[31mIceland\u202e."


@pytest.fixture(autouse=True)
def _mine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Coder, "load", lambda **_: fakes.load())
    monkeypatch.setenv("TENSIONWIRE_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("TENSIONWIRE_DEFINITIONS", str(tmp_path / "none.toml"))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A ledger with reports in it."""
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.add(clash(title="Shots off Grindavik"))
        ledger.add(plain(ESCAPE, "d2", outlet="=cmd()", trigger="condemned"))
    return tmp_path / "ledger.db"


def run(*arguments: object, typed: bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def lines(*arguments: object) -> list[dict[str, object]]:
    code, out, err = run(*arguments)
    assert (code, err) == (0, ""), err
    return [json.loads(row) for row in out.splitlines()]


class TestAdd:
    def test_reports_are_coded_and_kept_once(self, tmp_path: Path) -> None:
        source = tmp_path / "a.jsonl"
        rows = [{"id": f"a{n}", "text": f"Norway condemned Iceland {n}."} for n in range(3)]
        source.write_text("".join(json.dumps(row) + "\n" for row in rows))
        code, out, err = run("add", source)
        assert (code, out) == (0, "")
        assert err == f"tensionwire: 3 added ({tmp_path / 'ledger.db'})\n"
        assert run("add", source)[2].startswith("tensionwire: 3 already known")
        assert sum(int(str(one["tellings"])) for one in lines("incidents")) == 3

    def test_what_fails_is_told_and_the_rest_is_kept(self, tmp_path: Path) -> None:
        source = tmp_path / "a.jsonl"
        source.write_text('{"id": "a", "text": "raise"}\n{"id": "b", "text": "Norway condemned Iceland."}\n')
        code, _, err = run("add", source, tmp_path / "nowhere.txt")
        assert code == 1
        assert err.splitlines()[-1].startswith("tensionwire: 1 added, 2 failed")

    @pytest.mark.parametrize("packed", [False, True])
    def test_records_that_were_coded_elsewhere(self, tmp_path: Path, packed: bool) -> None:
        data = encode(clash()) + b"\n\nno record\n" + encode(clash()).replace(b'"fired on"', b'"fired at"') + b"\n"
        source = tmp_path / ("r.jsonl.gz" if packed else "r.jsonl")
        source.write_bytes(gzip.compress(data) if packed else data)
        code, _, err = run("add", "--records", source)
        assert code == 1
        assert "line 3: is no record" in err
        assert "line 4: misquotes its text" in err
        assert "1 added, 2 failed" in err

    def test_records_from_a_pipe_and_files_that_are_not_there(self, tmp_path: Path) -> None:
        assert "1 added" in run("add", "--records", "-", typed=encode(clash()))[2]
        code, _, err = run("add", "--records", tmp_path / "nowhere.jsonl")
        assert code == 1
        assert "cannot be read" in err

    def test_a_forgotten_text_is_refused(self, desk: Path, tmp_path: Path) -> None:
        (tmp_path / "r.jsonl").write_bytes(encode(clash()))
        assert run("forget", "r1", "--reason", "court order", "--by", "Ida")[0] == 0
        code, _, err = run("add", "--records", tmp_path / "r.jsonl")
        assert code == 1
        assert "was forgotten (court order); use --again" in err
        assert run("add", "--again", "--records", tmp_path / "r.jsonl")[0] == 0


class TestAsk:
    def test_a_pipe_gets_json_lines(self, desk: Path) -> None:
        assert [one["id"] for one in lines("incidents", "--pair", "ISL", "NOR")] == ["i2", "i3", "i1"]
        assert (
            lines("incidents", "--type", "assault", "--since", "2024-03", "--until", "2024-03")[0]["place"]
            == "Grindavik"
        )
        assert lines("claims", "--actor", "Iceland")[0]["incident"] == "i1"
        assert lines("figures")[0]["figure"]["low"] == 3  # type: ignore[index]
        assert lines("relations", "--status", "+")[0]["relation"]["b"] == "NOR"  # type: ignore[index]
        assert lines("actors", "--actor", "NOR")[0]["reports"] == 1
        assert lines("search", "trawler")[0]["source"]["report"] == "r1"  # type: ignore[index]
        assert {one["way"] for one in lines("diff", "2000-01-01")} == {"learnt"}
        assert lines("incidents", "--as-known-at", "2000-01-01") == []
        assert len(lines("incidents", "-n", "1")) == 1

    def test_json_is_always_an_array(self, desk: Path) -> None:
        for count in (1, 2):
            assert len(json.loads(run("incidents", "-n", count, "--format", "json")[1])) == count
        assert json.loads(run("claims", "--status", "denies", "--format", "json")[1]) == []

    def test_csv_has_a_header_and_runs_no_formula(self, desk: Path) -> None:
        for command in ("incidents", "claims", "figures", "relations", "actors", "diff"):
            more = ["2000-01-01"] if command == "diff" else []
            rows = list(csv.DictReader(io.StringIO(run(command, *more, "--format", "csv")[1])))
            assert rows, command
            assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]

    def test_a_page_shows_counts_and_words(self, desk: Path) -> None:
        code, out, _ = run("incidents", "--format", "view")
        assert code == 0
        assert "1 outlet, 1 origin" in out
        assert "“Norway fired on a trawler" in out
        assert run("claims", "--status", "denies", "--format", "view")[1] == "nothing in the ledger answers to that\n"

    @pytest.mark.parametrize("shape", ["view", "json", "jsonl", "csv"])
    def test_no_escape_reaches_the_terminal(self, desk: Path, shape: str) -> None:
        for arguments in (["incidents"], ["search", "condemned"], ["diff", "2000-01-01"], ["actors"]):
            out = run(*arguments, "--format", shape)[1]
            assert "\x1b" not in out
            assert "\u202e" not in out

    def test_one_incident_opens(self, desk: Path) -> None:
        code, out, _ = run("incidents", "--id", "i1", "--format", "view")
        assert code == 0
        for words in ("TELLINGS", "r1/e1", "the first to tell of it", "FIGURES", "at least 3 sailors"):
            assert words in out
        opened = json.loads(run("incidents", "--id", "i1", "--format", "json")[1])
        assert opened["tellings"][0]["sentence"].startswith("Norway fired on")
        assert {"links", "accounts", "figures", "origins"} <= opened.keys()
        assert run("incidents", "--id", "i99")[0] == 1
        assert run("incidents", "--id", "i1", "--format", "csv")[0] == 2

    @pytest.mark.parametrize(
        "arguments",
        [
            "incidents --since never",
            "incidents --actor Nobody-At-All",
            "incidents --issue Atlantis",
            "incidents --id 7",
            "diff then",
        ],
    )
    def test_wrong_usage_is_exit_code_2(self, desk: Path, arguments: str) -> None:
        code, _, err = run(*arguments.split())
        assert code == 2
        assert err.startswith("tensionwire: ")

    def test_asking_makes_no_ledger(self, tmp_path: Path) -> None:
        for arguments in (
            ["incidents"],
            ["search", "x"],
            ["verify"],
            ["tombstones"],
            ["reindex"],
            ["forget", "r1", "--reason", "x"],
            ["outlet", "x", "--free"],
        ):
            code, _, err = run(*arguments)
            assert code == 1
            assert "there is no ledger" in err
        assert list(tmp_path.iterdir()) == []


class TestCare:
    def test_tombstones(self, desk: Path) -> None:
        run("forget", "r1", "--reason", "court\x1b order", "--by", "Ida")
        (one,) = lines("tombstones")
        assert (one["reports"], one["by"]) == (["r1"], "Ida")
        assert str(one["hash"])[:8] in run("tombstones", "--format", "csv")[1]
        shown = run("tombstones", "--format", "view")[1]
        assert str(one["hash"]) in shown
        assert "\x1b" not in shown

    def test_reindex(self, desk: Path) -> None:
        code, out, err = run("reindex")
        assert (code, out, err) == (0, "", f"tensionwire: {desk}: keys are made anew\n")

    def test_judgements(self, desk: Path) -> None:
        me = ["--by", "Ida", "--reason", "read it"]
        assert run("judge", "reject", "r1/e1", *me)[2] == "tensionwire: j3: reject r1/e1\n"
        assert len(lines("incidents")) == 2
        assert run("judge", "undo", "j3", *me)[0] == 0
        assert len(lines("incidents")) == 3
        assert run("judge", "confirm", "r1/c1", *me)[0] == 0
        assert run("judge", "merge", "i3", "i1", *me)[0] == 0
        assert run("judge", "split", "r2/e1", *me)[0] == 0
        assert run("judge", "move", "r2/e1", "i1", *me)[0] == 0
        assert len(lines("judge", "list")) == 5
        assert "Ida: read it" in run("judge", "list", "--format", "view")[1]
        assert run("judge", "reject", "r1/e1")[0] == 2

    def test_backup_restore_verify(self, desk: Path, tmp_path: Path) -> None:
        assert run("backup", tmp_path / "copy.db")[0] == 0
        assert run("backup", tmp_path / "copy.db")[0] == 2
        assert run("restore", tmp_path / "copy.db", "--ledger", tmp_path / "new.db")[0] == 0
        assert lines("incidents", "--ledger", tmp_path / "new.db") == lines("incidents")
        assert run("verify", "--ledger", tmp_path / "new.db")[2].endswith("every hash and span holds\n")
        with Ledger.open(tmp_path / "new.db") as ledger, ledger.store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM codings WHERE report = 2")
        code, out, err = run("verify", "--ledger", tmp_path / "new.db")
        assert (code, out) == (1, "!! r2: it has no coding\n")
        assert "1 fault" in err

    def test_outlets(self, desk: Path) -> None:
        assert run("outlet", "Harbour Post", "--free", "--by", "Ida")[2].endswith("free to republish\n")
        with Ledger.open(desk, read_only=True) as ledger:
            assert ledger.free_outlets() == {"Harbour Post"}
        assert run("outlet", "Harbour Post")[0] == 2
