"""What a person adds to a report because its coder missed it: an event or a claim, of words of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from tensionwire.errors import TensionwireError, UsageError
from tensionwire.ledger import correcting
from tensionwire.records import Claim, Event, Record

ADDED: Final[Mapping[str, tuple[str, str]]] = {"event": ("e", "trigger"), "claim": ("c", "content")}
PERSON: Final = "a person"


class Addition(Protocol):
    """A verdict of the kind "add"."""

    @property
    def kind(self) -> str:
        """What was said."""

    @property
    def item(self) -> str:
        """The id that the item got."""

    @property
    def value(self) -> Mapping[str, Any] | None:
        """Its fields, with `kind` and the number `s` of its sentence; None where its words were forgotten."""


def extended(record: Record, standing: Iterable[Addition]) -> Record:
    """The record with what persons have added to it."""
    for one in standing:
        if one.kind == "add" and one.value:
            record = with_item(record, one.item, one.value)
    return record


def with_item(record: Record, id: str, value: Mapping[str, Any]) -> Record:
    """The record with one item more.

    `value` holds `kind` ("event" or "claim"), `s`, the words (`trigger` or `content`), and whatever else may be
    corrected of such an item. Raises UsageError for what will not do.
    """
    kind, s = str(value.get("kind") or ""), value.get("s")
    if kind not in ADDED:
        raise UsageError(kind or "nothing", "cannot be added", "add an event or a claim")
    if not isinstance(s, int) or isinstance(s, bool) or not 0 <= s < len(record.sentences):
        raise UsageError("the sentence", "is none of the report's", "choose the sentence that says it")
    words = str(value.get(ADDED[kind][1]) or "")
    if not words.strip():
        raise UsageError(ADDED[kind][1], "is empty", "choose the words in the text that say it")
    span = correcting.span_of(record, s, words)
    more: Record
    if kind == "event":
        type_ = str(value.get("type") or "")
        event = Event(
            id=id, s=s, trigger=span.of(record.text), trigger_span=span, type=type_, quad=0, score=0.0,
            date_reason="not given", place_reason="not given", made_by=PERSON,
        )  # fmt: skip
        more = replace(record, events=(*record.events, event))
    else:
        claim = Claim(id=id, s=s, content=span.of(record.text), content_span=span, made_by=PERSON)
        more = replace(record, claims=(*record.claims, claim))
    fields = {name: given for name, given in value.items() if name not in ("kind", "s") and given not in (None, "", [])}
    return correcting.corrected(more, id, fields)


def free_id(record: Record, kind: str, taken: Iterable[str]) -> str:
    """An id that no item of the report has or ever had; raises UsageError for a kind that cannot be added.

    >>> free_id(Record(doc_id="d", text="", content_hash=""), "event", ["e4", "x"])
    'e5'
    """
    if kind not in ADDED:
        raise UsageError(kind or "nothing", "cannot be added", "add an event or a claim")
    letter = ADDED[kind][0]
    ids = [item.id for _, item in correcting.items(record)] + list(taken)
    numbers = [int(id[1:]) for id in ids if id.startswith(letter) and id[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"


def holds(record: Record, item: str) -> bool:
    """Whether the record has an item of that id."""
    try:
        correcting.found(record, item)
    except TensionwireError:
        return False
    return True
