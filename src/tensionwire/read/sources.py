"""Inputs as they are named (file, folder, "-", URL) to single sources, folders walked in sorted order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tensionwire.errors import InputError
from tensionwire.read.formats import part_of_page
from tensionwire.read.results import InputFailure, shown

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, the standard input or one URL; `name` is what messages and records call it."""

    name: str
    path: Path | None = None
    url: str | None = None


def sources(inputs: Iterable[str | os.PathLike[str]]) -> Iterator[Source | InputFailure]:
    """The single sources of the inputs, in the order given, as they are asked for."""
    for given in inputs:
        name = os.fspath(given)
        if name == "-":
            yield Source(name="-")
        elif _SCHEME.match(name):
            yield Source(name=shown(name), url=name)
        elif os.path.isdir(name):
            yield from _folder(Path(name), ())
        else:
            yield Source(name=name, path=Path(name))


def _failure(path: Path, why: str, todo: str) -> InputFailure:
    return InputFailure(source=str(path), error=InputError(str(path), why, todo))


def _folder(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Source | InputFailure]:
    """The files of a folder and those below it; `above` are the folders that lead here."""
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as fault:
        yield _failure(folder, f"the folder cannot be read ({fault.strerror})", "check its permissions")
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        yield _failure(folder, "the folder leads back into itself", "remove the link, or name the files one by one")
        return
    found = False
    for entry in entries:
        for one in _entry(entry, (*above, here)):
            found = True
            yield one
    if not found and not above:
        yield _failure(
            folder,
            "the folder holds no reports",
            "give one with HTML, text, Markdown, JSON Lines, CSV or XML",
        )


def _entry(entry: os.DirEntry[str], above: tuple[tuple[int, int], ...]) -> Iterator[Source | InputFailure]:
    """What one entry of a folder holds; hidden files and parts of saved pages are passed over."""
    path = Path(entry.path)
    if entry.name.startswith(".") or part_of_page(entry.name):
        return
    try:
        folder = entry.is_dir()
        file = entry.is_file()
    except OSError as fault:
        yield _failure(path, f"the link leads round in a circle or nowhere ({fault.strerror})", "remove the link")
        return
    if folder and not entry.name.endswith("_files"):
        yield from _folder(path, above)
    elif file:
        yield Source(name=str(path), path=path)
    elif entry.is_symlink() and not folder:
        yield _failure(path, "the link leads nowhere", "remove the link")
