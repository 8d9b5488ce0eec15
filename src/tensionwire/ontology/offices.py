"""Who held which office when, from `data/offices.tsv.gz`: thirty thousand tenures, read once, found by last name.

Ten thousand more rows tell what other people of the news are known for. The rows stand in order of key, so a name is
found by bisection in the unparsed lines; only lines that are asked for are split.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tensionwire.ontology.rows import FOLDER
from tensionwire.ontology.spelling import skeleton

KNOWN_FOR = 4  # the rank of what somebody is known for, where the lists of office-holders do not have it
OFFICIAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})  # who leaves such a sector is a former official


class Tenure(NamedTuple):
    """One office of one person, or what somebody is known for.

    `rank` is 1 for heads of state and government, 2 chief ministers, 3 other offices of the lists, 4 (`KNOWN_FOR`).

    Dates are ISO, as exact as known. An `end` with "+" is the day of the source, when the office was still held.
    """

    person: str
    wikidata: str
    code: str
    office: str
    sector: str
    rank: int
    start: str
    end: str
    source: str

    def holds(self, date: str) -> bool:
        """Whether the office was held on an ISO date, as far as the table knows.

        >>> next(t for t in Offices.load().named("Obama") if t.rank == 1).holds("2016-05-01")
        True
        """
        day = date[:10]
        end = self.end.rstrip("+")
        return self.start <= day and (day <= end or day.startswith(end) or self._open(day))

    def _open(self, day: str) -> bool:
        """Chief offices that are open in a source are taken to last two more years; others one."""
        if not self.end.endswith("+"):
            return False
        years = 2 if self.rank < 3 else 1
        return day[:4].isdigit() and int(day[:4]) <= int(self.end[:4]) + years

    def past(self, date: str) -> bool:
        """Whether the office was over on an ISO date."""
        return not self.holds(date) and self.start <= date[:10]


class Offices:
    """The table; `named` finds all tenures of a last name."""

    __slots__ = ("_lines",)

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    @classmethod
    def load(cls) -> Offices:
        """The shipped table, read once."""
        return _shipped()

    def named(self, name: str) -> tuple[Tenure, ...]:
        """Tenures of everybody whose last name is spelt so, or as newspapers also spell it.

        >>> {t.wikidata for t in Offices.load().named("Zelenskiy") if t.rank == 1}
        {'Q3874799'}
        """
        return _tenures(self, skeleton(name))

    def lines(self, key: str) -> tuple[str, ...]:
        """Raw rows of a key."""
        at = bisect_left(self._lines, key + "\t")
        found = []
        while at < len(self._lines) and self._lines[at].startswith(key + "\t"):
            found.append(self._lines[at])
            at += 1
        return tuple(found)

    def all_lines(self) -> tuple[str, ...]:
        """Raw rows of the whole table."""
        return tuple(self._lines)

    def person(self, name: str) -> tuple[Tenure, ...]:
        """Tenures of the people of a full name: the last name's spelling and the first names agree.

        >>> {t.wikidata for t in Offices.load().person("Sergey Lavrov")}
        {'Q58217'}
        >>> Offices.load().person("Lavrov"), Offices.load().person("Ali Motahari")[0].code
        ((), 'IRN')
        """
        words = name.split()
        if len(words) < 2:
            return ()
        found = tuple(t for t in self.named(words[-1]) if given_names_agree(words, t.person.split()))
        if not found:  # the family name first, as in the east; then the whole name must be the same
            whole = {skeleton(w) for w in words}
            found = tuple(t for t in self.named(words[0]) if {skeleton(w) for w in t.person.split()} == whole)
        return found


def listed(tenures: Sequence[Tenure]) -> Sequence[Tenure]:
    """Those of the lists of office-holders, which say more than what somebody is known for; all where there is none."""
    return [t for t in tenures if t.rank < KNOWN_FOR] or tenures


@cache
def _shipped() -> Offices:
    text = gzip.decompress((FOLDER / "offices.tsv.gz").read_bytes()).decode("utf-8")
    return Offices(text.split("\n")[text[:4096].count("\n#") + 2 : -1])


@cache
def _tenures(table: Offices, key: str) -> tuple[Tenure, ...]:
    return tuple(_tenure(line) for line in table.lines(key))


def _tenure(line: str) -> Tenure:
    _, person, wikidata, code, office, sector, rank, start, end, source = line.split("\t")
    return Tenure(person, wikidata, code, office, sector, int(rank), start, end, source)


def given_names_agree(words: list[str], other: list[str]) -> bool:
    """Whether two full names can be one person's: some first name is the same, or an initial of it.

    >>> given_names_agree(["Vladimir", "V.", "Putin"], ["Vladimir", "Putin"])
    True
    >>> given_names_agree(["Boris", "Johnson"], ["Alan", "Johnson"])
    False
    """
    mine = [skeleton(w) for w in words[:-1]] or [skeleton(words[-1])]
    theirs = {skeleton(w) for w in other}
    first = mine[0]
    if any(_alike(first, name) for name in theirs):
        return True
    return len(mine) > 1 and any(_alike(m, n) for m in mine[1:] for n in theirs if len(m) > 2)


def _alike(one: str, other: str) -> bool:
    if len(one) <= 1 or len(other) <= 1:
        return bool(one) and bool(other) and one[0] == other[0]
    return one == other or (len(one) > 3 and (one.startswith(other) or other.startswith(one)) and len(other) > 3)
