"""What a briefing is made of: a pair's series, its incidents with accounts and counts, its agenda, its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tensionwire.brief.agenda import Appointment, appointments, shortened, today
from tensionwire.ledger import Filter, Ledger, Moment
from tensionwire.link.accounts import Account, accounts
from tensionwire.link.figures import History, history
from tensionwire.measure.contributions import Question
from tensionwire.measure.issues import Issue
from tensionwire.measure.series import Series, tension
from tensionwire.measure.sides import Side
from tensionwire.records import Incident, Record, Telling

DAILY: Final = 150  # days up to which the picture is by day
_CONTESTED: Final = 25  # incidents of others on which both sides speak that are looked into


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An incident with what is said of it. `weight` is what it adds to the series, in either direction."""

    incident: Incident
    weight: float = 0.0
    accounts: tuple[Account, ...] = ()
    counts: tuple[History, ...] = ()

    @property
    def disputed(self) -> bool:
        """True where there is more than one account of it, or somebody denies the one."""
        return len(self.accounts) > 1 or any(account.deniers for account in self.accounts)

    @property
    def head(self) -> Telling:
        """The telling to show first: the surest of those with a sentence."""
        return max(self.incident.tellings, key=lambda told: (bool(told.sentence), told.confidence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """Everything that the page shows.

    `matters` are in order of date, newest first; `left_out` counts those without room; `contested` are incidents among
    others on which the two sides speak, that are disputed or have counts. `records` are the reports behind them, by
    key; `free` the outlets whose whole texts may be shown.
    """

    series: Series
    a: Side
    b: Side
    since: str | None
    until: str | None
    matters: tuple[Matter, ...]
    left_out: int
    contested: tuple[Matter, ...]
    agenda: tuple[Appointment, ...]
    records: Mapping[str, Record]
    free: frozenset[str] = frozenset()
    as_known_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for. `since` and `until` are ISO days, inclusive; `most` is the number of incidents shown."""

    a: Side
    b: Side
    issue: Issue | None = None
    since: str | None = None
    until: str | None = None
    most: int = 40
    as_known_at: Moment = None


def briefing(ledger: Ledger, wish: Wish) -> Briefing:
    """Gather a briefing from a ledger."""
    known = wish.as_known_at
    found = ledger.incidents(Filter(pair=(wish.a, wish.b), since=wish.since, until=wish.until), as_known_at=known)
    shown = _series(ledger, wish, found)
    of_issue = [one for one in found if wish.issue is None or wish.issue.holds(one)]
    chosen = _chosen(of_issue, _weights(shown), wish.most)
    others = _contested(ledger, wish, {one.id for one in found})
    records = _records(ledger, [*(one for one, _ in chosen), *others], known)
    contested = (_matter(one, 0.0, records) for one in others)
    # Of the pair whatever the issue: a sentence that names a day and two ministers seldom names what they quarrel over.
    agenda = appointments(ledger, Filter(pair=(wish.a, wish.b)), today=today(known), as_known_at=known)
    return Briefing(
        series=shown, a=wish.a, b=wish.b, since=wish.since, until=wish.until,
        matters=tuple(_matter(one, weight, records) for one, weight in chosen), left_out=len(of_issue) - len(chosen),
        contested=tuple(one for one in contested if one.disputed or one.counts),
        agenda=shortened(agenda, wish.since, None), records=records, free=ledger.free_outlets(as_known_at=known),
        as_known_at=today(known),
    )  # fmt: skip


def _contested(ledger: Ledger, wish: Wish, known: Collection[str]) -> list[Incident]:
    """Incidents among others on which the sides speak: both, or, where an issue is asked for, one of them."""
    voices = [_spoken_of(ledger, wish, side) for side in (wish.a, wish.b)]
    heard = voices[0] + voices[1]
    wanted = [key for key in heard if key not in known and (wish.issue or all(key in one for one in voices))]
    wanted.sort(key=lambda key: (-sum(key in one for one in voices), -heard[key], key))
    found: list[Incident] = []
    for key in wanted[:_CONTESTED]:
        found += ledger.incidents(Filter(incident=key), as_known_at=wish.as_known_at)
    fit = [one for one in found if wish.issue is None or wish.issue.holds(one)]
    return sorted(fit, key=lambda one: (day_of(one), one.id), reverse=True)


def _spoken_of(ledger: Ledger, wish: Wish, side: Side) -> Counter[str]:
    """How often a side speaks of each incident."""
    asked = Filter(actor=side, since=wish.since, until=wish.until)
    claims = ledger.claims(asked, as_known_at=wish.as_known_at)
    return Counter(claim.incident for claim in claims if claim.incident)


def _series(ledger: Ledger, wish: Wish, found: Sequence[Incident]) -> Series:
    coverage = ledger.coverage(as_known_at=wish.as_known_at)
    days = [day for day in coverage if (wish.since or "") <= day <= (wish.until or "9999")]
    question = Question(a=wish.a, b=wish.b, issue=wish.issue)
    return tension(found, question, coverage, since=wish.since, until=wish.until, weekly=len(days) > DAILY)


def _weights(series: Series) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for parts in series.parts.values():
        for part in parts:
            weights[part.incident] = weights.get(part.incident, 0.0) + part.value
    return weights


def _chosen(found: Iterable[Incident], weights: Mapping[str, float], most: int) -> list[tuple[Incident, float]]:
    """The incidents that weigh most in either direction, newest first."""
    heaviest = sorted(found, key=lambda one: (-abs(weights.get(one.id, 0.0)), -len(one.origins)))[:most]
    newest = sorted(heaviest, key=lambda one: (day_of(one), one.id), reverse=True)
    return [(one, weights.get(one.id, 0.0)) for one in newest]


def day_of(incident: Incident) -> str:
    """The ISO day of an incident, else that of its first report; empty where neither is known."""
    told = incident.tellings
    return next((t.first for t in told if t.first), None) or min((t.published for t in told if t.published), default="")


def _records(ledger: Ledger, found: Iterable[Incident], as_known_at: Moment) -> Mapping[str, Record]:
    keys = dict.fromkeys(told.report for one in found for told in one.tellings if told.sentence)
    return {key: ledger.report(key, as_known_at=as_known_at) for key in keys}


def _matter(incident: Incident, weight: float, records: Mapping[str, Record]) -> Matter:
    return Matter(
        incident=incident, weight=weight, accounts=accounts(incident, records), counts=history(incident, records)
    )
