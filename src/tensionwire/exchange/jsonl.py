"""The record on the wire: JSON Lines, or one JSON document for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from tensionwire.exchange.plain import ascii_controls
from tensionwire.records import Record, encode, json_schema


def lines(records: Iterable[Record]) -> Iterator[str]:
    r"""One record a line. What could steer a terminal is written as a `\u` escape, which says the same."""
    for record in records:
        yield ascii_controls(encode(record)).decode() + "\n"


def document(records: Iterable[Record]) -> Iterator[str]:
    """One object for one record, an array for several or none, indented.

    >>> "".join(document([]))
    '[]\\n'
    """
    return joined(ascii_controls(encode(record)) for record in records)


def schema() -> Iterator[str]:
    """The JSON Schema of a record, indented."""
    yield msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode() + "\n"


def joined(objects: Iterable[bytes]) -> Iterator[str]:
    """JSON objects as one document: the object alone, or an array."""
    held: str | None = None
    count = 0
    for count, object_ in enumerate(objects, 1):
        if held is not None:
            yield ("[\n" if count == 2 else "") + held + ",\n"
        held = msgspec.json.format(object_, indent=2).decode()
    yield "[]\n" if held is None else held + ("\n]\n" if count > 1 else "\n")
