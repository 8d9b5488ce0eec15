"""The ledger: reports, what they tell, and what hangs together; nothing in it is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

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
)
from tensionwire.ledger.filters import EVERYTHING, Filter, Moment
from tensionwire.records import Incident, Record, Telling


class Ledger:
    """A store of records. Use it in a `with` block; safe for threads and for several processes at once.

    Every question takes `as_known_at`: the answer that the ledger would have given at that moment.
    """

    @classmethod
    def open(cls, url: str | Path | None = None, *, read_only: bool = False) -> Ledger:
        """The ledger at a path or URL (`postgresql://...`), made where there is none (unless `read_only`).

        None: `TENSIONWIRE_LEDGER`, else `ledger.db` in the user's data folder. Raises LedgerError where it cannot be
        opened, is no ledger, or was written by a newer tensionwire.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Let go of all connections."""
        raise NotImplementedError

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing ------------------------------------------------------------------------------------------------

    def add(self, record: Record, *, again: bool = False) -> Added:
        """Store a record in one transaction; a report or coding that is there already changes nothing.

        Raises ForgottenError where the text was forgotten, unless `again`.
        """
        raise NotImplementedError

    def add_table(self, tellings: Iterable[Telling], *, name: str, digest: str) -> Added:
        """Store the rows of an event table (their `report` is replaced), each an incident of its own.

        `digest` is the hash of the file: the same table twice changes nothing.
        """
        raise NotImplementedError

    def forget(self, report: str, *, reason: str, by: str = "") -> str:
        """Erase the words of a report everywhere; hash, reason and structure stay. Gives the text's hash."""
        raise NotImplementedError

    def set_free(self, outlet: str, free: bool = True, *, by: str = "") -> None:
        """Mark an outlet's texts as free to republish, or no longer so."""
        raise NotImplementedError

    def free_outlets(self, *, as_known_at: Moment = None) -> frozenset[str]:
        """Outlets whose texts are free to republish."""
        raise NotImplementedError

    # -- a person's word ------------------------------------------------------------------------------------------

    def move(self, telling: str, incident: str | None, *, by: str, reason: str) -> Judgement:
        """Put a telling (`r12/e3`) into an incident, or (None) into one of its own."""
        raise NotImplementedError

    def merge(self, incident: str, into: str, *, by: str, reason: str) -> Judgement:
        """Make one incident of two."""
        raise NotImplementedError

    def judge(self, item: str, verdict: str, *, by: str, reason: str) -> Judgement:
        """Say "confirm" or "reject" of an item (`r12/e3`, `r12/c2`, ...); what is rejected is no longer answered."""
        raise NotImplementedError

    def undo(self, judgement: str, *, by: str, reason: str) -> Judgement:
        """Take a judgement back."""
        raise NotImplementedError

    def judgements(self, *, as_known_at: Moment = None) -> tuple[Judgement, ...]:
        """Everything that persons decided, oldest first."""
        raise NotImplementedError

    # -- questions ------------------------------------------------------------------------------------------------

    def report(self, key: str, *, as_known_at: Moment = None) -> Record:
        """The record of a report, of the newest coding, with its text (empty where it was forgotten)."""
        raise NotImplementedError

    def tellings(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[Telling, ...]:
        """Tellings that the filter lets through, newest day first."""
        raise NotImplementedError

    def incidents(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[Incident, ...]:
        """Incidents with a telling that the filter lets through, newest day first, each with all of its tellings."""
        raise NotImplementedError

    def claims(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedClaim, ...]:
        """Claims, latest published first. `actor` is the speaker."""
        raise NotImplementedError

    def figures(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedFigure, ...]:
        """Counts, latest published first."""
        raise NotImplementedError

    def relations(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedRelation, ...]:
        """Ties, latest published first."""
        raise NotImplementedError

    def agenda(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedAgendaItem, ...]:
        """What is to come, latest day first; `since` and `until` are about the planned day."""
        raise NotImplementedError

    def actors(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedActor, ...]:
        """Persons, bodies and states, those named by most origins first."""
        raise NotImplementedError

    def search(self, words: str, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[Hit, ...]:
        """Reports that hold all of the words; "..." for a phrase, -word for none of it. Best first."""
        raise NotImplementedError

    def coverage(
        self, first: str | None = None, last: str | None = None, *, as_known_at: Moment = None
    ) -> Mapping[str, int]:
        """For each ISO day of publication, the number of origins in the whole ledger (rows, for event tables)."""
        raise NotImplementedError

    def diff(self, before: Moment, after: Moment = None) -> tuple[Change, ...]:
        """What the record has learnt or taken back between two moments, in order."""
        raise NotImplementedError

    # -- care -----------------------------------------------------------------------------------------------------

    def verify(self) -> Iterator[Damage]:
        """Recheck every hash and span; nothing comes when all is well."""
        raise NotImplementedError

    def backup(self, path: Path) -> None:
        """Write the ledger as it stands into one SQLite file, while others go on writing."""
        raise NotImplementedError

    def restore(self, path: Path) -> None:
        """Fill this ledger, which must be empty, from a backup, made from SQLite or PostgreSQL."""
        raise NotImplementedError
