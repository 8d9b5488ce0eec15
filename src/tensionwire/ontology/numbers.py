"""Number words, from `data/numbers.tsv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tensionwire.ontology.rows import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """See the header of the table; `bounds` has the longest phrases first."""

    units: Mapping[str, int]
    scales: Mapping[str, int]
    vague: Mapping[str, tuple[int, int]]
    ordinals: Mapping[str, int]
    parts: Mapping[str, float]
    bounds: Mapping[str, str]
    money: frozenset[str]


@cache
def number_words() -> NumberWords:
    """The table, read once.

    >>> number_words().vague["dozens"], number_words().bounds["at least"]
    ((24, 99), 'least')
    """
    table: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for kind, word, value, high in rows("numbers.tsv"):
        table[kind][word] = value, high
    bounds = sorted(table["bound"].items(), key=lambda row: -len(row[0]))
    return NumberWords(
        units={w: int(v) for w, (v, _) in table["unit"].items()},
        scales={w: int(v) for w, (v, _) in table["scale"].items()},
        vague={w: (int(v), int(h)) for w, (v, h) in table["vague"].items()},
        ordinals={w: int(v) for w, (v, _) in table["ordinal"].items()},
        parts={w: float(v) for w, (v, _) in table["part"].items()},
        bounds={w: v for w, (v, _) in bounds},
        money=frozenset(table["money"]),
    )
