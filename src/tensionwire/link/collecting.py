"""Incidents of tellings held in memory, as a ledger makes them one telling at a time."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tensionwire.link.candidates import LATEST, nearest
from tensionwire.link.incidents import Linker, representatives
from tensionwire.link.keys import Block, block
from tensionwire.link.views import View, view
from tensionwire.records import Incident, Link, Telling

Key = tuple[int | None, str]


@dataclass(slots=True, kw_only=True)
class Collection:
    """Tellings put together to incidents as they come; what a ledger does with a store, without one."""

    linker: Linker
    _index: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    _tellings: list[list[Telling]] = field(default_factory=list)
    _links: list[list[Link]] = field(default_factory=list)

    def add(self, telling: Telling) -> int:
        """The number of the incident that the telling was put with."""
        one = view(telling)
        found = block(one)
        placement = self.linker.chosen(one, self._candidates(found))
        number = len(self._tellings) if placement is None else int(placement.incident)
        if placement is None:
            self._tellings.append([telling])
            self._links.append([])
        else:
            self._tellings[number].append(telling)
            self._links[number].append(placement.link)
        for mark in found.marks:
            numbers = self._index[found.home, mark]
            if number not in numbers:
                insort(numbers, number)
        return number

    def incidents(self) -> tuple[Incident, ...]:
        """All incidents, in the order in which they were first told."""
        return tuple(
            Incident(id=str(number), tellings=tuple(told), links=tuple(links))
            for number, (told, links) in enumerate(zip(self._tellings, self._links, strict=True))
        )

    def _candidates(self, found: Block) -> list[tuple[str, list[View]]]:
        keys = list(dict.fromkeys((week, mark) for week in found.about for mark in found.marks))
        under = {n: self._index[key][-LATEST:] for n, key in enumerate(keys) if key in self._index}
        numbers = nearest(under, range(len(keys)))
        return [(str(n), [view(told) for told in representatives(self._tellings[n])]) for n in numbers]


def collect(tellings: Iterable[Telling], linker: Linker | None = None) -> tuple[Incident, ...]:
    """The incidents of tellings, put together one at a time in the order given."""
    collection = Collection(linker=linker or Linker.load())
    for telling in tellings:
        collection.add(telling)
    return collection.incidents()
