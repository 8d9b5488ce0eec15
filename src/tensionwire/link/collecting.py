"""Incidents of tellings held in memory, as a ledger makes them one telling at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tensionwire.link.incidents import Linker, keys, lookups, representatives
from tensionwire.records import Incident, Link, Telling

CANDIDATES = 20
LATEST = 50


@dataclass(slots=True, kw_only=True)
class Collection:
    """Tellings put together to incidents as they come; what a ledger does with a store, without one.

    `candidates` incidents at most are compared with a telling, found among the `latest` tellings of each of its keys.
    """

    linker: Linker
    candidates: int = CANDIDATES
    latest: int = LATEST
    _index: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _tellings: list[list[Telling]] = field(default_factory=list)
    _links: list[list[Link]] = field(default_factory=list)

    def add(self, telling: Telling) -> int:
        """The number of the incident that the telling was put with."""
        placement = self.linker.place(telling, self._candidates(telling))
        number = len(self._tellings) if placement is None else int(placement.incident)
        if placement is None:
            self._tellings.append([telling])
            self._links.append([])
        else:
            self._tellings[number].append(telling)
            self._links[number].append(placement.link)
        for key in keys(telling):
            self._index[key].append(number)
        return number

    def incidents(self) -> tuple[Incident, ...]:
        """All incidents, in the order in which they were first told."""
        return tuple(
            Incident(id=str(number), tellings=tuple(told), links=tuple(links))
            for number, (told, links) in enumerate(zip(self._tellings, self._links, strict=True))
        )

    def _candidates(self, telling: Telling) -> Iterator[tuple[str, Telling]]:
        hits: Counter[int] = Counter()
        for key in lookups(telling):
            hits.update(set(self._index.get(key, ())[-self.latest :]))
        for number, _ in hits.most_common(self.candidates):
            yield from ((str(number), told) for told in representatives(self._tellings[number]))


def collect(tellings: Iterable[Telling], linker: Linker | None = None) -> tuple[Incident, ...]:
    """The incidents of tellings, put together one at a time in the order given."""
    collection = Collection(linker=linker or Linker.load())
    for telling in tellings:
        collection.add(telling)
    return collection.incidents()
