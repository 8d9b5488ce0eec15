"""Which column of an event table holds what: known formats, and a map given by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tensionwire.errors import InputError, UsageError
from tensionwire.measure.data_rows import rows

FIELDS: Final = (
    "id", "date", "actor", "actor_country", "recipient", "recipient_country", "cameo", "type", "mode", "contexts",
    "acled", "origin", "outlet", "url", "published", "place", "country", "lat", "lon", "sentence",
)  # fmt: skip
_NEEDED: Final = ("date", "actor", "recipient")
_CODED: Final = ("cameo", "type", "acled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Positions of the columns of each field, first choice first; `headed`: the first line names the columns."""

    format: str
    columns: Mapping[str, tuple[int, ...]]
    width: int
    headed: bool


@cache
def known() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Columns by field by format.

    >>> known()["icews"]["date"]
    ('Event Date',)
    """
    table: dict[str, dict[str, tuple[str, ...]]] = {}
    for format, field, columns in rows("table_formats.tsv"):
        table.setdefault(format, {})[field] = tuple(columns.split("|"))
    return table


def layout(first: Sequence[str], given: Mapping[str, str] | None = None, *, name: str = "table") -> Layout:
    """The layout of a table by its first line, or by a map from field to column name.

    Raises UsageError for a map that will not do, InputError where no known format fits.

    >>> layout(["date", "source", "cameo_code", "target"]).format
    'triples'
    """
    if given:
        return _mapped(first, given, name)
    names = _positions(first)
    for format, fields in known().items():
        if "columns" not in fields and _fits(fields, names):
            return Layout(format=format, columns=_placed(fields, names), width=_width(fields, names), headed=True)
    for format, fields in known().items():
        if "columns" in fields and len(first) == int(fields["columns"][0]) and _is_number(first[0]):
            columns = {field: tuple(map(int, at)) for field, at in fields.items() if field != "columns"}
            return Layout(format=format, columns=columns, width=len(first), headed=False)
    why = f"its columns are of no known event table ({', '.join(first[:6])}{', ...' if len(first) > 6 else ''})"
    raise InputError(name, why, "name them: --map date=...,actor=...,recipient=...,cameo=...")


def _mapped(first: Sequence[str], given: Mapping[str, str], name: str) -> Layout:
    unknown = [field for field in given if field not in FIELDS]
    if unknown:
        raise UsageError(f"--map {unknown[0]}", "no such field", f"use {', '.join(FIELDS)}")
    lacking = [field for field in _NEEDED if field not in given]
    if lacking or not any(field in given for field in _CODED):
        short = ", ".join([*lacking, *([] if any(f in given for f in _CODED) else ["cameo (or type)"])])
        raise UsageError("--map", f"lacks {short}", "give date, actor, recipient and cameo or type")
    names = _positions(first)
    absent = [column for column in given.values() if column.casefold() not in names]
    if absent:
        raise InputError(name, f"has no column {absent[0]!r}", f"it has {', '.join(first[:12])}")
    fields = {field: (column,) for field, column in given.items()}
    return Layout(format="mapped", columns=_placed(fields, names), width=_width(fields, names), headed=True)


def _positions(first: Sequence[str]) -> dict[str, int]:
    return {cell.strip().lstrip("\ufeff").casefold(): at for at, cell in reversed(list(enumerate(first)))}


def _fits(fields: Mapping[str, tuple[str, ...]], names: Mapping[str, int]) -> bool:
    needed = [f for f in (*_NEEDED, *_CODED) if f in fields]
    return all(any(column.casefold() in names for column in fields[field]) for field in needed)


def _placed(fields: Mapping[str, tuple[str, ...]], names: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    at = {
        field: tuple(names[c.casefold()] for c in columns if c.casefold() in names) for field, columns in fields.items()
    }
    return {field: places for field, places in at.items() if places}


def _width(fields: Mapping[str, tuple[str, ...]], names: Mapping[str, int]) -> int:
    """Cells that a row must have: up to the last column that is needed."""
    placed = _placed(fields, names)
    return 1 + max(min(placed[f]) for f in (*_NEEDED, *_CODED) if f in placed)


def _is_number(cell: str) -> bool:
    return cell.strip().isdigit()
