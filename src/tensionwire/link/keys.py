"""Blocking keys: which tellings are worth comparing, so that linking costs the same however much is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tensionwire.link.views import View, headword, rarest, view
from tensionwire.records import Telling

WEEK = 7
RARE = 4
TOPIC = 3
_LONG = 2 * WEEK  # an interval longer than this says little about when


@dataclass(frozen=True, slots=True)
class Block:
    """Where a telling is found: `marks` (pair of parties under a quad class, place, rare word, trigger beside a topic
    word; at most eleven) within a week. `home` is that of its date, else of its publication; `about` are the weeks
    under which another telling of the same may stand. A week is its number, None where no day is known.
    """

    marks: tuple[str, ...]
    home: int | None
    about: tuple[int | None, ...]


def block(one: View) -> Block:
    """The block of a telling."""
    days = _days(one)
    if days is None:
        return Block(tuple(_marks(one)), None, (None,))
    day, before, after = days
    return Block(tuple(_marks(one)), day // WEEK, tuple(range((day - before) // WEEK, (day + after) // WEEK + 1)))


def keys(telling: Telling) -> tuple[str, ...]:
    """Keys to index a telling by, at most eleven: its marks within its week. Look candidates up by `lookups`."""
    found = block(view(telling))
    return tuple(f"{_shown(found.home)} {mark}" for mark in found.marks)


def lookups(telling: Telling) -> tuple[str, ...]:
    """Keys to look candidates up by: a telling that tells of the same incident stands under one in nearly all cases.

    `candidates.nearest` says which of the incidents that they lead to are worth a comparison.
    """
    found = block(view(telling))
    return tuple(f"{_shown(week)} {mark}" for week in found.about for mark in found.marks)


def _shown(week: int | None) -> str:
    return "-" if week is None else str(week)


def _marks(one: View) -> Iterator[str]:
    telling, head = one.telling, headword(one)
    pair = sorted(one.actors)[:2], sorted(one.recipients)[:2]
    if pair[0] or pair[1]:
        yield f"{telling.quad} {'+'.join(sorted({*pair[0], *pair[1]}))}"
    if telling.place:
        yield f"@{' '.join(sorted(one.place))}"
    yield from rarest({**one.words, **one.head}, RARE)
    for word in telling.topic[:TOPIC]:
        yield f"{head}/{word}"
    for word in telling.topic[:1]:
        yield f"{telling.quad}/{word}"


def _days(one: View) -> tuple[int, int, int] | None:
    """The day to index under, and how many days before and after it another telling of the same may be indexed.

    A dated happening may stand under the day of a later report that gives no date; an undated report, about a week
    after the day of what it tells.
    """
    if one.first is not None and one.last is not None and one.last - one.first <= _LONG:
        return (one.first + one.last) // 2, 3, WEEK
    if one.published is not None:
        return one.published, WEEK, 3
    return None
