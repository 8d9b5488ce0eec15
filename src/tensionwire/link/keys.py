"""Blocking keys: which tellings are worth comparing, so that linking costs the same however much is known."""

from __future__ import annotations

from collections.abc import Iterator

from tensionwire.link.views import View, headword, rarest, view
from tensionwire.records import Telling

WEEK = 7
RARE = 4
TOPIC = 3
_LONG = 2 * WEEK  # an interval longer than this says little about when


def keys(telling: Telling) -> tuple[str, ...]:
    """Keys to index a telling by, at most eleven.

    Each is a mark (pair of parties under a quad class, place, rare word, trigger beside a topic word) within one
    week: that of its date, else of its publication. Look candidates up by `lookups`, which reach the weeks about.
    """
    one = view(telling)
    return tuple(f"{week} {mark}" for week in (_home(one),) for mark in _marks(one))


def lookups(telling: Telling) -> tuple[str, ...]:
    """Keys to look candidates up by: a telling that tells of the same incident stands under one in nearly all cases.

    Take the incidents that most of them lead to, twenty or so, and for each key the latest fifty tellings at most.
    """
    one = view(telling)
    marks = tuple(_marks(one))
    return tuple(f"{week} {mark}" for week in _weeks(one) for mark in marks)


def _marks(one: View) -> Iterator[str]:
    telling, head = one.telling, headword(one)
    pair = sorted(one.actors)[:2], sorted(one.recipients)[:2]
    if pair[0] or pair[1]:
        yield f"{telling.quad} {'+'.join(sorted({*pair[0], *pair[1]}))}"
    if telling.place:
        yield f"@{' '.join(sorted(one.place))}"
    for word in rarest({**one.words, **one.head}, RARE):
        yield word
    for word in telling.topic[:TOPIC]:
        yield f"{head}/{word}"
    for word in telling.topic[:1]:
        yield f"{telling.quad}/{word}"


def _home(one: View) -> str:
    days = _days(one)
    return "-" if days is None else str(days[0] // WEEK)


def _weeks(one: View) -> tuple[str, ...]:
    days = _days(one)
    if days is None:
        return ("-",)
    day, before, after = days
    return tuple(str(week) for week in range((day - before) // WEEK, (day + after) // WEEK + 1))


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
