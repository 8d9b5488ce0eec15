"""Days along the width of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tensionwire.exchange.markup import Markup, el


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A scale of days from `left` to `right`, in units of the picture."""

    first: date
    last: date
    left: float
    right: float

    @classmethod
    def of(cls, days: list[str], left: float, right: float) -> Days:
        """A scale that holds ISO days, and one more on either side."""
        found = [date.fromisoformat(day[:10]) for day in days]
        return cls(first=min(found) - timedelta(days=1), last=max(found) + timedelta(days=1), left=left, right=right)

    def x(self, day: str) -> float:
        """Where a day stands."""
        part = (date.fromisoformat(day[:10]) - self.first).days / max(1, (self.last - self.first).days)
        return self.left + part * (self.right - self.left)

    def ticks(self, most: int = 8) -> Iterator[tuple[str, str]]:
        """Some days, and how they are written."""
        count = (self.last - self.first).days
        step = max(1, -(-count // most))
        for n in range(1 if step == 1 else step // 2, count, step):
            day = self.first + timedelta(days=n)
            yield day.isoformat(), f"{day.day} {day:%b}" + (f" {day.year}" if count > 360 else "")

    def drawn(self, top: float, bottom: float) -> Iterator[Markup]:
        """The ticks with their labels below."""
        for day, label in self.ticks():
            x = f"{self.x(day):.1f}"
            yield el("line", x1=x, x2=x, y1=f"{top:g}", y2=f"{bottom:g}", class_="grid")
            yield el("text", label, x=x, y=f"{bottom + 14:g}", text_anchor="middle")
