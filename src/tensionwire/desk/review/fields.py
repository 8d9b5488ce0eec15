"""The fields of an item as a form shows them, and back: what was changed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tensionwire.errors import UsageError
from tensionwire.ledger.correcting import KINDS, Item, choices
from tensionwire.ontology.plover import plover
from tensionwire.records import Actor

_NUMBERS: Final = frozenset({"low", "high"})
_ACTORS: Final = frozenset({"actor", "recipient", "speaker"})
_LISTS: Final = frozenset({"contexts", "who"})
_HINTS: Final[Mapping[str, str]] = {
    "actor": "one a line: words | code | sector", "recipient": "one a line: words | code | sector",
    "speaker": "words | code | sector", "contexts": "with blanks between", "who": "one a line",
    "date": "2017-04-04, 2017-04, 2017-04-12/2017-04-16", "when": "2017-04-04, 2017-04, 2017-04-12/2017-04-16",
    "trigger": "words of the sentence", "content": "words of the sentence", "cue": "words of the sentence",
    "text": "words of the sentence", "low": "a number; empty is open", "high": "a number; empty is open",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form. `choices` empty: free text, on several lines where `long`."""

    name: str
    value: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    long: bool = False


def fields(kind: str, item: Item) -> tuple[Field, ...]:
    """What may be corrected of an item, as it is now."""
    return tuple(
        Field(
            name=name, value=written(name, getattr(item, name)), choices=_choices(kind, name),
            hint=_HINTS.get(name, ""), long=name in ("actor", "recipient", "who", "content"),
        )
        for name in KINDS[kind][1]
    )  # fmt: skip


def written(name: str, value: Any) -> str:
    """A value of a record as a form holds it."""
    if value is None:
        return ""
    if name in _ACTORS:
        return "\n".join(_actor(one) for one in ((value,) if isinstance(value, Actor) else value))
    if name == "contexts":
        return " ".join(value)
    if name == "who":
        return "\n".join(value)
    return str(value)


def changed(kind: str, item: Item, given: Mapping[str, str]) -> dict[str, Any]:
    """What a form changes of an item, as the ledger takes it; empty where it changes nothing."""
    value: dict[str, Any] = {}
    for name in KINDS[kind][1]:
        if name in given and _tidy(given[name]) != _tidy(written(name, getattr(item, name))):
            value[name] = _read(name, _tidy(given[name]))
    if kind == "event" and "type" in value and "mode" not in value and getattr(item, "mode", None):
        value["mode"] = None  # the mode was one of the old type's
    return value


_MISSED: Final[Mapping[str, tuple[str, ...]]] = {
    "event": ("trigger", "type", "status", "actor", "recipient", "date", "place"),
    "claim": ("content", "speaker", "cue", "stance", "about"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """The form that adds an item: the fields of each kind, and what was filled in before."""

    fields: Mapping[str, Sequence[Field]]
    kind: str = "event"
    s: str = ""
    reason: str = ""


def adding(kept: Mapping[str, str] | None) -> Adding:
    """The empty form, or the one that was sent."""
    given = kept or {}
    made = {
        kind: [
            Field(
                name=name, value=given.get(f"field.{kind}.{name}", _USUAL.get(name, "")), choices=_choices(kind, name),
                hint=_HINTS.get(name, ""), long=name in ("actor", "recipient", "content"),
            )
            for name in names
        ]
        for kind, names in _MISSED.items()
    }  # fmt: skip
    return Adding(
        fields=made, kind=given.get("kind", "event"), s=given.get("s", ""), reason=given.get("reason", "")
    )  # fmt: skip


_USUAL: Final[Mapping[str, str]] = {"status": "actual", "stance": "asserts"}


def missed(kind: str, s: str, given: Mapping[str, str]) -> dict[str, Any]:
    """An item as the ledger takes it, out of the fields `event.trigger` ... of the form."""
    value: dict[str, Any] = {"kind": kind, "s": int(s) if s.isdecimal() and len(s) < 9 else None}
    for name in _MISSED.get(kind, ()):
        if text := _tidy(given.get(f"{kind}.{name}", "")):
            value[name] = text.replace("\n", " ") if name == "content" else _read(name, text)
    return value


def shown(item: Item, kind: str) -> list[tuple[str, str]]:
    """The fields of an item that say something, with their values, to be read."""
    return [(field.name, field.value.replace("\n", "; ")) for field in fields(kind, item) if field.value]


def _choices(kind: str, name: str) -> tuple[str, ...]:
    if (kind, name) == ("event", "mode"):
        return tuple(sorted({mode for _, mode in plover().modes}))
    return choices(kind, name)


def _actor(actor: Actor) -> str:
    return " | ".join((actor.text, actor.code or "-", actor.sector or "-"))


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _read(name: str, text: str) -> Any:
    if name in _NUMBERS:
        return _number(name, text)
    if name == "speaker":
        return _party(text.partition("\n")[0]) if text else None
    if name in _ACTORS:
        return [_party(line) for line in text.splitlines()]
    if name in _LISTS:
        return text.split() if name == "contexts" else text.splitlines()
    return text.replace("\n", " ") or None


def _number(name: str, text: str) -> int | float | None:
    if not text:
        return None
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        raise UsageError(f"{name} {text}", "is no number", "write digits, or leave it empty") from None
    if not abs(number) < 1e15:
        raise UsageError(f"{name} {text}", "is no number that can be meant", "write digits, or leave it empty")
    return int(number) if number.is_integer() else number


def _party(line: str) -> dict[str, str]:
    text, code, sector = [*(part.strip() for part in line.split("|")), "", ""][:3]
    return {"text": text, "code": code.upper().strip("-"), "sector": sector.upper().strip("-")}
