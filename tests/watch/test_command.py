"""The command: its exit codes, its signals, and what it writes to the ledger."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import fakes
from tensionwire.cli.app import app
from tensionwire.ledger import Ledger
from tensionwire.pipeline import Coder
from watching import Site

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def written(folder: Path, text: str) -> Path:
    path = folder / "feeds.toml"
    path.write_text(text)
    return path


def test_once_over_a_feed_and_a_folder_that_is_not_there(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Coder, "load", lambda **_: fakes.load())
    feed = site.feed("/feed", site.article("/1", "One"))
    file = written(tmp_path, f'[watch]\ndelay = "0s"\n[[feed]]\nurl = "{feed}"\n[[folder]]\npath = "none"\n')
    ledger = tmp_path / "l.db"
    found = run("watch", file, "--once", "--ledger", ledger, "--allow-private")
    assert found.exit_code == 1
    assert "none: ! there is no such folder" in found.stderr
    assert "r1 added: One (5 events)" in found.stderr
    assert found.stdout == ""
    with Ledger.open(ledger, read_only=True) as opened:
        assert opened.report("r1").title == "One"
    assert (tmp_path / "l.db.watch").exists()
    (tmp_path / "none").mkdir()
    again = run("watch", file, "--once", "--ledger", ledger, "--allow-private", "--state", tmp_path / "other")
    assert (again.exit_code, "r1 known" in again.stderr) == (0, False)
    assert run("watch", file, "--once", "--ledger", ledger, "--quiet").exit_code == 1


def test_wrong_usage(tmp_path: Path) -> None:
    found = run("watch", written(tmp_path, "[[feed]]\nurls = 3\n"), "--ledger", tmp_path / "l.db")
    assert found.exit_code == 2
    assert "line 1: [[feed]] url: is missing" in found.stderr
    assert not (tmp_path / "l.db").exists()


def test_the_example_begins_a_file() -> None:
    assert run("watch", "--example").stdout.startswith("# What tensionwire watches.")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "inbox").mkdir()
    file = written(tmp_path, '[[folder]]\npath = "inbox"\nevery = "1s"\n')
    command = [sys.executable, "-m", "tensionwire", "watch", file, "--ledger", tmp_path / "l.db", "-v"]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "inbox: 0 new of 0 items" in process.stderr.readline()
        process.send_signal(number)
        assert process.wait(120) == 0
        assert process.stderr.read() == ""
