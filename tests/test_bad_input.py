"""What a hostile or unlucky user gives the command line: each item is told, the rest goes on, nothing is half written."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import fakes
from tensionwire import cli
from tensionwire.pipeline import Coder
from test_cli import ENVIRONMENT, ONE, articles, run

FAKED = """
from fakes import load
from tensionwire.cli import main
from tensionwire.pipeline import Coder
Coder.load = lambda **_: load()
main()
"""


def faked(*arguments: object, **more: object) -> subprocess.Popen[str]:
    """The program with the fake coder, in a process group of its own."""
    command = [sys.executable, "-c", FAKED, *map(str, arguments)]
    return subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        **more,  # type: ignore[call-overload]
    )  # fmt: skip


@pytest.fixture
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Coder, "load", lambda **_: fakes.load())


BAD: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "it is empty; give a file"),
    ("blank.html", b" \n\n", "it is empty; give a file"),
    ("binary.txt", bytes(range(256)) * 9, "it is binary, not text; give HTML"),
    ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 99, "it is a picture, not text; give the report's text"),
    ("huge.html", b"<p>" + b"Norway condemned Iceland. " * 800_000, "larger than 20 MB; split it"),
    ("cut.txt.gz", gzip.compress(os.urandom(9000).hex().encode())[:5000], "damaged or cut off; fetch it again"),
    ("plain.txt.gz", ONE.encode(), "damaged or cut off; fetch it again"),
    ("cut.zip", b"PK\x03\x04" + b"\x00" * 40, "zip archive or an office document, not text; unpack it"),
    ("cut.warc", b"WARC/1.0\r\nWARC-Type: response\r\n", "take the pages out of the archive first"),
    ("cut.xml", b"<Sentences><Sentence date='20250101' id='1'><Text>Norway", "not well-formed XML"),
    ("cut.jsonl", b'{"id":"a","text":"Nor', "truncated JSON; fetch or write the line again"),
]


@pytest.mark.usefixtures("_fake")
@pytest.mark.parametrize(("name", "data", "told"), BAD, ids=[name for name, *_ in BAD])
def test_a_file_that_will_not_do(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(ONE)
    code, out, err = run("code", tmp_path / name, tmp_path / "good.txt")
    assert (code, len(out.splitlines()), len(err.splitlines())) == (1, 1, 1)
    assert name in err
    assert told in err


def link(path: Path) -> None:
    path.symlink_to(path.with_name("other"))
    path.with_name("other").symlink_to(path)


@pytest.mark.usefixtures("_fake")
@pytest.mark.parametrize(
    ("make", "told"),
    [
        (Path.mkdir, "the folder holds no reports"),
        (lambda path: path.symlink_to("gone"), "there is no such file"),
        (link, "symbolic links"),
        (lambda path: None, "there is no such file"),
    ],
)
def test_what_is_no_file(tmp_path: Path, make: Callable[[Path], None], told: str) -> None:
    make(tmp_path / "it.txt")
    code, out, err = run("code", tmp_path / "it.txt", articles(tmp_path, ONE))
    assert (code, len(out.splitlines()), len(err.splitlines())) == (1, 1, 1)
    assert told in err


@pytest.mark.usefixtures("_fake")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(f"São Tomé said so. {ONE * 3}".encode(encoding))
    code, out, err = run("code", tmp_path / "a.txt")
    assert (code, err) == (0, "")
    assert "São Tomé" in out


def test_a_pipe_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with faked("code", tmp_path / "pipe.txt") as process:
        (tmp_path / "pipe.txt").write_text(ONE)
        assert process.stdout
        assert process.stdout.read().count("condemned") > 0
    assert process.returncode == 0


@pytest.mark.skipif(not shutil.which("setpriv"), reason="needs setpriv to give root's powers up")
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / "good.txt").write_text(ONE)
    (tmp_path / "in" / "closed").chmod(0)
    bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*bare, sys.executable, "-c", FAKED, "code", str(tmp_path / "in")],
        env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    (tmp_path / "in" / "closed").chmod(0o700)
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    assert "the folder cannot be read (Permission denied); check its permissions" in done.stderr


def test_a_full_disk_is_told_and_says_what_to_do(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", FAKED, "code", str(articles(tmp_path, ONE))],
            env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == (
        "tensionwire: the output: No space left on device; it is not all there: free some space and run it again\n"
    )


LIMITED = FAKED.replace(
    "main()\n",
    """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
if sys.argv.pop(1) == "later":
    from tensionwire.read.language import _identifier
    _identifier()
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
main()
""",
).replace("import main", "import main\nimport sys")


@pytest.mark.parametrize(
    ("when", "told"),
    [("later", "{out}: File too large; it is not all there"), ("at once", "free some megabytes there")],
)
def test_a_file_that_could_not_be_finished_leaves_the_old_one(tmp_path: Path, when: str, told: str) -> None:
    out = tmp_path / "out" / "records.jsonl"
    out.parent.mkdir()
    out.write_text("old")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, when, "code", str(articles(tmp_path, *[ONE * 40] * 60)), "-o", str(out)],
        env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert told.format(out=out) in done.stderr
    assert [(path.name, path.read_text()) for path in out.parent.iterdir()] == [("records.jsonl", "old")]


@pytest.mark.parametrize(("number", "code", "told"), [(signal.SIGINT, 130, "stopped"), (signal.SIGTERM, 143, "ended")])
@pytest.mark.parametrize("command", ["code", "add"])
def test_a_stop_leaves_nothing_by_half(tmp_path: Path, number: int, code: int, told: str, command: str) -> None:
    source = articles(tmp_path, *[ONE] * 4, "sleep")
    out = tmp_path / "out" / ("records.jsonl" if command == "code" else "ledger.db")
    out.parent.mkdir()
    where = ["-o", out] if command == "code" else ["--ledger", out]
    with faked(command, source, *where) as process:
        until = time.monotonic() + 60
        while not any(out.parent.iterdir()) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
        os.killpg(process.pid, number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert err.splitlines()[-1] == f"tensionwire: {told}"
    assert not [path for path in out.parent.iterdir() if path.name.endswith((".part", "-wal", "records.jsonl"))]


def test_a_stop_before_a_command_began_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tensionwire.cli.app.app", interrupted)
    with pytest.raises(SystemExit, match="130"):
        cli.main()


@pytest.mark.parametrize("damage", ["cut", "not"])
def test_records_whose_packing_is_damaged(tmp_path: Path, damage: str) -> None:
    packed = gzip.compress(b'{"no": "record"}\n' * 4000 + os.urandom(9000).hex().encode())
    (tmp_path / "records.jsonl.gz").write_bytes(packed[:-4000] if damage == "cut" else b"{}")
    code, _, err = run("add", "--records", tmp_path / "records.jsonl.gz", "--ledger", tmp_path / "ledger.db")
    assert code == 1
    assert "its packing is damaged or cut off; write it again" in err
    assert "Aborted" not in err
