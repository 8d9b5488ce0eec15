"""Blocs of states and who belonged to them on a day, from `data/blocs.tsv` and `data/bloc_members.tsv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tensionwire.ontology.rows import rows


class Membership(NamedTuple):
    """One state in one bloc; dates are ISO as exact as known, empty where not known or not over."""

    member: str
    joined: str
    left: str

    def holds(self, date: str | None) -> bool:
        """Whether the state belonged on an ISO date; without one, whether it belongs still.

        >>> Membership("GBR", "1973-01-01", "2020-01-31").holds("2017-04-11")
        True
        """
        if date is None:
            return not self.left
        return self.joined <= date and (not self.left or date <= self.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """A bloc; `code` is IGO or EUR, or None for a camp without a body of its own ("the West")."""

    name: str
    code: str | None
    names: tuple[str, ...]
    memberships: tuple[Membership, ...]


@cache
def blocs() -> Mapping[str, Bloc]:
    """All blocs by name.

    >>> blocs()["EU"].code, blocs()["the West"].code
    ('EUR', None)
    """
    belonging = defaultdict(list)
    for bloc, member, joined, left in rows("bloc_members.tsv"):
        belonging[bloc].append(Membership(member, joined, left))
    return {
        name: Bloc(
            name=name,
            code=None if code == "-" else code,
            names=(name, *filter(None, also.split(", "))),
            memberships=tuple(belonging[name]),
        )
        for name, code, also in rows("blocs.tsv")
    }


def members(bloc: str, date: str | None = None) -> tuple[str, ...]:
    """Codes of a bloc's members on an ISO date, in order; without a date, of today's.

    >>> members("G7")
    ('CAN', 'DEU', 'FRA', 'GBR', 'ITA', 'JPN', 'USA')
    >>> "GBR" in members("EU", "2017-04-11"), "GBR" in members("EU", "2021-01-01")
    (True, False)
    >>> "SWE" in members("the West", "1990-01-01"), "SWE" in members("the West", "1996-01-01")
    (False, True)
    """
    found: set[str] = set()
    for membership in blocs()[bloc].memberships:
        if membership.member.startswith("["):
            found.update(members(membership.member.strip("[]"), date))
        elif membership.holds(date):
            found.add(membership.member)
    return tuple(sorted(found))
