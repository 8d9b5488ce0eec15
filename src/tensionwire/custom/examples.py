"""Examples of a user's types: one JSON object a line (see docs/how-to/your-own-types.md)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tensionwire.custom.faults import Faults, shown, text_of
from tensionwire.custom.ontology import Ontology
from tensionwire.records import Span

LONGEST_TEXT: Final = 5000
MOST_EXAMPLES: Final = 20_000
_KEYS: Final = ("text", "type", "trigger", "span", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text and the words in it that tell of a type.

    `type` None: a counter-example, of the words of `span`, or of the whole text where `span` is None.
    """

    text: str
    type: str | None = None
    span: Span | None = None


def read_examples(path: Path | str, ontology: Ontology) -> tuple[Example, ...]:
    """The examples of a file; raises `Mistakes` with every mistake, or UsageError for an unreadable file."""
    return parse_examples(text_of(Path(path)), ontology, str(path))


def parse_examples(lines: str, ontology: Ontology, file: str = "examples") -> tuple[Example, ...]:
    """The examples of a text of JSON Lines; blank lines are passed over."""
    faults = Faults(file)
    found: list[tuple[int, Example]] = []
    # Not splitlines: a text may hold line separators that JSON leaves as they are.
    for number, line in enumerate(lines.split("\n"), 1):
        if line.strip() and len(found) <= MOST_EXAMPLES:
            example = _Line(faults, number, ontology).example(line)
            found += [(number, example)] if example else []
    if len(found) > MOST_EXAMPLES:
        faults.add(found[-1][0], "", f"there are more than {MOST_EXAMPLES} examples", "give fewer")
    _told_twice(found, faults)
    if not faults.found:
        _covered([one for _, one in found], ontology, faults, len(lines.split("\n")))
    faults.close()
    return tuple(one for _, one in found)


@dataclass(frozen=True, slots=True)
class _Line:
    """Reads one line, and notes what is wrong with it."""

    faults: Faults
    number: int
    ontology: Ontology

    def wrong(self, key: str, why: str, todo: str) -> None:
        self.faults.add(self.number, key, why, todo)

    def example(self, line: str) -> Example | None:
        before = len(self.faults.found)
        fields = self.fields(line)
        if fields is None:
            return None
        text = self.text(fields)
        none = self.none(fields)
        kind = None if none else self.type(fields)
        span = self.span(fields, text, needed=not none) if text else None
        return None if len(self.faults.found) > before else Example(text=text, type=kind, span=span)

    def fields(self, line: str) -> Mapping[str, Any] | None:
        try:
            found = json.loads(line, object_pairs_hook=self.once)
        except (ValueError, RecursionError) as error:
            self.wrong("", f"is no JSON ({str(error).splitlines()[0]})", "write one JSON object a line")
            return None
        if not isinstance(found, dict):
            self.wrong("", "is no JSON object", 'write {"text": ..., "type": ..., "trigger": ...}')
            return None
        for key in found:
            if key not in _KEYS:
                self.wrong(shown(key), "is no key that is known here", f"use {', '.join(_KEYS)}")
        return found

    def once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        for key, count in Counter(key for key, _ in pairs).items():
            if count > 1:
                self.wrong(shown(key), "stands twice", "keep one")
        return dict(pairs)

    def text(self, fields: Mapping[str, Any]) -> str:
        text = fields.get("text")
        if not isinstance(text, str) or not text.strip():
            self.wrong("text", "is missing or no text", "give the sentence")
            return ""
        if len(text) > LONGEST_TEXT:
            self.wrong("text", f"is over {LONGEST_TEXT} characters", "give a sentence or two")
            return ""
        if any("\ud800" <= c <= "\udfff" for c in text):
            self.wrong("text", "holds half a character (a lone surrogate)", "write it out")
            return ""
        return text

    def none(self, fields: Mapping[str, Any]) -> bool:
        none = fields.get("none", False)
        if not isinstance(none, bool):
            self.wrong("none", f"{shown(none)} is neither true nor false", "write true for a counter-example")
        if none is True and fields.get("type") is not None:
            self.wrong("none", "is true, though a type is given", "leave one of the two out")
        return none is True

    def type(self, fields: Mapping[str, Any]) -> str | None:
        kind = fields.get("type")
        if kind is None:
            self.wrong("type", "is missing", 'name a type, or write "none": true')
        elif not isinstance(kind, str) or kind not in self.ontology.names:
            self.wrong("type", f"{shown(kind)} is not in the ontology", f"use {', '.join(self.ontology.names)}")
        else:
            return kind
        return None

    def span(self, fields: Mapping[str, Any], text: str, *, needed: bool) -> Span | None:
        trigger, span = fields.get("trigger"), fields.get("span")
        if trigger is not None and span is not None:
            self.wrong("span", "stands beside a trigger", "leave one of the two out")
        elif span is not None:
            return self.given(span, text)
        elif trigger is not None:
            return self.sought(trigger, text)
        elif needed:
            self.wrong("trigger", "is missing", "quote the words of the text that tell of the type")
        return None

    def given(self, span: Any, text: str) -> Span | None:
        whole = isinstance(span, list) and len(span) == 2 and all(type(one) is int for one in span)
        if whole and 0 <= span[0] < span[1] <= len(text) and _has_word(text[span[0] : span[1]]):
            return Span(span[0], span[1])
        self.wrong("span", f"{shown(span)} is no stretch of its words", f"give [start, end] within 0 and {len(text)}")
        return None

    def sought(self, trigger: Any, text: str) -> Span | None:
        if not isinstance(trigger, str) or not trigger.strip():
            self.wrong("trigger", "is no text", "quote the words of the text that tell of the type")
            return None
        at = text.find(trigger)
        if not _has_word(trigger):
            self.wrong("trigger", f"{shown(trigger)} holds no word", "quote the words that tell of the type")
        elif at < 0:
            self.wrong("trigger", f"{shown(trigger)} does not stand in the text", "quote it to the letter")
        elif text.find(trigger, at + 1) >= 0:
            self.wrong("trigger", f"{shown(trigger)} stands there more than once", 'give "span": [start, end] instead')
        else:
            return Span(at, at + len(trigger))
        return None


def _has_word(stretch: str) -> bool:
    return any(map(str.isalpha, stretch))


def _told_twice(found: list[tuple[int, Example]], faults: Faults) -> None:
    """The same words of the same text may be given once, with one answer."""
    seen: dict[tuple[str, Span | None], int] = {}
    for number, one in found:
        first = seen.setdefault((one.text, one.span), number)
        if first != number:
            faults.add(number, "text", f"stands in line {first} already, with the same words", "keep one of the two")


def _covered(found: list[Example], ontology: Ontology, faults: Faults, last: int) -> None:
    counts = Counter(one.type for one in found)
    for name in ontology.names:
        if not counts[name]:
            faults.add(last, "type", f"there is no example of {name}", "give 5 to 20 of them")
