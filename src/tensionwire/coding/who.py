"""Mentions in a role, turned into the record's actors."""

from __future__ import annotations

from collections.abc import Iterable

from tensionwire.records import Actor, Identity, Mention, Resolved

# "the two presidents" may stand for a handful of states; "the West" is not forty actors.
MOST_MEMBERS = 8
# What is left of a name when its span was cut wrong.
_NOBODY = frozenset({"", "the", "a", "an"})


def actors(mentions: Iterable[Mention], resolved: Resolved) -> tuple[Actor, ...]:
    """One actor a mention, in text order; a group that has no code of its own is one actor a member.

    "Both governments" stands for the two states that the text means; the G7 keeps its code and its members.
    """
    ordered = sorted(mentions, key=lambda mention: mention.span)
    found = (actor(mention, resolved) for mention in ordered)
    return tuple(one for who in found if who.text.casefold() not in _NOBODY for one in _spread(who))


def actor(mention: Mention, resolved: Resolved) -> Actor:
    """The mention as one actor, whoever it means."""
    who = resolved.identities.get(mention.span) or Identity(name="", reason="not resolved")
    text = resolved.annotated.quote(mention.span)
    return Actor(
        text=text,
        span=mention.span,
        name=who.name or text,
        code=who.code,
        sector=who.sector or _known(mention.sector),
        office=who.office,
        wikidata=who.wikidata,
        members=who.members,
        reason=who.reason,
        confidence=round(mention.confidence, 4),
    )


def same(one: Actor, other: Actor) -> bool:
    """Whether two actors are the same person, body or state, as far as names tell.

    >>> from tensionwire.records import Span
    >>> spokesman = Actor(text="he", span=Span(0, 2), name="Omar Faris")
    >>> same(spokesman, Actor(text="Mr Faris", span=Span(9, 17), name="Omar Faris"))
    True
    """
    return one.span == other.span or (one.name or one.text).casefold() == (other.name or other.text).casefold()


def _spread(one: Actor) -> tuple[Actor, ...]:
    if one.code is not None or not 2 <= len(one.members) <= MOST_MEMBERS:
        return (one,)
    return tuple(_member(one, code) for code in one.members)


def _member(group: Actor, code: str) -> Actor:
    return Actor(
        text=group.text,
        span=group.span,
        name=group.name,
        code=code,
        sector=group.sector,
        members=group.members,
        confidence=group.confidence,
    )


def _known(sector: str) -> str | None:
    return None if sector in ("", "-", "UNK") else sector
