"""The calendar: read back by a library, whatever the reports hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from quarrel import HOSTILE
from tensionwire.brief.agenda import Appointment, grouped
from tensionwire.brief.ical import calendar, datable
from tensionwire.ledger import Ledger, Source
from tensionwire.link.agenda import Outcome
from tensionwire.records import Telling

SOURCE = Source(
    report="r1",
    known_at="2024-03-06T10:00:00+00:00",
    outlet="Post",
    published="2024-03-06",
    url="https://post.example/1",
)


def appointment(**more: Any) -> Appointment:
    usual = Appointment(
        uid="abc@tensionwire", text="to meet in Oslo", sentence="They are to meet in Oslo on March 20.", who=("Norway",),
        where="Oslo", first="2024-03-20", last="2024-03-20", status="scheduled", outcome=Outcome(state="open"),
        sources=(SOURCE,),
    )  # fmt: skip
    return replace(usual, **more)


def event(**more: Any) -> Any:
    """The one event, read back."""
    found = Calendar.from_ical(calendar([appointment(**more)]))
    assert str(found["VERSION"]) == "2.0"
    (only,) = found.walk("VEVENT")
    return only


def test_a_day_is_all_of_it() -> None:
    found = event()
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2024, 3, 20), date(2024, 3, 21))
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert (str(found["STATUS"]), str(found["SUMMARY"])) == ("CONFIRMED", "Norway: to meet in Oslo")
    assert str(found["URL"]) == "https://post.example/1"
    assert "“They are to meet in Oslo on March 20.”" in str(found["DESCRIPTION"])


def test_an_interval_ends_on_the_day_that_is_free_again() -> None:
    found = event(first="2024-02-28", last="2024-02-29")
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2024, 2, 28), date(2024, 3, 1))


@pytest.mark.parametrize(
    ("status", "state", "written", "sequence"),
    [
        ("scheduled", "open", "CONFIRMED", 0), ("proposed", "open", "TENTATIVE", 0), ("cancelled", "open", "CANCELLED", 2),
        ("scheduled", "cancelled", "CANCELLED", 2), ("scheduled", "moved", "CONFIRMED", 1), ("scheduled", "held", "CONFIRMED", 0),
    ],
)  # fmt: skip
def test_status(status: str, state: str, written: str, sequence: int) -> None:
    told = Telling(report="r2", event="e1", type="CONSULT", quad=1, score=1, sentence="It was so.", outlet="Post")
    found = event(status=status, outcome=Outcome(state=state, telling=told))
    assert (str(found["STATUS"]), found["SEQUENCE"]) == (written, sequence)
    assert ("It was so." in str(found["DESCRIPTION"])) is (state != "open")


@pytest.mark.parametrize(
    ("first", "last", "fine"),
    [(None, None, False), ("2024-01-01", "2024-12-31", False), ("2024-03-01", "2024-03-31", True)],
)
def test_what_has_no_date_is_left_out(first: str | None, last: str | None, fine: bool) -> None:
    one = appointment(first=first, last=last)
    assert datable(one) is fine
    assert len(Calendar.from_ical(calendar([one])).walk("VEVENT")) == fine


def test_hostile_text_stays_text() -> None:
    evil = f"x\r\nBEGIN:VEVENT\r\nATTENDEE;CN=a:mailto:a@b\r\n;,\\n{HOSTILE}"
    source = replace(SOURCE, title=evil, outlet=evil, url="https://a.example/\r\nATTACH:file:///etc/passwd")
    data = calendar([appointment(text=evil, sentence=evil, who=(evil,), where=evil, sources=(source,))])
    found = Calendar.from_ical(data)
    (only,) = found.walk("VEVENT")
    assert not {"ATTENDEE", "ATTACH", "URL"} & set(only)
    assert not re.search(rb"^(ATTENDEE|ATTACH|URL)", data, re.MULTILINE)
    assert b"\x1b" not in data
    assert "\u202e" not in data.decode()
    assert ";,\\n" in str(only["DESCRIPTION"])
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_the_same_agenda_gives_the_same_bytes(ledger: Ledger) -> None:
    groups = grouped(ledger.agenda())
    assert calendar([appointment()]) == calendar([appointment()])
    assert len(groups) == 2
