"""Pages while the ledger is written, a server killed in the midst of a judgement and started again: nothing is lost."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from desk.asking import PASSWORD, opened
from desk.story import told
from desk.test_review import _form
from desk.test_serve import PATIENCE, _free_port, _serve
from ledger.making import clash
from ledger.test_surviving import crowd
from tensionwire.desk.identity import Role, User
from tensionwire.desk.people.accounts import People
from tensionwire.ledger import Ledger
from tensionwire.ledger.reviewing import verdicts_of

PAGES = (
    "/", "/pair/NOR/ISL", "/incident/i5", "/report/r5", "/actor/NOR", "/actors", "/agenda", "/map", "/search?q=trawler",
    "/search?what=claims", "/review", "/review/r5", "/api/v1/incidents", "/api/v1/news",
)  # fmt: skip


def test_pages_open_while_others_write(url: str, tmp_path: Path) -> None:
    """Another program adds reports one after the other; every page opens, and none waits for it to end."""
    desk = opened(url, tmp_path / "desk")
    ledger: Ledger = desk.app.state.desk.ledger
    told(ledger)
    desk.app.state.identify = lambda request: User(name="Ada", role=Role.administrator)
    browser = desk.client()
    with crowd(url, "crowd", 100_000) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        first = process.stdout.readline().strip()
        for _ in range(3):
            for page in PAGES:
                answer = browser.get(page)
                assert answer.status_code == 200, (page, answer.text[-400:])
        assert browser.get(f"/report/{first}").status_code == 200
        process.kill()
        last = process.stdout.read().split()[-1]
    assert int(last[1:]) > int(first[1:]), "nothing was written meanwhile"
    assert list(ledger.verify()) == []
    desk.app.state.desk.close()


def test_pages_open_while_a_writer_holds_the_ledger(url: str, tmp_path: Path) -> None:
    """A long transaction of another, with rows written and not yet committed, holds no reader up."""
    desk = opened(url, tmp_path / "desk")
    ledger: Ledger = desk.app.state.desk.ledger
    told(ledger)
    desk.app.state.identify = lambda request: User(name="Ada", role=Role.administrator)
    browser, stamps = desk.client(), set()
    with Ledger.open(url) as other, other.store.writing() as connection:
        from tensionwire.ledger.adding import Ready, added

        added(connection, Ready.of(clash("held")), other.store)
        for page in PAGES:
            began = time.monotonic()
            answer = browser.get(page)
            assert answer.status_code == 200, (page, answer.text[-400:])
            assert time.monotonic() - began < 30, page  # a writer is waited for twice as long
            stamps.add(answer.headers.get("etag"))
    assert ledger.report("r1")
    desk.app.state.desk.close()


@pytest.fixture
def start(url: str, tmp_path: Path) -> Iterator[Callable[[], tuple[subprocess.Popen[str], str]]]:
    """Start a server on a ledger with one report and Ada the reviewer; each on the same port, as after a crash."""
    with Ledger.open(url) as ledger:
        ledger.add(clash())
        people = People(ledger.store)
        people.accept(people.invite(Role.administrator), name="Root", password=PASSWORD)
        people.accept(people.invite(Role.reviewer), name="Ada", password=PASSWORD)
    port, running = _free_port(), []

    def started() -> tuple[subprocess.Popen[str], str]:
        running.append(_serve(tmp_path, "--port", str(port), ledger=url))
        home = f"http://127.0.0.1:{port}"
        for _ in range(PATIENCE * 10):
            try:
                httpx.get(home + "/log-in", timeout=PATIENCE)
                return running[-1], home
            except httpx.TransportError:
                assert running[-1].poll() is None, running[-1].communicate()
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    yield started
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def logged_in() -> Iterator[Callable[[str], httpx.Client]]:
    """Ada's browser, logged in."""
    with httpx.Client(timeout=PATIENCE) as browser:

        def logged(home: str) -> httpx.Client:
            token = re.search(r'name="csrf" value="([^"]*)"', browser.get(home + "/log-in").text)
            assert token
            answer = browser.post(home + "/log-in", data={"csrf": token[1], "name": "Ada", "password": PASSWORD})
            assert answer.status_code == 303, answer.text
            return browser

        yield logged


def test_a_server_killed_in_the_midst_of_a_judgement(
    url: str, start: Callable[[], tuple[subprocess.Popen[str], str]], logged_in: Callable[[str], httpx.Client]
) -> None:
    """The judgement waits for a writer when the server is killed: it is not stored by half, and the page that was open
    can send it again once the server runs, without logging in anew."""
    server, home = start()
    browser = logged_in(home)
    form = _form(browser.get(home + "/review/r1").text, "e1") | {"verdict": "reject", "reason": "nobody was there"}
    failed: list[Exception] = []
    with Ledger.open(url) as ledger:
        with ledger.store.writing():
            sending = threading.Thread(target=_sent, args=(browser, f"{home}/review/r1/e1", form, failed))
            sending.start()
            time.sleep(1.5)
            assert sending.is_alive(), failed
            server.send_signal(signal.SIGKILL)
            sending.join(PATIENCE)
        assert failed, "the browser got an answer from a dead server"
        assert verdicts_of(ledger.store) == ()
        assert list(ledger.verify()) == []
        start()
        answer = browser.post(f"{home}/review/r1/e1", data=form)
        assert answer.status_code == 303, answer.text
        assert [(one.by, one.kind, one.reason) for one in verdicts_of(ledger.store)] == [
            ("Ada", "reject", "nobody was there")
        ]
        again = browser.post(f"{home}/review/r1/e1", data=form)
        assert again.status_code == 409  # whoever sends it twice, not knowing whether it arrived, is told that it did
        assert "you judged it elsewhere" in again.text
        assert "nobody was there" in again.text
        assert len(verdicts_of(ledger.store)) == 1


def test_what_a_server_has_answered_stays_whenever_it_is_killed(
    url: str, start: Callable[[], tuple[subprocess.Popen[str], str]], logged_in: Callable[[str], httpx.Client]
) -> None:
    """Judgement after judgement, until the kill comes somewhere within one: each that was answered is there."""
    server, home = start()
    browser = logged_in(home)
    answered, failed = 0, list[Exception]()
    form = _form(browser.get(home + "/review/r1").text, "e1")
    threading.Timer(3.0, server.send_signal, (signal.SIGKILL,)).start()
    while not failed:
        answer = _sent(browser, f"{home}/review/r1/e1", form | {"verdict": ("confirm", "reject")[answered % 2]}, failed)
        if answer is not None:
            assert answer.status_code == 303, answer.text
            answered += 1
            form["mine"] = f"v{answered}"
    assert answered
    with Ledger.open(url) as ledger:
        said = verdicts_of(ledger.store, all=True)
        assert answered <= len(said) <= answered + 1
        assert sum(not one.undone for one in said) == min(1, len(said))
        assert list(ledger.verify()) == []
        rejected = bool(said) and said[-1].kind == "reject"
        assert ("e1" in {one.event for one in ledger.tellings()}) is not rejected


def _sent(browser: httpx.Client, to: str, form: dict[str, str], failed: list[Exception]) -> httpx.Response | None:
    try:
        return browser.post(to, data=form)
    except httpx.TransportError as error:
        failed.append(error)
        return None
