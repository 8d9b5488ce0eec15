"""A long report cut into parts that one request can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tensionwire.records import Report, Span

# A model with 8,000 tokens of room must read a part beside the prompt and have room left for its answer.
SENTENCES: Final = 40
CHARACTERS: Final = 8_000
CONTEXT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Sentences `first` to `end` (exclusive) of a report; those from `lead` to `first` are shown for context."""

    report: Report
    sentences: tuple[Span, ...]
    lead: int
    first: int
    end: int

    @property
    def span(self) -> Span:
        """From the first character of the part to its last."""
        return Span(self.sentences[self.first].start, self.sentences[self.end - 1].end)

    def shown(self, number: int) -> str:
        """A sentence as the model sees it: one that is longer than a whole part may be is cut."""
        return self.sentences[number].of(self.report.text)[:CHARACTERS]


def parts(report: Report, sentences: Sequence[Span]) -> Iterator[Part]:
    """The parts of a report in order; none for a report without a sentence.

    >>> text = "a. " * 50
    >>> report = Report(doc_id="x", text=text, content_hash="")
    >>> [(p.lead, p.first, p.end) for p in parts(report, [Span(3 * n, 3 * n + 2) for n in range(50)])]
    [(0, 0, 40), (37, 40, 50)]
    """
    first = 0
    while first < len(sentences):
        end, size = first, 0
        while end < len(sentences) and end - first < SENTENCES:
            size += sentences[end].length
            if size > CHARACTERS and end > first:
                break
            end += 1
        yield Part(
            report=report, sentences=tuple(sentences), lead=max(0, first - CONTEXT), first=first, end=end
        )  # fmt: skip
        first = end
