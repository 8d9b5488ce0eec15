"""The country of an actor that names none ("police", "the rebels"): from places, neighbours and the whole report.

Every state or body that the report speaks of is a candidate, and so is "none can be told". What speaks for each
is listed as features; their weights were learnt from annotated reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tensionwire.ontology.grammar import grammar
from tensionwire.resolve.coreference import Referent
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.scene import Seat
from tensionwire.resolve.traces import UNKNOWN, Trace, Traces
from tensionwire.resolve.weights import Option

# The label of "no state can be told".
NONE = "-"
BODIES = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "IMG"})
_GROUPS = {
    "GOV": "gov", "COP": "organ", "JUD": "organ", "LEG": "organ", "SPY": "organ", "MIL": "mil", "CVL": "crowd",
    "REF": "crowd", "LAB": "crowd", "SOC": "crowd", "MED": "crowd", "EDU": "crowd", "REL": "crowd", "AGR": "crowd",
    "REB": "armed", "UAF": "armed", "PRM": "armed", "CRM": "armed", "PTY": "party", "OPP": "party", "ELI": "party",
    "JRN": "voice", "BUS": "voice",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known around one mention: codes of its event's place and parties, and who was named before."""

    places: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    conflict: bool = False
    referents: tuple[Referent, ...] = ()
    outlet: str | None = None
    person: bool = False
    sector: str | None = None


def options(scan: Scan, found: Traces, seat: Seat, around: Surroundings) -> list[Option[str]]:
    """The candidates for a seat with what speaks for each."""
    group = "person" if around.person else _GROUPS.get(around.sector or "", "unk")
    recent = _recent(seat, around)
    total = sum(found.weight.values()) or 1.0
    listed = []
    known = (c for c in found.weight if not c.startswith(UNKNOWN) or found.likeness[c] or found.weight[c] > 1)
    codes = dict.fromkeys([*known, *around.places, *filter(None, [around.outlet])])
    for code in codes:
        facts = [*_kind(code, found), *_local(scan, found, code, seat), *_report(found, code, total)]
        facts += _parties(code, around) + [fact for fact, which in recent.items() if which == code]
        listed.append(Option(label=code, features=_crossed(facts, group)))
    listed.append(Option(label=NONE, features=_crossed([*_nothing(found, seat, around, recent)], group)))
    return listed


def _crossed(facts: list[str], group: str) -> tuple[str, ...]:
    """Each fact alone, and for the kind of actor."""
    return (*facts, *(f"{group}|{fact}" for fact in facts))


def _kind(code: str, found: Traces) -> Iterator[str]:
    if code.startswith(UNKNOWN):
        yield "unknown"
        yield f"unknown, {min(found.likeness[code], 3)} times a state"
    elif code in BODIES:
        yield "body"
        yield f"is {code}"


def _local(scan: Scan, found: Traces, code: str, seat: Seat) -> Iterator[str]:
    """What the sentence and its neighbours say."""
    at = seat.reading.first
    # In their order and each once: sums of weights in another order differ in the last digit, and decide at times.
    seen: dict[str, None] = {}
    for trace in found.by_sentence.get(seat.sentence, ()):
        if trace.code == code:
            seen.update(dict.fromkeys(_here(scan, trace, at, seat.reading.last)))
    yield from seen
    if not seen:
        for distance in (1, 2, 3):
            before = any(t.code == code for t in found.by_sentence.get(seat.sentence - distance, ()))
            if before or any(t.code == code for t in found.by_sentence.get(seat.sentence + distance, ())):
                yield f"{distance} {'before' if before else 'after'}"
                break
        else:
            yield "far"


