"""Scenes: what one report tells of an incident, in however many sentences and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tensionwire.link.features import shared
from tensionwire.link.incidents import Linker
from tensionwire.link.tellings import first_tellings, tellings
from tensionwire.link.views import view
from tensionwire.records import Claim, Event, Record, Telling


@dataclass(frozen=True, slots=True)
class Scene:
    """What one report tells of an incident: the acts (by first telling) with their tellings, and each event's act."""

    key: str
    record: Record
    acts: Mapping[str, Telling]
    act_of: Mapping[str, str]
    told: Telling

    def tells(self, claim: Claim) -> list[Event]:
        """Events of the scene that are told within the words of a claim, in text order."""
        inside = (event for event in self.record.events if claim.content_span.holds(event.trigger_span))
        return [event for event in inside if self.act_of[event.id] in self.acts]


@cache
def _linker() -> Linker:
    return Linker.load()


def scene_of(told: Telling, record: Record) -> Scene:
    """The telling's act, and acts of the same report that are likely the same happening told in other words.

    A record joins retellings of one wording; an account may tell of another deed altogether on that day and spot.
    """
    every = {one.event: one for one in tellings(record, report=told.report)}
    act_of = first_tellings(record.events)
    inside = {act_of.get(told.event, told.event)}
    rest = {name: one for name, one in every.items() if name not in inside}
    while near := [name for name, one in rest.items() if any(_one(one, every[act]) for act in inside if act in every)]:
        inside.update(near)
        rest = {name: one for name, one in rest.items() if name not in inside}
    return Scene(told.report, record, {n: t for n, t in every.items() if n in inside}, act_of, told)


def _one(a: Telling, b: Telling) -> bool:
    """Whether two acts of a report are likely one happening: as the linker says, or begun on one day on one spot."""
    if a.quad != b.quad:
        return False
    if _linker().probability(a, b) >= _linker().threshold:
        return True
    one, two = view(a), view(b)
    return one.first is not None and one.first == two.first and shared(one, two).place in ("same", "near")
