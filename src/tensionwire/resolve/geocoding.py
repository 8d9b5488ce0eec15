"""Which place of the gazetteer a name means."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from tensionwire.ontology.countries import countries
from tensionwire.ontology.places import Entry, PlaceTable, PlaceWords, key, place_table, place_words
from tensionwire.records import Place

# How much likelier a name means a place of one kind than of another, beside the number of its people; one unit
# is ten times the people. States and areas are spoken of more than towns of their size, regions less.
_KIND = MappingProxyType({"state": 3.0, "area": 6.0, "region": -1.5, "town": 0.0})
_REGION_MEANT = MappingProxyType({"region": 6.0, "area": 5.0})
_NATIVE_NAME = 1.0
_COUNTRY_TOLD, _OFTEN = 2.0, 6
# What a caller knows of the state outweighs all else.
_SURELY = -1
# At this distance a place has lost as much as one tenth of its people.
_NEAR_KILOMETRES = 50


@dataclass(frozen=True, slots=True)
class Geocoder:
    """The gazetteer with what is needed to choose between places of one name."""

    table: PlaceTable
    words: PlaceWords
    states: Mapping[str, str]
    demonyms: Mapping[str, str]
    capitals: frozenset[str]

    @classmethod
    def load(cls) -> Geocoder:
        """The shipped tables, read at first use."""
        return _shipped()

    def lookup(
        self, name: str, *, country: str | Mapping[str, int] | None = None, near: tuple[float, float] | None = None
    ) -> Place | None:
        """The place of a name, or None.

        `country` is a code, or codes with how often the report speaks of each; `near` a latitude and longitude.
        "X province" means the region, plain X the town.

        >>> place = Geocoder.load().lookup("Khan Sheikhoun")
        >>> place.code, place.region, place.geonames_id
        ('SYR', 'Idlib', 168325)
        """
        core, hint = self.core(name)
        told = {country: _SURELY} if isinstance(country, str) else country or {}
        best = self.best(core, hint, told, near)
        return None if best is None else placed(best)

    def core(self, name: str) -> tuple[str, str]:
        """A name without directions and nouns of kind, and the kind that they tell.

        >>> Geocoder.load().core("the northern Kunduz province")
        ('Kunduz', 'region')
        """
        parts, hint = name.split(), ""
        if parts and parts[0].lower() == "the":
            parts = parts[1:]
        if len(parts) > 2 and parts[1] == "of" and parts[0].lower() in self.words.of:
            parts, hint = parts[2:], self.words.of[parts[0].lower()]
        if len(parts) > 1 and self.known(" ".join(parts)):
            return " ".join(parts), hint
        while len(parts) > 1 and parts[0].lower() in self.words.direction:
            parts = parts[1:]
        if len(parts) > 1 and parts[-1].lower() in self.words.after:
            hint = self.words.after[parts[-1].lower()]
            parts = parts[:-1]
        return " ".join(parts), hint

    def known(self, name: str) -> bool:
        """Whether a state or any place has this name."""
        return key(name) in self.states or self.table.knows(name)

    def best(
        self, name: str, hint: str, told: Mapping[str, int], near: tuple[float, float] | None = None
    ) -> Entry | None:
        """The likeliest entry of a bare name; `hint` is "region" where a region is meant."""
        state = self.table.state(self.states.get(key(name), ""))
        entries = [*(self.table.find(name) or self._respelled(name)), *((state,) if state else ())]
        best = max(entries, key=lambda e: self._weight(e, name, hint, told, near), default=None)
        if best and best.region and best.kind == "town" and hint == "region":
            found = self.table.find(best.region)
            return next((e for e in found if e.kind == "region" and e.country == best.country), best)
        return best

    def _respelled(self, name: str) -> tuple[Entry, ...]:
        """Places of a name as other papers write it: Hodeidah for Hodeida, Hasakah for al-Hasakah."""
        for spelling in _spellings(key(name)):
            if found := self.table.find(spelling):
                return found
        return ()

    def _weight(
        self, e: Entry, name: str, hint: str, told: Mapping[str, int], near: tuple[float, float] | None
    ) -> float:
        """People on a logarithmic scale, moved by what the report tells."""
        weight = math.log10(e.people + 10) + _KIND[e.kind]
        if hint == "region":
            weight += _REGION_MEANT.get(e.kind, 0.0)
        if e.country and (often := told.get(e.country)):
            weight += _COUNTRY_TOLD + (10 if often == _SURELY else min(often, _OFTEN) / 2)
        if key(e.name) == key(name):
            weight += _NATIVE_NAME
        if near is not None:
            weight -= 2 * math.log10(1 + _kilometres(near, (e.lat, e.lon)) / _NEAR_KILOMETRES)
        return weight


@cache
def _shipped() -> Geocoder:
    states: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    capitals: set[str] = set()
    for country in countries().values():
        states.update({key(name): country.code for name in country.names})
        demonyms.update({key(word): country.code for word in (*country.adjectives, *country.people)})
        capitals.update(key(name) for name in country.capitals)
    return Geocoder(place_table(), place_words(), states, demonyms, frozenset(capitals))


_ARTICLES = ("al ", "ar ", "as ", "ash ", "ad ", "az ", "an ", "at ", "el ", "ez ", "es ")


def _spellings(folded: str) -> Iterator[str]:
    """Other spellings of a folded Arabic name: its last h, its article."""
    bare = next((folded[len(a) :] for a in _ARTICLES if folded.startswith(a)), folded)
    for stem in (folded, bare, *(a + bare for a in _ARTICLES)):
        yield from (stem, stem[:-1] if stem.endswith("h") else stem + "h")


def placed(e: Entry) -> Place:
    """An entry of the gazetteer as a record."""
    return Place(name=e.name, geonames_id=e.geonames or None, lat=e.lat, lon=e.lon, code=e.country, region=e.region)


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Roughly, on a plane: good enough to tell near from far."""
    x = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.2 * math.hypot(a[0] - b[0], x)
