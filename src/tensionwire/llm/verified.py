"""What is left of a model's answers when every quote has been found in the text: spans, labels that exist, links.

Ids are the model's own with the number of the part before them, so that parts do not mix.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tensionwire.records import Mention, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody in a role. `named` is where the report has the name that the model gave for the words."""

    mention: Mention
    named: Span | None = None
    code: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Words that tell a time, and what the model takes them for."""

    span: Span
    iso: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An event."""

    id: str
    s: int
    span: Span
    type: str
    mode: str | None
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    contexts: tuple[str, ...]
    when: When | None
    place: Span | None
    same_as: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A claim; `s` is the sentence in which its content begins."""

    id: str
    s: int
    content: Span
    cue: Span | None
    speaker: Party | None
    stance: str
    about: str | None
    disputes: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure."""

    s: int
    span: Span
    what: str | None
    low: float | None
    high: float | None
    event: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """A relation."""

    s: int
    span: Span
    a: Party
    b: Party
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An agenda item."""

    s: int
    span: Span
    who: tuple[str, ...]
    when: When | None
    place: Span | None
    status: str
    event: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Everything that holds, in text order, and how often what did not."""

    acts: tuple[Act, ...] = ()
    sayings: tuple[Saying, ...] = ()
    numbers: tuple[Number, ...] = ()
    bonds: tuple[Bond, ...] = ()
    due: tuple[Due, ...] = ()
    faults: Counter[str] = field(default_factory=Counter)

    def parties(self) -> tuple[Party, ...]:
        """Whoever has a role in anything."""
        of_acts = (party for act in self.acts for party in (*act.actors, *act.recipients))
        of_sayings = (one.speaker for one in self.sayings if one.speaker is not None)
        return (*of_acts, *of_sayings, *(party for bond in self.bonds for party in (bond.a, bond.b)))


def joined(found: list[Verified]) -> Verified:
    """What holds of the parts of a report, together.

    >>> joined([Verified(faults=Counter(a=1)), Verified(faults=Counter(a=2))]).faults["a"]
    3
    """
    return Verified(
        acts=tuple(one for part in found for one in part.acts),
        sayings=tuple(one for part in found for one in part.sayings),
        numbers=tuple(one for part in found for one in part.numbers),
        bonds=tuple(one for part in found for one in part.bonds),
        due=tuple(one for part in found for one in part.due),
        faults=sum((part.faults for part in found), Counter()),
    )
