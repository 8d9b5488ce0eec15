"""An incident as the desk shows it: accounts, counts, witnesses and their copies, every sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tensionwire.desk import queries
from tensionwire.ledger import Ledger, Moment
from tensionwire.link.accounts import Account, accounts
from tensionwire.link.figures import History, history
from tensionwire.records import Incident, Link, Record, Telling

_TOLD: Final = ("actual", "alleged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One origin: the text that its reports have in common. `outlets` printed it, the first one first."""

    origin: str
    outlets: tuple[str, ...]
    reports: tuple[str, ...]
    first: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Everything about one incident. `told` are its tellings by day of publication, each with why it is here."""

    incident: Incident
    head: Telling
    accounts: tuple[Account, ...]
    counts: tuple[History, ...]
    witnesses: tuple[Witness, ...]
    told: tuple[tuple[Telling, Link | None], ...]
    records: Mapping[str, Record]


def happening(ledger: Ledger, key: str, known_at: Moment = None) -> Happening:
    """The incident of a key; raises LedgerError where there is none."""
    found = queries.incident(ledger, key, known_at)
    records = queries.records(ledger, [found], known_at)
    why = {(link.report, link.event): link for link in found.links}
    told = sorted(found.tellings, key=lambda telling: telling.published or "9999")
    return Happening(
        incident=found, head=head(found), accounts=accounts(found, records), counts=history(found, records),
        witnesses=witnesses(told), told=tuple((one, why.get((one.report, one.event))) for one in told),
        records=records,
    )  # fmt: skip


def head(incident: Incident) -> Telling:
    """The telling to show first: one with a sentence, of what was done or is said to be, with a date, the surest."""
    return max(
        incident.tellings,
        key=lambda told: (bool(told.sentence), told.status in _TOLD, bool(told.first), told.confidence),
    )


def witnesses(told: Iterable[Telling]) -> tuple[Witness, ...]:
    """Origins, those that most reports have printed first."""
    groups: dict[str, list[Telling]] = {}
    for telling in told:
        groups.setdefault(telling.origin or telling.report, []).append(telling)
    found = [_witness(origin, some) for origin, some in groups.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.reports), one.first or "9999")))


def _witness(origin: str, told: list[Telling]) -> Witness:
    days = [one.published for one in told if one.published]
    return Witness(
        origin=origin, outlets=tuple(dict.fromkeys(one.outlet for one in told if one.outlet)),
        reports=tuple(dict.fromkeys(one.report for one in told)), first=min(days, default=None),
    )  # fmt: skip
