"""Incidents: where a new telling belongs among those that the ledger holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final
from zlib import crc32

from sqlalchemy import Connection, Select, bindparam, select

from tensionwire.ledger import selecting
from tensionwire.ledger.lookup import padded, under
from tensionwire.ledger.schema import judgements, tellings
from tensionwire.ledger.standing import Standing
from tensionwire.ledger.statements import fetched
from tensionwire.link.candidates import LATEST, nearest
from tensionwire.link.incidents import REPRESENTATIVES, Linker, representatives
from tensionwire.link.keys import Block, block
from tensionwire.link.views import View, view
from tensionwire.records import Telling

READ: Final = 128  # incidents of one statement
STEP: Final = 8


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


def placed(connection: Connection, told: Sequence[Telling], standing: Standing) -> list[Placed]:
    """The place of each telling of one report."""
    views = list(map(view, told))
    blocks = list(map(block, views))
    wanted = [_lookups(found) for found in blocks]
    found = _under(connection, set().union(*wanted), standing)
    near = [nearest(found, some) for some in wanted]
    groups = _standing(connection, set().union(*near), standing)
    return [_place(one, own, some, groups) for one, own, some in zip(views, blocks, near, strict=True)]


def keyed(telling: Telling) -> tuple[int, ...]:
    """What the incident of a telling is found by."""
    return _keys(block(view(telling)))


def _keys(found: Block) -> tuple[int, ...]:
    return tuple(sorted(_numbers(found, (found.home,))))


def _lookups(found: Block) -> set[int]:
    return _numbers(found, found.about)


def _numbers(found: Block, weeks: Iterable[int | None]) -> set[int]:
    """Keys as numbers, the week in front: what is new then lies together in the index, and so do its neighbours."""
    marks = list(map(_number, found.marks))
    places = [(1 << 15) - 1 if week is None else week % (1 << 15) for week in weeks]
    return {place << 32 | mark for place in places for mark in marks}


@lru_cache(maxsize=65_536)
def _number(mark: str) -> int:
    return crc32(mark.encode("utf-8", "replace"))


def _under(connection: Connection, keys: set[int], standing: Standing) -> Mapping[int, Sequence[int]]:
    """The latest incidents under each key."""
    found: dict[int, Sequence[int]] = {**standing.under.of(keys)}
    missing = sorted(keys - found.keys())
    if missing:
        read = under(connection, "link_keys", "incident", missing, LATEST)
        for key in missing:
            standing.under.keep(key, tuple(read.get(key, ())))
            found[key] = read.get(key, ())
    return found


def _standing(connection: Connection, incidents: set[int], standing: Standing) -> Mapping[int, tuple[View, ...]]:
    """Views of the tellings that stand for incidents."""
    found = standing.views.of(incidents)
    missing = sorted(incidents - found.keys())
    for start in range(0, len(missing), READ):
        for incident, told in _read(connection, missing[start : start + READ]).items():
            found[incident] = tuple(map(view, representatives(told)))
            standing.views.keep(incident, found[incident])
    return found


def _read(connection: Connection, incidents: Sequence[int]) -> Mapping[int, Sequence[Telling]]:
    """The tellings that stand for incidents, in the order in which they came; a moved one where a person put it."""
    count = padded(len(incidents), STEP)
    values = {f"i{n}": incident for n, incident in enumerate([*incidents, *[None] * (count - len(incidents))])}
    groups: dict[int, list[Telling]] = {incident: [] for incident in incidents}
    for row in fetched(connection, _statement(count), values):
        if row.incident in groups:
            groups[row.incident].append(selecting.telling(row))
    return groups


@cache
def _statement(count: int) -> Select[Any]:
    wanted = [bindparam(f"i{n}", type_=tellings.c.incident.type) for n in range(count)]
    moved = select(judgements.c.telling).where(
        judgements.c.kind == "move", judgements.c.incident.in_(wanted), judgements.c.retracted.is_(None)
    )
    theirs = tellings.c.incident.in_(wanted) | tellings.c.id.in_(moved)
    return selecting.told(None).where(theirs, tellings.c.stands == 1).order_by(tellings.c.id)


def _place(one: View, own: Block, near: Sequence[int], groups: Mapping[int, tuple[View, ...]]) -> Placed:
    found = linker().chosen(one, [(f"i{incident}", groups[incident]) for incident in near if groups.get(incident)])
    if found is None:
        return Placed(incident=None, keys=_keys(own))
    # A copy of a text, or one voice more among many, would only crowd the index.
    incident = int(found.incident[1:])
    group = groups[incident]
    stands = len(group) < REPRESENTATIVES and one.telling.origin not in {other.telling.origin for other in group}
    return Placed(
        incident=incident, stands=stands, keys=_keys(own) if stands else (),
        probability=found.link.probability, reasons=found.link.reasons, by=found.link.by,
    )  # fmt: skip
