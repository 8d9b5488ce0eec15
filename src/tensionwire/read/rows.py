"""Files of many articles, read row by row: JSON Lines, JSON, CSV and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from tensionwire.errors import InputError
from tensionwire.read.encoding import decoded, marked, stream_encoding
from tensionwire.read.results import InputFailure, Outcome, Outcomes, Settings, too_large
from tensionwire.read.structured import article, columns_of, no_text

HEAD = 65536


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A file of rows: its bytes, how it is called in messages, and what its rows without an id are called."""

    stream: io.BufferedReader[Any]
    name: str
    stem: str
    settings: Settings

    @contextmanager
    def lines(self, newline: str, *, json: bool) -> Iterator[io.TextIOWrapper]:
        """The file as text; bytes that its encoding does not know come out as lone surrogates."""
        head = self.stream.peek(HEAD)[:HEAD]
        # JSON is UTF-8 unless a mark says otherwise (RFC 8259, 8.1).
        encoding = (marked(head) or "utf-8") if json else stream_encoding(head)
        text = io.TextIOWrapper(self.stream, encoding=encoding, errors="surrogateescape", newline=newline)
        try:
            yield text
        finally:
            # Who opened the file closes it.
            text.detach()

    def failure(self, what: str, why: str, todo: str) -> InputFailure:
        """A row that cannot be read."""
        return InputFailure(source=what, error=InputError(what, why, todo))

    def oversized(self, number: int) -> InputFailure:
        """A row above the limit."""
        what = f"{self.name}:{number}"
        error = too_large(what, self.settings.max_bytes, "leave the row out")
        return InputFailure(source=what, error=error)

    def outcome(self, fields: object, number: int) -> Outcome:
        """The report of one row, or why there is none."""
        what = f"{self.name}:{number}"
        if not isinstance(fields, dict):
            return self.failure(what, f"it is a {type(fields).__name__}, not an object", "give one object an article")
        try:
            return article(
                fields,
                what=what,
                doc_id=f"{self.stem}:{number}",
                published=self.settings.published,
                columns=self.settings.columns,
            )
        except InputError as error:
            return InputFailure(source=what, error=error)


def read_lines(rows: Rows) -> Outcomes:
    """JSON Lines: one article a line; a broken line is a failure with its number, the next ones go on."""
    limit, number = rows.settings.max_bytes, 0
    with rows.lines("\n", json=True) as text:
        while line := text.readline(limit + 1):
            number += 1
            if len(line) > limit:
                yield rows.oversized(number)
                while line and not line.endswith("\n"):
                    line = text.readline(limit)
            elif line.strip("\ufeff \t\r\n"):
                yield _line(rows, line, number)


def _line(rows: Rows, line: str, number: int) -> Outcome:
    """The outcome of one line."""
    what = f"{rows.name}:{number}"
    try:
        return rows.outcome(msgspec.json.decode(line.strip("\ufeff \t\r\n")), number)
    except UnicodeEncodeError as fault:
        return rows.failure(what, f"it is not UTF-8 at character {fault.start}", "save the file as UTF-8")
    except (msgspec.DecodeError, RecursionError) as fault:
        cut = "truncated" in str(fault) and not line.rstrip().endswith("}")
        why = "the line breaks off: it is truncated JSON" if cut else f"it is not JSON ({fault})"
        return rows.failure(what, why, "fetch or write the line again, or delete it")


def read_json(rows: Rows) -> Outcomes:
    """A JSON array of articles, one article, or JSON Lines under another name."""
    first = _first_line(rows.stream)
    if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _whole(first):
        yield from read_lines(rows)
        return
    limit = rows.settings.max_bytes
    data = rows.stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(rows.name, limit, "save it as JSON Lines, one article a line, which is read line by line")
    try:
        value = msgspec.json.decode(decoded(data, rows.name).lstrip("\ufeff"))
    except (msgspec.DecodeError, RecursionError) as fault:
        raise InputError(
            rows.name,
            f"it is not JSON ({fault})",
            "write it again, as an array of articles or one article a line",
        ) from fault
    for number, fields in enumerate(value if isinstance(value, list) else [value], 1):
        yield rows.outcome(fields, number)


def _first_line(stream: io.BufferedReader[Any]) -> bytes:
    """The first line with something in it, as far as it can be seen without reading on."""
    return stream.peek(HEAD).lstrip().split(b"\n", 1)[0]


def _whole(line: bytes) -> bool:
    """True when a line is JSON as a whole (or longer than could be seen)."""
    try:
        msgspec.json.decode(line.lstrip(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError):
        return len(line) >= HEAD // 8 and b"\n" not in line
    return True


class _Lines(Iterator[str]):
    """Lines of a table; a row that grows past the limit (a quotation mark never closed) ends in an error."""

    def __init__(self, text: io.TextIOWrapper, limit: int) -> None:
        self.text, self.limit, self.size = text, limit, 0

    def __next__(self) -> str:
        line = self.text.readline(self.limit + 1)
        self.size += len(line)
        if not line:
            raise StopIteration
        if self.size > self.limit:
            raise csv.Error("a row is larger than the limit")
        return line.replace("\ufeff", "", 1) if line.startswith("\ufeff") else line


def read_table(rows: Rows, delimiter: str) -> Outcomes:
    """CSV or TSV with column names in the first row; a broken row is a failure with its line."""
    # The module's own limit (131,072 characters a field) is shorter than a transcript.
    csv.field_size_limit(max(csv.field_size_limit(), rows.settings.max_bytes))
    mark = _delimiter(rows.stream, delimiter)
    with rows.lines("", json=False) as text:
        lines = _Lines(text, rows.settings.max_bytes)
        reader = csv.reader(lines, delimiter=mark)
        try:
            header = tuple(next(reader, ()))
            if "text" not in columns_of(header, rows.settings.columns):
                raise no_text(rows.name, header, rows.settings.columns, "column")
            yield from _records(rows, reader, lines, header)
        except csv.Error as fault:
            raise InputError(
                f"{rows.name}:{reader.line_num + 1}",
                str(fault),
                "look for a quotation mark that is not closed",
            ) from fault


def _delimiter(stream: io.BufferedReader[Any], given: str) -> str:
    """Semicolons where the first line has them and no commas, as spreadsheets of many countries write."""
    head = stream.peek(HEAD).split(b"\n", 1)[0]
    return ";" if given == "," and b"," not in head and b";" in head else given


def _records(rows: Rows, reader: Iterator[list[str]], lines: _Lines, header: tuple[str, ...]) -> Outcomes:
    """The rows below the column names; the number of a row is its place below them."""
    for number, cells in enumerate(reader, 1):
        lines.size = 0
        if not cells:
            continue
        if len(cells) < len(header) and number:
            cells += [""] * (len(header) - len(cells))
        if any("\udc80" <= character <= "\udcff" for cell in cells if not cell.isascii() for character in cell):
            yield rows.failure(
                f"{rows.name}:{number}", "it is not in the encoding of the file", "save the file as UTF-8"
            )
            continue
        yield rows.outcome(dict(zip(header, cells, strict=False)), number)
