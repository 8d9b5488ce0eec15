"""What a person may correct of an item, and the record with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec

from tensionwire.errors import UsageError
from tensionwire.ontology.cameo import code_of
from tensionwire.ontology.plover import plover
from tensionwire.records import Actor, AgendaItem, Claim, Event, Figure, Record, Relation, Span, misquotes

Item = Event | Claim | Figure | Relation | AgendaItem
Value = Mapping[str, Any]

STATUSES: Final = ("actual", "planned", "hypothetical", "negated", "historical", "alleged")
FORMS: Final = ("direct", "indirect", "mixed")
STANCES: Final = ("asserts", "denies", "accuses", "demands", "predicts", "doubts")
EVIDENCE: Final = ("offered", "none")
SIGNS: Final = ("+", "-")
PLANNED: Final = ("scheduled", "proposed", "cancelled")

# Of each kind: the list of a record that holds it, and what may be corrected of it.
KINDS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "event": ("events", ("type", "mode", "status", "trigger", "actor", "recipient", "date", "place", "contexts")),
    "claim": ("claims", ("speaker", "cue", "content", "form", "stance", "about", "evidence")),
    "figure": ("figures", ("text", "what", "low", "high", "event")),
    "relation": ("relations", ("text", "a", "b", "sign")),
    "agenda": ("agenda", ("text", "who", "when", "where", "status")),
}
_CHOICES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("event", "status"): STATUSES, ("claim", "form"): FORMS, ("claim", "stance"): STANCES,
    ("claim", "evidence"): EVIDENCE, ("relation", "sign"): SIGNS, ("agenda", "status"): PLANNED,
}  # fmt: skip
_MAY_BE_EMPTY: Final = frozenset({
    "mode", "date", "place", "cue", "about", "evidence", "what", "low", "high", "event", "when", "where", "speaker",
})  # fmt: skip


def found(record: Record, item: str) -> tuple[str, Item]:
    """The kind and the item of an id; raises UsageError where the record has none."""
    for kind, (group, _) in KINDS.items():
        for one in getattr(record, group):
            if one.id == item:
                return kind, one
    raise UsageError(item, "is no item of this report", "open the report again")


def items(record: Record) -> list[tuple[str, Item]]:
    """All items with their kinds, in the order of the text, events first in a sentence."""
    listed = [(kind, one) for kind, (group, _) in KINDS.items() for one in getattr(record, group)]
    return sorted(listed, key=lambda pair: pair[1].s)


def choices(kind: str, field: str, event_type: str = "") -> tuple[str, ...]:
    """What a field may hold, empty where it is free."""
    if kind == "event" and field == "type":
        return tuple(plover().types)
    if kind == "event" and field == "mode":
        return plover().modes_of(event_type)
    return _CHOICES.get((kind, field), ())


def corrected(record: Record, item: str, value: Value) -> Record:
    """The record with fields of an item as a person gives them.

    Words (`trigger`, `content`, `text`, `cue`, an actor's `text`) must stand in the item's sentence; "word#2" is the
    second time that they do. Raises UsageError for what is no field, no choice, or does not stand there.
    """
    kind, old = found(record, item)
    if not value:
        raise UsageError("the correction", "changes nothing", "change a field, or confirm")
    for field in value:
        if field not in KINDS[kind][1]:
            raise UsageError(field, f"cannot be corrected of {_a(kind)}", f"correct {', '.join(KINDS[kind][1])}")
    new = replace(old, **_fields(record, kind, old, value))
    group = KINDS[kind][0]
    items: Any = {group: tuple(new if one.id == item else one for one in getattr(record, group))}
    changed: Record = replace(record, **items)
    _checked(changed, kind, new)
    return changed


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"


def _fields(record: Record, kind: str, old: Any, value: Value) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field, given in value.items():
        fields |= _read(record, kind, old, field, None if given == "" else given)
    if kind == "event":
        fields |= _follows(replace(old, **{name: fields[name] for name in ("type", "mode") if name in fields}))
    return fields


def _follows(event: Event) -> dict[str, Any]:
    """What type and mode bring along."""
    if event.type not in plover().types:
        raise UsageError(event.type, "is no type of PLOVER", f"choose one of {', '.join(plover().types)}")
    if event.mode and event.mode not in plover().modes_of(event.type):
        raise UsageError(event.mode, f"is no mode of {event.type}", "choose one of its modes, or none")
    return {
        "quad": plover().quad(event.type), "score": plover().score(event.type, event.mode),
        "cameo": code_of(event.type, event.mode, event.contexts, event.trigger),
    }  # fmt: skip


def _read(record: Record, kind: str, old: Any, field: str, given: Any) -> dict[str, Any]:
    if given is None or given == []:
        if field in ("actor", "recipient", "contexts", "who"):
            return {field: ()}
        if field not in _MAY_BE_EMPTY:
            raise UsageError(field, "is empty", "fill it in")
        return _emptied(kind, field)
    if field in ("actor", "recipient"):
        return {field: tuple(_actor(record, old.s, one) for one in given)}
    if field == "speaker":
        return {"speaker": _actor(record, old.s if old.speaker_s is None else old.speaker_s, given)}
    if field in ("trigger", "cue", "content"):
        span = span_of(record, old.s, str(given))
        return {field: span.of(record.text), f"{field}_span": span}
    if field == "text":
        span = span_of(record, old.s, str(given))
        return {"text": span.of(record.text), "span": span}
    if field == "place":
        # Where it lies is not ours to guess: a place that a person names has no coordinates.
        return {"place": str(given), "place_span": None, "where": None, "place_reason": None}
    if field == "date":
        return {"date": _date(field, given), "date_span": None, "date_reason": None}
    if field == "when":
        return {"when": _date(field, given)}
    return {field: _plain(record, kind, old, field, given)}


def _emptied(kind: str, field: str) -> dict[str, Any]:
    more: dict[str, dict[str, Any]] = {
        "date": {"date_span": None, "date_reason": "a person found none"},
        "place": {"place_span": None, "where": None, "place_reason": "a person found none"},
        "cue": {"cue_span": None}, "evidence": {"evidence_span": None}, "speaker": {"speaker_s": None},
    }  # fmt: skip
    return {field: None} | (more.get(field, {}) if kind in ("event", "claim") else {})


def _plain(record: Record, kind: str, old: Any, field: str, given: Any) -> Any:
    allowed = choices(kind, field, getattr(old, "type", "")) if field != "mode" else ()
    if allowed and given not in allowed:
        raise UsageError(f"{field} {given}", "is none of those known", f"choose one of {', '.join(allowed)}")
    if field == "contexts":
        if odd := [one for one in given if one not in plover().contexts]:
            raise UsageError(", ".join(odd), "is no context of PLOVER", f"choose of {', '.join(plover().contexts)}")
        return tuple(dict.fromkeys(given))
    if field == "who":
        return tuple(str(one) for one in given)
    if field in ("about", "event") and given not in {event.id for event in record.events}:
        raise UsageError(f"{field} {given}", "is no event of this report", "give the id of one: e1, say")
    return given if field in ("low", "high") else str(given)


def _actor(record: Record, sentence: int, given: Any) -> Actor:
    """An actor as a person gives it: text, code, sector."""
    words = str(given.get("text") or "")
    code, sector = str(given.get("code") or "") or None, str(given.get("sector") or "") or None
    if code and not (len(code) == 3 and code.isascii() and code.isupper()):
        raise UsageError(f"code {code}", "is no code", "give three capitals (FRA, UNO), or none")
    if sector and sector not in plover().sectors:
        raise UsageError(f"sector {sector}", "is no sector of PLOVER", f"choose of {', '.join(plover().sectors)}")
    span = span_of(record, sentence, words)
    known = next((one for event in record.events for one in (*event.actor, *event.recipient) if one.span == span), None)
    kept = known if known is not None and known.code == code else Actor(text="", span=span)
    return replace(
        kept, text=span.of(record.text), span=span, code=code, sector=sector,
        name=kept.name or span.of(record.text), reason=None if code else "a person could not tell",
    )  # fmt: skip


def span_of(record: Record, sentence: int, words: str) -> Span:
    """Where words stand in a sentence, "words#2" for the second time; raises UsageError where they do not."""
    within = record.sentences[sentence]
    text, number = words, 1
    if text not in within.of(record.text) and "#" in text and (end := text.rpartition("#"))[2].isdecimal():
        text, number = end[0], min(int(end[2]), 1_000)
    at = within.start - 1
    for _ in range(number):
        at = record.text.find(text, at + 1, within.end)
        if at < 0 or not text:
            raise UsageError(
                words or "an empty text", "does not stand in the sentence", "copy it from there, letter by letter"
            )
    return Span(at, at + len(text))


def _date(field: str, given: Any) -> str:
    from tensionwire.link.tellings import bounds

    first, last = bounds(str(given))
    if first is None or last is None or last < first:
        raise UsageError(f"{field} {given}", "is no date", "write 2017-04-04, 2017-04, 2017 or 2017-04-12/2017-04-16")
    return str(given)


def _checked(record: Record, kind: str, item: Item) -> None:
    """Nothing that a person gives may make a record that the ledger would not hold."""
    try:
        msgspec.convert(msgspec.to_builtins(item), type(item))
    except msgspec.ValidationError as error:
        raise UsageError(f"the {kind}", f"is no longer one ({error})", "check what you filled in") from error
    if faults := misquotes(record):
        raise UsageError(f"the {kind}", faults[0], "copy the words from the sentence")
