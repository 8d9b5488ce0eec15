"""One event a row."""

from __future__ import annotations

import csv
import io

import pytest

from harbour import RECORD, hostile
from tensionwire.exchange.csv import COLUMNS, lines, unformula


def rows(*records: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines(records)))))  # type: ignore[arg-type]


def test_one_event_a_row_under_a_header() -> None:
    found = rows(RECORD, RECORD)
    assert len(found) == 2 * len(RECORD.events)
    assert tuple(found[0]) == COLUMNS
    assert len("".join(lines([])).splitlines()) == 1


def test_a_row_says_who_what_when_where_and_why_not() -> None:
    struck = rows(RECORD)[1]
    wanted = {
        "event_id": "e2", "date": "2025-05-10/2025-05-11", "status": "alleged", "type": "ASSAULT",
        "mode": "drone", "quad": "4", "score": "-9.5", "actor_code": "PER", "published": "2025-05-14",
        "recipient_text": "a fuel terminal", "country": "CHL",
    }  # fmt: skip
    assert wanted.items() <= struck.items()
    rejected = rows(RECORD)[2]
    assert rejected["date"] == ""
    assert rejected["date_reason"] == "no time is given for this act"


def test_several_actors_keep_their_order_in_every_column() -> None:
    condemned = rows(RECORD)[3]
    assert condemned["actor_code"] == "BRA; ARG"
    assert condemned["actor_text"] == "Brazil; Argentina"


def test_offsets_point_at_the_words() -> None:
    for row in rows(RECORD):
        assert RECORD.text[int(row["trigger_start"]) : int(row["trigger_end"])] == row["trigger"]
        assert RECORD.text[int(row["sentence_start"]) : int(row["sentence_end"])] == row["sentence"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\n=1", "＝1"])
def test_formulas_are_not_run(cell: str) -> None:
    assert unformula(cell) == "'" + cell


def test_a_hostile_report_gives_no_formula() -> None:
    for row in rows(hostile()):
        assert not [value for key, value in row.items() if value.startswith("=") or "\x1b" in value]
