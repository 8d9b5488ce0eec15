"""PLOVER JSON Lines."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from harbour import RECORD
from tensionwire.exchange.plover import days, entry, lines

FIELDS = {
    "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc",
    "event_text", "quad_code", "event_scale", "mode", "context", "link", "text", "text_info",
    "cite_info", "coder", "coded_date", "coded_time", "comment",
}  # fmt: skip


def test_every_field_of_the_manual_is_there() -> None:
    found = [json.loads(row) for row in lines([RECORD])]
    assert len(found) == len(RECORD.events)
    assert all(set(event) >= FIELDS for event in found)
    assert set(found[0]["actor"][0]) == {
        "code", "sector", "entity_text", "identifier_id", "identifier_text", "office",
    }  # fmt: skip


def test_an_unknown_date_is_null_and_said_so() -> None:
    found = entry(RECORD, RECORD.events[2])
    assert found["date"] is found["enddate"] is None
    assert "no date: no time is given" in found["comment"]


def test_an_interval_has_two_ends_and_a_place_its_geonames_id() -> None:
    found = entry(RECORD, RECORD.events[1])
    assert (found["date"], found["enddate"]) == ("2025-05-10", "2025-05-11")
    assert found["event_loc"]["geonameid"] == 3899361


def test_counts_that_differ_give_no_number() -> None:
    assert entry(RECORD, RECORD.events[1])["size"] == {"dead": None, "injured": None, "arrested": None}
    one = replace(RECORD, figures=RECORD.figures[1:2])
    assert entry(one, one.events[1])["size"]["dead"] == 11


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2025-05-10", ("2025-05-10", "2025-05-10")),
        ("2025-05-10T12:00:00Z", ("2025-05-10", "2025-05-10")),
        ("2025-05-10/2025-05-12", ("2025-05-10", "2025-05-12")),
        ("2023-02", ("2023-02-01", "2023-02-28")),
        ("1999", ("1999-01-01", "1999-12-31")),
        ("0000-02", ("0000-02-01", "0000-02-28")),
        ("2025-13", (None, None)),
        ("soon", (None, None)),
        (None, (None, None)),
    ],
)
def test_days(iso: str | None, expected: tuple[str | None, str | None]) -> None:
    assert days(iso) == expected
