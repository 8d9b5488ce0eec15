"""A half-open stretch of a report's text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """`[start, end)` in code points of the stored text; on the wire `[start, end]`.

    >>> Span(0, 6).of("Moscow says")
    'Moscow'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span stands for."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """Shared characters, 0 when apart.

        >>> Span(0, 5).overlap(Span(3, 9))
        2
        """
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def holds(self, other: Span) -> bool:
        """True when the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    @property
    def length(self) -> int:
        """Characters in the span."""
        return self.end - self.start
