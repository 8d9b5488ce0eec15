"""The ledger: reports, what they tell, and what hangs together; nothing in it is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from tensionwire.ledger import (
    adding,
    comparing,
    copying,
    forgetting,
    happenings,
    intake,
    judging,
    listing,
    permitting,
    reindexing,
    reports,
    searching,
    stamping,
    verifying,
    who,
)
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
    Tombstone,
)
from tensionwire.ledger.filters import EVERYTHING, Filter, Moment
from tensionwire.ledger.store import Store, opened
from tensionwire.records import Incident, Record, Telling


class Ledger:
    """A store of records. Use it in a `with` block; safe for threads and for several processes at once.

    Every question takes `as_known_at`: the answer that the ledger would have given at that moment.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(
        cls, url: str | Path | None = None, *, read_only: bool = False, create: bool = True, wait: float = 60.0
    ) -> Ledger:
        """The ledger at a path or URL (`postgresql://...`), made where there is none (unless `read_only`,
        or not `create`).

        None: `TENSIONWIRE_LEDGER`, else `ledger.db` in the user's data folder. Raises LedgerError where it cannot be
        opened, is no ledger, or was written by a newer tensionwire. `wait`: seconds for other writers to end.
        """
        return cls(opened(url, read_only=read_only, create=create, wait=wait))

    def close(self) -> None:
        """Let go of all connections."""
        self.store.engine.dispose()

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
        return adding.add(self.store, record, again=again)

    def add_all(
        self, records: Iterable[Record], *, again: bool = False, on_error: adding.OnError | None = None
    ) -> Iterator[Added]:
        """Store many records, a group of them (64, or those of a second) in a transaction; answers come as groups do.

        With `on_error`, a record that may not be stored is told to it and left out; else its error is raised, and its
        group is not stored.
        """
        return adding.add_all(self.store, records, again=again, on_error=on_error)

    def add_table(self, incidents: Iterable[Incident], *, name: str, digest: str) -> Added:
        """Store the rows of an event table, put together to incidents (`measure.tables.incidents_of`).

        The rows get the table's key as their `report`. `digest` is the hash of the file: the same table twice changes
        nothing.
        """
        return intake.add_table(self.store, incidents, name=name, digest=digest)

    def forget(self, report: str, *, reason: str, by: str = "") -> str:
        """Erase the words of a report everywhere; hash, reason and structure stay. Gives the text's hash."""
        return forgetting.forget(self.store, report, reason=reason, by=by)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What is left of the texts that were forgotten, the first forgotten first."""
        return forgetting.tombstones(self.store)

    def set_free(self, outlet: str, free: bool = True, *, by: str = "") -> None:
        """Mark an outlet's texts as free to republish, or no longer so."""
        permitting.set_free(self.store, outlet, free, by=by)

    def free_outlets(self, *, as_known_at: Moment = None) -> frozenset[str]:
        """Outlets whose texts are free to republish."""
        return permitting.free_outlets(self.store, as_known_at)

    # -- a person's word ------------------------------------------------------------------------------------------

    def move(self, telling: str, incident: str | None, *, by: str, reason: str) -> Judgement:
        """Put a telling (`r12/e3`) into an incident, or (None) into one of its own."""
        return judging.move(self.store, telling, incident, by=by, reason=reason)

    def merge(self, incident: str, into: str, *, by: str, reason: str) -> Judgement:
        """Make one incident of two."""
        return judging.merge(self.store, incident, into, by=by, reason=reason)

    def judge(self, item: str, verdict: str, *, by: str, reason: str) -> Judgement:
        """Say "confirm" or "reject" of an item (`r12/e3`, `r12/c2`, ...); what is rejected is no longer answered."""
        return judging.judge(self.store, item, verdict, by=by, reason=reason)

    def undo(self, judgement: str, *, by: str, reason: str) -> Judgement:
        """Take a judgement back."""
        return judging.undo(self.store, judgement, by=by, reason=reason)

    def judgements(self, *, as_known_at: Moment = None) -> tuple[Judgement, ...]:
        """Everything that persons decided, oldest first."""
        return judging.judgements_of(self.store, as_known_at)

    # -- questions ------------------------------------------------------------------------------------------------

    def report(self, key: str, *, as_known_at: Moment = None) -> Record:
        """The record of a report, of the newest coding, with its text (empty where it was forgotten)."""
        return reports.report_of(self.store, key, as_known_at)

    def tellings(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[Telling, ...]:
        """Tellings that the filter lets through, newest day first."""
        return happenings.tellings_of(self.store, filter, as_known_at)

    def incidents(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[Incident, ...]:
        """Incidents with a telling that the filter lets through, newest day first, each with all of its tellings."""
        return happenings.incidents_of(self.store, filter, as_known_at)

    def claims(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedClaim, ...]:
        """Claims, latest published first. `actor` is the speaker."""
        return listing.claims_of(self.store, filter, as_known_at)

    def figures(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedFigure, ...]:
        """Counts, latest published first."""
        return listing.figures_of(self.store, filter, as_known_at)

    def relations(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedRelation, ...]:
        """Ties, latest published first."""
        return listing.relations_of(self.store, filter, as_known_at)

    def agenda(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedAgendaItem, ...]:
        """What is to come, latest day first; `since` and `until` are about the planned day."""
        return listing.agenda_of(self.store, filter, as_known_at)

    def actors(self, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[ReportedActor, ...]:
        """Persons, bodies and states, those named by most origins first."""
        return who.actors_of(self.store, filter, as_known_at)

    def search(self, words: str, filter: Filter = EVERYTHING, *, as_known_at: Moment = None) -> tuple[Hit, ...]:
        """Reports that hold all of the words; "..." for a phrase, -word for none of it. Best first."""
        return searching.hits_of(self.store, words, filter, as_known_at)

    def coverage(
        self, first: str | None = None, last: str | None = None, *, as_known_at: Moment = None
    ) -> Mapping[str, int]:
        """For each ISO day of publication, the number of origins in the whole ledger (rows, for event tables)."""
        return reports.coverage_of(self.store, first, last, as_known_at)

    def diff(self, before: Moment, after: Moment = None) -> tuple[Change, ...]:
        """What the record has learnt or taken back between two moments, in order."""
        return comparing.changes(self.store, before, after)

    def stamp(self) -> str:
        """The state of the ledger: another text after everything that is written, the same until then.

        An answer, whatever was asked, still holds as long as this is what it was; good for ETags.
        """
        return stamping.stamp_of(self.store)

    # -- care -----------------------------------------------------------------------------------------------------

    def verify(self) -> Iterator[Damage]:
        """Recheck every hash and span; nothing comes when all is well."""
        return verifying.damage(self.store)

    def reindex(self) -> None:
        """Make anew the keys by which copies of a text are found, and the incident of a new telling."""
        reindexing.reindex(self.store)

    def backup(self, path: Path) -> None:
        """Write the ledger as it stands into one SQLite file, while others go on writing."""
        copying.backup(self.store, path)

    def restore(self, path: Path) -> None:
        """Fill this ledger, which must be empty, from a backup, made from SQLite or PostgreSQL."""
        copying.restore(self.store, path)
