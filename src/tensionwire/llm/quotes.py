"""Verbatim or nothing: where the words that a model quotes stand in the text.

Words are found to the letter; else with blanks, quotation marks, apostrophes and dashes taken for one another, since
models write those anew. What is kept is always the span of the text itself. Whole words only: "he" is not in "the".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tensionwire.llm.parts import Part
from tensionwire.records import Span

LONGEST: Final = 3_000
_MARKS: Final = (
    # Single for double too: inside a JSON string models write the other one to be safe.
    ("\"“”„‟«»″'‘’‚‛′`´", "[\"“”„‟«»″'‘’‚‛′`´]"),
    ("-‐‑‒–—−", "[-‐‑‒–—−]"),
)
_CLASSES: Final = {mark: pattern for marks, pattern in _MARKS for mark in marks}
_OUTER: Final = _MARKS[0][0] + " "


class Quotes:
    """A part of a report, to find quotes in.

    >>> from tensionwire.llm.parts import parts
    >>> from tensionwire.records import Report
    >>> report = Report(doc_id="a", text="He left.  “It’s over,” he said.", content_hash="")
    >>> found = Quotes(next(parts(report, [Span(0, 8), Span(10, 31)])))
    >>> found.anywhere('"It\\'s over,"', 1), found.anywhere("he", 1), found.anywhere("is over", 1)
    (Span(start=10, end=22), Span(start=23, end=25), None)
    """

    def __init__(self, part: Part) -> None:
        self._text, self._part = part.report.text, part
        self._shown = Span(part.sentences[part.lead].start, part.span.end)

    def sentence(self, span: Span) -> int:
        """The sentence in which a span begins."""
        ends = range(self._part.lead, self._part.end)
        return next(n for n in ends if span.start < self._part.sentences[n].end)

    def evidence(self, quote: str, s: int) -> Span | None:
        """Where evidence stands: in the sentence named; else in the one place of the part that has these words."""
        part = self._part
        if part.first <= s < part.end:
            own = part.sentences[s]
            here = (span for span in self._found(quote, own.start, part.span.end) if span.start < own.end)
            span = next(here, None)
            if span is not None:
                return span
        everywhere = self._found(quote, *part.span)
        return everywhere[0] if len(everywhere) == 1 else None

    def anywhere(self, quote: str, s: int, near: Span | None = None, avoid: Span | None = None) -> Span | None:
        """Where words that belong to evidence stand: as near to sentence `s`, and to a span of it, as they do.

        Words inside `avoid` count only where there are no others.
        """
        own = self._part.sentences[s]
        anchor = near or own

        def order(span: Span) -> tuple[bool, int, int]:
            hidden = avoid is not None and avoid.holds(span)
            return hidden, _away(span, own), _away(span, anchor)

        return min(self._found(quote, *self._shown), key=order, default=None)

    def named(self, words: str) -> Span | None:
        """Where the report first has a name, if it does."""
        return next(iter(self._found(words, 0, len(self._text))), None)

    def _found(self, quote: str, start: int, end: int) -> list[Span]:
        for words in (quote.strip(), quote.strip(_OUTER)):
            if not any(map(str.isalnum, words)) or len(words) > LONGEST:
                continue
            spans = list(self._exact(words, start, end)) or list(self._alike(words, start, end))
            if spans:
                return spans
        return []

    def _exact(self, words: str, start: int, end: int) -> Iterator[Span]:
        at = self._text.find(words, start, end)
        while at >= 0:
            if self._whole(at, at + len(words)):
                yield Span(at, at + len(words))
            at = self._text.find(words, at + 1, end)

    def _alike(self, words: str, start: int, end: int) -> Iterator[Span]:
        pattern = re.compile(r"\s+".join("".join(map(_either, word)) for word in words.split()))
        for match in pattern.finditer(self._text, start, end):
            if self._whole(*match.span()):
                yield Span(*match.span())

    def _whole(self, start: int, end: int) -> bool:
        return not (self._inside(start) or self._inside(end))

    def _inside(self, at: int) -> bool:
        """Whether a place lies inside a word, of the scripts that keep words apart."""
        around = self._text[max(0, at - 1) : at + 1]
        return len(around) == 2 and at > 0 and all(c.isdigit() or c.lower() != c.upper() for c in around)


def _either(mark: str) -> str:
    return _CLASSES.get(mark) or re.escape(mark)


def _away(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)