def _here(scan: Scan, trace: Trace, first: int, last: int) -> Iterator[str]:
    where = "before" if trace.at < first else "inside" if trace.at < last else "after"
    yield f"here {trace.via}"
    yield f"here {where}"
    yield f"here {trace.via} {where}"
    if abs(trace.at - first) <= 4 or abs(trace.at - last) <= 3:
        yield "here near"
    before = scan.words[trace.at - 1].key if trace.at else ""
    if before == "the" and trace.at > 1:
        before = scan.words[trace.at - 2].key
    if before in grammar().own or before in ("against", "by", "to"):
        yield f"here {before}"


def _report(found: Traces, code: str, total: float) -> Iterator[str]:
    """What the report as a whole says; `total` is the weight of all codes together."""
    yield f"share {int(4.99 * found.weight.get(code, 0.0) / total)}"
    if code == found.top:
        yield "top"
    if code == found.scene:
        yield "scene"
    if any(t.code == code for t in found.by_sentence.get(0, ())):
        yield "first sentence"


def _parties(code: str, around: Surroundings) -> list[str]:
    facts = []
    tone = "conflict" if around.conflict else "other act"
    if around.others:
        facts.append(f"{tone}, {'is' if code in around.others else 'not'} the other side")
    if around.same:
        facts.append(f"{'is' if code in around.same else 'not'} the same side")
    if code in around.places:
        facts.append("event's place")
    if code == around.outlet:
        facts.append("outlet's")
    return facts


def _recent(seat: Seat, around: Surroundings) -> Mapping[str, str]:
    """The codes of who was named last: anybody, with the same head, of the same sector; by definiteness."""
    definite = "the " if seat.reading.definite else ""
    head = (seat.reading.head or "").split()[-1:]
    found: dict[str, str] = {}
    kin = Counter(
        r.identity.code for r in around.referents if r.identity.code and _akin(r.identity.sector, around.sector)
    )
    if kin:
        found["most of group"] = kin.most_common(1)[0][0] or NONE
    for referent in reversed(around.referents):
        code = referent.identity.code or NONE
        found.setdefault(f"{definite}last", code)
        if head and referent.head is not None and referent.head.split()[-1:] == head:
            found.setdefault(f"{definite}last of head", code)
        if around.sector and referent.identity.sector == around.sector:
            found.setdefault(f"{definite}last of sector", code)
        if head and referent.identity.office and head[0] in referent.identity.office.casefold():
            found.setdefault(f"{definite}last of office", code)
        if len(found) == 5 or seat.sentence - referent.sentence > 8:
            break
    return found


def _akin(one: str | None, other: str | None) -> bool:
    return bool(one) and bool(other) and _GROUPS.get(one or "") == _GROUPS.get(other or "")


def _nothing(found: Traces, seat: Seat, around: Surroundings, recent: Mapping[str, str]) -> Iterator[str]:
    """What speaks for "no state can be told"."""
    words, reading = grammar(), seat.reading
    yield NONE
    last = next(reversed((reading.head or "").split()), "")
    states = sum(1 for code in found.weight if code not in BODIES and not code.startswith(UNKNOWN))
    yield f"- {min(states, 4)} states"
    yield f"- {'definite' if reading.definite else 'indefinite'}"
    like = max((n for code, n in found.likeness.items() if code), default=0)
    if like:
        yield f"- a name {min(like, 4)} times a state"
    if found.top is not None and found.top.startswith(UNKNOWN):
        yield "- an unknown name is top"
    if any(t.via == "unknown" and found.likeness[t.code] for t in found.by_sentence.get(0, ())):
        yield "- an unknown state opens"
    if any(t.via == "unknown" and found.likeness[t.code] for t in found.by_sentence.get(seat.sentence, ())):
        yield "- an unknown state here"
    for kind, known in (("several", reading.several), ("apart", reading.apart), ("region", reading.region)):
        if known:
            yield f"- {kind}"
    if last in words.mass:
        yield "- mass"
    if around.places:
        yield "- with place"
    for fact, code in recent.items():
        if code == NONE:
            yield f"- {fact}"
    if last:
        yield f"- head {last}"
