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


def test_settling_waits_for_an_answer_that_another_being_made_asks_for() -> None:
    stamp, made = ["1"], []
    kept = Kept(lambda: stamp[0])

    def inner() -> str:
        time.sleep(0.1)
        made.append(stamp[0])
        return stamp[0]

    def outer() -> str:
        time.sleep(0.05)
        return kept.get("inner", inner, stale=60)

    assert kept.get("outer", outer, stale=60) == "1"
    stamp[0] = "2"
    assert kept.get("outer", outer, stale=60) == "1"
    kept.settle()
    assert made == ["1", "2"]
    assert kept.get("inner", lambda: "not asked") == "2"


def test_settling_never_meets_a_thread_that_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = threading.Thread.start

    def late(thread: threading.Thread) -> None:
        time.sleep(0.05)
        begin(thread)

    stamp = ["1"]
    kept = Kept(lambda: stamp[0])
    kept.get("a", lambda: 1)
    stamp[0] = "2"
    asking = threading.Thread(target=lambda: kept.get("a", lambda: 2, stale=60))
    monkeypatch.setattr(threading.Thread, "start", late)
    begin(asking)
    while not kept._working and asking.is_alive():
        time.sleep(0.001)
    kept.settle()
    asking.join()
    kept.settle()
    assert kept.get("a", lambda: 3) == 2


def test_settling_gives_up_on_what_takes_too_long() -> None:
    stamp, go = ["1"], threading.Event()
    kept = Kept(lambda: stamp[0])
    kept.get("a", lambda: True)
    stamp[0] = "2"
    kept.get("a", lambda: go.wait(30), stale=60)
    kept.settle(0.05)
    assert not go.is_set()
    go.set()
    kept.settle()


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
