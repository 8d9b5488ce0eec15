"""The page in a terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from harbour import RECORD, hostile
from tensionwire.exchange.view import pages
from tensionwire.records import Record

SGR = re.compile(r"\x1b\[[0-9;]*m")


def shown(record: Record, width: int = 80, colour: str | None = None) -> str:
    return "".join(pages([record], width=width, colour=colour))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("colour", [None, "truecolor"])
@pytest.mark.parametrize("record", [RECORD, hostile()])
def test_no_line_is_wider_than_the_terminal(record: Record, width: int, colour: str | None) -> None:
    lines = SGR.sub("", shown(record, width, colour)).splitlines()
    assert max(cell_len(row) for row in lines) <= width


@pytest.mark.parametrize("colour", [None, "truecolor"])
def test_only_our_own_colours_reach_the_terminal(colour: str | None) -> None:
    page = SGR.sub("", shown(hostile(), 100, colour))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    assert ("\x1b" in shown(RECORD, 100, colour)) is (colour is not None)


@pytest.mark.parametrize(
    "words",
    [
        "Invented Courier  ·  2025-05-14", "with AFP, EFE,", "WHO", "▲ ASSAULT", "△ ACCUSE",
        "Peru PER.GOV → a fuel",
        "2025-05-10/11", "Arica CHL", "alleged", "‹struck›", "disputed by c5, c6", "denies c3",
        "no evidence offered", "≥ 14", "counts differ: ≥ 14 (f1) against 11 (f2) killed", "BRA + CHL",
        "“long-standing allies of Chile”", "2025-05-20", "Montevideo", "NOT RESOLVED",
        "no time is given for this act  e3, e4, e5",
    ],
)  # fmt: skip
def test_the_page_says(words: str) -> None:
    assert words in shown(RECORD)


def test_a_record_without_events_says_why() -> None:
    note = "Written in another language (de)"
    page = shown(replace(RECORD, events=(), claims=(), figures=(), relations=(), agenda=(), notes=(note,)))
    assert note in page
    assert "EVENTS" not in page


def test_a_missing_day_of_publication_is_told() -> None:
    page = shown(replace(RECORD, published=None, published_reason="the page tells none"), 140)
    assert "no day of publication (the page tells none)" in page


def test_several_pages() -> None:
    assert "".join(pages([RECORD, RECORD])).count("EVENTS") == 2
