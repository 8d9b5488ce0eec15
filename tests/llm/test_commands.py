"""`code` and `evaluate` with a model behind an endpoint, as a user calls them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from llm.server import Asked, Said, Server, completion, well
from tensionwire.cli.app import app
from tensionwire.llm import Settings
from tensionwire.records import decode, misquotes

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def articles(folder: Path, *texts: str) -> Path:
    path = folder / "articles.jsonl"
    rows = ({"id": f"a{n}", "text": text, "published": "2031-05-07"} for n, text in enumerate(texts, 1))
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_code_writes_records(server: Server, tmp_path: Path) -> None:
    source = articles(tmp_path, "Norway condemned Iceland.", "It rained.")
    result = run("code", source, "--coder", "openai:qwen3:8b", "--base-url", server.url)
    assert result.exit_code == 0, result.stderr
    records = [decode(line) for line in result.stdout.splitlines()]
    assert [len(r.events) for r in records] == [1, 0]
    assert all(misquotes(r) == [] for r in records)
    assert records[0].events[0].made_by == "openai:qwen3:8b"
    assert result.stderr == "tensionwire: openai:qwen3:8b: requests: 2, tokens: 200, answers from the cache: 0\n"
    again = run("code", source, "--coder", "openai:qwen3:8b", "--base-url", server.url)
    assert again.stdout == result.stdout
    assert "requests: 0, tokens: 0, answers from the cache: 2" in again.stderr
    assert (tmp_path / "cache" / "tensionwire" / "answers").is_dir()


@pytest.mark.parametrize("format", ["view", "json", "csv", "html", "plover"])
def test_every_format(server: Server, tmp_path: Path, format: str) -> None:
    source = articles(tmp_path, "Norway condemned Iceland.")
    out = tmp_path / f"out.{format}"
    arguments = ("code", source, "--coder", "openai:m", "--base-url", server.url, "--format", format, "-o", out)
    assert run(*arguments, "--no-cache").exit_code == 0
    assert "condemned" in out.read_text()
    assert not (tmp_path / "cache").exists()


def test_what_fails_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    def script(asked: Asked) -> Said:
        return completion("\x1b[31mno") if "Peru" in asked.question else well(asked)

    source = articles(tmp_path, "Norway condemned Iceland.", "Peru condemned Chile.", "Ghana condemned Togo.")
    with Server(script) as server:
        result = run("code", source, "--coder", "openai:m", "--base-url", server.url, "--cache", tmp_path / "c")
    assert result.exit_code == 1
    assert [json.loads(line)["doc_id"] for line in result.stdout.splitlines()] == ["a1", "a3"]
    told = result.stderr.splitlines()
    assert len(told) == 2
    assert "is no JSON" in told[0]
    assert "\x1b" not in result.stderr


def test_a_budget_names_what_is_left_over(server: Server, tmp_path: Path) -> None:
    source = articles(tmp_path, *[f"Norway condemned Iceland. {n}" for n in range(5)])
    arguments = ("code", source, "--coder", "openai:m", "--base-url", server.url, "--concurrency", 1)
    result = run(*arguments, "--max-requests", 2)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.count("the budget of 2 requests") == 3
    rest = run(*arguments, "--max-requests", 3)
    assert rest.exit_code == 0
    assert len(rest.stdout.splitlines()) == 5


def test_an_endpoint_that_is_not_there(tmp_path: Path) -> None:
    source = articles(tmp_path, "Norway condemned Iceland.", "It rained.")
    result = run("code", source, "--coder", "openai:m", "--base-url", "http://127.0.0.1:9/v1")
    assert result.exit_code == 1
    assert "nothing answers there" in result.stderr
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--coder", "openai:m"], "needs the address"),
        (["--coder", "openai:", "--base-url", "http://127.0.0.1/v1"], "names no model"),
        (["--coder", "gpt", "--base-url", "http://127.0.0.1/v1"], "is no coder"),
        (["--base-url", "http://127.0.0.1/v1"], "add --coder openai:MODEL"),
        (["--no-cache"], "--no-cache: is for another coder"),
        (["--coder", "openai:m", "--base-url", "http://llm.example/v1"], "in the clear"),
        (["--coder", "openai:m", "--base-url", "http://127.0.0.1/v1", "--jobs", "2"], "use --concurrency"),
        (["--coder", "openai:m", "--base-url", "http://127.0.0.1/v1", "--cache", "/dev/null/x"], "--no-cache"),
    ],
)
def test_wrong_usage(tmp_path: Path, options: list[str], why: str) -> None:
    result = run("code", articles(tmp_path, "It rained."), *options)
    assert result.exit_code == 2
    assert why in result.stderr
    assert result.stdout == ""


def test_ctrl_c_does_not_wait_for_an_answer(tmp_path: Path) -> None:
    source = articles(tmp_path, *["Norway condemned Iceland."] * 9)
    with Server(lambda asked: Said(well(asked).body, wait=60.0)) as server:
        command = [sys.executable, "-m", "tensionwire", "code", str(source), "--coder", "openai:m"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(tmp_path)}
        with subprocess.Popen(
            [*command, "--base-url", server.url], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, start_new_session=True,
        ) as process:  # fmt: skip
            while not server.asked:
                time.sleep(0.05)
            start = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)
            _, err = process.communicate(timeout=30)
    assert time.monotonic() - start < 10
    assert process.returncode == 130
    assert err.splitlines()[-1] == "tensionwire: stopped"


TEXT = "Norway condemned Iceland. Chile condemned Peru."


def gold(folder: Path) -> Path:
    rows = []
    for n in range(6):
        spans = [[7, 16], [32, 41]][: 1 + n % 2]
        events = [
            {"type": "ACCUSE", "trigger_span": span, "status": "actual", "actor": [], "recipient": []} for span in spans
        ]
        rows.append({"doc_id": f"d{n}", "text": f"{TEXT} {n}", "published": "2031-05-07", "events": events})
    (folder / "records").mkdir(parents=True)
    (folder / "records" / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def blind(asked: Asked) -> Said:
    """A model that sees the first sentence only."""
    return well(Asked(**{**vars(asked), "body": {"messages": [{"content": asked.question.replace("[1]", "(1)")}]}}))


def test_evaluate_side_by_side(server: Server, tmp_path: Path) -> None:
    figures, out = tmp_path / "figures.json", tmp_path / "out"
    with Server(blind) as other:
        result = run(
            "evaluate", gold(tmp_path / "gold"), "--coder", "openai:good", "--coder", "openai:blind",
            "--base-url", server.url, "--base-url", other.url, "--json", figures, "--predictions", out,
            "--bootstrap", 200,
        )  # fmt: skip
    assert result.exit_code == 0, result.output
    told = json.loads(figures.read_text())
    assert told["coders"] == ["openai:good", "openai:blind"]
    measure = told["sets"]["records"]["measures"]["event.detect"]
    good, bad = (measure["coders"][name] for name in told["coders"])
    assert measure["kind"] == "F1"
    assert (good["predicted"], bad["predicted"], good["gold"]) == (12, 6, 9)
    assert (good["recall"], bad["recall"]) == (1.0, 6 / 9)
    assert good["low"] <= good["value"] <= good["high"]
    assert "difference" not in good
    apart = bad["difference"]
    assert apart["value"] == pytest.approx(bad["value"] - good["value"])
    assert apart["low"] <= apart["value"] <= apart["high"]
    assert "difference" in result.stdout
    assert "openai:blind" in result.stdout
    assert sorted(path.parent.name for path in out.rglob("records.jsonl")) == ["openai-blind", "openai-good"]


def test_evaluate_one_endpoint_has_the_shape_that_one_coder_has(server: Server, tmp_path: Path) -> None:
    result = run(
        "evaluate", gold(tmp_path / "gold"), "--coder", "openai:m", "--base-url", server.url, "--json", "-",
        "--bootstrap", 0,
    )  # fmt: skip
    told = json.loads(result.stdout)
    assert list(told) == ["split", "sets"]
    assert told["sets"]["records"]["measures"]["event.detect"]["recall"] == 1.0


def test_evaluate_beside_the_shipped_coder(server: Server, tmp_path: Path) -> None:
    result = run(
        "evaluate", gold(tmp_path / "gold"), "--coder", "shipped", "--coder", "openai:m", "--base-url", server.url,
        "--json", "-", "--bootstrap", 20,
    )  # fmt: skip
    measures = json.loads(result.stdout)["sets"]["records"]["measures"]
    assert list(measures["event.type"]["coders"]) == ["shipped", "openai:m"]


def test_evaluate_counts_what_a_coder_could_not_code_as_nothing_found(tmp_path: Path) -> None:
    with Server(lambda asked: completion("no") if asked.question.endswith("3") else well(asked)) as server:
        result = run(
            "evaluate", gold(tmp_path / "gold"), "--coder", "openai:m", "--base-url", server.url, "--json", "-",
            "--bootstrap", 0,
        )  # fmt: skip
    assert result.exit_code == 1
    assert "d3: " in result.stderr
    measure = json.loads(result.stdout)["sets"]["records"]["measures"]["event.detect"]
    assert (measure["predicted"], measure["gold"], measure["hit"]) == (10, 9, 7)


def test_evaluate_within_a_budget_gives_no_figures_over_a_part(server: Server, tmp_path: Path) -> None:
    arguments = ("evaluate", gold(tmp_path / "gold"), "--coder", "openai:m", "--base-url", server.url, "--bootstrap", 0)
    result = run(*arguments, "--max-requests", 3, "--json", "-")
    assert result.exit_code == 1
    assert "--max-requests" in result.stderr
    assert result.stdout == ""
    assert run(*arguments, "--max-requests", 3, "--json", "-").exit_code == 0


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (
            ["--coder", "openai:a", "--coder", "openai:a", "--coder", "openai:a", "--base-url", "http://[::1]/v1"],
            "twice",
        ),
        (
            ["--coder", "openai:a", "--base-url", "http://127.0.0.1:1/v1", "--base-url", "http://127.0.0.1:2/v1"],
            "whose",
        ),
        (["--coder", "shipped", "--base-url", "http://127.0.0.1/v1"], "is for another coder"),
        (["--max-requests", "5"], "--max-requests: is for another coder"),
        (["--coder", "openai:a"], "needs the address"),
    ],
)
def test_coders_that_do_not_fit_together(tmp_path: Path, options: list[str], why: str) -> None:
    result = run("evaluate", gold(tmp_path / "gold"), *options)
    assert result.exit_code == 2
    assert why in result.stderr


def test_one_model_at_two_addresses(server: Server, tmp_path: Path) -> None:
    with Server(blind) as other:
        result = run(
            "evaluate", gold(tmp_path / "gold"), "--coder", "openai:m", "--coder", "openai:m", "--coder", "openai:m2",
            "--base-url", server.url, "--base-url", other.url, "--base-url", server.url, "--bootstrap", 0,
            "--json", tmp_path / "f.json",
        )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "f.json").read_text())["coders"] == [
        "openai:m",
        f"openai:m at {other.url}",
        "openai:m2",
    ]
    assert "difference" not in result.stdout


def test_the_options_begin_as_the_settings_do() -> None:
    program = typer.main.get_command(app)
    settings = Settings(model="m", base_url="http://127.0.0.1/v1")
    for name in ("code", "evaluate"):
        options = {one.name: one.default for one in program.commands[name].params}  # type: ignore[attr-defined]
        assert (options["concurrency"], options["timeout"]) == (settings.concurrency, settings.timeout)
