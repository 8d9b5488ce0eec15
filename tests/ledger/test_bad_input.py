"""Locked, read-only, full, newer, damaged: a clear error, and nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event, text

from ledger.making import clash, plain
from ledger.test_surviving import ENVIRONMENT, rows
from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import Ledger, migrations
from tensionwire.ledger.sqlite import SQLite
from tensionwire.ledger.store import default_url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with sixty reports."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.add(clash())
        for n in range(59):
            ledger.add(plain(f"Norway condemned Iceland over quarrel number {n} " + "herring " * n + ".", f"d{n}"))
    return path


def test_a_ledger_that_another_program_writes_to(url: str) -> None:
    with Ledger.open(url) as busy, Ledger.open(url, wait=0.2) as ledger:
        with (
            busy.store.writing(),
            pytest.raises(LedgerError, match=r"another program is writing to it.*try again"),
        ):
            ledger.add(clash())
        assert rows(ledger, "reports") == 0
        assert ledger.add(clash()).state == "added"


def test_reading_goes_on_while_another_program_writes(url: str) -> None:
    with Ledger.open(url) as busy, Ledger.open(url, wait=0.2) as ledger:
        busy.add(clash())
        with busy.store.writing():
            assert len(ledger.tellings()) == 2


def test_a_ledger_that_may_only_be_read(url: str) -> None:
    with Ledger.open(url) as ledger:
        ledger.add(clash())
    with Ledger.open(url, read_only=True) as ledger:
        assert len(ledger.incidents()) == 2
        with pytest.raises(LedgerError, match="may only be read"):
            ledger.add(plain("Norway condemned Iceland.", "d2"))
        assert list(ledger.verify()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read(file: Path) -> None:
    file.chmod(0o444)
    file.parent.chmod(0o555)
    try:
        with Ledger.open(file, read_only=True) as ledger:
            assert len(ledger.incidents()) == 61
        with pytest.raises(LedgerError):
            Ledger.open(file).add(clash(coder="test 2"))
    finally:
        file.parent.chmod(0o755)


def grow(ledger: Ledger) -> None:
    for n in range(200):
        ledger.add(plain(f"Norway condemned Iceland {n} " + os.urandom(4000).hex() + ".", f"full{n}"))


def test_a_full_disk(file: Path) -> None:
    with Ledger.open(file) as ledger:

        def fill(connection: sqlite3.Connection, _: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

        event.listen(ledger.store.engine, "connect", fill)
        ledger.store.engine.dispose()
        with pytest.raises(LedgerError, match="the disk is full; what was committed before is safe"):
            grow(ledger)
        event.remove(ledger.store.engine, "connect", fill)
        ledger.store.engine.dispose()
        assert list(ledger.verify()) == []
        assert ledger.add(plain("Norway condemned Iceland after all.", "after")).state == "added"


def test_a_disk_that_takes_no_more(file: Path) -> None:
    """The operating system itself refuses to let the log grow."""
    code = (
        "import resource, sys; from ledger.making import plain; from tensionwire.ledger import Ledger\n"
        "from tensionwire.errors import LedgerError\n"
        "ledger = Ledger.open(sys.argv[1]); ledger.add(plain('Norway condemned Iceland first.', 'f'))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n"
        "    for n in range(50): ledger.add(plain(f'Norway condemned Iceland {n} ' + 'x ' * 20000 + '.', f'g{n}'))\n"
        "except LedgerError as error: print(error)\n"
    )
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, env=ENVIRONMENT, timeout=120
    )
    assert "the disk" in done.stdout, done.stderr
    with Ledger.open(file) as ledger:
        assert list(ledger.verify()) == []
        assert rows(ledger, "reports") >= 61


def test_a_ledger_of_a_newer_tensionwire(url: str) -> None:
    with Ledger.open(url) as ledger:
        ledger.add(clash())
        with ledger.store.writing() as connection:
            connection.execute(text("UPDATE meta SET value = '99' WHERE name = 'schema'"))
    for read_only in (True, False):
        with pytest.raises(LedgerError, match=r"newer tensionwire .schema 99.*upgrade"):
            Ledger.open(url, read_only=read_only)


def test_steps_of_the_schema_are_taken_in_order_and_once(url: str) -> None:
    with Ledger.open(url) as ledger:
        taken: list[int] = []
        steps = {n: partial(lambda number, *_: taken.append(number), n) for n in (100, 98, 99)}
        with ledger.store.writing() as connection:
            assert migrations.migrate(connection, ledger.store.dialect, 98, steps) == [99, 100]
            assert migrations.version(connection) == 100
        assert taken == [99, 100]


def test_a_step_that_fails_leaves_the_ledger_as_it_was(url: str) -> None:
    def half(connection: object, _: object) -> None:
        connection.execute(text("CREATE TABLE half (n INTEGER)"))  # type: ignore[attr-defined]
        raise LedgerError("x", "y", "z")

    with Ledger.open(url) as ledger:
        with pytest.raises(LedgerError), ledger.store.writing() as connection:
            migrations.migrate(connection, ledger.store.dialect, 1, {99: half})
        with ledger.store.reading() as connection:
            assert migrations.version(connection) == migrations.LATEST
        with pytest.raises(LedgerError), ledger.store.reading() as connection:
            connection.execute(text("SELECT * FROM half"))


def test_there_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"there is no ledger.*tensionwire add"):
        Ledger.open(tmp_path / "none.db", read_only=True)
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.open(tmp_path / "none.db", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [True, False])
def test_files_that_are_no_ledger(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "text.db").write_text("This is no database, however long it may be. " * 50)
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger.open(tmp_path / "text.db", read_only=read_only)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE birds (name TEXT)")
    with pytest.raises(LedgerError, match="database of something else"):
        Ledger.open(tmp_path / "other.db", read_only=read_only)
    (tmp_path / "empty.db").touch()
    if read_only:
        with pytest.raises(LedgerError, match="is empty"):
            Ledger.open(tmp_path / "empty.db", read_only=True)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="cannot be made"):
        Ledger.open(tmp_path / "file" / "ledger.db")


@pytest.mark.parametrize("url", ["mysql://localhost/x", "postgresql://a:b:c@x:y/", "http://x"])
def test_addresses_that_lead_nowhere(url: str) -> None:
    with pytest.raises(UsageError):
        Ledger.open(url)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(LedgerError, match="cannot be reached") as told:
        Ledger.open("postgresql://me:secret@127.0.0.1:1/x")
    assert "secret" not in str(told.value)


def test_a_server_whose_name_leads_nowhere() -> None:
    with pytest.raises(LedgerError, match="leads nowhere"):
        Ledger.open("postgresql://[")


def test_a_database_that_is_not_there(postgresql_server: str) -> None:
    with pytest.raises(LedgerError, match="no such database"):
        Ledger.open(f"{postgresql_server}/nowhere")


def test_where_the_ledger_is_when_nobody_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TENSIONWIRE_LEDGER", "/x/y.db")
    assert default_url() == "/x/y.db"
    monkeypatch.delenv("TENSIONWIRE_LEDGER")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_url().endswith("ledger.db")


def damaged(file: Path, page: int) -> Path:
    """The file with a page (from 1) overwritten."""
    copy = file.with_name("damaged.db")
    shutil.copy(file, copy)
    with copy.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xff" * 4096)
    return copy


def leaf(file: Path, table: str) -> int:
    """A page that holds rows of a table (from dbstat, or by trying which one spoils it)."""
    with sqlite3.connect(file) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    return int(root)


def test_a_damaged_page_is_told_and_the_rest_is_checked(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    root = leaf(file, "codings")
    spoilt = 0
    for page in (root, pages // 2, pages - 1):
        copy = damaged(file, page)
        with Ledger.open(copy) as ledger:
            found = list(ledger.verify())
            spoilt += bool(found)
            assert all(one.where and one.fault for one in found)
        copy.unlink()
    assert spoilt == 3


def test_a_question_that_meets_a_damaged_page_says_so(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (
        Ledger.open(damaged(file, leaf(file, "tellings"))) as ledger,
        pytest.raises(LedgerError, match=r"a page of the file is damaged.*verify.*backup"),
    ):
        ledger.tellings()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE texts SET body = (SELECT body FROM texts ORDER BY hash LIMIT 1 OFFSET 1) WHERE hash = "
         "(SELECT hash FROM reports WHERE id = 1)", "the text's hash is not the one that was kept"),
        ("DELETE FROM texts WHERE hash = (SELECT hash FROM reports WHERE id = 1)", "is gone"),
        ("UPDATE tellings SET sentence = 'Norway praised Iceland.' WHERE id = 1", "e1: its sentence does not stand"),
        ("UPDATE tellings SET event = 'e9' WHERE id = 1", "e9: a telling of an event that the record does not have"),
        ("UPDATE tellings SET \"trigger\" = 'praised' WHERE id = 1", "e1: its trigger is not the record's"),
        ("DELETE FROM codings WHERE report = 1", "it has no coding"),
        ("UPDATE codings SET record = (SELECT record FROM codings WHERE report = 2) WHERE report = 1", "content_hash"),
    ],
)  # fmt: skip
def test_verify_says_exactly_what_is_damaged(ledger: Ledger, change: str, fault: str) -> None:
    ledger.add(clash())
    ledger.add(plain("Norway condemned Iceland over herring quotas.", "d2"))
    assert list(ledger.verify()) == []
    with ledger.store.writing() as connection:
        connection.execute(text(change))
    found = list(ledger.verify())
    assert found
    assert {one.where for one in found} == {"r1"}
    assert any(fault in one.fault for one in found), found


def test_hostile_words_stay_words(ledger: Ledger) -> None:
    ledger.add(
        plain("Norway condemned Iceland'); DROP TABLE reports;--.", "d'; DROP TABLE texts;--", outlet='O" OR 1=1')
    )
    from tensionwire.ledger import Filter

    asked: list[Callable[[], object]] = [
        lambda: ledger.search("x' OR 1=1 --"), lambda: ledger.search('"a" NEAR "b" {title}: ^'),
        lambda: ledger.incidents(Filter(outlet='O" OR 1=1')), lambda: ledger.incidents(Filter(place="%' OR '1'='1")),
        lambda: ledger.incidents(Filter(type="x' --")), lambda: ledger.actors(Filter(actor="%")),
    ]  # fmt: skip
    for question in asked:
        question()
    assert len(ledger.incidents(Filter(outlet='O" OR 1=1'))) == 1
    assert ledger.incidents(Filter(place="%")) == ()
    assert SQLite().exists("/nowhere") is False
