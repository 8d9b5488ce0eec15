"""Countries: names, adjectives, peoples, capitals and neighbours, from `data/countries.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tensionwire.ontology.rows import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One country; `code` is ISO 3166-1 alpha-3, XKX for Kosovo."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    borders: tuple[str, ...]


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@cache
def countries() -> Mapping[str, Country]:
    """All countries by code.

    >>> countries()["TUR"].people, countries()["XKX"].capitals[0]
    (('Turks', 'Turk'), 'Pristina')
    """
    return {
        code: Country(
            code=code,
            name=name,
            names=_forms(names),
            adjectives=_forms(adjectives),
            people=_forms(people),
            capitals=_forms(capitals),
            borders=_forms(borders),
        )
        for code, name, names, adjectives, people, capitals, borders in rows("countries.tsv")
    }
