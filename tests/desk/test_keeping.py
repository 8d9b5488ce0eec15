"""What is kept, and for how long."""

from __future__ import annotations

import threading
import time

import pytest

from tensionwire.desk.keeping import MOST, Kept


def test_an_answer_is_kept_until_the_ledger_moves_on() -> None:
    stamp, made = ["1"], []
    kept = Kept(lambda: stamp[0])

    def make() -> int:
        made.append(1)
        return len(made)

    assert (kept.get("a", make), kept.get("a", make)) == (1, 1)
    stamp[0] = "2"
    assert kept.get("a", make) == 2
    kept.clear()
    assert kept.get("a", make) == 3


def test_an_older_answer_is_given_while_a_newer_one_is_made() -> None:
    stamp = ["1"]
    kept = Kept(lambda: stamp[0])
    go = threading.Event()
    assert kept.get("a", lambda: "old", stale=60) == "old"
    stamp[0] = "2"
    assert kept.get("a", lambda: "new" if go.wait(10) else "", stale=60) == "old"
    go.set()
    for _ in range(200):
        if kept.get("a", lambda: "new", stale=60) == "new":
            return
        time.sleep(0.02)
    pytest.fail("the newer answer never came")


def test_many_threads_make_an_answer_once() -> None:
    kept, made = Kept(lambda: "1"), []

    def make() -> int:
        made.append(1)
        time.sleep(0.05)
        return 7

    threads = [threading.Thread(target=lambda: kept.get("a", make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_a_fault_is_told_and_not_kept() -> None:
    kept = Kept(lambda: "1")
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 5) == 5


def test_no_more_is_kept_than_there_is_room_for() -> None:
    kept = Kept(lambda: "1")
    for n in range(MOST + 10):
        kept.get(n, lambda: None)
    assert len(kept._entries) == MOST
