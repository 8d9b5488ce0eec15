"""`tensionwire serve` as a process: it says where it is, answers, and ends when told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

PATIENCE = 90


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(folder: Path, *options: str, ledger: str = "") -> subprocess.Popen[str]:
    url = ledger or str(folder / "ledger.db")
    return subprocess.Popen(
        [sys.executable, "-m", "tensionwire", "serve", "--ledger", url, *options],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "XDG_DATA_HOME": str(folder), "HOME": str(folder)},
    )  # fmt: skip


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """A desk that runs, its address, and what it said at its start."""
    port = _free_port()
    process = _serve(tmp_path, "--port", str(port))
    assert process.stderr is not None
    said = process.stderr.readline() + process.stderr.readline()
    home = f"http://127.0.0.1:{port}"
    for _ in range(PATIENCE * 10):
        try:
            httpx.get(home + "/log-in", timeout=PATIENCE)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield process, home, said
    process.kill()
    process.communicate()


def test_the_first_start_makes_an_administrator_and_nobody_else_reads(
    served: tuple[subprocess.Popen[str], str, str],
) -> None:
    _, home, said = served
    link = re.search(r"http://\S+/welcome/\S+", said)
    assert link, said
    assert httpx.get(link[0], timeout=PATIENCE).status_code == 200
    answer = httpx.get(home + "/", timeout=PATIENCE)
    assert answer.status_code in (303, 401)
    assert httpx.get(home + "/api/v1/incidents", timeout=PATIENCE).status_code == 401


def test_several_workers_share_the_address(tmp_path: Path) -> None:
    port = _free_port()
    process = _serve(tmp_path, "--port", str(port), "--workers", "2", "--public-read")
    try:
        for _ in range(PATIENCE * 10):
            try:
                assert httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE).status_code == 200
                break
            except httpx.TransportError:
                time.sleep(0.1)
        else:
            raise AssertionError("it did not start")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
        assert "Traceback" not in out + err
        assert "GET" not in out + err
    finally:
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told_to(served: tuple[subprocess.Popen[str], str, str], number: signal.Signals) -> None:
    process, _, _ = served
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Traceback" not in out + err
    assert "GET" not in out + err  # nobody's reading is written down


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = _serve(tmp_path, "--port", str(taken.getsockname()[1]))
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "cannot be listened on" in err
    assert "Traceback" not in err
