"""The gazetteer: names of towns, regions and states, and the places that bear them (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import gzip
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tensionwire.ontology.rows import FOLDER, rows


class Entry(NamedTuple):
    """One place. `kind` is town, region, state or area; `geonames` 0 where GeoNames' id is not known."""

    kind: str
    name: str
    lat: float
    lon: float
    country: str | None
    region: str | None
    people: int
    geonames: int


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """Two sorted tables kept as lines, parsed only where a name is looked up."""

    names: list[str]
    places: list[str]
    states: Mapping[str, int]

    def find(self, name: str) -> tuple[Entry, ...]:
        """All places of a name, however it is written ("Khan Sheikhun", "khān shaykhūn")."""
        wanted = key(name) + "\t"
        at = bisect_left(self.names, wanted)
        if len(wanted) < 3 or at == len(self.names) or not self.names[at].startswith(wanted):
            return ()
        return tuple(self._entry(int(n)) for n in self.names[at][len(wanted) :].split(","))

    def knows(self, name: str) -> bool:
        """Whether any place has this name."""
        wanted = key(name) + "\t"
        at = bisect_left(self.names, wanted)
        return len(wanted) > 2 and at < len(self.names) and self.names[at].startswith(wanted)

    def state(self, code: str) -> Entry | None:
        """A state by its ISO 3166-1 alpha-3 code."""
        number = self.states.get(code)
        return None if number is None else self._entry(number)

    def _entry(self, number: int) -> Entry:
        kind, name, lat, lon, country, region, people, geonames = self.places[number].split("\t")
        return Entry(kind, name, float(lat), float(lon), country or None, region or None, int(people), int(geonames))


@cache
def place_table() -> PlaceTable:
    """The shipped tables, unpacked at first use."""
    places = _lines("places.tsv.gz")
    states = {line.split("\t", 5)[4]: n for n, line in enumerate(places) if line.startswith("state\t")}
    return PlaceTable(_lines("place_names.tsv.gz"), places, states)


def _lines(name: str) -> list[str]:
    lines = gzip.decompress((FOLDER / name).read_bytes()).decode("utf-8").split("\n")
    top = next(n for n, line in enumerate(lines) if not line.startswith("#")) + 1
    return lines[top:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """Words around place names; see the header of `data/place_words.tsv`.

    `passed` are the words that may stand between a preposition and a name.
    """

    before: frozenset[str]
    sure: frozenset[str]
    weak: frozenset[str]
    direction: frozenset[str]
    after: Mapping[str, str]
    of: Mapping[str, str]
    body: frozenset[str]
    inside: frozenset[str]
    article: frozenset[str]
    passed: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """The table, read once.

    >>> place_words().after["province"], "near" in place_words().before
    ('region', True)
    """
    table: dict[str, dict[str, str]] = {name: {} for name in PlaceWords.__slots__}
    for kind, word, value in rows("place_words.tsv"):
        table[kind][word] = value
    return PlaceWords(
        before=frozenset(table["before"]),
        sure=frozenset(word for word, value in table["before"].items() if value == "sure"),
        weak=frozenset(table["weak"]),
        direction=frozenset(table["direction"]),
        after=table["after"],
        of=table["of"],
        body=frozenset(table["body"]),
        inside=frozenset(table["inside"]),
        article=frozenset(table["article"]),
        passed=frozenset([*table["direction"], *table["article"], "the"]),
    )


@cache
def _folding() -> dict[int, str | None]:
    """Characters that a name is compared without, or as a blank."""
    apart = {ord(c): " " for c in "-–‑_/"}
    return {**apart, **{ord(c): None for c in "'’‘ʻʼ`´.ʿˌ"}, ord("ı"): "i", ord("ł"): "l", ord("ø"): "o"}


def key(name: str) -> str:
    """A name without accents, case, hyphens and apostrophes.

    >>> key("Khān Shaykhūn"), key("Al-Ḩasakah"), key("Donets'k")
    ('khan shaykhun', 'al hasakah', 'donetsk')
    """
    plain = name.lower()
    if name.isascii():
        if plain.replace(" ", "").isalnum():
            return plain
    else:
        apart = unicodedata.normalize("NFKD", name.casefold())
        plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(plain.translate(_folding()).split())
