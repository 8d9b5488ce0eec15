"""What a model answers: small frozen types, their JSON Schema, and reading of an answer item by item.

The schema is strict, so that servers which can hold a model to one do; reading is lenient, since many cannot. An
item that is not in its shape is left out and counted, and the rest of the answer stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final, Literal, TypeVar

import msgspec

from tensionwire.llm.failures import AnswerError
from tensionwire.ontology.plover import plover

Status = Literal["actual", "planned", "hypothetical", "negated", "historical", "alleged"]
Stance = Literal["asserts", "denies", "accuses", "demands", "predicts", "doubts"]

# More than a report of any length holds; what an answer has beyond it is a model that cannot stop.
MOST_ITEMS: Final = 400
SHAPE: Final = "items that are not in the shape asked for"
TOO_MANY: Final = f"items beyond the first {MOST_ITEMS} of their kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAnswer:
    """Somebody, in the words of the report."""

    text: str
    name: str | None = None
    code: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAnswer:
    """One act."""

    id: str = ""
    s: int
    trigger: str
    type: str
    mode: str | None = None
    status: Status = "actual"
    actors: tuple[PartyAnswer, ...] = ()
    recipients: tuple[PartyAnswer, ...] = ()
    date_words: str | None = None
    date: str | None = None
    place: str | None = None
    contexts: tuple[str, ...] = ()
    same_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnswer:
    """What somebody says."""

    id: str = ""
    s: int
    speaker: PartyAnswer | None = None
    cue: str | None = None
    content: str
    stance: Stance = "asserts"
    about: str | None = None
    disputes: str | None = None
    evidence: Literal["offered", "none"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAnswer:
    """A count."""

    s: int
    text: str
    what: str | None = None
    low: float | None = None
    high: float | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationAnswer:
    """A standing tie."""

    s: int
    text: str
    a: PartyAnswer
    b: PartyAnswer
    sign: Literal["+", "-"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaAnswer:
    """Something to come."""

    s: int
    text: str
    who: tuple[str, ...] = ()
    date_words: str | None = None
    date: str | None = None
    place: str | None = None
    status: Literal["scheduled", "proposed", "cancelled"] = "scheduled"
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that a model says of a part of a report."""

    events: tuple[EventAnswer, ...] = ()
    claims: tuple[ClaimAnswer, ...] = ()
    figures: tuple[FigureAnswer, ...] = ()
    relations: tuple[RelationAnswer, ...] = ()
    agenda: tuple[AgendaAnswer, ...] = ()


_KINDS: Final[dict[str, type[Any]]] = {
    "events": EventAnswer,
    "claims": ClaimAnswer,
    "figures": FigureAnswer,
    "relations": RelationAnswer,
    "agenda": AgendaAnswer,
}
# What a reasoning model thinks before it answers, and the fence that many put around JSON.
_THOUGHTS = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL)

T = TypeVar("T")


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema that an answer is held to: all fields required, no others, labels listed.

    >>> event = schema()["$defs"]["EventAnswer"]
    >>> event["additionalProperties"], event["properties"]["type"]["enum"][:2]
    (False, ['AGREE', 'CONSULT'])
    """
    kinds = _strict(msgspec.json.schema(Answer)["$defs"])
    events, parties = (kinds[name]["properties"] for name in ("EventAnswer", "PartyAnswer"))
    known = plover()
    events["type"] = _one_of(known.types)
    events["mode"] = _one_of([*sorted({mode for _, mode in known.modes}), None])
    events["contexts"] = {"type": "array", "items": _one_of(known.contexts)}
    parties["sector"] = _one_of([*(code for code in known.sectors if code != "UNK"), None])
    for kind in (*_KINDS.values(), PartyAnswer):
        _in_order(kinds[kind.__name__], kind)
    root: dict[str, Any] = kinds.pop("Answer")
    return root | {"$defs": kinds}


def _in_order(node: dict[str, Any], kind: type[Any]) -> None:
    """Fields as they are written down, which is the order that a model which is held to the schema must keep."""
    node["required"] = [field.name for field in fields(kind)]
    node["properties"] = {name: node["properties"][name] for name in node["required"]}


def _one_of(labels: Iterable[str | None]) -> dict[str, Any]:
    listed = list(labels)
    names: dict[str, Any] = {"type": "string", "enum": [label for label in listed if label is not None]}
    return {"anyOf": [names, {"type": "null"}]} if None in listed else names


def _strict(node: Any) -> Any:
    """A schema in the subset that servers agree on: nothing optional, nothing besides, no prose."""
    if isinstance(node, list):
        return [_strict(one) for one in node]
    if not isinstance(node, dict):
        return node
    if "enum" in node:
        return _one_of(node["enum"])
    plain = {key: _strict(value) for key, value in node.items() if key not in ("title", "description", "default")}
    if "properties" in plain:
        plain |= {"required": list(plain["properties"]), "additionalProperties": False}
    return plain


def read(content: str) -> tuple[Answer, Counter[str]]:
    """An answer, and how much of it was not in its shape; raises `AnswerError` where it is no answer at all.

    >>> answer, faults = read('{"figures": [{"s": 0, "text": "two"}, {"text": "no number"}]}')
    >>> len(answer.figures), faults.total()
    (1, 1)
    """
    found, faults = _object(content), Counter[str]()
    if not any(isinstance(found.get(name), list) for name in _KINDS):
        raise AnswerError("the model's answer", f"holds none of the lists {', '.join(_KINDS)}", _TODO)
    lists = {field.name: _items(found.get(field.name), _KINDS[field.name], faults) for field in fields(Answer)}
    return Answer(**lists), faults


_TODO = "try again, or a model that can be held to a JSON Schema"


def _object(content: str) -> dict[str, Any]:
    plain = _THOUGHTS.sub("", content)
    inner = plain[plain.find("{") : plain.rfind("}") + 1]
    try:
        found = msgspec.json.decode(inner or plain)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise AnswerError("the model's answer", f"is no JSON ({error})", _TODO) from error
    if not isinstance(found, dict):
        raise AnswerError("the model's answer", "is no JSON object", _TODO)
    return found


def _items(given: Any, kind: type[T], faults: Counter[str]) -> tuple[T, ...]:
    if not isinstance(given, list):
        if given is not None:
            faults[SHAPE] += 1
        return ()
    found = []
    if len(given) > MOST_ITEMS:
        faults[TOO_MANY] += len(given) - MOST_ITEMS
    for one in given[:MOST_ITEMS]:
        try:
            found.append(msgspec.convert(one, kind, strict=False))
        except (msgspec.ValidationError, RecursionError):
            faults[SHAPE] += 1
    return tuple(found)
