"""Small SQLite files that lie beside a ledger: what a watcher has seen, which alerts were sent.

Each is of one process on one machine and can be lost without loss of a record, so none of it is in the ledger.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tensionwire.errors import TensionwireError

_WAIT: Final = 2.0  # seconds for another process to let go


def place(url: str | None, name: str) -> Path:
    """Where such a file of a ledger lies: beside the ledger's file, in the user's data folder for one elsewhere.

    >>> place("desk/ledger.db", "watch").name, place("postgresql://desk/crisis", "watch").name[:6]
    ('ledger.db.watch', 'watch-')
    """
    from tensionwire.ledger.store import default_url

    target = url or default_url()
    if "://" not in target or target.startswith("sqlite:///"):
        return Path(f"{target.removeprefix('sqlite:///')}.{name}")
    from platformdirs import user_data_path

    trace = hashlib.sha256(target.encode()).hexdigest()[:12]
    return user_data_path("tensionwire", appauthor=False) / f"{name}-{trace}.db"


class SideFile:
    """Such a file. One process at a time holds it; use it in a `with` block.

    A subclass says with `tables` what is in it and with `holder` who has it when it is locked; `lost` tells what it
    means to begin a new one.
    """

    version: int = 1
    tables: str = ""
    holder: str = "another process"
    lost: str = ""

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises `TensionwireError` where another process holds it or it cannot be had."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Several threads may ask; only one writes.
            self.db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
            self.db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.db.execute("PRAGMA journal_mode = WAL")
            with self.written():
                self._made()
        except (OSError, sqlite3.Error) as fault:
            raise self._unusable(fault) from fault

    def _made(self) -> None:
        """The tables, where they are not there yet."""
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version > self.version:
            why = "was written by a newer tensionwire"
            raise TensionwireError(str(self.path), why, "update, or give another --state")
        if version == 0:
            for statement in self.tables.split(";"):
                self.db.execute(statement)
            self.db.execute(f"PRAGMA user_version = {self.version}")

    def _unusable(self, fault: Exception) -> TensionwireError:
        if "locked" in str(fault):
            return TensionwireError(
                str(self.path), f"{self.holder} holds it", "let that one end, or give another --state"
            )
        return TensionwireError(str(self.path), f"cannot be used ({fault})", f"give another --state; {self.lost}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.db.close()

    @contextmanager
    def written(self) -> Iterator[None]:
        """One transaction, all of it or nothing."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")
        except sqlite3.Error as fault:
            raise self._unusable(fault) from fault
