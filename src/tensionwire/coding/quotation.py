"""Quotation marks: which words of a text stand in them, and so the form of attributed content."""

from __future__ import annotations

import re
from bisect import bisect_right

from tensionwire.records import Span

_MARK = re.compile(r"''|``|[\"“”„‟«»]|(?<!\w)[‘']|[’'](?!\w)|\n\s*\n")
_PLAIN = {"''": '"', "``": '"'}
_OPENERS, _CLOSERS = "“„«", "”»"
# A quotation that nobody closes ends with its paragraph, and is none at all when that is far away.
_LONGEST = 1500


class Quotations:
    """The quoted stretches of a text, in order.

    >>> text = 'The wall "must stay", she said.'
    >>> found = Quotations(text)
    >>> found.form(Span(0, 20)), found.form(Span(10, 19)), found.form(Span(0, 8))
    ('mixed', 'direct', 'indirect')
    """

    __slots__ = ("_starts", "_text", "spans")

    def __init__(self, text: str) -> None:
        self._text = text
        self.spans = _quoted(text)
        self._starts = [span.start for span in self.spans]

    def form(self, content: Span) -> str:
        """direct: all words of the content are quoted; mixed: some are; indirect: none is."""
        letters = _letters(self._text[content.start : content.end])
        first = max(0, bisect_right(self._starts, content.start) - 1)
        inside = 0
        for span in self.spans[first:]:
            if span.start >= content.end:
                break
            if span.overlap(content):
                cut = slice(max(span.start, content.start), min(span.end, content.end))
                inside += _letters(self._text[cut])
        if not inside:
            return "indirect"
        return "direct" if inside == letters else "mixed"


def _letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def _quoted(text: str) -> list[Span]:
    """Stretches between an opening and its closing mark; an inner quotation belongs to the outer one."""
    found: list[Span] = []
    opened, kind = -1, ""
    for match in _MARK.finditer(text):
        mark, at = _PLAIN.get(match.group(), match.group()[0]), match.start()
        if opened < 0:
            if mark != "\n" and _opens(text, match, mark):
                opened, kind = match.end(), mark
        elif mark == "\n" or _closes(mark, kind):
            if at - opened <= _LONGEST:
                found.append(Span(opened, at))
            opened = -1
        elif mark in "“„«" and mark == kind:
            found.append(Span(opened, at))
            opened = match.end()
    if opened >= 0 and len(text) - opened <= _LONGEST:
        found.append(Span(opened, len(text)))
    return found


def _opens(text: str, match: re.Match[str], mark: str) -> bool:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    return mark in _OPENERS or (mark in "\"‘'‟" and not before.isalnum() and not after.isspace())


def _closes(mark: str, kind: str) -> bool:
    """A single mark closes only what a single mark opened: elsewhere it is an apostrophe or an inner mark."""
    if kind in "‘'":
        return mark in "’'"
    if kind == '"':
        return mark == '"' or mark == "”"
    return mark in _CLOSERS or (mark == '"' and kind in "“„")
