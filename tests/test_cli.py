"""The command line, as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import fakes
from tensionwire.cli.app import app
from tensionwire.cli.output import file_name
from tensionwire.pipeline import Coder

ROOT = Path(__file__).parents[1]
TENSIONWIRE = [sys.executable, "-m", "tensionwire"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}


@pytest.fixture
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Coder, "load", lambda **_: fakes.load())


def run(*arguments: object, typed: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def articles(folder: Path, *texts: str) -> Path:
    path = folder / "articles.jsonl"
    rows = ({"id": f"a{n}", "text": text, "published": "2024-03-06"} for n, text in enumerate(texts, 1))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


ONE = "Norway condemned Iceland on Monday."
TWO = "Norway condemned Iceland and Iceland condemned Norway."


@pytest.mark.usefixtures("_fake")
class TestCode:
    def test_a_pipe_gets_json_lines(self, tmp_path: Path) -> None:
        code, out, err = run("code", articles(tmp_path, ONE, TWO))
        assert (code, err) == (0, "")
        assert [len(json.loads(row)["events"]) for row in out.splitlines()] == [1, 2]

    def test_json_is_one_object_or_an_array(self, tmp_path: Path) -> None:
        assert json.loads(run("code", articles(tmp_path, ONE), "--format", "json")[1])["doc_id"] == "a1"
        assert len(json.loads(run("code", articles(tmp_path, ONE, TWO), "--format", "json")[1])) == 2

    @pytest.mark.parametrize(
        ("name", "begins"),
        [
            ("r.json", "{"), ("r.jsonl", '{"doc_id"'), ("r.csv", "doc_id,event_id"),
            ("r.html", "<!DOCTYPE html>"),
            ("r.plover.jsonl", '{"id":"a1:e1"'), ("r.txt", "a1\n"),
        ],
    )  # fmt: skip
    def test_the_name_of_the_output_says_the_format(self, tmp_path: Path, name: str, begins: str) -> None:
        code, out, _ = run("code", articles(tmp_path, ONE), "-o", tmp_path / "out" / name)
        assert (code, out) == (0, "")
        assert (tmp_path / "out" / name).read_text().startswith(begins)
        assert [path.name for path in (tmp_path / "out").iterdir()] == [name]

    def test_a_folder_gets_one_file_a_report(self, tmp_path: Path) -> None:
        assert run("code", articles(tmp_path, ONE, TWO), "--format", "html", "-o", f"{tmp_path}/pages/")[0] == 0
        assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == [
            "a1.html",
            "a2.html",
            "index.html",
        ]

    def test_what_fails_is_told_and_the_rest_is_coded(self, tmp_path: Path) -> None:
        source = articles(tmp_path, ONE, "raise", TWO)
        code, out, err = run("code", source, tmp_path / "nowhere.txt")
        assert code == 1
        assert [json.loads(row)["doc_id"] for row in out.splitlines()] == ["a1", "a3"]
        assert len(err.splitlines()) == 2
        assert "asked to fail" in err
        assert "there is no such file" in err

    def test_nothing_coded_leaves_the_old_file(self, tmp_path: Path) -> None:
        old = tmp_path / "records.jsonl"
        old.write_text("old")
        assert run("code", articles(tmp_path, "raise"), "-o", old)[0] == 1
        assert old.read_text() == "old"
        assert run("code", articles(tmp_path, ONE), "-o", old)[0] == 0
        assert old.read_text().startswith('{"doc_id":"a1"')

    def test_standard_input(self) -> None:
        typed = f"A Row At Sea\n\n{ONE}\n"
        code, out, _ = run("code", "-", "--published", "2024-03-06", typed=typed)
        assert code == 0
        assert json.loads(out)["published"] == "2024-03-06"

    def test_columns_are_mapped(self, tmp_path: Path) -> None:
        table = tmp_path / "t.csv"
        table.write_text(f"nr,body,day\n7,{ONE},2024-03-06\n")
        code, out, _ = run("code", table, "--map", "id=nr,text=body,published=day")
        assert code == 0
        assert {"doc_id": "7", "text": ONE, "published": "2024-03-06"}.items() <= json.loads(out).items()

    def test_what_is_less_sure_is_left_out(self, tmp_path: Path) -> None:
        _, out, _ = run("code", articles(tmp_path, TWO), "--min-confidence", "0.5")
        record = json.loads(out)
        assert [event["id"] for event in record["events"]] == ["e1"]
        assert record["notes"] == ["1 item less than 0.5 sure left out."]

    def test_csv_has_an_event_a_row(self, tmp_path: Path) -> None:
        _, out, _ = run("code", articles(tmp_path, ONE, TWO), "--format", "csv")
        assert [row["event_id"] for row in csv.DictReader(io.StringIO(out))] == ["e1", "e1", "e2"]

    @pytest.mark.parametrize(("option", "coloured"), [("--color", True), ("--no-color", False), ("", False)])
    def test_colour_is_asked_for_or_not(self, tmp_path: Path, option: str, coloured: bool) -> None:
        arguments = ["code", articles(tmp_path, ONE), "--format", "view", *([option] if option else [])]
        assert ("\x1b[" in run(*arguments)[1]) is coloured

    def test_no_escape_reaches_the_terminal(self, tmp_path: Path) -> None:
        for shape in ("view", "json", "jsonl", "csv", "plover", "html"):
            source = articles(tmp_path, f"\x1b]0;owned\x07 {ONE} \x9b31m")
            _, out, _ = run("code", source, "--format", shape)
            assert not set(out) & {"\x1b", "\x07", "\x9b"}

    def test_no_escape_reaches_the_terminal_in_an_error(self, tmp_path: Path) -> None:
        _, _, err = run("code", tmp_path / "\x1b]0;owned\x07")
        assert not set(err) & {"\x1b", "\x07"}


@pytest.mark.parametrize(
    "arguments",
    [
        "code --format xml x",
        "code --jobs 0 x",
        "code --min-confidence 2 x",
        "code --published soon x",
        "code --map text x",
        "code --map body=text x",
        "code x -o records.xml",
        "code --no-color",
        "read --format csv x",
        "guess",
    ],
)
@pytest.mark.usefixtures("_fake")
def test_wrong_usage_is_exit_code_2(arguments: str) -> None:
    assert run(*arguments.split())[0] == 2


def test_read_shows_the_clean_report() -> None:
    code, out, _ = run("read", "--sample")
    assert code == 0
    assert out.startswith("Chile and Peru Trade Blame")
    assert "Most read" not in out
    report = json.loads(run("read", "--sample", "--format", "json")[1])
    assert report["published"][:10] == "2025-05-14"
    assert report["agencies"] == ["AFP", "EFE", "Reuters"]


def test_the_schema_is_the_published_one() -> None:
    code, out, _ = run("schema")
    assert code == 0
    Draft202012Validator.check_schema(json.loads(out))
    published = (ROOT / "docs/reference/record.schema.json").read_text()
    assert out == published, "run: tensionwire schema > docs/reference/record.schema.json"


def test_version() -> None:
    assert re.fullmatch(r"tensionwire \d+\.\d+\.\d+\n", run("--version")[1])


@pytest.mark.parametrize("command", [[], ["code"], ["read"], ["schema"], ["doctor"], ["evaluate"], ["train"]])
def test_help_teaches(command: list[str]) -> None:
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert not command or command == ["doctor"] or f"tensionwire {command[0]} " in out


@pytest.mark.parametrize(
    ("doc_id", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("a/b", "a-b"),
        ("", "report"),
        ("..", "report"),
        ("x" * 300, "x" * 100),
        ("naïve.id", "na-ve.id"),
        ("C:\\con", "C-con"),
    ],
)
def test_file_names_stay_in_their_folder(doc_id: str, name: str) -> None:
    assert file_name(doc_id) == name


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    source = articles(tmp_path, *[ONE * 50] * 100)
    with subprocess.Popen(
        [*TENSIONWIRE, "read", source, "--format", "json"], env=ENVIRONMENT, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


POOL = """
import sys
import typer
from fakes import deaf, load
from tensionwire.cli.failing import ending
from tensionwire.cli.jobs import Pool
from tensionwire.cli.sources import Sources
def told(report, error):
    failures(report.doc_id, error)
