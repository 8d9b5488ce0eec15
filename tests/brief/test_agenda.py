"""The agenda of a ledger: each appointment once, with a name that lasts, and what became of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from ledger.making import clash
from quarrel import denial, off
from tensionwire.brief.agenda import Appointment, appointments
from tensionwire.cli.app import app
from tensionwire.ledger import Filter, Ledger


def oslo(ledger: Ledger, today: str = "2024-03-10") -> Appointment:
    return next(one for one in appointments(ledger, Filter(), today=today) if one.first == "2024-03-20")


def test_one_announced_twice_is_there_once_under_the_same_name(ledger: Ledger) -> None:
    before = oslo(ledger)
    ledger.add(clash("again", outlet="Adria Post", published="2024-03-07"))
    after = oslo(ledger)
    assert before.uid == after.uid
    assert before.state == "scheduled"


def test_a_meeting_that_is_called_off(ledger: Ledger) -> None:
    ledger.add(off())
    one = oslo(ledger, "2024-03-16")
    assert one.cancelled
    assert one.outcome.telling is not None
    assert "called off" in one.outcome.telling.sentence


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_command(ledger: Ledger, tmp_path: Path) -> None:
    shown = run("agenda", "--ledger", tmp_path / "ledger.db")
    assert shown.exit_code == 0
    assert "2024-03-20" in shown.stdout
    assert "\x1b" not in shown.stdout
    found = Calendar.from_ical(run("agenda", "--ledger", tmp_path / "ledger.db", "--ics").stdout)
    assert len(found.walk("VEVENT")) == 2
    later = json.loads(run("agenda", "--ledger", tmp_path / "ledger.db", "--json", "--since", "2024-04-01").stdout)
    assert [one["first"] for one in later] == ["2024-04-02"]


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_day_that_is_none(ledger: Ledger, tmp_path: Path, option: str) -> None:
    found = run("agenda", "--ledger", tmp_path / "ledger.db", option, "soon")
    assert found.exit_code == 2
    assert "write YYYY-MM-DD" in found.stderr


def test_an_empty_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "empty.db") as ledger:
        ledger.add(denial())
    assert "nothing to come" in run("agenda", "--ledger", tmp_path / "empty.db").stdout
