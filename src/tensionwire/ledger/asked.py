"""A filter as conditions: keys of the index that drive a query, and a test for what only the whole telling can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, select

from tensionwire.errors import UsageError
from tensionwire.ledger import marks
from tensionwire.ledger.filters import Filter
from tensionwire.ledger.packing import ordinal
from tensionwire.ledger.schema import item_marks, tellings
from tensionwire.ledger.schema import marks as mark_rows
from tensionwire.ledger.windows import Window
from tensionwire.measure.contributions import Question, between
from tensionwire.measure.issues import Issue, issue
from tensionwire.measure.sides import Side, side
from tensionwire.ontology.gazetteer import Gazetteer
from tensionwire.records import Telling

VAGUE: Final = 31  # days: a date longer than that is judged by its first day
Keys = frozenset[str]


# What an item is asked by itself; whatever else is asked is asked of the telling that it is about.
_OWN: Final = {
    "claim": {"actor", "outlet"},
    "figure": {"outlet"},
    "relation": {"actor", "pair", "place", "type", "outlet"},
    "agenda": {"actor", "pair", "place", "type", "outlet"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a filter asks. One key of each set of `keys` must be there, the rarest set first.

    `told` are such sets for the telling that an item is about; `fits` looks closer at a telling; of the days only
    those within the `window` are looked at, and of rows those up to the number `newest`.
    """

    keys: tuple[Keys, ...] = ()
    told: tuple[Keys, ...] = ()
    first: int | None = None
    last: int | None = None
    fits: Callable[[Telling], bool] | None = None
    window: Window | None = None
    newest: int | None = None

    @property
    def several(self) -> bool:
        """Whether what is found comes in the order of several keys, and perhaps twice."""
        return any(len(some) > 1 for some in (*self.keys[:1], *self.told[:1]))


def asked(connection: Connection, filter: Filter, *, kind: str = "") -> Asked:
    """The conditions of a filter on tellings, or on items of a kind; raises UsageError where it names nobody."""
    found = Asked(first=_day("--since", filter.since), last=_day("--until", filter.until))
    sets: list[tuple[str, Keys]] = []
    if filter.pair:
        a, b = (_side(connection, one, kind) for one in filter.pair)
        sets += [("pair", keys) for keys in _of_pair(a, b)]
        found = found if _plain(a) and _plain(b) else replace(found, fits=_between(a, b))
    if filter.place:
        sets.append(("place", _of_place(filter.place)))
    if filter.outlet:
        sets.append(("outlet", frozenset({marks.outlet(filter.outlet)})))
    if filter.actor:
        one = _side(connection, filter.actor, kind)
        sets.append(("actor", _of_side(one)))
        found = _both(found, _acts(one)) if one.memberships and kind != "claim" else found
    if filter.type:
        sets.append(("type", frozenset({marks.type_(filter.type)})))
    if filter.issue:
        found = _both(found, known_issue(filter.issue).tells)
    own = _OWN.get(kind)
    return replace(
        found,
        keys=tuple(_prefixed(kind, keys) for name, keys in sets if own is None or name in own),
        told=tuple(keys for name, keys in sets if own is not None and name not in own),
    )


def _prefixed(kind: str, keys: Keys) -> Keys:
    return frozenset(f"{kind} {key}" for key in keys) if kind else keys


def _plain(one: Side) -> bool:
    """A state or body by its code: the index of pairs says all of it."""
    return bool(one.codes) and not one.memberships and not one.names


def known_issue(given: str | Issue) -> Issue:
    """The issue of a name, or the one that is given."""
    return given if isinstance(given, Issue) else issue(given)


def _both(asked: Asked, fits: Callable[[Telling], bool]) -> Asked:
    before = asked.fits
    return replace(asked, fits=fits if before is None else lambda telling: before(telling) and fits(telling))


def _day(option: str, given: str | None) -> int | None:
    if given is None:
        return None
    if not (day := ordinal(given)) or len(given) != 10:
        raise UsageError(f"{option} {given}", "is no day", "write YYYY-MM-DD")
    return day


def _side(connection: Connection, given: str | Side, kind: str) -> Side:
    """Who is meant; a name that the ledger has counts as known."""
    if isinstance(given, Side):
        return given
    try:
        return side(given)
    except UsageError:
        key = marks.actor(given)
        known = [select(mark_rows.c.key).where(mark_rows.c.key == key)]
        known += [select(item_marks.c.key).where(item_marks.c.key == f"{kind} {key}")] if kind else []
        if all(connection.execute(query.limit(1)).first() is None for query in known):
            raise
        name = marks.folded(given)
        return Side(label=given, name=given, names=frozenset({name}), wikidata=frozenset({given}))


