"""Where output goes: the terminal or pipe, a file, or a folder with one file a report. Files appear whole."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tensionwire import exchange
from tensionwire.errors import UsageError
from tensionwire.records import Record

_unsafe = re.compile(r"[^\w.-]+", re.ASCII)

Writer = Callable[[Iterable[Record]], Iterator[str]]


def is_folder(path: Path, given: str) -> bool:
    """A name that ends in a slash, an existing folder, or a new name without a suffix."""
    return given.endswith(("/", os.sep)) or path.is_dir() or (not path.suffix and not path.exists())


def to_stdout(pieces: Iterable[str]) -> None:
    """Write to standard output as UTF-8, piece by piece."""
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


def to_bytes(path: Path | None, data: bytes) -> None:
    """Write what is no text: a file that is there whole or not at all, or standard output."""
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with _whole(path, lambda: True) as stream:
        stream.write(data)


def to_file(path: Path, pieces: Iterable[str], keep: Callable[[], bool] = lambda: True) -> None:
    """Write a file that is there whole or not at all; an older one stays where `keep` says no."""
    with _whole(path, keep) as stream:
        for piece in pieces:
            stream.write(piece.encode("utf-8", "replace"))


def to_folder(folder: Path, format: str, records: Iterable[Record], write: Writer) -> None:
    """Write one file a report, named after its `doc_id`; HTML gets an index beside them."""
    from tensionwire.exchange import html

    _made(folder)
    taken: set[str] = set()
    listed: list[tuple[str, str, str]] = []
    for record in records:
        name = _free(file_name(record.doc_id), taken) + exchange.suffix(format)
        to_file(folder / name, write([record]))
        if format == "html":
            listed.append((name, *html.heading(record)))
    if len(listed) > 1:
        to_file(folder / "index.html", [html.contents(listed)])


def file_name(doc_id: str) -> str:
    """A name that no file system takes amiss and that cannot leave the folder.

    >>> file_name("../wire/2017: Lucca?")
    'wire-2017-Lucca'
    """
    return _unsafe.sub("-", doc_id).strip("-.")[:100] or "report"


def _free(name: str, taken: set[str]) -> str:
    """The name, numbered where it is taken; case is ignored, as some file systems do."""
    free, number = name, 1
    while free.lower() in taken or free.lower() == "index":
        number += 1
        free = f"{name}-{number}"
    taken.add(free.lower())
    return free


@contextmanager
def _whole(path: Path, keep: Callable[[], bool]) -> Iterator[BinaryIO]:
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as device:
            yield device
        return
    _made(target.parent)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _opened(part) as stream:
            yield stream
        if keep():
            part.replace(target)
    except OSError as error:
        error.filename = error.filename or str(path)
        raise
    finally:
        part.unlink(missing_ok=True)


def _opened(part: Path) -> BinaryIO:
    try:
        return part.open("wb")
    except OSError as error:
        raise _cannot(part.parent, "be written to", error) from error


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(folder, "be made", error) from error


def _cannot(folder: Path, what: str, error: OSError) -> UsageError:
    return UsageError(str(folder), f"cannot {what} ({error.strerror})", "name another --output")
