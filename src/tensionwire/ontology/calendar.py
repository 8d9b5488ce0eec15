"""The words of the calendar, from `data/calendar.tsv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tensionwire.ontology.rows import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWords:
    """Month, weekday, season and number words; see the header of the table."""

    months: Mapping[str, int]
    bare_months: frozenset[str]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    feasts: Mapping[str, tuple[int, int]]
    units: tuple[str, ...]
    lasting: tuple[str, ...]
    past: frozenset[str]
    coming: frozenset[str]
    present: frozenset[str]
    name_before: tuple[str, ...]
    name_after: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """Month and weekday names in small letters."""
        return _names()


def _pair(value: str) -> tuple[int, int]:
    first, last = value.split("-")
    return int(first), int(last)


@cache
def calendar_words() -> CalendarWords:
    """The table, read once.

    >>> calendar_words().seasons["spring"]
    (3, 5)
    """
    table: dict[str, dict[str, str]] = defaultdict(dict)
    alone = set()
    for kind, word, value, trusted in rows("calendar.tsv"):
        table[kind][word] = value
        if kind == "month" and trusted == "yes":
            alone.add(word)
    return CalendarWords(
        months={w: int(v) for w, v in table["month"].items()},
        bare_months=frozenset(alone),
        weekdays={w: int(v) for w, v in table["weekday"].items()},
        seasons={w: _pair(v) for w, v in table["season"].items()},
        numbers={w: int(v) for w, v in table["number"].items()},
        ordinals={w: int(v) for w, v in table["ordinal"].items()},
        feasts={w: _pair(v) for w, v in table["day"].items()},
        units=tuple(table["unit"]),
        lasting=tuple(table["lasting"]),
        past=frozenset(table["past"]),
        coming=frozenset(table["coming"]),
        present=frozenset(table["present"]),
        name_before=tuple(table["name_before"]),
        name_after=tuple(table["name_after"]),
    )


@cache
def _names() -> frozenset[str]:
    words = calendar_words()
    return frozenset(word.lower() for word in (*words.months, *words.weekdays))
