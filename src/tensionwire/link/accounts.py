"""Accounts: what is claimed of an incident, grouped by stand, with who holds it since when, and who denies it.

Every claim about the incident is a voice. Voices stand together where they are one speaker's, one state's, or said with
one breath ("Moscow and Damascus have claimed"), and apart where one disputes the other, denies the happening, or is
accused of it. The sides that follow are the accounts: nobody is placed by name, and none is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tensionwire.link.sides import Side, sides
from tensionwire.link.voices import Voice, voices
from tensionwire.records import Incident, Party, Record

__all__ = ["Account", "Voice", "accounts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One stand on an incident: that it happened by these hands, otherwise, or not at all.

    `stand` says in plain words what it is, in a holder's own where it names nobody. `responsible` are the parties that
    it names; `holders` say so, `deniers` contradict it; both in time order.
    """

    stand: str
    responsible: tuple[Party, ...] = ()
    holders: tuple[Voice, ...] = ()
    deniers: tuple[Voice, ...] = ()


def accounts(incident: Incident, records: Mapping[str, Record]) -> tuple[Account, ...]:
    """The accounts of an incident, the one with most holders first.

    `records` has the record of each report that tells of the incident, by report key; a report without one is left out.
    """
    said = voices(incident, records)
    found = [_account(side) for side in sides(said)]
    return tuple(sorted(found, key=lambda account: -len({_who(voice) for voice in account.holders})))


def _account(side: Side) -> Account:
    responsible = tuple(dict.fromkeys(party for voice in side.holders for party in voice.against))
    return Account(
        stand=_stand(side, responsible),
        responsible=responsible,
        holders=_in_time(side.holders),
        deniers=_in_time(side.deniers),
    )


def _stand(side: Side, responsible: tuple[Party, ...]) -> str:
    """Those it blames; else its holders' fullest words, those that others contradict before all."""
    if responsible:
        return f"done by {', '.join(dict.fromkeys(one.name or one.code or 'somebody' for one in responsible))}"
    contested = {(voice.report, voice.disputes) for voice in side.deniers}
    told = [voice for voice in side.holders if not voice.opposing]
    if not told:
        return f"denied: {side.holders[0].words}"
    return max(told, key=lambda voice: ((voice.report, voice.claim) in contested, len(voice.words))).words


def _in_time(some: tuple[Voice, ...]) -> tuple[Voice, ...]:
    return tuple(sorted(some, key=lambda voice: voice.since or ""))


def _who(voice: Voice) -> str:
    if voice.speaker is None:
        return f"report {voice.origin or voice.report}"
    return voice.speaker.code or voice.speaker.name or voice.report
