"""An actor as the desk shows it: offices over time, ties, what it did and said of late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tensionwire.desk.drawing.network import Tie
from tensionwire.desk.named import plain_side, version
from tensionwire.desk.queries import last_day, moved
from tensionwire.desk.relation import STALE, YEAR, coverage
from tensionwire.desk.state import Desk
from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import Filter, Moment, ReportedActor, ReportedClaim, ReportedRelation
from tensionwire.measure.sides import Side, side
from tensionwire.ontology.countries import countries
from tensionwire.ontology.offices import Offices, Tenure
from tensionwire.records import Telling

RECENT: Final = 25
TIES: Final = 200
PEOPLE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """Everything about one actor. `known` are the names under which reports know it, or those of its country.

    `since` is the first day of publication of which `known` tells, None where it tells of all: a state is named in so
    many reports that only those of a year are counted.
    """

    name: str
    asked: str
    known: tuple[ReportedActor, ...]
    since: str | None
    offices: tuple[Tenure, ...]
    ties: tuple[Tie, ...]
    relations: tuple[ReportedRelation, ...]
    acts: tuple[Telling, ...]
    words: tuple[ReportedClaim, ...]


def portrait(desk: Desk, name: str, known_at: Moment = None) -> Portrait:
    """The actor of a code, country, bloc, name or Wikidata id; raises LedgerError where nobody is known so."""
    return desk.kept.get(("actor", name, known_at, version()), lambda: _portrait(desk, name, known_at), stale=STALE)


def _portrait(desk: Desk, name: str, known_at: Moment) -> Portrait:
    ledger = desk.ledger
    known = plain_side(name)
    one = None if isinstance(known, str) else known
    since = moved(last_day(coverage(desk, known_at)), -YEAR) if one is not None else None
    found = ledger.actors(Filter(actor=known, since=since, limit=PEOPLE), as_known_at=known_at)
    if not found and since:
        since, found = None, ledger.actors(Filter(actor=known, limit=PEOPLE), as_known_at=known_at)
    one = one or _side(name, found)
    if one is None:
        raise LedgerError(name, "there is no such actor in the ledger", "see the list of actors, or search")
    relations = ledger.relations(Filter(actor=known, limit=TIES), as_known_at=known_at)
    many = bool(one.codes or one.memberships)
    return Portrait(
        name=one.name if many else found[0].name if len(found) == 1 else name, asked=name, known=found, since=since,
        offices=() if many else _offices(found), ties=ties(relations, one), relations=relations[:RECENT],
        acts=ledger.tellings(Filter(actor=known, limit=RECENT), as_known_at=known_at),
        words=ledger.claims(Filter(actor=known, limit=RECENT), as_known_at=known_at),
    )  # fmt: skip


def _side(name: str, found: tuple[ReportedActor, ...]) -> Side | None:
    """Who is meant; None where neither the tables nor the ledger know the name."""
    try:
        return side(name, known=(actor.name for actor in found))
    except UsageError:
        return Side(label=name, name=found[0].name) if found else None


def _offices(found: Iterable[ReportedActor]) -> tuple[Tenure, ...]:
    tenures = {tenure for actor in found for tenure in Offices.load().person(actor.name)}
    known = {actor.wikidata for actor in found if actor.wikidata}
    fitting = [tenure for tenure in tenures if not known or tenure.wikidata in known]
    return tuple(sorted(fitting, key=lambda tenure: tenure.start, reverse=True))


def ties(relations: Iterable[ReportedRelation], one: Side) -> tuple[Tie, ...]:
    """The ties of a side, each other party and sign once, those that most origins tell first."""
    counts: Counter[tuple[str, str]] = Counter()
    names: dict[str, str] = {}
    seen: set[tuple[str | None, str, str]] = set()
    ours = {one.label, one.name, *one.codes, *(m.member for m in one.memberships)}
    for told in relations:
        tie = told.relation
        other, name = (tie.b, tie.b_name) if tie.a in ours or tie.a_name in ours else (tie.a, tie.a_name)
        witness = (told.source.origin, other, tie.sign)
        if witness in seen or other in ours:
            continue
        seen.add(witness)
        counts[other, tie.sign] += 1
        names.setdefault(other, countries()[other].name if other in countries() else name or other)
    return tuple(
        Tie(other=names[code], code=code, sign=sign, reports=count)
        for (code, sign), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
