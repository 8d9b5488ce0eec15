"""Counts for one report's record against its annotation (see `docs/reference/record.md` for the fields).

Events are the same when their triggers share a character and, for all but detection, agree on the type;
claims when their contents share at least half of their characters; parties at least two fifths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tensionwire.evaluate.benchmark import Row
from tensionwire.evaluate.counts import Tally, align, jaccard, shared
from tensionwire.evaluate.main_event import symmetric
from tensionwire.ontology.plover import plover

LONGEST_TRIGGER = 60
SAME_PARTY = 0.3999
SAME_CONTENT = 0.4999

Score = Callable[[Row, Row], float]
Dyad = tuple[str, str, Any]


def tally(gold: Row, predicted: Row) -> Tally:
    """Everything that is counted of one document."""
    counts = Tally()
    wanted, given = _events(gold), _events(predicted)
    _detection(counts, wanted, given)
    same = align(wanted, given, _same_type)
    _roles(counts, wanted, given, same)
    for i, j in same:
        _event(counts, wanted[i], given[j])
    _dyads(counts, wanted, given)
    _claims(counts, gold.get("claims") or [], predicted.get("claims") or [])
    _figures(counts, gold.get("figures") or [], predicted.get("figures") or [])
    _relations(counts, gold, predicted)
    _agenda(counts, gold.get("agenda") or [], predicted.get("agenda") or [])
    if gold.get("custom") is not None:
        _found(counts, "custom.type", gold["custom"], predicted.get("custom") or [], _same_type)
    return counts


def known(value: Any) -> Any:
    """None for each way of writing that something is not known.

    >>> known("-"), known("2017")
    (None, '2017')
    """
    return None if value in (None, "", "-") else value


def _events(document: Row) -> list[Row]:
    return document.get("events") or []


def _if(condition: Callable[[Row, Row], bool], score: Score) -> Score:
    return lambda g, p: score(g, p) if condition(g, p) else 0


def _trigger(gold: Row, predicted: Row) -> int:
    """Common characters of two triggers; one that runs on for a clause marks nothing."""
    span = predicted.get("trigger_span")
    if not span or span[1] - span[0] > LONGEST_TRIGGER:
        return 0
    return shared(gold.get("trigger_span"), span)


def _same_type(gold: Row, predicted: Row) -> int:
    return _trigger(gold, predicted) if gold["type"] == predicted.get("type") else 0


def _span(gold: Row, predicted: Row) -> int:
    return shared(gold.get("span"), predicted.get("span"))


def _found(counts: Tally, key: str, wanted: Sequence[Row], given: Sequence[Row], score: Score) -> None:
    counts.put(key, len(align(wanted, given, score)), len(given), len(wanted))


def _detection(counts: Tally, wanted: Sequence[Row], given: Sequence[Row]) -> None:
    _found(counts, "event.detect", wanted, given, _trigger)
    _found(counts, "event.type", wanted, given, _same_type)
    _found(counts, "event.quad", wanted, given, _if(lambda g, p: _quad(g) == _quad(p), _trigger))
    rest = [[e for e in side if _status(e) != "actual"] for side in (wanted, given)]
    _found(counts, "event.nonactual", rest[0], rest[1], _if(lambda g, p: _status(g) == _status(p), _trigger))


def _status(event: Row) -> str:
    return event.get("status") or "actual"


def _quad(event: Row) -> int | None:
    kind = plover().types.get(event.get("type") or "")
    return kind.quad if kind else None


def _roles(counts: Tally, wanted: Sequence[Row], given: Sequence[Row], same: Sequence[tuple[int, int]]) -> None:
    def score(a: Row, b: Row) -> float:
        return max(jaccard(a.get("span"), b.get("span")) - SAME_PARTY, 0)

    for role in ("actor", "recipient"):
        hit = sum(len(align(wanted[i].get(role) or [], given[j].get(role) or [], score)) for i, j in same)
        sizes = [sum(len(e.get(role) or []) for e in side) for side in (given, wanted)]
        counts.put(f"role.{role}", hit, *sizes)


def _event(counts: Tally, gold: Row, predicted: Row) -> None:
    for key in ("status", "mode", "date", "place"):
        wanted, given = known(gold.get(key)), known(predicted.get(key))
        if wanted is not None:
            counts.right(f"event.{key}", wanted == given)
        elif key != "status":
            counts.right(f"{key}.unknown", given is None)
    counts.right("event.actor_country", _codes(gold, "actor") == _codes(predicted, "actor"))
    if gold.get("recipient"):
        same = _codes(gold, "recipient") == _codes(predicted, "recipient")
        counts.right("event.recipient_country", same)
    counts.right("event.actor_sector", _sectors(gold) == _sectors(predicted))


def _codes(event: Row, role: str) -> set[str]:
    return {known(x.get("code")) or "-" for x in event.get(role) or []} or {"-"}


def _sectors(event: Row) -> set[str | None]:
    return {known(x.get("sector")) for x in event.get("actor") or []}


def _dyads(counts: Tally, wanted: Sequence[Row], given: Sequence[Row]) -> None:
    types = [_pairs(side, lambda e: e.get("type")) for side in (wanted, given)]
    quads = [_pairs(side, _quad) for side in (wanted, given)]
    cross = [{d for d in side if d[1] != "-" and d[0] != d[1]} for side in quads]
    for key, (gold, predicted) in (("dyad.type", types), ("dyad.quad", quads), ("dyad.cross", cross)):
        counts.put(key, len(gold & predicted), len(predicted), len(gold))


def _pairs(events: Iterable[Row], kind: Callable[[Row], Any]) -> set[Dyad]:
    """Who acts on whom and how, of what is reported as having happened; retellings fold."""
    found: set[Dyad] = set()
    for event in events:
        if event.get("status", "actual") == "actual":
            found |= {(a, b, kind(event)) for a, b in _sides(event) if a != "-"}
    return found


def _sides(event: Row) -> set[tuple[str, str]]:
    actors, recipients = _codes(event, "actor"), _codes(event, "recipient")
    if recipients == {"-"} and len(actors) > 1:
        some = sorted(actors)
        pairs = {(a, b) for n, a in enumerate(some) for b in some[n + 1 :]}
    else:
        pairs = {(a, b) for a in actors for b in recipients}
    if not symmetric(event.get("type")):
        return pairs
    return {(b, a) if (b == "-", b) < (a == "-", a) else (a, b) for a, b in pairs}


def _claims(counts: Tally, wanted: Sequence[Row], given: Sequence[Row]) -> None:
    def score(a: Row, b: Row) -> float:
        return max(jaccard(a.get("content_span"), b.get("content_span")) - SAME_CONTENT, 0)

    pairs = [(wanted[i], given[j]) for i, j in align(wanted, given, score)]
    counts.put("claim", len(pairs), len(given), len(wanted))
    full = sum(_same_speaker(g.get("speaker") or {}, p.get("speaker") or {}) for g, p in pairs)
    counts.put("claim.full", full, len(given), len(wanted))
    for g, p in pairs:
        codes = [known((x.get("speaker") or {}).get("code")) for x in (g, p)]
        counts.right("claim.speaker_country", codes[0] == codes[1])
        for key in ("form", "stance"):
            counts.right(f"claim.{key}", g.get(key) == p.get(key))
        if g.get("cue_span"):
            counts.right("claim.cue", shared(g["cue_span"], p.get("cue_span")) > 0)


def _same_speaker(gold: Row, predicted: Row) -> bool:
    if _span(gold, predicted):
        return True
    names = [(x.get("name") or x.get("text") or "").lower() for x in (gold, predicted)]
    return bool(names[0]) and names[0] == names[1]


def _figures(counts: Tally, wanted: Sequence[Row], given: Sequence[Row]) -> None:
    def same(g: Row, p: Row) -> bool:
        return bool((g.get("low"), g.get("high")) == (p.get("low"), p.get("high")))

    _found(counts, "figure.span", wanted, given, _span)
    _found(counts, "figure.value", wanted, given, _if(same, _span))


def _relations(counts: Tally, gold: Row, predicted: Row) -> None:
    wanted, given = _ties(gold), _ties(predicted)
    counts.put("relation", len(wanted & given), len(given), len(wanted))


def _ties(document: Row) -> set[tuple[tuple[str, ...], str]]:
    """Each pair of the two sides with its sign; a tie has no direction."""
    return {
        (tuple(sorted((x, y))), r["sign"])
        for r in document.get("relations") or []
        for x in _flat(r.get("a"))
        for y in _flat(r.get("b"))
        if x and y
    }


def _flat(side: Any) -> list[Any]:
    return sorted(side) if isinstance(side, list) else [side]


def _agenda(counts: Tally, wanted: Sequence[Row], given: Sequence[Row]) -> None:
    pairs = align(wanted, given, _span)
    counts.put("agenda", len(pairs), len(given), len(wanted))
    for i, j in pairs:
        counts.right("agenda.when", wanted[i].get("when") == given[j].get("when"))
