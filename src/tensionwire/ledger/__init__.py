"""The store of records: append-only, on SQLite or PostgreSQL, answering for any moment of its past."""

from tensionwire.ledger.answers import (
    Added,
    Change,
    Damage,
    Hit,
    Judgement,
    ReportedActor,
    ReportedAgendaItem,
    ReportedClaim,
    ReportedFigure,
    ReportedRelation,
    Source,
    Tombstone,
)
from tensionwire.ledger.filters import Filter, Moment
from tensionwire.ledger.ledger import Ledger

__all__ = [
    "Added", "Change", "Damage", "Filter", "Hit", "Judgement", "Ledger", "Moment", "ReportedActor",
    "ReportedAgendaItem", "ReportedClaim", "ReportedFigure", "ReportedRelation", "Source", "Tombstone",
]  # fmt: skip
