"""Known actors: every person, body and state of a report once, with all places where it is mentioned."""

from __future__ import annotations

from collections.abc import Iterator

from tensionwire.records import Identity, KnownActor, Resolved, Span


def known_actors(resolved: Resolved) -> tuple[KnownActor, ...]:
    """The actors of a report in the order of their first mention; nameless groups are left out."""
    found: dict[tuple[str, str | None], list[tuple[Span, Identity]]] = {}
    for span, who in sorted(resolved.identities.items()):
        if who.name[:1].isupper() or ((who.code or who.members) and " " in who.name):
            found.setdefault((who.name.casefold(), who.code), []).append((span, who))
    return tuple(_known(mentions) for mentions in found.values())


def _known(mentions: list[tuple[Span, Identity]]) -> KnownActor:
    """What any of the mentions tells; the first that tells it counts."""
    told = [who for _, who in mentions]
    return KnownActor(
        name=told[0].name,
        code=told[0].code,
        sector=_first(who.sector for who in told),
        office=_first(who.office for who in told),
        wikidata=_first(who.wikidata for who in told),
        members=next((who.members for who in told if who.members), ()),
        mentions=tuple(span for span, _ in mentions),
        reason=told[0].reason,
    )


def _first(values: Iterator[str | None]) -> str | None:
    return next((value for value in values if value), None)
