"""What all requests of a desk share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from sqlalchemy import event

from tensionwire.desk.keeping import Kept
from tensionwire.desk.settings import Settings
from tensionwire.ledger import Ledger

CACHE: Final = 8 * 1024  # KiB of the file that each connection keeps to itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The open desk. Safe for threads. `kept` holds answers that cost much."""

    settings: Settings
    ledger: Ledger
    kept: Kept

    @classmethod
    def opened(cls, settings: Settings) -> Desk:
        """A desk with its ledger open."""
        ledger = Ledger.open(settings.ledger)
        if ledger.store.engine.dialect.name == "sqlite":
            event.listen(ledger.store.engine, "connect", _frugal)
        return cls(settings=settings, ledger=ledger, kept=Kept(ledger.stamp))

    def close(self) -> None:
        """Let go of the ledger."""
        self.kept.settle()
        self.ledger.close()


def _frugal(connection: Any, _: object) -> None:
    """Readers have a connection each; the system keeps the file's pages for all of them together."""
    connection.execute(f"PRAGMA cache_size = -{CACHE}")


def desk_of(request: Request) -> Desk:
    """The desk that was asked."""
    found: Desk = request.app.state.desk
    return found


Here = Annotated[Desk, Depends(desk_of)]
