"""What a telling or an item can be asked by, as keys of an index: `a:usa`, `d:rus|usa`, `p:idlib`, `t:assault`.

`a` is an actor (code, name or Wikidata id), `d` a pair of codes in order, `p` a place (name, or code of the country),
`t` a type, `o` an outlet. Names are folded, so that case does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, product
from typing import Final

from tensionwire.ledger.packing import storable
from tensionwire.ontology import spelling
from tensionwire.ontology.countries import countries
from tensionwire.ontology.plover import plover
from tensionwire.records import Party, Telling

LONGEST: Final = 200  # characters of a name: what is longer is no name, and an index would not take it
KINDS: Final = frozenset({"IGO", "NGO", "MNC", "IMG"})  # codes that say what an actor is, not who


@lru_cache(maxsize=65_536)
def folded(name: str) -> str:
    """A name as it is compared.

    >>> folded("  São  Tomé ")
    'sao tome'
    """
    return " ".join(spelling.folded(storable(name)).split())[:LONGEST]


@lru_cache(maxsize=65_536)
def actor(name: str) -> str:
    """The key of a code, name or Wikidata id."""
    return "a:" + folded(name)


@lru_cache(maxsize=65_536)
def pair(a: str, b: str) -> str:
    """The key of two codes, whatever their order.

    >>> pair("USA", "RUS")
    'd:rus|usa'
    """
    return "d:" + "|".join(sorted((folded(a), folded(b))))


def place(name: str) -> str:
    """The key of a place's name or a country's code."""
    return "p:" + folded(name)


def type_(name: str) -> str:
    """The key of a type of event."""
    return "t:" + folded(name)


def outlet(name: str) -> str:
    """The key of an outlet."""
    return "o:" + folded(name)


def of_party(party: Party) -> Iterator[str]:
    """The keys of somebody. A state's own name leads to its code, and needs no key beside that."""
    name = party.name if party.name and not _is_state(party.code, party.name) else None
    yield from (actor(word) for word in (*codes(party), name, party.wikidata) if word)


@lru_cache(maxsize=16_384)
def _is_state(code: str | None, name: str) -> bool:
    state = countries().get(code or "")
    return state is not None and folded(name) == folded(state.name)


def codes(party: Party) -> tuple[str, ...]:
    """The code of a party, and those of its members."""
    return (*((party.code,) if party.code else ()), *party.members)


@lru_cache(maxsize=64)
def of_telling(telling: Telling) -> frozenset[str]:
    """The keys of a telling. Those who act with nobody on the other side ("held talks") are a pair of their own."""
    parties = (*telling.actor, *telling.recipient)
    found = {key for party in parties for key in of_party(party)}
    found |= set(pairs(telling))
    found |= {place(name) for name in (telling.place, telling.country) if name}
    found.add(type_(telling.type))
    if telling.outlet:
        found.add(outlet(telling.outlet))
    return frozenset(found)


def pairs(telling: Telling) -> Iterator[str]:
    """The keys of those who face each other in a telling."""
    for one, other in _facing(telling):
        yield from (pair(a, b) for a, b in product(identities(one), identities(other)) if a != b)


def identities(party: Party) -> tuple[str, ...]:
    """What says who a party is in a pair: its code, or its name where the code only says of what kind it is."""
    own = party.name if party.code in KINDS or not party.code else party.code
    return (*((own,) if own else ()), *party.members)


def _facing(telling: Telling) -> Iterable[tuple[Party, Party]]:
    known = plover().types.get(telling.type)
    if telling.recipient and not (known and known.symmetric):
        return product(telling.actor, telling.recipient)
    return combinations((*telling.actor, *telling.recipient), 2)
