"""Accounts: what is claimed of an incident, grouped by stand, with who holds it since when, and who denies it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tensionwire.records import Incident, Party, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One party's words for or against an account, in one report.

    `since` is the ISO day of that report; `speaker` None: the report says it in its own voice. `claim` (or, for a
    telling of the report's own, `event`) is the id within the report's record. `cue`, `stance` as in a claim.
    """

    report: str
    claim: str | None = None
    event: str | None = None
    speaker: Party | None = None
    since: str | None = None
    words: str = ""
    cue: str | None = None
    stance: str = "asserts"
    form: str = "indirect"
    evidence: str | None = None
    outlet: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One stand on an incident: that it happened by these hands, otherwise, by accident, or not at all.

    `responsible` are the parties that it names; `holders` say so, `deniers` contradict it; both in time order.
    `stand` says in plain words what it is.
    """

    stand: str
    responsible: tuple[Party, ...] = ()
    holders: tuple[Voice, ...] = ()
    deniers: tuple[Voice, ...] = ()


def accounts(incident: Incident, records: Mapping[str, Record]) -> tuple[Account, ...]:
    """The accounts of an incident, the one with most holders first.

    `records` has the record of each report that tells of the incident, by report key.
    """
    raise NotImplementedError