try:
    with ending() as failures:
        reports = Sources(inputs=(sys.argv[1],)).reports(failures)
        for record in Pool(2, deaf if "deaf" in sys.argv else load).records(reports, told):
            print(record.doc_id, len(record.events), flush=True)
except typer.Exit as end:
    sys.exit(end.exit_code)
"""


def pooled(source: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", f"if __name__ == '__main__':\n{re.sub('^', '    ', POOL, flags=re.M)}"]
    command = [*command, str(source), *more]
    return subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def test_processes_keep_the_order_and_tell_what_fails(tmp_path: Path) -> None:
    texts = [TWO if n % 2 else ONE for n in range(200)]
    texts[70] = "raise"
    with pooled(articles(tmp_path, *texts)) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert [row.split()[0] for row in out.splitlines()] == [f"a{n}" for n in range(1, 201) if n != 71]
    assert len(err.splitlines()) == 1
    assert "asked to fail" in err


def test_a_process_that_dies_takes_one_report_with_it(tmp_path: Path) -> None:
    texts = [ONE] * 40
    texts[17] = "die"
    with pooled(articles(tmp_path, *texts)) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert len(out.splitlines()) == 39
    assert len(err.splitlines()) == 1
    assert "died" in err


def test_processes_that_all_die_end_the_run(tmp_path: Path) -> None:
    with pooled(articles(tmp_path, *[ONE] * 100), "deaf") as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert out == ""
    assert "fewer --jobs" in err


def test_ctrl_c_is_clean(tmp_path: Path) -> None:
    source = articles(tmp_path, *[ONE] * 64, "sleep", *[ONE] * 64)
    with pooled(source) as process:
        assert process.stdout
        for _ in range(40):
            process.stdout.readline()
        time.sleep(0.2)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert err == "tensionwire: stopped\n"


def test_every_command_and_option_is_documented() -> None:
    reference = (ROOT / "docs/reference/cli.md").read_text()
    program = typer.main.get_command(app)
    for name, command in program.commands.items():  # type: ignore[attr-defined]
        assert f"## tensionwire {name}" in reference
        section = reference.partition(f"## tensionwire {name}")[2].partition("\n## ")[0]
        for parameter in command.params:
            for option in [*parameter.opts, *parameter.secondary_opts]:
                argument = parameter.param_type_name == "argument"
                assert argument or f"`{option}" in section, f"{name} {option}"


@pytest.mark.parametrize("module", ["csv", "html"])
def test_every_format_is_documented(module: str) -> None:
    from tensionwire.exchange import FORMATS
    from tensionwire.exchange.csv import COLUMNS

    reference = (ROOT / "docs/reference/formats.md").read_text()
    assert not [name for name in (*FORMATS, *COLUMNS) if f"`{name}`" not in reference]
