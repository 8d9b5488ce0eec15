"""The states of place names, as one report means them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from tensionwire.resolve.geocoding import Geocoder
from tensionwire.resolve.scan import Scan

# A name of one word, of which nothing is said, is taken for a town's only if so many people live there.
TOWN = 50_000
_STATES = frozenset({"name", "adjective", "people", "capital"})


class Atlas:
    """The gazetteer of places, asked for states alone; remembers what is no place."""

    __slots__ = ("_geocoder", "people")

    def __init__(self, geocoder: Geocoder) -> None:
        self._geocoder = geocoder
        self.people = lru_cache(maxsize=65536)(self._people)

    def _people(self, name: str) -> int | None:
        """How many live in the greatest place of a name; None where there is none."""
        place = self._geocoder.lookup(name)
        if place is None:
            return None
        return max((entry.people for entry in self._geocoder.table.find(name)), default=TOWN)

    def code(self, name: str, spoken: Mapping[str, int]) -> str | None:
        """The state of a place, those that the report speaks of before others."""
        place = self._geocoder.lookup(name, country=spoken)
        return place.code if place is not None else None


class Sheet:
    """The atlas as one report uses it.

    >>> from tensionwire.records import Span
    >>> from tensionwire.resolve.scan import scan
    >>> sheet = Sheet(Atlas(Geocoder.load()), scan("Spain and Chile.", [Span(0, 16)]))
    >>> sheet.code("Santiago"), sheet.code("Qwertz")
    ('CHL', None)
    """

    __slots__ = ("_atlas", "_found", "_spoken")

    def __init__(self, atlas: Atlas, scan: Scan) -> None:
        self._atlas = atlas
        self._spoken = Counter(hit.entry.code for hit in scan.hits if hit.entry.kind in _STATES)
        self._found: dict[str, str | None] = {}

    def code(self, name: str) -> str | None:
        """The state of a place name, or None."""
        if name not in self._found:
            known = self._atlas.people(name) is not None
            self._found[name] = self._atlas.code(name, self._spoken) if known else None
        return self._found[name]

    def town(self, name: str) -> str | None:
        """The state of a name that nothing makes a place's: a single word must be a town of some size."""
        people = self._atlas.people(name)
        return None if people is None or (" " not in name and people < TOWN) else self.code(name)
