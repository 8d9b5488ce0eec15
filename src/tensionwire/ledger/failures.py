"""What a database complains of, in the words of the family of errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from tensionwire.errors import LedgerError
from tensionwire.exchange.plain import line

# What the message holds -> why it will not do, what to do. The first that fits is taken.
_KNOWN = (
    ("is locked", "another program is writing to it and did not finish in time", "try again when it has ended"),
    ("lock timeout", "another program is writing to it and did not finish in time", "try again when it has ended"),
    ("disk is full", "the disk is full; what was committed before is safe", "free some space and run it again"),
    ("no space left", "the disk is full; what was committed before is safe", "free some space and run it again"),
    ("disk i/o error", "the disk does not take or give it", "check space, quota and disk, then run `verify`"),
    ("malformed", "a page of the file is damaged", "run `tensionwire verify`, and restore a backup"),
    ("is not a database", "the file is no ledger", "name another --ledger"),
    ("readonly", "it may only be read", "ask for write permission, or name another --ledger"),
    ("read-only", "it may only be read", "ask for write permission, or name another --ledger"),
    ("unable to open", "it cannot be opened", "check the folder and its permissions, or name another --ledger"),
    ("permission denied", "access is not allowed", "check user and permissions"),
    ("password authentication", "the server refuses user or password", "check the URL of the ledger"),
    ("does not exist", "the server has no such database or user", "create it, or check the URL of the ledger"),
    ("resolve host", "the server's name leads nowhere", "check the URL of the ledger"),
    ("connection", "the server cannot be reached", "check that it runs, and the URL of the ledger"),
)  # fmt: skip


@contextmanager
def told(name: str) -> Iterator[None]:
    """Raise what the database complains of as a LedgerError that names the ledger."""
    try:
        yield
    except DBAPIError as error:
        raise explained(name, error) from error


def explained(name: str, error: DBAPIError) -> LedgerError:
    """The complaint in our words; one that is not known keeps its own."""
    said = line(str(error.orig))
    for words, why, todo in _KNOWN:
        if words in said.lower():
            return LedgerError(name, f"{why} ({said})", todo)
    kind = "the database failed" if isinstance(error, OperationalError | InterfaceError) else "the database refused"
    return LedgerError(name, f"{kind} ({type(error.orig).__name__}: {said})", "run `tensionwire verify`")
