"""What the first page tells: moves, new incidents, denials, changed counts, what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tensionwire.brief.agenda import Appointment, appointments, shortened
from tensionwire.desk import queries
from tensionwire.desk.happening import head
from tensionwire.desk.moves import Move, moves
from tensionwire.desk.relation import STALE, coverage
from tensionwire.desk.state import Desk
from tensionwire.errors import UsageError
from tensionwire.ledger import Filter, Ledger, ReportedClaim
from tensionwire.link.figures import History, history
from tensionwire.records import Incident, Telling

RECENT: Final = 3  # days that count as new
DAYS: Final = 7
LISTED: Final = 12
PAIRS: Final = 10
LOOKED_AT: Final = 60  # figures of the week whose incidents are looked through for counts that changed
BATCH: Final = 20  # incidents whose records are read at once
PAST: Final = 600.0  # seconds that the news of an earlier day may be too old: late reports change it little


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A new incident, and the telling to show of it."""

    incident: Incident
    head: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """An incident whose counts of one thing differ or changed."""

    incident: Incident
    head: Telling
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The first page. `day` is the day that it is of; `reports` the origins of that day and the six before it."""

    day: str
    latest: str
    reports: int
    moves: tuple[Move, ...]
    incidents: tuple[Fresh, ...]
    denials: tuple[ReportedClaim, ...]
    counts: tuple[Counted, ...]
    due: tuple[Appointment, ...]

    @property
    def before(self) -> str:
        """The day before."""
        return queries.moved(self.day, -1)

    @property
    def after(self) -> str | None:
        """The day after, None on the last one."""
        return queries.moved(self.day, 1) if self.day < self.latest else None


def news(desk: Desk, day: str | None) -> News:
    """The news of a day, the last one that has reports where none is named; kept for a short while."""
    if day and not queries.is_day(day):
        raise UsageError(f"day={day}", "is no day", "write YYYY-MM-DD")
    covered = coverage(desk)
    latest = queries.last_day(covered)
    shown = day or latest
    stale = STALE if shown == latest else PAST
    return desk.kept.get(("news", shown), lambda: _news(desk.ledger, covered, shown, latest), stale=stale)


def _news(ledger: Ledger, covered: Mapping[str, int], day: str, latest: str) -> News:
    week = queries.moved(day, 1 - DAYS)
    recent = queries.moved(day, 1 - RECENT)
    seen = ledger.incidents(Filter(since=recent, until=day, limit=LISTED * 8))
    told = sorted(
        (one for one in seen if _first_told(one) >= recent), key=lambda one: (-len(one.origins), -abs(head(one).score))
    )
    return News(
        day=day, latest=latest, reports=sum(count for when, count in covered.items() if week <= when <= day),
        moves=moves(ledger, covered, day)[:PAIRS],
        incidents=tuple(Fresh(incident=one, head=head(one)) for one in told[:LISTED]),
        denials=ledger.claims(Filter(status="denies", since=week, until=day, limit=LISTED)),
        counts=tuple(islice(_counted(ledger, week, day), LISTED)), due=due(ledger, day),
    )  # fmt: skip


def _first_told(incident: Incident) -> str:
    """The day of its first report; of rows of event tables, which have none, that of the act."""
    return min((told.published or told.first or "" for told in incident.tellings), default="")


def due(ledger: Ledger, day: str) -> tuple[Appointment, ...]:
    """What is to come in the seven days from a day on."""
    last = queries.moved(day, DAYS)
    return shortened(appointments(ledger, Filter(since=day, until=last), today=day), day, last)


def _counted(ledger: Ledger, first: str, last: str) -> Iterator[Counted]:
    """Incidents with counts that came in on these days and are not what was said before."""
    figures = ledger.figures(Filter(since=first, until=last, limit=LOOKED_AT))
    often = Counter(figure.incident for figure in figures if figure.incident)
    found = queries.incidents(ledger, often)
    # What was counted once, in one report, has not changed: its record need not be read.
    several = [one for key, one in found.items() if often[key] > 1 or len({told.report for told in one.tellings}) > 1]
    for start in range(0, len(several), BATCH):
        some = several[start : start + BATCH]
        records = queries.records(ledger, some)
        for incident in some:
            for one in history(incident, records):
                if _changed(one, first):
                    yield Counted(incident=incident, head=head(incident), history=one)


def _changed(one: History, first: str) -> bool:
    """Whether a reading of these days differs from those before it."""
    return any(reading.change not in ("first", "same") and (reading.as_of or "") >= first for reading in one.readings)
