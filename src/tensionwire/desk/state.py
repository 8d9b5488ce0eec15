"""What all requests of a desk share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Request

from tensionwire.desk import queries
from tensionwire.desk.keeping import Kept
from tensionwire.desk.settings import Settings
from tensionwire.ledger import Ledger


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
        return cls(settings=settings, ledger=ledger, kept=Kept(partial(queries.stamp, ledger)))

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()


def desk_of(request: Request) -> Desk:
    """The desk that was asked."""
    found: Desk = request.app.state.desk
    return found


Here = Annotated[Desk, Depends(desk_of)]
