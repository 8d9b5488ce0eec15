"""Alerts: what is found, each once through each channel, with a real mail server and a real web server."""

from __future__ import annotations

import email
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import feedparser
import pytest
from aiosmtpd.controller import Controller
from typer.testing import CliRunner

from ledger.making import Draft, clash
from quarrel import HOSTILE, denial, filled, hostile, off
from tensionwire.brief.alerts import Tally, pending, run_round
from tensionwire.brief.channels import feed, message, plain
from tensionwire.brief.finding import Alert, Ground, Quote, found
from tensionwire.brief.outbox import Outbox
from tensionwire.brief.rules import Channel, Orders, Rule
from tensionwire.cli.app import app
from tensionwire.errors import TensionwireError
from tensionwire.ledger import Ledger
from tensionwire.records import Incident, Party, Telling

TODAY = "2024-03-16"
EVIL = Alert(id="0123", rule=HOSTILE, kind="denial", title=f"a\r\nBcc: x@y\n{HOSTILE}", text=HOSTILE,
             quotes=(Quote(sentence=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)"),))  # fmt: skip


def titles(rule: Rule, ledger: Ledger) -> list[str]:
    return [alert.title for alert in found(rule, Ground(ledger=ledger, today=TODAY))]


def row(day: str, number: int, actor: str, recipient: str, type: str, score: float) -> Incident:
    """One row of an event table."""
    told = Telling(
        report="t", event=f"{day}-{number}", type=type, quad=4 if score < 0 else 1, score=score,
        actor=(Party(code=actor),), recipient=(Party(code=recipient),), first=day, last=day, published=day,
        sentence=f"{actor} and {recipient} on {day}.",
    )  # fmt: skip
    return Incident(id=f"{day}-{number}", tellings=(told,))


def quarter() -> Iterator[Incident]:
    """A hundred quiet days and twenty that are not."""
    for number in range(120):
        day = (date(2024, 1, 1) + timedelta(days=number)).isoformat()
        yield from (row(day, n, "DNK", "SWE", "CONSULT", 1.0) for n in range(3))
        yield from (row(day, n, "NOR", "ISL", "ASSAULT", -9.0) for n in range(10, 14 if number >= 100 else 10))


class TestFinding:
    def test_a_denial_is_one_however_often_it_is_told(self, ledger: Ledger) -> None:
        rule = Rule(name="r", kind="denial", pair=("NOR", "ISL"))
        before = titles(Rule(name="r", kind="denial"), ledger)
        ledger.add(denial("again", outlet="Third Post", published="2024-03-09"))
        assert titles(Rule(name="r", kind="denial"), ledger) == before
        assert "Norway denies: its ships fired no shot at anybody" in before
        assert found(replace(rule, outlet="Nobody"), Ground(ledger=ledger, today=TODAY)) == []

    def test_a_count_that_jumps(self, ledger: Ledger) -> None:
        rule = Rule(name="r", kind="count")
        assert titles(rule, ledger) == ["killed: At least 9 sailors, up from 3"]
        assert titles(replace(rule, factor=4.0), ledger) == []
        assert titles(replace(rule, at_least=10.0), ledger) == []

    def test_a_meeting_that_is_called_off(self, ledger: Ledger) -> None:
        rule = Rule(name="r", kind="agenda")
        assert titles(rule, ledger) == []
        ledger.add(off())
        (alert,) = found(rule, Ground(ledger=ledger, today=TODAY))
        assert alert.title.startswith("cancelled: Norway, Iceland: to meet in Oslo")
        assert "called off" in alert.quotes[-1].sentence

    def test_new_incidents_of_a_kind(self, ledger: Ledger) -> None:
        assert titles(Rule(name="r", kind="incident", type="ASSAULT"), ledger) == [
            "ASSAULT: Norway → Iceland (Grindavik 2024-03-04)"
        ]
        assert titles(Rule(name="r", kind="incident", type="ASSAULT", place="Oslo"), ledger) == []

    def test_the_tension_of_a_pair_turns(self, tmp_path: Path) -> None:
        with Ledger.open(tmp_path / "long.db") as ledger:
            ledger.add_table(quarter(), name="long.tsv", digest="0")
            rule = Rule(name="r", kind="change", pair=("NOR", "ISL"), least=0.5)
            (alert,) = [one for one in found(rule, Ground(ledger=ledger, today=TODAY)) if "rises" in one.title]
            assert alert.day == "2024-04-10"
            assert alert.quotes
            assert found(replace(rule, direction="falls"), Ground(ledger=ledger, today=TODAY)) == []
            assert found(replace(rule, newest=86400.0), Ground(ledger=ledger, today=TODAY)) == []
            with Outbox(tmp_path / "box") as box:
                box.note("r", [alert], ["print"])
                moved = replace(alert, id="other", day="2024-04-13")
                assert box.fresh([moved]) == []
                assert box.fresh([replace(moved, day="2025-01-01")])

    def test_a_rule_of_an_unknown_actor_stops_no_other(self, ledger: Ledger, tmp_path: Path) -> None:
        said: list[str] = []
        orders = Orders(
            rules=(Rule(name="bad", kind="incident", actor="Nobodia"), Rule(name="good", kind="denial", backlog=True)),
            channels=(Channel(name="rss", way="rss", path=tmp_path / "f.xml"),),
        )
        with Outbox(tmp_path / "box") as box:
            tally = run_round(
                orders, Ground(ledger=ledger, today=TODAY), box, lambda what, told, bad: said.append(f"{what} {told}")
            )
        assert (tally.failed, tally.sent) == (1, 2)
        assert said[0].startswith("bad 'Nobodia'")


@dataclass
class Post:
    """Mails and calls that came."""

    mails: list[Message] = field(default_factory=list)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    refuse: bool = False
    status: int = 200

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return "451 not now"
        self.mails.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def mail(post: Post) -> Iterator[Channel]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    yield Channel(
        name="mail", way="mail", server="127.0.0.1", port=port, security="none", sender="desk@a.example",
        to=("editor@a.example",),
    )  # fmt: skip
    controller.stop()


@pytest.fixture
def hook(post: Post) -> Iterator[Channel]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            post.calls.append(({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_response(post.status)
            if post.status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    url = f"http://127.0.0.1:{server.server_address[1]}/hook?key=hush"
    yield Channel(name="hook", way="webhook", url=url, secret="s3cret")
    server.shutdown()
    thread.join()
    server.server_close()


class Rounds:
    """Rounds over a ledger with one rule and some channels."""

    def __init__(self, ledger: Ledger, box: Path, *channels: Channel, backlog: bool = True) -> None:
        self.orders = Orders(rules=(Rule(name="denials", kind="denial", backlog=backlog),), channels=channels)
        self.ledger, self.box = ledger, box
        self.said: list[str] = []

    def __call__(self, allow_private: bool = True) -> Tally:
        def say(what: str, told: str, bad: bool) -> None:
            self.said.append(f"{what}: {told}")

        with Outbox(self.box) as box:
            return run_round(
                self.orders, Ground(ledger=self.ledger, today=TODAY), box, say, allow_private=allow_private
            )


def test_each_alert_goes_once_through_each_channel(
    ledger: Ledger, tmp_path: Path, mail: Channel, hook: Channel, post: Post
) -> None:
    rss = Channel(name="rss", way="rss", path=tmp_path / "out" / "alerts.xml", title="Cod & co")
    rounds = Rounds(ledger, tmp_path / "box", mail, hook, rss)
    assert rounds().sent == 6
    assert rounds().sent == 0
    assert (len(post.mails), len(post.calls)) == (2, 2)
    parsed = feedparser.parse((tmp_path / "out" / "alerts.xml").read_bytes())
    assert not parsed.bozo
    assert parsed.feed.title == "Cod & co"
    assert {entry.id for entry in parsed.entries} == {json.loads(body)["id"] for _, body in post.calls}
    ledger.add(clash("d7"))
    draft = Draft("Iceland said it cut no nets at all.").claim("it cut no nets at all", "ISL", stance="denies")
    ledger.add(draft.record("d8"))
    assert rounds().sent == 3
    assert post.mails[-1]["Subject"] == "Iceland denies: it cut no nets at all"


def test_the_first_look_only_notes_what_is_there(ledger: Ledger, tmp_path: Path, mail: Channel, post: Post) -> None:
    rounds = Rounds(ledger, tmp_path / "box", mail, backlog=False)
    rounds()
    assert rounds.said == ["denials: first look: 2 noted, what comes later is told"]
    draft = Draft("Iceland said it cut no nets at all.").claim("it cut no nets at all", "ISL", stance="denies")
    ledger.add(draft.record("d8"))
    rounds()
    assert len(post.mails) == 1


def test_a_channel_that_fails_stops_no_other_and_gets_it_later(
    ledger: Ledger, tmp_path: Path, mail: Channel, hook: Channel, post: Post
) -> None:
    post.refuse = True
    rounds = Rounds(ledger, tmp_path / "box", mail, hook)
    tally = rounds()
    assert (tally.sent, tally.failed) == (2, 1)
    assert "mail: the mail server answered 451; 2 waiting, tried again at the next round" in rounds.said
    post.refuse = False
    assert rounds().sent == 2
    assert len(post.mails) == 2


@pytest.mark.parametrize(("status", "why"), [(500, "answered 500"), (302, "answered 302"), (204, None)])
def test_what_a_webhook_answers(
    ledger: Ledger, tmp_path: Path, hook: Channel, post: Post, status: int, why: str | None
) -> None:
    post.status = status
    rounds = Rounds(ledger, tmp_path / "box", hook)
    tally = rounds()
    assert tally.failed == (why is not None)
    assert why is None or why in rounds.said[0]
    assert "hush" not in "".join(rounds.said)
    assert len(post.calls) == (1 if why else 2)


def test_a_call_is_signed_and_carries_its_id(ledger: Ledger, tmp_path: Path, hook: Channel, post: Post) -> None:
    Rounds(ledger, tmp_path / "box", hook)()
    headers, body = post.calls[0]
    signed = hmac.new(b"s3cret", headers["x-tensionwire-timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["x-tensionwire-signature"] == f"sha256={signed}"
    assert headers["content-type"] == "application/json"
    assert headers["idempotency-key"] == json.loads(body)["id"]


def test_private_webhooks_are_refused(ledger: Ledger, tmp_path: Path, hook: Channel, post: Post) -> None:
    rounds = Rounds(ledger, tmp_path / "box", hook)
    assert rounds(allow_private=False).failed == 1
    assert "private address" in rounds.said[0]
    assert not post.calls


def test_a_crash_between_sending_and_marking_sends_again_under_the_same_id(
    ledger: Ledger, tmp_path: Path, mail: Channel, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = Rounds(ledger, tmp_path / "box", mail)
    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            rounds()
    rounds()
    assert [mail["X-Tensionwire-Alert"] for mail in post.mails[:2]] == [post.mails[0]["X-Tensionwire-Alert"]] * 2
    assert post.mails[0]["Message-ID"] == post.mails[1]["Message-ID"]
    assert len(post.mails) == 3


@pytest.mark.parametrize("server", ["127.0.0.1", "no-such-host.invalid"])
def test_a_mail_server_that_is_not_there(ledger: Ledger, tmp_path: Path, server: str) -> None:
    channel = Channel(name="mail", way="mail", server=server, port=9, security="none", sender="a@b", to=("c@d",))
    rounds = Rounds(ledger, tmp_path / "box", channel)
    assert rounds().failed == 1
    assert "cannot be used" in rounds.said[0]


def test_a_mail_server_without_encryption_is_not_used_where_it_is_asked_for(
    ledger: Ledger, tmp_path: Path, mail: Channel, post: Post
) -> None:
    rounds = Rounds(ledger, tmp_path / "box", replace(mail, security="starttls"))
    assert rounds().failed == 1
    assert not post.mails


def test_hostile_words_stay_words() -> None:
    channel = Channel(name="m", way="mail", sender="a@b.example", to=("c@d.example",))
    mail = email.message_from_bytes(message(EVIL, channel).as_bytes())
    assert mail["Bcc"] is None
    assert "\x1b" not in plain(EVIL)
    assert "\u202e" not in plain(EVIL)
    parsed = feedparser.parse(feed([(EVIL, "2024-03-16T00:00:00+00:00")], HOSTILE).encode())
    assert not parsed.bozo
    assert "<script" not in parsed.entries[0].description
    assert "link" not in parsed.entries[0]


def test_two_runs_do_not_share_an_outbox(tmp_path: Path) -> None:
    with Outbox(tmp_path / "box"), pytest.raises(TensionwireError, match="another run of alerts holds it"):
        Outbox(tmp_path / "box")


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_command(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        filled(ledger)
    (tmp_path / "rules.toml").write_text('[[rule]]\nname = "denials"\nkind = "denial"\nbacklog = true\n')
    arguments = ("alerts", tmp_path / "rules.toml", "--ledger", tmp_path / "l.db")
    rehearsed = run(*arguments, "--dry-run")
    told = run(*arguments, "--once")
    assert rehearsed.exit_code == told.exit_code == 0
    assert rehearsed.stdout == told.stdout
    assert "[denials] Norway denies: its ships fired no shot at anybody" in told.stdout
    assert (
        "“Norway said its ships fired no shot at anybody.” (Adria Post, 2024-03-08, r2, https://post.example/2)"
        in told.stdout
    )
    assert "\x1b" not in told.stdout
    assert run(*arguments, "--once").stdout == ""
    assert run("alerts", "--example").stdout.startswith("# What to be told of")
    assert run("alerts", tmp_path / "none.toml").exit_code == 2


def test_what_would_be_told_is_not_noted(ledger: Ledger, tmp_path: Path) -> None:
    orders = Orders(rules=(Rule(name="denials", kind="denial"),), channels=())
    with Outbox(tmp_path / "box") as box:
        assert len(list(pending(orders, Ground(ledger=ledger, today=TODAY), box))) == 2
        assert len(list(pending(orders, Ground(ledger=ledger, today=TODAY), box))) == 2
    assert hostile().doc_id == "d9"
