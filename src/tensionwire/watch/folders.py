"""Watched folders: which files are new or changed, and no longer being written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tensionwire.errors import InputError
from tensionwire.read.results import InputFailure
from tensionwire.read.sources import sources
from tensionwire.watch.config import Source
from tensionwire.watch.items import Item, Listing

SETTLING: Final = 1.0  # seconds in which a file must not change before it is read

Known = Callable[[Item], bool]


def listing(source: Source, known: Known, wait: Callable[[float], object]) -> Listing:
    """The files of a folder; those that are new wait a moment, so that half a file is never read.

    `known` says whether an item was read as it stands, `wait` pauses for some seconds. Raises `InputError` where the
    folder is not there.
    """
    if not Path(source.at).is_dir():
        raise InputError(source.at, "there is no such folder", "make it, or correct its path")
    closed: list[str] = []
    found = tuple(_items(source, closed))
    fresh = [item for item in found if not known(item)]
    if fresh:
        wait(SETTLING)
    changing = {item.key for item in fresh if _stamp(item.path or "") != item.stamp}
    return Listing(items=tuple(item for item in found if item.key not in changing), closed=tuple(closed))


def _items(source: Source, closed: list[str]) -> Iterator[Item]:
    """The items; folders that may not be read are added to `closed`."""
    for one in sources([source.at]):
        if isinstance(one, InputFailure):
            # An empty folder, a link that leads nowhere: nothing to read yet.
            if os.path.isdir(one.source) and not os.access(one.source, os.R_OK | os.X_OK):
                closed.append(one.source)
            continue
        if one.path is None:
            continue
        path = str(one.path)
        stamp = _stamp(path)
        if stamp is not None and source.takes(path):
            yield Item(key=f"file {path}", source=source.at, path=path, stamp=stamp)


def _stamp(path: str) -> str | None:
    """What changes when the file does."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return f"{status.st_mtime_ns} {status.st_size}"
