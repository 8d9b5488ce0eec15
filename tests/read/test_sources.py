"""Files, folders, standard input; the bad ones beside the good."""

from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from tensionwire.errors import InputError, UsageError
from tensionwire.read import InputFailure, read, read_all
from tensionwire.records import Report

GOOD = "Envoy Leaves\n\nThe envoy of Adria left the capital on Monday.\n"


def names(folder: Path) -> list[str]:
    """What is read of a folder, in order: names of files, and of what fails with an exclamation mark."""
    found = read_all([folder])
    return [
        str(Path(one.source or "").relative_to(folder))
        if isinstance(one, Report)
        else "!" + str(Path(one.source).relative_to(folder))
        for one in found
    ]


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        "c/x.md",
        "c/a.txt",
        "page.html",
        "page_files/x.html",
        "page_files/y.js",
        ".hidden.txt",
        "logo.png",
        "README",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD)
    assert names(tmp_path) == ["README", "a.txt", "b.txt", "c/a.txt", "c/x.md", "page.html"]


def test_links_that_lead_round_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.txt").write_text(GOOD)
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to("self")
    (tmp_path / "a/gone.txt").symlink_to("nowhere.txt")
    (tmp_path / "b").symlink_to("a")
    assert names(tmp_path) == [
        "!a/gone.txt",
        "!a/self",
        "!a/up",
        "a/x.txt",
        "!b/gone.txt",
        "!b/self",
        "!b/up",
        "b/x.txt",
    ]
    looped = [
        one.error.why for one in read_all([tmp_path]) if isinstance(one, InputFailure) and one.source.endswith("up")
    ]
    assert looped == ["the folder leads back into itself"] * 2


def test_a_folder_without_reports(tmp_path: Path) -> None:
    (tmp_path / "x.css").write_text("a {}")
    (found,) = read_all([tmp_path])
    assert isinstance(found, InputFailure)
    assert found.error.why == "the folder holds no reports"


def test_bad_files_fail_alone(tmp_path: Path) -> None:
    files = {
        "a empty.txt": b"",
        "b blank.txt": b" \n\n\xef\xbb\xbf",
        "c binary.txt": bytes(range(256)) * 10,
        "d pdf.txt": b"%PDF-1.4",
        "e encoding.txt": "Zürich".encode() + b"\xff\xff",
        "f large.txt": b"A man left. " * 2000,
        "g good.txt": GOOD.encode(),
        "h page.html": b"<html><script>x</script></html>",
        "i cut.txt.gz": gzip.compress(GOOD.encode() * 50)[:-20],
        "j office.docx": b"PK\x03\x04",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    found = list(read_all([tmp_path, tmp_path / "none.txt"], max_bytes=10_000))
    whys = {one.source.rsplit("/", 1)[-1][0]: one.error.why for one in found if isinstance(one, InputFailure)}
    assert whys == {
        "a": "it is empty",
        "b": "it is empty",
        "c": "it is binary, not text",
        "d": "it is a PDF file, not text",
        "e": "byte 0xff at 7 is not UTF-8",
        "f": "it is larger than 0.01 MB",
        "h": "no text of a report was found in it",
        "i": "the compressed file is damaged or cut off",
        "j": "it is a zip archive or an office document, not text",
        "n": "there is no such file",
    }
    assert [one.title for one in found if isinstance(one, Report)] == ["Envoy Leaves"]
    assert all(one.error.todo for one in found if isinstance(one, InputFailure))


def test_a_compressed_file_is_unpacked_no_further_than_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"A man left. " * 1_000_000))
    with pytest.raises(InputError, match="larger than"):
        read(tmp_path / "a.txt.gz", max_bytes=100_000)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        read(tmp_path / "a.txt")


def test_devices_are_not_read() -> None:
    with pytest.raises(InputError, match="not a regular file"):
        read("/dev/null")


class Standard:
    """A standard input."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        (GOOD.encode(), ["Envoy Leaves"]),
        (b'{"title": "A", "text": "One."}\n{"title": "B", "text": "Two."}\n', ["A", "B"]),
        (b"title,text\nA,One.\nB,Two.\n", ["A", "B"]),
        (b"<h1>A</h1><p>The envoy of Adria left the capital on Monday.</p>", [None]),
        (b"<html><title>A</title><p>The envoy of Adria left the capital on Monday.</p>", ["A"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, titles: list[str | None]) -> None:
    standard = Standard(content)
    monkeypatch.setattr(sys, "stdin", standard)
    found = [one for one in read_all(["-"]) if isinstance(one, Report)]
    assert [one.title for one in found] == titles
    assert not standard.buffer.closed


def test_one_report_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n')
    with pytest.raises(InputError, match="more than one report"):
        read(path)
    path.write_text("{")
    with pytest.raises(InputError, match="truncated"):
        read(path)


@pytest.mark.parametrize("date", ["yesterday", "04/05/2017", "2017", ""])
def test_a_date_that_is_none_is_wrong_usage_at_once(date: str) -> None:
    with pytest.raises(UsageError, match="not a date"):
        read_all(["a.txt"], published=date)


def test_doc_ids_are_stable_and_unique(tmp_path: Path) -> None:
    for name in ("a/x.txt", "b/x.txt", "b/y.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD)
    (tmp_path / "b/x.html").write_text(f"<p>{GOOD}</p>")
    found = [one.doc_id for one in read_all([tmp_path]) if isinstance(one, Report)]
    assert len(set(found)) == 4
    assert found[0] == read(tmp_path / "a/x.txt").doc_id
    assert found == [one.doc_id for one in read_all([tmp_path]) if isinstance(one, Report)]


def test_the_import_of_reading_loads_nothing_heavy() -> None:
    import subprocess

    heavy = ("httpx", "lxml", "trafilatura", "py3langid", "numpy")
    code = f"import sys; import tensionwire.read; print(*(m for m in {heavy} if m in sys.modules))"
    path = str(Path(__file__).parents[2] / "src")
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
