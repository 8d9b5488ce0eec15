"""Killed programs, several writers at once, backups meanwhile: no committed report is lost, none is there by half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from ledger.making import clash, plain
from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import Ledger

ROOT = Path(__file__).parents[2]
CROWD = Path(__file__).with_name("crowd.py")
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
ROUNDS = 12


def crowd(url: str, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(CROWD), url, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)


def rows(ledger: Ledger, table: str) -> int:
    with ledger.store.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0)


def test_a_killed_writer_loses_nothing_and_leaves_nothing_half(url: str) -> None:
    told = 0
    chance = random.Random(4)
    for number in range(ROUNDS):
        with crowd(url, f"w{number}", 10_000) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            for _ in range(chance.randrange(1, 12)):
                told += bool(process.stdout.readline().startswith("r"))
            threading.Event().wait(chance.random() / 50)  # somewhere within a later add
            process.send_signal(signal.SIGKILL)
            told += process.stdout.read().count("\n")
    with Ledger.open(url) as ledger:
        reports = rows(ledger, "reports")
        # What was committed but not yet told when the kill came may be there too: one a round at most.
        assert told <= reports <= told + ROUNDS
        for table in ("codings", "tellings", "texts", "search", "moments"):
            assert table == "search" or rows(ledger, table) == reports, table
        assert list(ledger.verify()) == []
        assert ledger.add(clash()).state == "added"
        assert len(ledger.search("trawler")) == 1


def test_two_programs_add_at_once(url: str) -> None:
    Ledger.open(url).close()
    with crowd(url, "one", 60) as one, crowd(url, "two", 60) as two:
        assert one.stdout
        assert two.stdout
        keys = one.stdout.read().split()[1:] + two.stdout.read().split()[1:]
    assert one.returncode == two.returncode == 0
    assert len(set(keys)) == 120
    with Ledger.open(url) as ledger:
        assert rows(ledger, "reports") == 120
        assert list(ledger.verify()) == []


def test_two_programs_may_make_the_ledger_at_once(url: str) -> None:
    with crowd(url, "one", 3) as one, crowd(url, "two", 3) as two:
        one.communicate()
        two.communicate()
    assert one.returncode == two.returncode == 0
    with Ledger.open(url) as ledger:
        assert rows(ledger, "reports") == 6


def test_threads_share_a_ledger(ledger: Ledger) -> None:
    def add(name: str) -> None:
        for n in range(10):
            ledger.add(plain(f"Norway condemned Iceland, {name} {n}.", f"{name}{n}"))

    threads = [threading.Thread(target=add, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(ledger, "reports") == 30
    assert list(ledger.verify()) == []


def test_a_backup_while_another_writes_is_a_whole_ledger(url: str, tmp_path: Path) -> None:
    with Ledger.open(url) as ledger:
        ledger.add(clash())
        with crowd(url, "w", 40) as process:
            assert process.stdout
            process.stdout.readline()
            process.stdout.readline()
            ledger.backup(tmp_path / "safe" / "copy.db")
            process.stdout.read()
    with Ledger.open(tmp_path / "safe" / "copy.db", read_only=True) as copy:
        assert 1 <= rows(copy, "reports") < 42
        assert list(copy.verify()) == []
        assert copy.report("r1") == clash()
    assert sorted(path.name for path in (tmp_path / "safe").iterdir()) == ["copy.db"]


def test_a_ledger_goes_from_one_kind_of_database_to_the_other(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(tmp_path / "a.db") as first:
        first.add(clash(title="Shots off Grindavik"))
        first.add(plain("Norway condemned Iceland\x00 over herring.", "d2"))
        first.judge("r1/e2", "reject", by="Ida", reason="x")
        first.forget("r2", reason="court order")
        first.backup(tmp_path / "b.db")
        with Ledger.open(postgresql_url) as second:
            second.restore(tmp_path / "b.db")
            second.backup(tmp_path / "c.db")
            with Ledger.open(tmp_path / "d.db") as third:
                third.restore(tmp_path / "c.db")
                for ledger in (second, third):
                    assert ledger.incidents() == first.incidents()
                    assert ledger.report("r1") == first.report("r1")
                    assert ledger.diff("2000-01-01") == first.diff("2000-01-01")
                    assert [hit.source.report for hit in ledger.search("trawler")] == ["r1"]
                    assert ledger.search("herring") == ()
                    assert list(ledger.verify()) == []
                    assert ledger.add(clash("d7", outlet="Cod Weekly", url="https://cod.example")).report == "r3"


def test_nothing_is_overwritten_by_backup_or_restore(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        ledger.add(clash())
        with pytest.raises(UsageError, match="is there already"):
            ledger.backup(tmp_path / "a.db")
        ledger.backup(tmp_path / "b.db")
        with pytest.raises(UsageError, match="is not empty"):
            ledger.restore(tmp_path / "b.db")
        with pytest.raises(LedgerError, match="there is no ledger"):
            ledger.restore(tmp_path / "nowhere.db")
        assert rows(ledger, "reports") == 1
