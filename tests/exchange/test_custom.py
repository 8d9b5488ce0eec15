"""Custom events in each format that has room for them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from harbour import RECORD, hostile
from tensionwire.exchange import writer
from tensionwire.records import CustomEvent, Record

EVIL = "\x1b[31m<script>=1+1"


def with_custom(record: Record, **more: object) -> Record:
    """The record with one event of a user's type on the words of its second event, or its only one."""
    event = record.events[min(1, len(record.events) - 1)]
    told = CustomEvent(
        id="x1", s=event.s, trigger=event.trigger, trigger_span=event.trigger_span, actor=event.actor,
        confidence=0.5, made_by="custom",
        **{"type": "OUTAGE", "ontology": "infrastructure 1", "event": "e2", "date_reason": "none", **more},  # type: ignore[arg-type]
    )  # fmt: skip
    return replace(record, custom=(told,))


def written(name: str, record: Record) -> str:
    return "".join(writer(name)([record]))


def test_csv_has_a_row_of_its_own() -> None:
    *plover, own = csv.DictReader(io.StringIO(written("csv", with_custom(RECORD))))
    assert len(plover) == len(RECORD.events)
    assert {row["ontology"] + row["event"] for row in plover} == {""}
    assert {
        "event_id": "x1", "type": "OUTAGE", "ontology": "infrastructure 1", "event": "e2", "mode": "", "quad": "",
        "score": "", "cameo": "", "same_as": "", "confidence": "0.5", "trigger": RECORD.events[1].trigger,
    }.items() <= own.items()  # fmt: skip


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("view", ["YOUR TYPES", "OUTAGE", "told as e2", "50% sure"]),
        ("html", ["Your types", "<b>OUTAGE</b>", 'href="#e2"', "infrastructure 1", 'id="x1"', 'id="t-x1"']),
        ("jsonl", ['"custom":[{"id":"x1"']),
    ],
)
def test_other_formats_show_it(name: str, wanted: list[str]) -> None:
    text = written(name, with_custom(RECORD))
    assert [words for words in wanted if words not in text] == []
    assert not any(words in written(name, RECORD) for words in wanted[:2])


def test_plover_has_no_room_for_it() -> None:
    assert written("plover", with_custom(RECORD)) == written("plover", RECORD)


@pytest.mark.parametrize("name", ["view", "html", "jsonl", "json", "csv"])
def test_nothing_of_it_steers_what_shows_it(name: str) -> None:
    evil = with_custom(hostile(), type=EVIL, ontology=EVIL, event=EVIL, status=EVIL, place=EVIL)
    text = written(name, evil)
    assert "\x1b" not in text
    assert name != "html" or "<script>=" not in text
