"""Examples: what is right is read, each mistake is told with its line and key."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.custom import CustomType, Mistakes, Ontology
from tensionwire.custom.examples import parse_examples
from tensionwire.records import Span

TYPES = Ontology(
    name="n", version="1", types=(CustomType(name="A", description="a"), CustomType(name="B", description="b"))
)
RIGHT = (
    {"text": "The lights went out.", "type": "A", "trigger": "went out"},
    {"text": "The bridge fell; the tower fell.", "type": "B", "span": [11, 15]},
    {"text": "It rained.", "none": True},
    {"text": "The army cut off the road.", "trigger": "cut off", "none": True},
)


def jsonl(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def mistakes(text: str) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        parse_examples(text, TYPES, "my.jsonl")
    return [str(one) for one in caught.value.each]


def test_examples_are_read() -> None:
    found = parse_examples(jsonl(*RIGHT), TYPES)
    assert [(one.type, one.span and one.span.of(one.text)) for one in found] == [
        ("A", "went out"), ("B", "fell"), (None, None), (None, "cut off"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{", ": is no JSON"),
        ("[" * 50_000, ": is no JSON"),
        ("[]", ": is no JSON object"),
        ({"type": "A", "trigger": "x"}, ", text: is missing"),
        ({"text": 5, "type": "A", "trigger": "x"}, ", text: is missing"),
        ({"text": "x " * 2501, "type": "A", "span": [0, 1]}, ", text: is over 5000"),
        ('{"text": "x \\ud800", "type": "A", "trigger": "x"}', ", text: holds half a character"),
        ({"text": "It fell.", "trigger": "fell"}, ", type: is missing"),
        ({"text": "It fell.", "type": "C", "trigger": "fell"}, ", type: 'C' is not in the ontology; use A, B"),
        ({"text": "It fell.", "type": ["A"], "trigger": "fell"}, ", type: "),
        ({"text": "It fell.", "type": "A"}, ", trigger: is missing"),
        ({"text": "It fell.", "type": "A", "trigger": "Fell"}, ", trigger: 'Fell' does not stand in the text"),
        ({"text": "It fell.", "type": "A", "trigger": ""}, ", trigger: is no text"),
        ({"text": "It fell.", "type": "A", "trigger": "."}, ", trigger: '.' holds no word"),
        ({"text": "Fell, fell, fell.", "type": "A", "trigger": "fell"}, ", trigger: 'fell' stands there more than once"),
        ({"text": "It fell.", "type": "A", "trigger": "fell", "span": [3, 7]}, ", span: stands beside a trigger"),
        ({"text": "It fell.", "type": "A", "span": [3, 70]}, ", span: '[3, 70]' is no stretch"),
        ({"text": "It fell.", "type": "A", "span": [7, 3]}, ", span: "),
        ({"text": "It fell.", "type": "A", "span": [True, 3]}, ", span: "),
        ({"text": "It fell.", "type": "A", "span": [2, 3]}, ", span: "),
        ({"text": "It fell.", "none": "yes"}, ", none: 'yes' is neither true nor false"),
        ({"text": "It fell.", "type": "A", "trigger": "fell", "none": True}, ", none: is true, though a type is given"),
        ({"text": "It fell.", "type": "A", "trigger": "fell", "label": 1}, ", 'label': is no key"),
        ('{"text": "It fell.", "type": "A", "type": "B", "trigger": "fell"}', ", 'type': stands twice"),
        (RIGHT[0], ", text: stands in line 1 already"),
        ({**RIGHT[0], "type": "B"}, ", text: stands in line 1 already"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_key(row: object, told: str) -> None:
    found = mistakes(jsonl(*RIGHT, "", row))
    assert any(one.startswith(f"my.jsonl, line 6{told}") for one in found), found


def test_a_type_without_an_example() -> None:
    (only,) = mistakes(jsonl(RIGHT[0]))
    assert "there is no example of B" in only


def test_all_mistakes_are_told_at_once() -> None:
    rows = [{"text": "It fell.", "type": "C", "trigger": "rose"}, "{", RIGHT[0]]
    found = mistakes(jsonl(*rows))
    assert [one.partition(":")[0] for one in found] == [
        "my.jsonl, line 1, type", "my.jsonl, line 1, trigger", "my.jsonl, line 2",
    ]  # fmt: skip


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.data())
def test_a_span_comes_back_as_it_was_given(text: str, data: st.DataObject) -> None:
    text = "Word " + text
    end = data.draw(st.integers(1, len(text)))
    rows = ({"text": text, "type": "A", "span": [0, end]}, RIGHT[1])
    first, _ = parse_examples(jsonl(*(json.dumps(row, ensure_ascii=False) for row in rows)), TYPES)
    assert (first.text, first.span) == (text, Span(0, end))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
ROWS = st.dictionaries(st.sampled_from(["text", "type", "trigger", "span", "none", "x"]), JSON, max_size=5)


@given(st.lists(st.text(max_size=60) | ROWS.map(json.dumps), max_size=4))
def test_any_text_is_read_or_refused(rows: list[str]) -> None:
    faults: tuple[Exception, ...] = ()
    try:
        parse_examples("\n".join(rows), TYPES)
    except Mistakes as error:
        faults = error.each
    assert all("line" in str(one) for one in faults)
