"""A record as rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from tensionwire.ledger import marks
from tensionwire.ledger.packing import held, ordinal, storable
from tensionwire.link.tellings import bounds
from tensionwire.records import Actor, AgendaItem, Claim, Figure, KnownActor, Party, Record, Relation, Telling

Row = dict[str, Any]


def listed(words: Sequence[str]) -> str:
    """Strings as a column holds them: JSON."""
    return storable(msgspec.json.encode(words).decode()) if words else "[]"


def parties(found: Sequence[Party]) -> str:
    """Parties as a column holds them: JSON."""
    return storable(msgspec.json.encode([_slim(party) for party in found]).decode()) if found else "[]"


def _slim(party: Party) -> dict[str, Any]:
    """A party without what is not known of it: these rows are many."""
    known = {name: getattr(party, name) for name in Party.__slots__}
    return {name: value for name, value in known.items() if value}


def telling(told: Telling, *, start: int = -1) -> Row:
    """The columns that a telling fills itself."""
    first, published = ordinal(told.first), ordinal(told.published)
    return {
        "event": told.event, "type": told.type, "quad": told.quad, "score": told.score, "mode": told.mode,
        "status": told.status, "contexts": listed(told.contexts), "actor": parties(told.actor),
        "recipient": parties(told.recipient), "first": told.first, "last": told.last, "published": told.published,
        "day": first or published, "end": ordinal(told.last) or first or published, "place": held(told.place),
        "lat": told.lat, "lon": told.lon, "country": told.country, "trigger": storable(told.trigger), "start": start,
        "sentence": storable(told.sentence), "outlet": None, "origin": None, "confidence": told.confidence,
        "retracted": None,
    }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A claim, figure, tie or agenda item as it is asked for. `event` is what it is about."""

    kind: str
    id: str
    event: str | None
    state: str
    confidence: float
    keys: frozenset[str]
    first: int = 0
    last: int = 0


def items(record: Record) -> Iterator[Item]:
    """The items of a record beside its events."""
    names = {marks.folded(known.name): known for known in record.actors}
    yield from (_claim(claim) for claim in record.claims)
    yield from (_figure(figure) for figure in record.figures)
    yield from (_relation(relation) for relation in record.relations)
    yield from (_agenda(item, names) for item in record.agenda)


def _claim(claim: Claim) -> Item:
    keys = frozenset(_of_actor(claim.speaker)) if claim.speaker else frozenset[str]()
    return Item(
        kind="claim", id=claim.id, event=claim.about, state=claim.stance, confidence=claim.confidence, keys=keys
    )


def _figure(figure: Figure) -> Item:
    return Item(
        kind="figure", id=figure.id, event=figure.event, state="", confidence=figure.confidence, keys=frozenset()
    )


def _relation(tie: Relation) -> Item:
    keys = {marks.actor(name) for name in (tie.a, tie.b, tie.a_name, tie.b_name) if name}
    keys |= {marks.pair(tie.a, tie.b)} if tie.a and tie.b else set()
    return Item(kind="relation", id=tie.id, event=None, state=tie.sign, confidence=tie.confidence, keys=frozenset(keys))


def _agenda(item: AgendaItem, names: dict[str, KnownActor]) -> Item:
    keys = {marks.actor(name) for name in item.who}
    for name in item.who:
        known = names.get(marks.folded(name))
        keys |= {marks.actor(word) for word in (known.code, known.wikidata) if word} if known else set()
    keys |= {marks.place(item.where)} if item.where else set()
    first, last = (ordinal(day) for day in bounds(item.when))
    return Item(
        kind="agenda", id=item.id, event=item.event, state=item.status, confidence=item.confidence,
        keys=frozenset(keys), first=first, last=last,
    )  # fmt: skip


def _of_actor(actor: Actor) -> Iterator[str]:
    party = Party(code=actor.code, name=actor.name or actor.text, wikidata=actor.wikidata, members=actor.members)
    yield from marks.of_party(party)
    if actor.office:
        yield marks.actor(actor.office)


def mention(known: KnownActor) -> Row:
    """The columns that an actor of a report fills."""
    return {
        "name": storable(known.name), "folded": marks.folded(known.name), "code": known.code,
        "sector": known.sector, "office": held(known.office), "wikidata": known.wikidata,
        "count": max(1, len(known.mentions)), "retracted": None,
    }  # fmt: skip
