"""PETRARCH XML: `<Sentence date id source sentence="true"><Text>`, piece by piece, without entities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from tensionwire.errors import InputError
from tensionwire.read.results import InputFailure, Outcomes, too_large
from tensionwire.read.rows import Rows

PIECE = 65536
_FIELDS = {"id": "doc_id", "date": "published", "source": "outlet", "url": "url", "headline": "title"}


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What the parser has seen: finished sentences, and the open one."""

    name: str
    limit: int
    done: list[dict[str, str]] = field(default_factory=list)
    attributes: Mapping[str, str] | None = None
    text: list[str] = field(default_factory=list)
    size: int = 0
    inside: bool = False
    any: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Sentence":
            self.attributes, self.text, self.size, self.any = attributes, [], 0, True
        elif tag == "Text" and self.attributes is not None:
            self.inside = True

    def data(self, text: str) -> None:
        if self.inside:
            self.text.append(text)
            self.size += len(text)
            if self.size > self.limit:
                raise too_large(self.name, self.limit)

    def end(self, tag: str) -> None:
        if tag == "Text":
            self.inside = False
        elif tag == "Sentence" and self.attributes is not None:
            known = {_FIELDS[name.lower()]: value for name, value in self.attributes.items() if name.lower() in _FIELDS}
            self.done.append(known | {"text": "".join(self.text)})
            self.attributes = None

    def refuse(self, *_: Any) -> int:
        raise InputError(
            self.name,
            "it declares a document type or entities, which may expand without end",
            "remove the <!DOCTYPE ...>",
        )


def _parser(reading: _Reading) -> expat.XMLParserType:
    """A parser that fetches nothing, expands nothing, and refuses document types."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.data
    parser.StartDoctypeDeclHandler = reading.refuse
    parser.EntityDeclHandler = reading.refuse
    parser.ExternalEntityRefHandler = reading.refuse
    return parser


def read_petrarch(rows: Rows) -> Outcomes:
    """One report a `<Sentence>`, its text to the letter; a fault in the XML ends the file with its line."""
    reading = _Reading(name=rows.name, limit=rows.settings.max_bytes)
    parser, number, piece = _parser(reading), 0, b"-"
    while piece:
        piece = rows.stream.read(PIECE)
        fault = _fed(parser, piece, rows.name)
        for fields in reading.done:
            number += 1
            yield rows.outcome(fields, number)
        reading.done.clear()
        if fault:
            yield InputFailure(source=rows.name, error=fault)
            return
    if not reading.any:
        raise InputError(
            rows.name, "it is XML without a <Sentence>", "only PETRARCH XML is read; save other XML as text"
        )


def _fed(parser: expat.XMLParserType, piece: bytes, name: str) -> InputError | None:
    """Give the parser a piece; the error, if the piece is at fault."""
    try:
        parser.Parse(piece, not piece)
    except expat.ExpatError as fault:
        reason = expat.errors.messages[fault.code] if fault.code in expat.errors.messages else str(fault)
        return InputError(f"{name}:{fault.lineno}", f"it is not well-formed XML ({reason})", "mend or cut that line")
    except (ValueError, LookupError) as fault:
        return InputError(name, f"its encoding is not known ({fault})", "save it as UTF-8")
    except InputError as error:
        return error
    return None
