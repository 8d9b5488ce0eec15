"""Why two tellings were taken for one incident, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from tensionwire.link.features import Shared, shared
from tensionwire.link.views import View, rarest
from tensionwire.records import Party

_SHOWN = 4


def reasons(a: View, b: View) -> tuple[str, ...]:
    """What two tellings have in common and where they part, most telling first."""
    both = shared(a, b)
    return (*_agreeing(a, b, both), *_parting(a, b, both))


def _agreeing(a: View, b: View, both: Shared) -> Iterator[str]:
    one, two = a.telling, b.telling
    if one.quad and one.type == two.type:
        yield f"both {one.type}"
    if both.word:
        yield f"told by one word ({one.trigger} / {two.trigger})"
    elif both.meaning > 0.5:
        yield f"told by near words ({one.trigger} / {two.trigger})"
    if names := _common(one.actor, two.actor):
        yield f"same actor: {names}"
    if names := _common(one.recipient, two.recipient):
        yield f"same recipient: {names}"
    if both.gap == 0:
        yield f"dates agree: {_dates(a)} and {_dates(b)}"
    elif both.gap == 1:
        yield f"dates a day apart: {_dates(a)} and {_dates(b)}"
    if both.place == "same":
        yield f"same place: {one.place}" if one.place == two.place else f"same place: {one.place} / {two.place}"
    elif both.place == "near":
        yield f"places near one another: {one.place} and {two.place}"
    words = {word: weight for word, weight in a.words.items() if word in b.words}
    if words:
        yield f"sentences share {', '.join(rarest(words, _SHOWN))}"
    if topics := [word for word in one.topic if word in b.topic]:
        yield f"reports share {', '.join(topics[:_SHOWN])}"


def _parting(a: View, b: View, both: Shared) -> Iterator[str]:
    one, two = a.telling, b.telling
    if one.status != two.status:
        yield f"status differs: {one.status} here, {two.status} there"
    if a.actors and b.actors and not a.actors & b.actors:
        yield f"actor differs: {', '.join(sorted(a.actors))} here, {', '.join(sorted(b.actors))} there"
    if both.gap is not None and both.gap > 1:
        yield f"dates {both.gap} days apart: {_dates(a)} and {_dates(b)}"
    if both.place == "apart":
        yield f"places apart: {one.place} here, {two.place} there"


def _dates(one: View) -> str:
    first, last = one.telling.first, one.telling.last
    return f"{first}" if first == last or last is None else f"{first or ''} to {last}"


def _common(some: tuple[Party, ...], others: tuple[Party, ...]) -> str:
    """Names that both sides have, else codes."""
    names = {party.name for party in others if party.name}
    found = [party.name for party in some if party.name and party.name in names]
    codes = {party.code for party in others if party.code}
    return ", ".join(dict.fromkeys(found)) or ", ".join(
        sorted({party.code for party in some if party.code and party.code in codes})
    )
