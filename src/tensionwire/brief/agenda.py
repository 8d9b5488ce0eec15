"""The agenda: what is to come as reports announce it, each appointment once, with what became of it."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tensionwire.ledger import Filter, Ledger, Moment, ReportedAgendaItem, Source
from tensionwire.link.agenda import Outcome, Planned, outcome, planned, window
from tensionwire.link.tellings import bounds
from tensionwire.records import Telling

_OPEN = Outcome(state="unknown")
_YEAR = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Something to come, with every report that announces it, those first known to the ledger first.

    `uid` stays the same whatever else is reported. `first` and `last` are ISO days, both None without a date; where
    it was moved they are those of the new date. `status` is scheduled, proposed or cancelled, as announced.
    """

    uid: str
    text: str
    sentence: str
    who: tuple[str, ...]
    where: str | None
    first: str | None
    last: str | None
    status: str
    outcome: Outcome
    sources: tuple[Source, ...]

    @property
    def cancelled(self) -> bool:
        """True when it will not take place, by its announcement or by what became of it."""
        return self.status == "cancelled" or self.outcome.state == "cancelled"

    @property
    def state(self) -> str:
        """What is to be said of it in one word."""
        if self.cancelled:
            return "cancelled"
        return self.status if self.outcome.state == "open" else self.outcome.state


def appointments(ledger: Ledger, filter: Filter, *, today: str, as_known_at: Moment = None) -> tuple[Appointment, ...]:
    """The appointments that the filter lets through, by day, those without one last."""
    groups = grouped(ledger.agenda(filter, as_known_at=as_known_at))
    plans = _plans(ledger, groups, as_known_at)
    later = _Later.of(ledger, plans.values(), as_known_at)
    found = [_appointment(group, plans, later, today) for group in groups]
    return tuple(sorted(found, key=lambda one: (one.first or "9999", one.last or "", one.text)))


def grouped(items: Iterable[ReportedAgendaItem]) -> list[list[ReportedAgendaItem]]:
    """Announcements of one appointment together: of one incident, or of the same people on the same day."""
    groups: dict[tuple[object, ...], list[ReportedAgendaItem]] = {}
    for item in sorted(items, key=lambda item: (item.source.known_at, item.source.report, item.item.id)):
        groups.setdefault(_group(item), []).append(item)
    return list(groups.values())


def _group(item: ReportedAgendaItem) -> tuple[object, ...]:
    who = frozenset(name.casefold() for name in item.item.who)
    if item.incident:
        return ("incident", item.incident)
    if item.item.when and len(who) > 1:
        return ("day", item.item.when, who)
    return ("text", item.item.when, item.source.origin or item.source.report, item.item.text)


def _plans(
    ledger: Ledger, groups: Iterable[Sequence[ReportedAgendaItem]], as_known_at: Moment
) -> Mapping[tuple[str, str], Planned]:
    """What linking knows of each group's first announcement, by report and item."""
    found: dict[tuple[str, str], Planned] = {}
    for report in dict.fromkeys(group[0].source.report for group in groups):
        record = ledger.report(report, as_known_at=as_known_at)
        found.update({(report, plan.item.id): plan for plan in planned(record, report=report)})
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Later:
    """Tellings in order of the day of publication, to look up those of a window."""

    days: tuple[str, ...]
    tellings: tuple[Telling, ...]

    @classmethod
    def of(cls, ledger: Ledger, plans: Iterable[Planned], as_known_at: Moment) -> _Later:
        """The tellings that any of the plans may need."""
        starts = [start for start, _ in map(window, plans)]
        if not starts:
            return cls(days=(), tellings=())
        since = None if None in starts else _moved_by(min(start for start in starts if start), -_YEAR)
        told = ledger.tellings(Filter(since=since), as_known_at=as_known_at)
        dated = sorted((t for t in told if t.published), key=lambda t: t.published or "")
        return cls(days=tuple((t.published or "")[:10] for t in dated), tellings=tuple(dated))

    def within(self, first: str | None, last: str | None) -> Sequence[Telling]:
        """Tellings published between two ISO days, inclusive."""
        start = bisect_left(self.days, first) if first else 0
        end = bisect_right(self.days, last) if last else len(self.days)
        return self.tellings[start:end]


def _appointment(
    group: Sequence[ReportedAgendaItem], plans: Mapping[tuple[str, str], Planned], later: _Later, today: str
) -> Appointment:
    head, latest = group[0], max(group, key=lambda item: item.source.published or "")
    plan = plans.get((head.source.report, head.item.id))
    became = outcome(plan, later.within(*window(plan)), today=today) if plan else _OPEN
    first, last = _days(became.when or latest.item.when or head.item.when)
    return Appointment(
        uid=_uid(head),
        text=head.item.text,
        sentence=head.sentence,
        who=head.item.who,
        where=latest.item.where or head.item.where,
        first=first,
        last=last,
        status=latest.item.status,
        outcome=became,
        sources=tuple(item.source for item in group),
    )


def _uid(item: ReportedAgendaItem) -> str:
    """A name that rests on the words of the first announcement, not on numbers of the ledger."""
    source = item.source
    words = "\n".join((source.outlet or "", source.published or "", item.item.text, item.sentence))
    return f"{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:32]}@tensionwire"


def _days(when: str | None) -> tuple[str | None, str | None]:
    """First and last ISO day; both None where either is not known, or they stand in the wrong order."""
    first, last = bounds(when)
    return (first, last) if first and last and first <= last else (None, None)


def _moved_by(day: str, days: int) -> str:
    return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()


def today(as_known_at: Moment = None) -> str:
    """The ISO day that it is, or was at a moment, in UTC."""
    if isinstance(as_known_at, datetime):
        return as_known_at.astimezone(UTC).date().isoformat()
    return as_known_at[:10] if as_known_at else datetime.now(UTC).date().isoformat()


def shortened(found: Iterable[Appointment], since: str | None, until: str | None) -> tuple[Appointment, ...]:
    """Those that lie between two ISO days where they are now; those without a date stay."""
    return tuple(
        one for one in found
        if one.first is None or ((one.last or one.first) >= (since or "") and one.first <= (until or "9999"))
    )  # fmt: skip
