"""Answers on disk, so that nothing is asked (and paid for) twice.

A file an answer, named by what was asked: endpoint, model, prompt, schema and text. It holds the model's words,
which quote the report, and never the key; only its owner can read it. A file that is damaged is asked for anew.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from tensionwire.errors import UsageError

LARGEST: Final = 16_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An answer as it is kept, with what made it."""

    model: str
    prompt: str
    content: str
    tokens: int = 0


class Cache:
    """A folder of answers; raises `UsageError` where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            writable = os.access(folder, os.W_OK)
        except OSError as error:
            raise _unusable(folder, error.strerror or str(error)) from error
        if not writable:
            raise _unusable(folder, "no leave to write")

    def get(self, key: str) -> Entry | None:
        """The answer that is kept under a key, if one is."""
        path = self._path(key)
        try:
            if path.stat().st_size > LARGEST:
                return None
            return msgspec.json.decode(path.read_bytes(), type=Entry)
        except (OSError, msgspec.MsgspecError, UnicodeError, RecursionError):
            return None

    def put(self, key: str, entry: Entry) -> None:
        """Keep an answer; a disk that is full costs the next run a request, and this one nothing."""
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(msgspec.json.encode(entry))
                os.replace(part, path)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(part)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def key_of(*asked: str) -> str:
    """The name of an answer: a hash of all that was asked.

    >>> key_of("a", "bc") == key_of("ab", "c")
    False
    """
    return hashlib.sha256(msgspec.json.encode(asked)).hexdigest()


def _unusable(folder: Path, why: str) -> UsageError:
    return UsageError(
        f"the cache {folder}", f"cannot be used ({why})", "name another folder with --cache, or --no-cache"
    )
