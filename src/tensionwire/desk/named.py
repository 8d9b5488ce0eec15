"""Sides and issues by their names: those of the user who runs the desk before those that everybody has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tensionwire.errors import UsageError
from tensionwire.ledger import Filter, Ledger
from tensionwire.measure import own
from tensionwire.measure.definitions import Definitions
from tensionwire.measure.issues import Issue, issue
from tensionwire.measure.sides import Side, named, side
from tensionwire.ontology.blocs import blocs
from tensionwire.ontology.plover import plover


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Names that a form offers: blocs and issues, the user's own first."""

    blocs: tuple[str, ...]
    issues: tuple[str, ...]
    own: frozenset[str]


def mine() -> Definitions:
    """What the user has defined, read again when the file has changed; raises UsageError where it was spoilt."""
    return _read(version())


def version() -> tuple[str, int, int]:
    """Which file it is, and as of when: answers that were kept hold only for that."""
    path = own.place()
    try:
        told = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), told.st_mtime_ns, told.st_size


@lru_cache(maxsize=4)
def _read(version: tuple[str, int, int]) -> Definitions:
    return own.kept()


def offered() -> Offered:
    """What to offer; without the user's own where their file was spoilt."""
    try:
        ours = mine()
    except UsageError:
        ours = Definitions(blocs={}, issues={})
    return Offered(
        blocs=tuple(dict.fromkeys((*sorted(ours.blocs), *blocs()))),
        issues=tuple(dict.fromkeys((*sorted(ours.issues), *plover().contexts))),
        own=frozenset({*ours.blocs, *ours.issues}),
    )


def side_of(name: str, ledger: Ledger) -> Side:
    """The side of a name; somebody whom the ledger knows counts, too. Raises UsageError where nobody is meant."""
    try:
        return side(name, own=mine().blocs)
    except UsageError:
        if not ledger.actors(Filter(actor=name, limit=1)):
            raise
        return named(name)


def plain_side(name: str) -> Side | str:
    """The side of a name that can be told without the ledger; else the name, which the ledger may know."""
    try:
        return side(name, own=mine().blocs)
    except UsageError:
        return name


def issue_of(name: str | None) -> Issue | None:
    """The issue of a name; raises UsageError with what may have been meant."""
    return issue(name, mine().issues) if name else None
