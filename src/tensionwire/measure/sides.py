"""The two sides of a relation: a state, a bloc with its members of the day, a body, or somebody by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from tensionwire.errors import UsageError
from tensionwire.ontology.blocs import Bloc, Membership, blocs
from tensionwire.ontology.countries import countries
from tensionwire.ontology.gazetteer import Gazetteer
from tensionwire.ontology.offices import Offices
from tensionwire.ontology.spelling import folded
from tensionwire.records import Party

# Codes of actors that are no state; "IGO" and its like are kinds, not actors.
_BODIES: Final = {"UNO": "United Nations", "EUR": "European Union"}


@dataclass(slots=True, kw_only=True)
class Side:
    """Who counts as one side. `label` is how it is written in results.

    `codes` hold on every day, `memberships` on theirs; `names` are folded names of the bloc's own bodies or of the
    actor; `wikidata` their ids.
    """

    label: str
    name: str
    codes: frozenset[str] = frozenset()
    memberships: tuple[Membership, ...] = ()
    names: frozenset[str] = frozenset()
    wikidata: frozenset[str] = frozenset()
    _days: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def on(self, day: str) -> frozenset[str]:
        """Codes of the states that count on an ISO day."""
        if not self.memberships:
            return self.codes
        if day not in self._days:
            self._days[day] = self.codes | {m.member for m in self.memberships if m.holds(day)}
        return self._days[day]

    def holds(self, party: Party, day: str) -> bool:
        """Whether a party counts on an ISO day.

        >>> side("WEST").holds(Party(code="GBR", name="London"), "2017-04-11")
        True
        """
        if party.code in self.on(day):
            return True
        if self.names and party.name and folded(party.name) in self.names:
            return True
        return party.wikidata is not None and party.wikidata in self.wikidata


def side(text: str, *, own: Mapping[str, Bloc] | None = None, known: Iterable[str] = ()) -> Side:
    """The side that a text names: a code, a country, a bloc (`own` ones first), or one of the `known` actors.

    Raises UsageError with what may have been meant.

    >>> side("rus").label, side("Russia").label, side("the west").label
    ('RUS', 'RUS', 'the West')
    """
    given = text.strip()
    if bloc := _bloc(given, {**blocs(), **(own or {})}):
        return _of_bloc(bloc, {**blocs(), **(own or {})})
    if given.upper() in countries():
        return _state(given.upper())
    if given.upper() in _BODIES:
        name = _BODIES[given.upper()]
        return Side(label=given.upper(), name=name, codes=frozenset({given.upper()}))
    states = {entry.code for entry in Gazetteer.load().named(given) if entry.kind == "name"}
    if len(states) == 1:
        return _state(states.pop())
    known = tuple(known)
    if actor := _actor(given, known):
        return actor
    raise UsageError(repr(text), _why(states), _instead(given, known, own))


def _why(states: set[str]) -> str:
    return (
        f"may be {' or '.join(sorted(states))}" if states else "is no country, code, bloc or actor that is known here"
    )


def _state(code: str) -> Side:
    return Side(label=code, name=countries()[code].name, codes=frozenset({code}))


def _bloc(text: str, known: Mapping[str, Bloc]) -> Bloc | None:
    wanted = _bare(text)
    named_so = (bloc for bloc in known.values() if wanted in {_bare(name) for name in (bloc.name, *bloc.names)})
    return max(named_so, key=lambda bloc: bloc.name not in blocs(), default=None)


def _bare(name: str) -> str:
    return folded(name.strip()).removeprefix("the ")


def _of_bloc(bloc: Bloc, known: Mapping[str, Bloc]) -> Side:
    within = tuple(_within(bloc, known, ()))
    names = {folded(name) for part in within for name in part.names} - {"ees", ""}
    codes = {part.code for part in within if part.code in _BODIES}
    memberships = tuple(m for part in within for m in part.memberships if not m.member.startswith("["))
    return Side(
        label=bloc.name, name=bloc.name, codes=frozenset(c for c in codes if c), memberships=memberships,
        names=frozenset(names),
    )  # fmt: skip


def _within(bloc: Bloc, known: Mapping[str, Bloc], seen: tuple[str, ...]) -> Iterable[Bloc]:
    """The bloc and those that it is made of; one that holds itself is not followed again."""
    yield bloc
    for membership in bloc.memberships:
        part = membership.member.strip("[]")
        if membership.member.startswith("[") and part in known and part not in seen:
            yield from _within(known[part], known, (*seen, bloc.name))


def _actor(text: str, known: Iterable[str]) -> Side | None:
    """Somebody by name, as the tellings have it."""
    wanted = folded(text)
    if not any(folded(name) == wanted for name in known):
        return None
    return named(text)


def named(text: str) -> Side:
    """Somebody by name alone, whoever that is; with the Wikidata id of the only holder of office so named.

    >>> sorted(named("Sergey Lavrov").wikidata)
    ['Q58217']
    """
    ids = {tenure.wikidata for tenure in Offices.load().person(text) if tenure.wikidata}
    return Side(
        label=text, name=text, names=frozenset({folded(text)}), wikidata=frozenset(ids if len(ids) == 1 else ())
    )


def _instead(text: str, known: Iterable[str], own: Mapping[str, Bloc] | None) -> str:
    names = {**_offered(), **{folded(n): n for n in known}, **{folded(n): n for n in own or {}}}
    near = difflib.get_close_matches(folded(text), list(names), n=4, cutoff=0.65)
    if not near:
        return "give an ISO code (RUS), a country (Russia), a bloc (see `tensionwire bloc list`) or an actor's name"
    return "did you mean " + " or ".join(dict.fromkeys(names[n] for n in near)) + "?"


@cache
def _offered() -> Mapping[str, str]:
    table = {folded(name): f"{c.code} ({c.name})" for c in countries().values() for name in (c.name, *c.names)}
    return (
        table | {folded(code): f"{code} ({c.name})" for code, c in countries().items()} | {_bare(b): b for b in blocs()}
    )
