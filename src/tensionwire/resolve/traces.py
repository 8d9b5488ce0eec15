"""Where a report speaks of which state: names, adjectives, capitals, cities, compounds, and states no table knows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tensionwire.ontology.gazetteer import Gazetteer
from tensionwire.ontology.grammar import grammar
from tensionwire.ontology.spelling import skeleton
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.words import Name, role

# Marks the key of a state-like name that no table knows; never a code.
UNKNOWN = "?"
_COMPOUND = re.compile(r"[-‑]")
_VIA = {"name": "state", "adjective": "people", "people": "people", "capital": "capital", "ethnic": "weak"}

Locate = Callable[[str], str | None]


class Trace(NamedTuple):
    """A word that speaks of a state or body. `via` is state, people, capital, place, body, weak or unknown."""

    at: int
    sentence: int
    code: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """All traces in text order, by sentence and by code.

    `likeness` counts how often a name is used as a state's, `top` is the state that the report speaks of most, `scene`
    the one in which most of its places lie.
    """

    all: tuple[Trace, ...]
    by_sentence: Mapping[int, tuple[Trace, ...]]
    weight: Mapping[str, float]
    likeness: Mapping[str, int]
    top: str | None
    scene: str | None


def traces(scan: Scan, bearers: Mapping[Name, int], locate: Locate) -> Traces:
    """Gather the traces of a scanned text.

    >>> from tensionwire.records import Span
    >>> from tensionwire.resolve.scan import scan as scanned
    >>> text = "Norway warned Russia-backed fighters in Oslo."
    >>> [(t.code, t.via) for t in traces(scanned(text, [Span(0, len(text))]), {}, lambda name: None).all]
    [('NOR', 'state'), ('RUS', 'weak'), ('NOR', 'capital')]
    """
    found = sorted(_found(scan, bearers, locate))
    weight: dict[str, float] = defaultdict(float)
    likeness = Counter[str]()
    grouped = defaultdict(list)
    for trace in found:
        grouped[trace.sentence].append(trace)
        weight[trace.code] += {"weak": 0.4, "unknown": 0.6}.get(trace.via, 1.0) + (trace.sentence == 0) * 0.5
        if trace.via in ("unknown", "place"):
            likeness[trace.code if trace.via == "unknown" else ""] += statelike(scan, trace.at)
    stages = Counter(t.code for t in found if t.via in ("place", "capital"))
    return Traces(
        top=max(weight, key=lambda code: weight[code], default=None),
        scene=max(stages, key=lambda code: stages[code], default=None),
        all=tuple(found),
        by_sentence={sentence: tuple(listed) for sentence, listed in grouped.items()},
        weight=weight,
        likeness=likeness,
    )


def _found(scan: Scan, bearers: Mapping[Name, int], locate: Locate) -> Iterator[Trace]:
    for hit in scan.hits:
        if hit.entry.code != "-":
            via = "weak" if weak(scan, hit.first, hit.last) else _VIA.get(hit.entry.kind, "body")
            yield Trace(hit.first, scan.sentence[hit.first], hit.entry.code, via)
    for name in scan.names:
        if name in bearers:
            continue
        code = locate(scan.text(*name))
        if code is not None:
            yield Trace(name.first, scan.sentence[name.first], code, "place")
        if code is None or statelike(scan, name.first):
            yield Trace(name.first, scan.sentence[name.first], unknown(scan, name), "unknown")
    yield from _compounds(scan)


def unknown(scan: Scan, name: Name) -> str:
    """The key of a name that no table knows; a state and its adjective share it ("Velmora", "Velmoran")."""
    return UNKNOWN + skeleton(scan.words[name.first].key)[:5]


def weak(scan: Scan, first: int, last: int, end: int | None = None) -> bool:
    """Whether a hit only tells of a backer, a holder or a descent: "Turkish backed", "ethnic Serb".

    `end` is where its phrase ends: in "a ban that Chile imposed" what follows the name is what Chile did.
    """
    after = scan.words[last].key if last < (len(scan.words) if end is None else end) else ""
    before = scan.words[first - 1].key if first else ""
    return after in grammar().outer or before == "ethnic"


def statelike(scan: Scan, at: int) -> int:
    """1 where a name is used as a state's: "X's president", "the government of X", "X troops"."""
    name = scan.named[at]
    last = name.last if name is not None else at + 1
    words = grammar()
    after = scan.words[last].key if last < len(scan.words) else ""
    behind = scan.words[last + 1].key if last + 1 < len(scan.words) else ""
    further = scan.words[last + 2].key if last + 2 < len(scan.words) else ""
    if role(after) or (after == "'s" and (role(behind) or role(further))):
        return 1
    before = scan.words[at - 1].key if at else ""
    head = scan.words[at - 2].key if at > 1 else ""
    return int(before == "of" and (head in words.honorific or head in words.country or head in words.several))


def _compounds(scan: Scan) -> Iterator[Trace]:
    """States inside compounds: "Russia-backed", "pro-Kremlin", "US-Iranian"."""
    for at, word in enumerate(scan.words):
        if ("-" in word.text or "‑" in word.text) and scan.at[at] is None and word.text != word.text.lower():
            for part in _COMPOUND.split(word.text):
                for entry in Gazetteer.load().named(part)[:1]:
                    if entry.code != "-":
                        yield Trace(at, scan.sentence[at], entry.code, "weak")
