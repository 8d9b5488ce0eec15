"""JSON in and out, and the JSON Schema of the record."""

from __future__ import annotations

from typing import Any

import msgspec

from tensionwire.records.record import Record

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)


def encode(record: Record) -> bytes:
    """The record on the wire: UTF-8 JSON, one object, no line breaks."""
    return _encoder.encode(record)


def decode(data: bytes | str) -> Record:
    """The record that `encode` wrote; raises `msgspec.ValidationError` on anything else."""
    return _decoder.decode(data)


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the record on the wire."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Record)}
