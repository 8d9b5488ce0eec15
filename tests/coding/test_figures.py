"""Figures of a report: value, what is counted, and the event it belongs to."""

from __future__ import annotations

import pytest

from tensionwire.coding.figures import figures
from tensionwire.records import Annotated, Count, Event, Figure, Report, Resolved, Span


def coded(text: str, count: str, *acts: tuple[str, str]) -> Figure:
    at = text.index(count)
    report = Report(doc_id="t", text=text, content_hash="")
    counts = (Count(span=Span(at, at + len(count)), sentence=0, confidence=0.8),)
    annotated = Annotated(report=report, sentences=(Span(0, len(text)),), counts=counts)
    events = [
        Event(id=f"e{n}", s=0, trigger=words, trigger_span=Span(text.index(words), text.index(words) + len(words)),
              type=kind, quad=1, score=0.0)
        for n, (kind, words) in enumerate(acts, 1)
    ]  # fmt: skip
    (figure,) = figures(Resolved(annotated=annotated, identities={}, places={}), events)
    return figure


@pytest.mark.parametrize(
    ("text", "count", "what"),
    [
        ("A blast killed 12 people in the market.", "12 people", "killed"),
        ("Two died and 11 were wounded.", "11", "wounded"),
        ("Police arrested 40 marchers, a lawyer said.", "40 marchers", "arrested"),
        ("The ministry sent 1,200 troops to the cape.", "1,200 troops", "troops"),
        ("The fund promised $3 million for schools.", "$3 million", "money"),
        ("The party won 48 percent.", "48 percent", "percent"),
        ("They fired 59 missiles at it.", "59 missiles", "missiles"),
        ("He counted 27 sites.", "27 sites", "sites"),
    ],
)
def test_what(text: str, count: str, what: str) -> None:
    assert coded(text, count).what == what


def test_value_event_and_confidence() -> None:
    text = "Police arrested 40 men after a blast killed at least three."
    figure = coded(text, "40 men", ("COERCE", "arrested"), ("ASSAULT", "blast"))
    assert (figure.low, figure.high, figure.event, figure.confidence) == (40, 40, "e1", 0.8)
    figure = coded(text, "at least three", ("COERCE", "arrested"), ("ASSAULT", "blast"))
    assert (figure.low, figure.high, figure.event) == (3, None, "e2")


def test_words_that_open_a_number_join_its_span() -> None:
    figure = coded("A raid killed at least six people.", "six people")
    assert (figure.text, figure.low, figure.high) == ("at least six people", 6, None)


def test_people_of_a_protest() -> None:
    assert coded("Thousands filled the square.", "Thousands", ("PROTEST", "filled")).what == "protesters"


def test_no_number_no_ends() -> None:
    figure = coded("Its men left.", "Its men")
    assert (figure.low, figure.high) == (None, None)
