"""Records on the wire."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from harbour import RECORD, hostile
from tensionwire.exchange.jsonl import document, lines, schema
from tensionwire.records import decode


def test_a_line_a_record_and_back() -> None:
    written = "".join(lines([RECORD, hostile()])).splitlines()
    assert [decode(row) for row in written] == [RECORD, hostile()]


@pytest.mark.parametrize(("count", "shape"), [(0, list), (1, dict), (2, list), (3, list)])
def test_one_object_or_an_array(count: int, shape: type) -> None:
    found = json.loads("".join(document([RECORD] * count)))
    assert isinstance(found, shape)
    assert shape is dict or len(found) == count


@pytest.mark.parametrize("record", [RECORD, hostile(), replace(RECORD, events=(), claims=(), title=None)])
def test_records_follow_the_schema(record: object) -> None:
    Draft202012Validator.check_schema(json.loads("".join(schema())))
    validator = Draft202012Validator(json.loads("".join(schema())))
    validator.validate(json.loads("".join(lines([record]))))  # type: ignore[list-item]