def _names(one: Side) -> Keys:
    """Everything that a party of the side may be called, folded."""
    members = {membership.member for membership in one.memberships}
    return frozenset(marks.folded(name) for name in {*one.codes, *members, *one.names, *one.wikidata} if name)


def _of_side(one: Side) -> Keys:
    return frozenset(marks.actor(name) for name in _names(one))


def _of_pair(a: Side, b: Side) -> Iterable[Keys]:
    """Pairs of names, where each side is made of states and bodies; else both sides must be there."""
    if (a.codes or a.memberships) and (b.codes or b.memberships):
        yield frozenset(marks.pair(*two) for two in product(_names(a), _names(b)))
    else:
        yield from (_of_side(one) for one in sorted((a, b), key=lambda one: bool(one.codes or one.memberships)))


def _between(a: Side, b: Side) -> Callable[[Telling], bool]:
    question = Question(a=a, b=b)
    return lambda telling: between(telling, question, telling.first or telling.published or "")


def _acts(one: Side) -> Callable[[Telling], bool]:
    def fits(telling: Telling) -> bool:
        day = telling.first or telling.published or ""
        return any(one.holds(party, day) for party in (*telling.actor, *telling.recipient))

    return fits


def _of_place(name: str) -> Keys:
    """A place by its name; a country also by its code."""
    states = {entry.code for entry in Gazetteer.load().named(name) if entry.kind == "name"}
    return frozenset(marks.place(word) for word in {name, *states} if word)


def driven(query: Select[Any], rows: FromClause, asked: Asked, index: FromClause, id: str) -> Select[Any]:
    """The query, driven by the first set of keys and narrowed by the others, newest day first."""
    query = _of_told(query, rows, asked)
    if not asked.keys:
        if asked.window is not None:
            query = query.where(rows.c.day > asked.window[0], rows.c.day <= asked.window[1])
        return _dated(query, rows, asked).order_by(rows.c.day.desc(), rows.c.id.desc())
    driver = index.alias("driver")
    query = query.join(driver, driver.c[id] == rows.c.id).where(driver.c.key.in_(sorted(asked.keys[0])))
    for number, some in enumerate(asked.keys[1:]):
        query = query.where(_has(index.alias(f"other{number}"), some, driver.c.day, id, driver.c[id]))
    if asked.first is not None:
        query = query.where(driver.c.day >= asked.first - VAGUE)
    if asked.last is not None:
        query = query.where(driver.c.day <= asked.last)
    if asked.newest is not None:
        query = query.where(driver.c[id] <= asked.newest)
    if asked.window is not None:
        query = query.where(driver.c.day > asked.window[0], driver.c.day <= asked.window[1])
    return _dated(query, rows, asked).order_by(driver.c.day.desc(), driver.c[id].desc())


def _of_told(query: Select[Any], rows: FromClause, asked: Asked) -> Select[Any]:
    """Items whose telling has the keys; where nothing else drives the query, its first set does."""
    rest = asked.told
    if rest and not asked.keys:
        about = mark_rows.alias("about")
        same = and_(about.c.telling == rows.c.telling, about.c.day == tellings.c.day)  # the place in the index
        query = query.join(about, same).where(about.c.key.in_(sorted(rest[0])))
        rest = rest[1:]
    for number, some in enumerate(rest):
        other = mark_rows.alias(f"told{number}")
        query = query.where(_has(other, some, tellings.c.day, "telling", rows.c.telling))
    return query


def _has(
    other: FromClause, keys: Keys, day: ColumnElement[Any], id: str, number: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Whether one of the keys is there for a row; its day leads straight to the place in the index."""
    return select(other.c.key).where(other.c.key.in_(sorted(keys)), other.c.day == day, other.c[id] == number).exists()


def _dated(query: Select[Any], rows: FromClause, asked: Asked) -> Select[Any]:
    if asked.first is not None:
        soon = and_(rows.c.end >= asked.first, rows.c.end - rows.c.day <= VAGUE)
        query = query.where(rows.c.day >= asked.first - VAGUE).where((rows.c.day >= asked.first) | soon)
    if asked.last is not None:
        query = query.where(rows.c.day <= asked.last)
    return query
