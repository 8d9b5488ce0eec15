"""An incident in a line: what its tellings agree on most, and how many told it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from tensionwire.records import Incident, Party

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What most tellings of an incident say. Counts that differ are not averaged, they are left to the tellings.

    `first` and `last` bound its date and are None where no telling has one; `published` is the first day of
    publication. `outlets` counts who printed it, `origins` the texts of their own among them.
    """

    id: str
    type: str
    quad: int
    status: str
    mode: str | None = None
    actor: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    first: str | None = None
    last: str | None = None
    published: str | None = None
    place: str | None = None
    tellings: int = 1
    outlets: int = 1
    origins: int = 1
    sentence: str = ""

    @classmethod
    def of(cls, incident: Incident) -> Summary:
        """The summary of an incident, which has one telling at least."""
        told = incident.tellings
        type_, quad = _usual((one.type, one.quad) for one in told) or ("", 0)
        first, last = _usual((one.first, one.last) for one in told if one.first) or (None, None)
        return cls(
            id=incident.id, type=type_, quad=quad, status=_usual(one.status for one in told) or "",
            mode=_usual(one.mode for one in told if one.mode),
            actor=_usual(one.actor for one in told if one.actor) or (),
            recipient=_usual(one.recipient for one in told if one.recipient) or (),
            first=first, last=last, published=min((one.published for one in told if one.published), default=None),
            place=_usual(one.place for one in told if one.place), tellings=len(told),
            outlets=len(incident.outlets), origins=len(incident.origins),
            sentence=next((one.sentence for one in told if one.sentence), ""),
        )  # fmt: skip


def _usual(values: Iterable[T]) -> T | None:
    """What comes most often, the first of equals."""
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value]) if counts else None
