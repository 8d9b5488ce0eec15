"""Incidents: where a new telling belongs among those that the ledger holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nlargest
from typing import Final
from zlib import crc32

from sqlalchemy import Connection, bindparam

from tensionwire.ledger import selecting
from tensionwire.ledger.lookup import under
from tensionwire.ledger.schema import tellings
from tensionwire.link.incidents import REPRESENTATIVES, Linker, keys, lookups, representatives
from tensionwire.records import Telling

UNDER_A_KEY: Final = 32
COMPARED: Final = 12  # incidents that a telling is held against
WEAK: Final = 5  # as many at least, though they share but one key with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a telling goes: an incident that is there, or (None) one of its own.

    `stands`: new tellings will be held against it, and `keys` are what they find its incident by.
    """

    incident: int | None
    stands: bool = True
    keys: tuple[int, ...] = ()
    probability: float | None = None
    reasons: tuple[str, ...] = ()
    by: str = ""


@cache
def linker() -> Linker:
    """The shipped linker, loaded when the first telling comes."""
    return Linker.load()


def placed(connection: Connection, told: Sequence[Telling]) -> list[Placed]:
    """The place of each telling of one report."""
    wanted = [_numbers(lookups(telling)) for telling in told]
    ids = _by_key(under(connection, "link_keys", "incident", sorted(set().union(*wanted)), UNDER_A_KEY))
    near = [_nearest(ids, some) for some in wanted]
    standing = _standing(connection, set().union(*near))
    return [_place(telling, some, standing) for telling, some in zip(told, near, strict=True)]


def keyed(telling: Telling) -> tuple[int, ...]:
    """What the incident of a telling is found by."""
    return tuple(_numbers(keys(telling)))


def _numbers(words: Iterable[str]) -> list[int]:
    return sorted({_number(word) for word in words})


@lru_cache(maxsize=65_536)
def _number(key: str) -> int:
    """A key as a number, its week in front: what is new then lies together in the index, and so do its neighbours."""
    week, _, mark = key.partition(" ")
    place = int(week) % (1 << 15) if week.isascii() and week.isdigit() else (1 << 15) - 1
    return place << 32 | crc32(mark.encode("utf-8", "replace"))


def _by_key(found: list[tuple[int, int]]) -> Mapping[int, list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for key, id in found:
        groups[key].append(id)
    return groups


def _nearest(ids: Mapping[int, list[int]], wanted: Sequence[int]) -> list[int]:
    """Incidents that share most keys, the newest of equals first; of those that share a single one, a few."""
    shared: dict[int, int] = defaultdict(int)
    for key in wanted:
        for id in ids.get(key, ()):
            shared[id] += 1
    strong = sorted((id for id, count in shared.items() if count > 1), key=lambda id: (-shared[id], -id))[:COMPARED]
    weak = nlargest(max(0, WEAK - len(strong)), (id for id, count in shared.items() if count == 1))
    return strong + weak


def _standing(connection: Connection, incidents: set[int]) -> Mapping[int, list[Telling]]:
    """The tellings that stand for incidents, in the order in which they came."""
    groups: dict[int, list[Telling]] = defaultdict(list)
    for batch in selecting.batches(incidents):
        for row in connection.execute(_STANDING, {"incidents": batch}):
            groups[row.incident].append(selecting.telling(row))
    return groups


_STANDING = (
    selecting.told(None)
    .where(tellings.c.incident.in_(bindparam("incidents", expanding=True)), tellings.c.stands == 1)
    .order_by(tellings.c.id)
)


def _place(telling: Telling, near: Sequence[int], standing: Mapping[int, list[Telling]]) -> Placed:
    groups = {f"i{incident}": representatives(standing[incident]) for incident in near if incident in standing}
    found = linker().place(telling, [(incident, one) for incident, group in groups.items() for one in group])
    if found is None:
        return Placed(incident=None, keys=keyed(telling))
    # A copy of a text, or one voice more among many, would only crowd the index.
    group = groups[found.incident]
    stands = len(group) < REPRESENTATIVES and telling.origin not in {one.origin for one in group}
    return Placed(
        incident=int(found.incident[1:]), stands=stands, keys=keyed(telling) if stands else (),
        probability=found.link.probability, reasons=found.link.reasons, by=found.link.by,
    )  # fmt: skip
