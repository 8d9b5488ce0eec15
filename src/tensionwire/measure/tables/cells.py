"""The cells of a CSV or TSV file, packed or not, with the line that each row ends on."""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Protocol, TextIO

from tensionwire.errors import InputError

_GZIP: Final = b"\x1f\x8b"
# A cell of ACLED's notes is a few thousand characters; the csv module's own limit is too small for the longest.
_LONGEST_CELL: Final = 4_000_000


def cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells of every row that is not empty. Tabs: cells as they stand; commas: CSV quoting.

    Raises InputError where the file cannot be read, is no text, or ends in the middle of its packing.
    """
    with _opened(path) as stream:
        rows = _rows(stream)
        try:
            for row in rows:
                if row and any(row):
                    yield rows.line_num, row
        except csv.Error as error:
            raise InputError(f"{path}, line {rows.line_num}", f"is no table: {error}", "give CSV or TSV") from error
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            why = f"its packing is damaged after line {rows.line_num} ({error})"
            raise InputError(str(path), why, "fetch it again; the rows before were read") from error


class _Numbered(Protocol):
    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


class _Rows:
    """Rows of tab-separated text; csv's quoting rules do not apply there."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self.line_num = stream, 0

    def __iter__(self) -> Iterator[list[str]]:
        for line in self._stream:
            self.line_num += 1
            yield line.rstrip("\r\n").split("\t")


def _rows(stream: TextIO) -> _Numbered:
    start = stream.readline(_LONGEST_CELL)
    stream.seek(0)
    if "\t" in start:
        return _Rows(stream)
    csv.field_size_limit(min(_LONGEST_CELL, sys.maxsize))
    return csv.reader(stream, delimiter=";" if start.count(";") > start.count(",") else ",")


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        raw = path.open("rb")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "give the path of a table") from error
    with raw:
        yield io.TextIOWrapper(_unpacked(raw), encoding="utf-8-sig", errors="replace", newline="")


def _unpacked(raw: BinaryIO) -> BinaryIO:
    packed = raw.read(2) == _GZIP
    raw.seek(0)
    return gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[return-value]
