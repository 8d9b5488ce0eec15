"""Backups: a ledger as it stands, as one SQLite file, whatever it came from; and a ledger filled from one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select

from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import schema
from tensionwire.ledger.dialects import Indexed
from tensionwire.ledger.packing import storable, unpacked_text
from tensionwire.ledger.sqlite import settle
from tensionwire.ledger.store import Store, opened

BATCH: Final = 2_000


def backup(store: Store, path: Path) -> None:
    """See `Ledger.backup`. The file appears whole or not at all."""
    if path.exists():
        raise UsageError(str(path), "is there already", "name a new file; a backup overwrites nothing")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not store.dialect.backup(store.engine, part):
            with opened(part, read_only=False) as target:
                copy(store, target)
            settle(part)
        part.replace(path)
    except OSError as error:
        raise LedgerError(str(path), f"cannot be written ({error.strerror})", "name another file") from error
    finally:
        for left in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


def restore(store: Store, path: Path) -> None:
    """See `Ledger.restore`."""
    with opened(path, read_only=True) as source:
        copy(source, store)


def copy(source: Store, target: Store) -> None:
    """Every row of a ledger into an empty one, in one transaction of each."""
    with source.reading() as old, target.writing() as new:
        if new.execute(select(schema.moments.c.id).limit(1)).first() is not None:
            raise UsageError(target.name, "is not empty", "restore into a new ledger: name one with --ledger")
        for table in schema.metadata.sorted_tables:
            if table is not schema.meta:
                _copy(old, new, table)
        _index(source, new, target)


def _copy(old: Connection, new: Connection, table: Table) -> None:
    for batch in _pages(old, select(table)):
        new.execute(insert(table), [dict(row._mapping) for row in batch])


def _index(source: Store, new: Connection, target: Store) -> None:
    """The search index is made anew from the texts: each kind of database has its own."""
    query = (
        select(schema.reports.c.id, schema.reports.c.title, schema.texts.c.body)
        .join_from(schema.reports, schema.texts, schema.texts.c.hash == schema.reports.c.hash)
        .where(schema.texts.c.body.is_not(None))
    )
    for batch in _pages(new, query):
        rows: list[Indexed] = [(row.id, row.title or "", storable(unpacked_text(row.body))) for row in batch]
        target.dialect.index(new, rows)


def _pages(connection: Connection, query: Any) -> Iterator[list[Any]]:
    with connection.execute(query, execution_options={"yield_per": BATCH}) as rows:
        while batch := list(islice(rows, BATCH)):
            yield batch
