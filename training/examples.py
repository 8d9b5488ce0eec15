"""Annotated texts as training examples: windows of words with tags, and the spans in focus.

A `Text` holds gold spans by character; `examples(text, limit)` packs it into windows and turns the spans into word
indices. What a text does not annotate (`tagged` lacks the tagger) is left out of the loss, not learnt as absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tensionwire.annotate.windows import Part, Window, windows

Chars = tuple[int, int]
IGNORE = -100  # a tag that is neither learnt nor refused


@dataclass(slots=True, kw_only=True)
class Focus:
    """A gold span, its companions by role, and its classes (name to index, or to a list for `context`).

    `second` is the other party of a pair, in the same sentence.
    With `unknown` the companions are not annotated, and not learnt as absent.
    """

    kind: str
    span: Chars
    second: Chars | None = None
    roles: dict[str, list[Chars]] = field(default_factory=dict)
    unknown: bool = False
    classes: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Text:
    """One text: parts as tokenised, spans by tagger, class targets of spans, foci.

    A focus of `weak` has no span: its trigger is whichever word outside its roles the tagger likes best. Words of
    `unsure` are left out of that tagger's loss, marked or not. `often` is the chance of being read in an epoch.
    """

    parts: list[Part]
    tagged: dict[str, list[Chars]]
    classed: list[tuple[str, Chars, int]] = field(default_factory=list)
    foci: list[Focus] = field(default_factory=list)
    weak: list[Focus] = field(default_factory=list)
    unsure: dict[str, list[Chars]] = field(default_factory=dict)
    often: float = 1.0


@dataclass(slots=True)
class WordFocus:
    """A focus in word indices: the part's words [begin, end) of the window, focus words, role tags over the part."""

    kind: str
    begin: int
    end: int
    focus: tuple[int, int]
    roles: list[int]
    classes: dict[str, object]
    second: tuple[int, int] | None = None


@dataclass(slots=True)
class Example:
    """One window ready for a batch; a tag may be IGNORE."""

    window: Window
    tags: dict[str, list[int]]
    classed: list[tuple[str, tuple[int, int], int]]
    foci: list[WordFocus]
    ranges: list[tuple[int, int]]
    weak: list[WordFocus]


def examples(text: Text, role_names: dict[str, list[str]], limit: int) -> Iterator[Example]:
    """The windows of a text with everything that is annotated in them."""
    for window in windows(text.parts, limit=limit):
        yield _example(text, window, role_names)


def _example(text: Text, window: Window, role_names: dict[str, list[str]]) -> Example:
    words = [w for part in window.parts for w in part.words]
    ranges, at = [], 0
    for part in window.parts:
        ranges.append((at, at + len(part.words)))
        at += len(part.words)
    locate = _Locator(words)
    tags = {}
    for tagger, spans in text.tagged.items():
        row = [0] * len(words)
        for span in spans:
            _mark(row, locate(span), 1)
        for span in text.unsure.get(tagger, ()):
            if found := locate(span):
                row[found[0] : found[1]] = [IGNORE] * (found[1] - found[0])
        tags[tagger] = row
    classed = [(name, found, value) for name, span, value in text.classed if (found := locate(span))]
    foci = [f for focus in text.foci if (f := _word_focus(focus, locate, ranges, role_names.get(focus.kind, [])))]
    weak = [_weak_focus(focus, locate, ranges, role_names[focus.kind]) for focus in text.weak]
    return Example(window, tags, classed, foci, ranges, weak)


def _weak_focus(focus: Focus, locate: _Locator, ranges: list[tuple[int, int]], names: list[str]) -> WordFocus:
    """Over the part in which a role of the focus stands, else the first."""
    roles = [hit for spans in focus.roles.values() for span in spans if (hit := locate(span))]
    begin, end = next(((a, b) for a, b in ranges if roles and a <= roles[0][0] < b), ranges[0])
    return WordFocus(
        focus.kind, begin, end, (begin, begin + 1), _role_row(focus, locate, begin, end, names), focus.classes
    )


class _Locator:
    """Character spans to word ranges of one window."""

    def __init__(self, words: list[Chars]) -> None:
        self.words = words

    def __call__(self, span: Chars) -> tuple[int, int] | None:
        inside = [i for i, (a, b) in enumerate(self.words) if a < span[1] and b > span[0]]
        return (inside[0], inside[-1] + 1) if inside else None


def _mark(row: list[int], found: tuple[int, int] | None, begin: int) -> None:
    if found and not any(row[found[0] : found[1]]):
        row[found[0]] = begin
        for i in range(found[0] + 1, found[1]):
            row[i] = begin + 1


def _word_focus(focus: Focus, locate: _Locator, ranges: list[tuple[int, int]], names: list[str]) -> WordFocus | None:
    found = locate(focus.span)
    if not found:
        return None
    home = next(((a, b) for a, b in ranges if a <= found[0] < b), None)
    if home is None:
        return None
    begin, end = home
    inside, second = (found[0], min(found[1], end)), None
    if focus.second:
        second = locate(focus.second)
        if not second or not begin <= second[0] < second[1] <= end:
            return None
        if second[0] < inside[1] and inside[0] < second[1]:
            return None
    row = _role_row(focus, locate, begin, end, names)
    return WordFocus(focus.kind, begin, end, inside, row, focus.classes, second)


def _role_row(focus: Focus, locate: _Locator, begin: int, end: int, names: list[str]) -> list[int]:
    """Tags of the focus's companions over the words [begin, end); empty where they are not annotated."""
    if focus.unknown:
        return []
    row = [0] * (end - begin)
    for number, name in enumerate(names):
        for span in focus.roles.get(name, ()):
            hit = locate(span)
            if hit and begin <= hit[0] and hit[1] <= end:
                _mark(row, (hit[0] - begin, hit[1] - begin), 1 + 2 * number)
    return row
