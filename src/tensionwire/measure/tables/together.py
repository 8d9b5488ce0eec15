"""Rows of event tables that tell one happening, put together."""

from __future__ import annotations

from collections.abc import Iterable

from tensionwire.ontology.plover import plover
from tensionwire.records import Incident, Telling


def incidents_of(tellings: Iterable[Telling]) -> list[Incident]:
    """Tellings with the same day, act and parties as one incident; direction counts where the act has one.

    Rows carry no text that could tell two acts of one kind on one day apart, so they pass for one, told by as many
    origins as there are stories.
    """
    together: dict[tuple[object, ...], list[Telling]] = {}
    for telling in tellings:
        together.setdefault(_key(telling), []).append(telling)
    return [Incident(id=f"{told[0].report}:{told[0].event}", tellings=tuple(told)) for told in together.values()]


def _key(telling: Telling) -> tuple[object, ...]:
    sides = [tuple(sorted((p.code or "", p.name or "") for p in side)) for side in (telling.actor, telling.recipient)]
    if plover().types[telling.type].symmetric:
        sides.sort()
    return (telling.report, telling.first, telling.last, telling.type, telling.mode, telling.trigger, *sides)
