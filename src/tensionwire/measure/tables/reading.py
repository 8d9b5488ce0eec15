"""An event table, row by row, as tellings; what cannot be read is told with its line number, the rest goes on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tensionwire.errors import InputError
from tensionwire.measure.tables.cells import cells
from tensionwire.measure.tables.coding import Coded, Codes
from tensionwire.measure.tables.formats import Layout, layout
from tensionwire.measure.tables.parties import Parties
from tensionwire.records import Party, Telling

OnError = Callable[[str, Exception], None]
_DAY: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*|\d{6})?$")


@dataclass(slots=True)
class Tally:
    """What became of the rows: told; statements and the like that are no act; bad ones that were reported."""

    format: str = ""
    told: int = 0
    no_act: int = 0
    bad: int = 0
    first: str = ""
    last: str = ""
    unknown: set[str] = field(default_factory=set)


def read_table(
    path: Path, *, given: Mapping[str, str] | None = None, tally: Tally | None = None, on_error: OnError | None = None
) -> Iterator[Telling]:
    """The tellings of a table's rows, in order.

    `given` maps fields to column names where the format is not known. Raises InputError where the file as a whole
    will not do; a row that will not do goes to `on_error`, and into `tally`.
    """
    tally = tally if tally is not None else Tally()
    lines = cells(path)
    start = next(lines, None)
    if start is None:
        raise InputError(str(path), "is empty", "give a table with rows")
    shape = layout(start[1], given, name=str(path))
    tally.format = shape.format
    reader = _Reader(shape, table_name(path))
    if not shape.headed:
        yield from _told(reader, *start, tally, path, on_error)
    for line, row in lines:
        yield from _told(reader, line, row, tally, path, on_error)


def table_name(path: Path) -> str:
    """The name by which a table's rows are kept: the file's, without its endings.

    >>> table_name(Path("series/icews14_full.tsv.gz"))
    'icews14_full'
    """
    return re.sub(r"(\.export)?(\.(csv|tsv|tab|txt|gz))+$", "", path.name, flags=re.IGNORECASE) or path.name


def _told(
    reader: _Reader, line: int, row: Sequence[str], tally: Tally, path: Path, on_error: OnError | None
) -> Iterator[Telling]:
    try:
        telling = reader.telling(line, row)
    except _BadRow as why:
        tally.bad += 1
        if on_error:
            on_error(f"{path}, line {line}", InputError(f"{path}, line {line}", str(why), "the row was left out"))
        return
    if telling is None:
        tally.no_act += 1
        return
    tally.told += 1
    day = telling.first or ""
    tally.first, tally.last = min(tally.first or day, day), max(tally.last, day)
    yield telling


class _BadRow(Exception):
    """Why a row will not do."""


class _Reader:
    def __init__(self, shape: Layout, table: str) -> None:
        self._shape, self._table = shape, table
        self._parties, self._codes = Parties(), Codes()
        self._days: dict[str, str] = {}

    def telling(self, line: int, row: Sequence[str]) -> Telling | None:
        if len(row) < self._shape.width:
            raise _BadRow(f"has {len(row)} cells, {self._shape.width} are needed")
        day = self._day(self._cell(row, "date"))
        coded = self._coded(row)
        if coded is None:
            return None
        actor, recipient = self._party(row, "actor", day), self._party(row, "recipient", day)
        if coded.swapped:
            actor, recipient = recipient, actor
        return self._made(line, row, day, coded, actor, recipient)

    def _made(
        self, line: int, row: Sequence[str], day: str, coded: Coded, actor: Party | None, recipient: Party | None
    ) -> Telling:
        url = self._cell(row, "url")
        contexts = self._cell(row, "contexts")
        return Telling(
            report=f"table:{self._table}",
            event=str(line),
            type=coded.type, mode=coded.mode, quad=coded.quad, score=coded.score, trigger=coded.name,
            contexts=(coded.context,) if coded.context else tuple(c for c in re.split(r"[;,]\s*", contexts) if c),
            actor=(actor,) if actor else (),
            recipient=(recipient,) if recipient else (),
            first=day, last=day, published=self._published(row),
            place=self._cell(row, "place") or None,
            lat=_number(self._cell(row, "lat")), lon=_number(self._cell(row, "lon")),
            country=self._country(row, day),
            sentence=self._cell(row, "sentence"),
            outlet=self._cell(row, "outlet") or (urlsplit(url).hostname if url else None),
            origin=self._origin(row, url, day, coded, actor, recipient),
            coded=False,
        )  # fmt: skip

    def _origin(
        self, row: Sequence[str], url: str, day: str, coded: Coded, actor: Party | None, recipient: Party | None
    ) -> str:
        """The story; else the row itself, where an act without direction that stands twice, mirrored, is one."""
        if story := self._cell(row, "origin") or url:
            return f"{self._table}:{story}"
        if known := self._cell(row, "id"):
            return f"{self._table}:{known}"
        names = (actor.name if actor else "", recipient.name if recipient else "")
        one, other = sorted(names, key=str) if coded.symmetric else names
        return f"{self._table}:{day}:{coded.code}:{one}:{other}"

    def _cell(self, row: Sequence[str], field: str) -> str:
        for at in self._shape.columns.get(field, ()):
            if at < len(row) and (cell := row[at].strip()) and cell != "NA":
                return cell
        return ""

    def _party(self, row: Sequence[str], role: str, day: str) -> Party | None:
        return self._parties.party(self._cell(row, role), self._cell(row, f"{role}_country"), day)

    def _country(self, row: Sequence[str], day: str) -> str | None:
        name = self._cell(row, "country")
        party = self._parties.party("", name, day) if name else None
        return party.code if party else None

    def _coded(self, row: Sequence[str]) -> Coded | None:
        try:
            if "type" in self._shape.columns:
                return self._codes.plover(self._cell(row, "type"), self._cell(row, "mode"))
            if "acled" in self._shape.columns:
                return self._codes.acled(self._cell(row, "acled"))
            return self._codes.cameo(self._cell(row, "cameo"))
        except KeyError as error:
            raise _BadRow(f"{error.args[0]!r} is no code of an event") from None

    def _day(self, cell: str) -> str:
        day = self._days.get(cell)
        if day is None:
            day = self._days[cell] = _day(cell)
        if not day:
            raise _BadRow(f"{cell!r} is no day (YYYY-MM-DD or YYYYMMDD)")
        return day

    def _published(self, row: Sequence[str]) -> str | None:
        return _day(self._cell(row, "published")) or None


def _day(cell: str) -> str:
    """ISO day of a cell, "" where it is none."""
    found = _DAY.match(cell)
    if not found:
        return ""
    try:
        return dt.date(*map(int, found.groups())).isoformat()
    except ValueError:
        return ""


def _number(cell: str) -> float | None:
    try:
        return float(cell) if cell else None
    except ValueError:
        return None
