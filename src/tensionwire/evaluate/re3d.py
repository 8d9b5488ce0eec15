"""re3d: entities and relations of documents on the war in Syria and Iraq."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise, product
from typing import Any

from tensionwire.evaluate.benchmark import Benchmark, Row, Subject, identifier, report
from tensionwire.evaluate.counts import Tally, align, shared
from tensionwire.evaluate.measures import Measure
from tensionwire.evaluate.tables import rows as table
from tensionwire.records import Identity, Mention, Resolved, Span

AGREED = 0.5

# What stands between two names of one thing there: "Islamic State (IS)", "the minister, X".
_APPOSITION = frozenset({"(", ",", "", "-"})


@dataclass(frozen=True, slots=True)
class Tied:
    """A relation between two entity spans, in re3d's name for it."""

    kind: str
    source: Span
    target: Span


def predict(rows: Sequence[Row], subject: Subject) -> Iterator[dict[str, Any]]:
    """Entities from mentions, counts, moments and places; relations from events, ties and places."""
    for row, found in zip(rows, subject.resolve(report(r) for r in rows), strict=True):
        kinds = entities(found)
        yield {
            "doc_id": identifier(row),
            "id": identifier(row),
            "text": found.annotated.report.text,
            "entities": [{"type": k, "start": s.start, "end": s.end} for s, k in sorted(kinds.items())],
            "relations": [_relation(tied) for tied in relations(found, kinds)],
        }


def _relation(tied: Tied) -> dict[str, Any]:
    ends = {"source": tied.source, "target": tied.target}
    return {"type": tied.kind, **{k: {"start": s.start, "end": s.end} for k, s in ends.items()}}


def entities(found: Resolved) -> dict[Span, str]:
    """A type for each span; who acts or speaks is a person or an organisation, a state among them."""
    text = found.annotated.report.text
    kinds: dict[Span, str] = {m.span: "Temporal" for m in found.moments}
    kinds |= {c.span: _quantity(c.span.of(text)) for c in found.annotated.counts}
    kinds |= {span: "Location" for span, place in found.places.items() if place.code}
    kinds |= {m.span: _kind(m, acts=False) for m in found.annotated.mentions if m.kind != "other"}
    kinds |= {m.span: _kind(m, acts=True) for m in _acting(found)}
    return kinds


def _quantity(words: str) -> str:
    return "Money" if any(sign in words for sign in "$€£¥") else "Quantity"


def _kind(mention: Mention, *, acts: bool) -> str:
    if mention.kind == "person":
        return "Person"
    return "Location" if mention.kind == "place" and not acts else "Organisation"


def _acting(found: Resolved) -> Iterator[Mention]:
    """Parties of events and speakers, with the kind that the same span has as a mention."""
    known = {m.span: m for m in found.annotated.mentions}
    for trigger in found.annotated.triggers:
        for party in (*trigger.actors, *trigger.recipients):
            yield known.get(party.span, party)
    for attribution in found.annotated.attributions:
        for speaker in attribution.speakers:
            yield known.get(speaker.span, speaker)


def relations(found: Resolved, kinds: dict[Span, str]) -> list[Tied]:
    """What the report's events, standing ties, names and places say of two entities."""
    ties = [*_of_events(found), *_of_ties(found), *_synonyms(found, kinds), *_located(found)]
    return list(dict.fromkeys(t for t in ties if t.source != t.target))


@cache
def _kinds() -> Mapping[str, str]:
    return {row[0]: row[1] for row in table("re3d_relations.tsv")}


def _of_events(found: Resolved) -> Iterator[Tied]:
    for trigger in found.annotated.triggers:
        kind = _kinds().get(trigger.type)
        if kind is None:
            continue
        sides = [[m.span for m in side] for side in (trigger.actors, trigger.recipients)]
        pairs = product(*sides) if sides[1] else combinations(sides[0], 2)
        yield from (Tied(kind, a, b) for a, b in pairs)


