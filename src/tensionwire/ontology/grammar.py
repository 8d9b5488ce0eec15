"""The small words by which a mention of an actor is read, from `data/actor_words.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tensionwire.ontology.rows import rows

_SETS = (
    "determiner", "quantity", "own", "other", "apart", "outer", "local", "particle", "former", "several", "country",
    "group", "body", "person", "mass", "stop", "female", "male", "great", "surname",
    "month", "coalition", "led", "counted",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Word classes; see the header of the table. `pronoun`, `possessive` and `honorific` carry a value."""

    determiner: frozenset[str]
    quantity: frozenset[str]
    own: frozenset[str]
    other: frozenset[str]
    apart: frozenset[str]
    outer: frozenset[str]
    local: frozenset[str]
    particle: frozenset[str]
    former: frozenset[str]
    several: frozenset[str]
    country: frozenset[str]
    group: frozenset[str]
    body: frozenset[str]
    person: frozenset[str]
    mass: frozenset[str]
    stop: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    great: frozenset[str]
    surname: frozenset[str]
    month: frozenset[str]
    coalition: frozenset[str]
    led: frozenset[str]
    counted: frozenset[str]
    pronoun: Mapping[str, str]
    possessive: Mapping[str, str]
    honorific: Mapping[str, str]


@cache
def grammar() -> Grammar:
    """The table, read once.

    >>> grammar().pronoun["she"], "rivals" in grammar().apart
    ('3sf', True)
    """
    valued: dict[str, dict[str, str]] = {name: {} for name in ("pronoun", "possessive", "honorific")}
    plain: dict[str, set[str]] = {name: set() for name in _SETS}
    for kind, words, value in rows("actor_words.tsv"):
        if kind in valued:
            valued[kind].update(dict.fromkeys(words.split("|"), value))
        else:
            plain[kind].update(words.split("|"))
    sets: dict[str, Any] = {name: frozenset(words) for name, words in plain.items()}
    return Grammar(**sets, pronoun=valued["pronoun"], possessive=valued["possessive"], honorific=valued["honorific"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouns:
    """Nouns with a code of their own, and adjectives of regions; see `data/actor_nouns.tsv`."""

    codes: Mapping[str, str]
    region: frozenset[str]


@cache
def nouns() -> Nouns:
    """The table, read once.

    >>> nouns().codes["aid agencies"], "western" in nouns().region
    ('NGO', True)
    """
    codes: dict[str, str] = {}
    region: set[str] = set()
    for kind, words, code in rows("actor_nouns.tsv"):
        if kind == "region":
            region.update(words.split("|"))
        else:
            codes.update(dict.fromkeys(words.split("|"), code))
    return Nouns(codes=codes, region=frozenset(region))
