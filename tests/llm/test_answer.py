"""Schema and reading of an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from llm.server import NOTHING, acts
from tensionwire.llm.answer import MOST_ITEMS, SHAPE, TOO_MANY, read, schema
from tensionwire.llm.failures import AnswerError
from tensionwire.llm.prompt import example
from tensionwire.ontology.plover import plover

GOOD = {**NOTHING, "events": acts(0, "Norway condemned Iceland.")}


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(one)


def test_the_schema_is_one_and_strict() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["type"] == "object"
    for node in nodes(schema()):
        assert not {"default", "description", "title", "pattern", "minimum"} & set(node) - {"title"}
        if "properties" in node:
            assert node["required"] == list(node["properties"])
            assert node["additionalProperties"] is False
        assert "enum" not in node or node["type"] == "string"


def test_the_schema_has_the_ontology() -> None:
    event = schema()["$defs"]["EventAnswer"]["properties"]
    assert list(event)[:4] == ["id", "s", "trigger", "type"]
    assert event["type"]["enum"] == list(plover().types)
    assert set(event["mode"]["anyOf"][0]["enum"]) == {mode for _, mode in plover().modes}


@pytest.mark.parametrize("answer", [NOTHING, GOOD, example()["answer"]])
def test_good_answers_follow_it_and_are_read_whole(answer: dict[str, Any]) -> None:
    Draft202012Validator(schema()).validate(answer)
    found, faults = read(json.dumps(answer))
    assert not faults
    assert [len(getattr(found, name)) for name in NOTHING] == [len(answer[name]) for name in NOTHING]


@pytest.mark.parametrize("around", ["```json\n{}\n```", "<think>e1? {no}</think>\n{}", "Here it is: {} Done."])
def test_what_models_put_around_it(around: str) -> None:
    before, _, after = around.rpartition("{}")
    assert len(read(before + json.dumps(GOOD) + after)[0].events) == 1


def test_a_bad_item_costs_itself_only() -> None:
    good = GOOD["events"][0]
    bad = [{**good, "s": "one"}, {**good, "status": "maybe"}, {"trigger": "x"}, 7, None, {**good, "actors": "Norway"}]
    found, faults = read(json.dumps({"events": [*bad, {**good, "s": "0", "extra": 1}], "claims": {}, "figures": None}))
    assert len(found.events) == 1
    assert faults[SHAPE] == len(bad) + 1


def test_a_model_that_cannot_stop() -> None:
    found, faults = read(json.dumps({"events": GOOD["events"] * (MOST_ITEMS + 7)}))
    assert len(found.events) == MOST_ITEMS
    assert faults[TOO_MANY] == 7


@pytest.mark.parametrize(
    "content",
    [
        "",
        "No.",
        "{",
        "[]",
        "[1]",
        "{}",
        '{"events": 3}',
        '"{}"',
        "null",
        '{"a":' * 5000,
        "[" * 100_000,
        '{"events": [}',
    ],
)
def test_what_is_no_answer(content: str) -> None:
    with pytest.raises(AnswerError, match="the model's answer"):
        read(content)