def _of_ties(found: Resolved) -> Iterator[Tied]:
    for tie in found.annotated.ties:
        kind = "AlliesOf" if tie.sign == "+" else "Dislikes"
        yield from (Tied(kind, a.span, b.span) for a, b in product(tie.a, tie.b))


def _synonyms(found: Resolved, kinds: dict[Span, str]) -> Iterator[Tied]:
    """Two names of one thing side by side."""
    text = found.annotated.report.text
    for a, b in pairwise(sorted(s for s in kinds if s in found.identities)):
        one, other = found.identities[a], found.identities[b]
        if a.end <= b.start and text[a.end : b.start].strip() in _APPOSITION and _same(one, other):
            yield Tied("IsSynonymOf", a, b)


def _same(one: Identity, other: Identity) -> bool:
    return one.name == other.name or (one.wikidata is not None and one.wikidata == other.wikidata)


def _located(found: Resolved) -> Iterator[Tied]:
    """A place and the country that it lies in, where the sentence names both in that order."""
    for sentence in found.annotated.sentences:
        inside = sorted(s for s in found.places if sentence.holds(s))
        for a, b in pairwise(inside):
            small, large = found.places[a], found.places[b]
            if small.code and small.code == large.code and small.name != large.name:
                yield Tied("CoLocated", a, b)


def answered(row: Row) -> bool:
    """True when the row holds its entities."""
    return "entities" in row


def tally(gold: Row, predicted: Row) -> Tally:
    """Entities with and without their type; relations exact, by overlapping ends, and as mere pairs."""
    counts = Tally()
    wanted, given = _entities(gold), _entities(predicted)
    counts.spans("entity", wanted, given)
    counts.spans("any entity", *[[("x", *e[1:]) for e in side] for side in (wanted, given)])
    ties, found = _relations(gold), _relations(predicted)
    for key, hit in (
        ("relation.exact", len(set(ties) & set(found))),
        ("relation.overlap", len(align(ties, found, _ends))),
        ("relation.pair", len(align(ties, found, _pair))),
    ):
        counts.put(key, hit, len(found), len(ties))
    return counts


Relation = tuple[str, tuple[int, int], tuple[int, int]]


def _agreed(items: Iterable[Row] | None) -> Iterator[Row]:
    """What at least half of the set's annotators agreed on; a prediction need not say how sure it is."""
    for item in items or []:
        sure = item.get("confidence")
        if sure is None or sure >= AGREED:
            yield item


def _entities(row: Row) -> list[tuple[str, int, int]]:
    return [(e["type"], e["start"], e["end"]) for e in _agreed(row.get("entities"))]


def _relations(row: Row) -> list[Relation]:
    found = (
        (r["type"], *((r[end]["start"], r[end]["end"]) for end in ("source", "target")))
        for r in _agreed(row.get("relations"))
    )
    return list(dict.fromkeys(found))


def _ends(gold: Relation, predicted: Relation) -> int:
    return shared(gold[1], predicted[1]) * shared(gold[2], predicted[2]) if gold[0] == predicted[0] else 0


def _pair(gold: Relation, predicted: Relation) -> int:
    straight = shared(gold[1], predicted[1]) * shared(gold[2], predicted[2])
    return max(straight, shared(gold[1], predicted[2]) * shared(gold[2], predicted[1]))


RE3D = Benchmark(
    name="re3d",
    title="re3d, entities and relations in defence documents",
    predict=predict,
    answered=answered,
    tally=tally,
    measures=(
        Measure(key="entity.overlap", title="entity and type, overlap", main=True),
        Measure(key="entity.exact", title="entity and type, exact"),
        Measure(key="any entity.overlap", title="entity, overlap", main=True),
        Measure(key="any entity.exact", title="entity, exact"),
        Measure(key="relation.exact", title="relation, exact"),
        Measure(key="relation.overlap", title="relation, ends overlap", main=True),
        Measure(key="relation.pair", title="related pair, type and direction ignored"),
    ),
)
