"""Daily series of every pair of states in an event table, as `changes` takes them; cases and quiet pairs."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tensionwire.measure.tables import read_table

SHARED = Path(__file__).resolve().parents[2] / "shared"
TABLES = SHARED / "corpora/event_series"
DEV = SHARED / "gold/crises/dev.tsv"
OWN = Path(__file__).parent / "data/turns.tsv"
HIT = 10  # days, as in the rule of gold/crises

Floats = NDArray[np.float64]
Turn = tuple[int, str, float]  # day from the first, direction, strength
Method = Callable[[Floats, Floats, Floats], Sequence[Turn]]


@dataclass(frozen=True)
class Daily:
    """Conflict, cooperation and coverage by day, from the table's first day; `acts` counts."""

    first: dt.date
    conflict: Floats
    cooperation: Floats
    coverage: Floats
    acts: Floats


@dataclass(frozen=True)
class Case:
    """A dated turn."""

    name: str
    table: str
    pair: tuple[str, str]
    date: dt.date
    direction: str
    group: str


@cache
def pairs(table: str) -> tuple[dt.date, Floats, dict[tuple[str, str], dict[str, tuple[int, float]]]]:
    """First day, coverage by day, and for each pair of states the day and score of every origin."""
    rows = list(read_table(TABLES / f"{table}.tsv.gz"))
    days = [dt.date.fromisoformat(row.first or "").toordinal() for row in rows]
    start, seen = min(days), set()
    coverage = np.zeros(max(days) - start + 1)
    found: dict[tuple[str, str], dict[str, tuple[int, float]]] = {}
    for row, day in zip(rows, days, strict=True):
        if row.origin not in seen:
            seen.add(row.origin)
            coverage[day - start] += 1
        codes = sorted({p.code for p in (*row.actor, *row.recipient) if p.code})
        if len(codes) == 2:
            found.setdefault((codes[0], codes[1]), {}).setdefault(row.origin or "", (day - start, row.score))
    return dt.date.fromordinal(start), coverage, found


def daily(table: str, pair: tuple[str, str]) -> Daily:
    """The series of one pair."""
    first, coverage, found = pairs(table)
    conflict, cooperation, acts = (np.zeros(len(coverage)) for _ in range(3))
    for day, score in found.get(pair, {}).values():
        acts[day] += 1
        if score < 0:
            conflict[day] -= score
        else:
            cooperation[day] += score
    press = np.maximum(coverage, 1)
    return Daily(first, conflict / press, cooperation / press, coverage, acts)


def cases(least: int = 5) -> list[Case]:
    """The development set, and the cases of our own that have at least so many acts within a fortnight."""
    found = []
    for path, group in ((DEV, "dev"), (OWN, "own")):
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        for name, table, a, b, date, direction in rows[1:]:
            case = Case(name, table, (min(a, b), max(a, b)), dt.date.fromisoformat(date), direction, group)
            if group == "dev" or _acts(case) >= least:
                found.append(case)
    return found


def _acts(case: Case) -> float:
    series = daily(case.table, case.pair)
    at = (case.date - series.first).days
    return float(series.acts[max(0, at - 2) : at + 14].sum())


def quiet(count: int, seed: int = 2017) -> list[tuple[str, tuple[str, str]]]:
    """Pairs drawn at random of those with 20 to 400 acts, at most a quarter of their score conflict, and no case."""
    taken = {(case.table, case.pair) for case in cases(0)}
    pool = []
    for table in ("icews14_full", "icews18_sep-oct", "icews_2011-10_to_2015-12_full"):
        for pair, told in sorted(pairs(table)[2].items()):
            conflict = -sum(score for _, score in told.values() if score < 0)
            every = sum(abs(score) for _, score in told.values())
            if (table, pair) not in taken and 20 <= len(told) <= 400 and conflict <= every / 4:
                pool.append((table, pair))
    return random.Random(seed).sample(pool, count)


def allowed(days: int) -> int:
    """Turns that a series may have, by the rule of gold/crises."""
    return max(3, days // 45)


def hit(case: Case, turns: Iterable[Turn]) -> Turn | None:
    """The turn that finds a case, if the strongest that are allowed hold one."""
    series = daily(case.table, case.pair)
    at = (case.date - series.first).days
    strongest = sorted(turns, key=lambda turn: -turn[2])[: allowed(len(series.coverage))]
    return next((t for t in strongest if abs(t[0] - at) <= HIT and t[1] == case.direction), None)


def run(method: Method, table: str, pair: tuple[str, str]) -> Sequence[Turn]:
    """The turns that a method finds in the series of a pair."""
    series = daily(table, pair)
    return method(series.conflict, series.cooperation, series.coverage)
