"""Watched folders: new and changed files, none of them half written."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import pytest

from tensionwire.watch import folders
from watching import Desk, source

TEXT = (
    "Talks {n}\n\nNorway condemned Iceland on Monday, and Iceland condemned Norway the day after, for the {n}th time.\n"
)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "SETTLING", 0.05)


def write(folder: Path, name: str, n: int) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(TEXT.format(n=n))


def test_new_and_changed_files_are_read(tmp_path: Path, desk: Desk) -> None:
    inbox = tmp_path / "inbox"
    write(inbox, "a.txt", 4)
    watched = source(str(inbox), "folder", revisits=1000)
    assert desk.once(watched).tally.added == 1
    assert desk.once(watched).tally.added == 0
    write(inbox, "b.txt", 50)
    write(inbox, "a.txt", 600)
    assert desk.once(watched).tally.added == 2
    assert [record.title for record in desk.ledger.records] == ["Talks 4", "Talks 600", "Talks 50"]


def test_a_file_that_is_still_being_written_waits(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "SETTLING", 0.4)
    inbox = tmp_path / "inbox"
    write(inbox, "a.txt", 4)
    writer = threading.Thread(target=lambda: (time.sleep(0.15), write(inbox, "a.txt", 5)))
    writer.start()
    assert desk.once(source(str(inbox), "folder")).tally.added == 0
    writer.join()
    assert desk.once(source(str(inbox), "folder")).tally.added == 1
    assert desk.ledger.titles() == ["Talks 5"]


def test_a_file_of_many_with_some_that_fail(tmp_path: Path, desk: Desk) -> None:
    rows = [{"id": f"a{n}", "text": "raise" if n == 1 else TEXT.format(n=n)} for n in range(3)]
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4")
    tally = desk.once(source(str(tmp_path / "inbox"), "folder")).tally
    assert (tally.added, tally.failed) == (2, 2)
    assert "asked to fail" in desk.told()
    assert desk.once(source(str(tmp_path / "inbox"), "folder")).tally.failed == 0


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, desk: Desk) -> None:
    assert desk.once(source(str(tmp_path / "none"), "folder")).tally.failed == 1
    assert "there is no such folder" in desk.told()


def test_a_file_is_in_the_ledger_soon_after_it_came(tmp_path: Path, desk: Desk) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()

    def done() -> bool:
        if not any(inbox.iterdir()):
            write(inbox, "a.txt", 4)
        return bool(desk.ledger.records)

    desk.until(done, source(str(inbox), "folder", every=0.1))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everywhere")
def test_a_folder_that_may_not_be_read_is_told_once(tmp_path: Path, desk: Desk) -> None:
    inbox = tmp_path / "inbox"
    write(inbox, "a.txt", 4)
    closed = inbox / "closed"
    closed.mkdir(mode=0)
    try:
        tally = desk.once(source(str(inbox), "folder")).tally
    finally:
        closed.chmod(0o700)
    assert (tally.added, tally.failed) == (1, 1)
