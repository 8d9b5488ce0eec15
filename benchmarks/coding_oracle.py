"""Coding alone, on gold spans: how much a record loses after a flawless encoder.

    PYTHONPATH=src python benchmarks/coding_oracle.py [--gold-codes] ../shared/gold/records/train.jsonl ...

With `--gold-codes` the gold also says who is meant, so that only coding is measured. Prints the scorer's
table and, below it, what the scorer does not measure: retellings, what claims are about and dispute, their
backing, and the status of appointments.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from oracle import SHARED, Document, annotated, documents
from tensionwire.coding import code
from tensionwire.evaluate.records_tally import known
from tensionwire.records import Annotated, Identity, Record, Resolved, Span

Resolve = Callable[[Annotated], Resolved]
Pair = tuple[Any, Any]


def gold_codes(document: Document) -> Resolve:
    """A resolver that knows who is meant, and nothing else, from the gold."""
    groups: dict[Span, list[Document]] = {}
    for entity in _entities(document):
        groups.setdefault(Span(*entity["span"]), []).append(entity)
    identities = {span: _identity(entities) for span, entities in groups.items()}
    return lambda found: Resolved(annotated=found, identities=identities, places={})


def _entities(document: Document) -> Iterator[Document]:
    for event in document["events"]:
        yield from (*event["actor"], *event["recipient"])
    yield from (claim["speaker"] for claim in document["claims"] if claim["speaker"].get("span"))


def _identity(entities: Sequence[Document]) -> Identity:
    codes = tuple(dict.fromkeys(known(entity.get("code")) for entity in entities))
    first = entities[0]
    return Identity(
        name=first.get("name") or first["text"],
        code=codes[0] if len(codes) == 1 else None,
        sector=known(first.get("sector")),
        members=tuple(c for c in codes if c) if len(codes) > 1 else (),
    )


class Links:
    """Counts of right, predicted and true links by name."""

    def __init__(self) -> None:
        self.hit, self.said, self.true = Counter[str](), Counter[str](), Counter[str]()

    def add(self, name: str, said: set[Any], true: set[Any]) -> None:
        """Count two sets of links of one document."""
        self.hit[name] += len(said & true)
        self.said[name] += len(said)
        self.true[name] += len(true)

    def rows(self) -> Iterator[str]:
        """One line a name."""
        for name in self.true:
            precision = self.hit[name] / max(1, self.said[name])
            recall = self.hit[name] / max(1, self.true[name])
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            yield (
                f"{name:24} F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}"
                f"  gold {self.true[name]}  pred {self.said[name]}"
            )


def compare(links: Links, document: Document, record: Record) -> None:
    """Count the links of one document."""
    roots, event_of = _roots(document), _events(document, record)
    first = {event.id: event.same_as or event.id for event in record.events}
    names = sorted(event_of)
    pairs = [(a, b) for n, a in enumerate(names) for b in names[:n]]
    said = {pair for pair in pairs if first[pair[0]] == first[pair[1]]}
    links.add("same_as (pairs)", said, {p for p in pairs if roots[event_of[p[0]]] == roots[event_of[p[1]]]})
    claim_of = _claims(document, record)
    ours = {gold["id"]: name for name, gold in claim_of.items()}
    about = {(c.id, roots[event_of[c.about]]) for c in record.claims if c.about in event_of}
    links.add("about", about, {(n, roots[g["about"]]) for n, g in claim_of.items() if g.get("about") in roots})
    against = {(c.id, c.disputes) for c in record.claims if c.disputes}
    links.add(
        "disputes",
        against,
        {(n, ours[g["disputes"]]) for n, g in claim_of.items() if g.get("disputes") in ours},
    )
    for kind in ("none", "offered"):
        backed = {c.id for c in record.claims if c.evidence == kind}
        links.add(f"evidence {kind}", backed, {n for n, g in claim_of.items() if g.get("evidence") == kind})
    for kind in ("scheduled", "proposed", "cancelled"):
        mine = {item.span for item in record.agenda if item.status == kind}
        gold = {Span(*item["span"]) for item in document["agenda"] if item["status"] == kind}
        links.add(f"agenda {kind}", mine, gold)


def _events(document: Document, record: Record) -> dict[str, str]:
    gold = {(e["trigger_span"][0], e["type"]): e["id"] for e in document["events"]}
    return {event.id: gold[event.trigger_span.start, event.type] for event in record.events}


def _claims(document: Document, record: Record) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for claim in record.claims:
        same = [c for c in document["claims"] if c["content_span"] == list(claim.content_span)]
        by = [c for c in same if claim.speaker and c["speaker"].get("span") == list(claim.speaker.span)]
        found[claim.id] = (by or same)[0]
    return found


def _roots(document: Document) -> dict[str, str]:
    parent = {e["id"]: e.get("same_as") for e in document["events"]}
    return {name: parent[name] if parent[name] in parent else name for name in parent}


def scorer() -> ModuleType:
    """The scorer of the records."""
    spec = importlib.util.spec_from_file_location("score_records", SHARED / "gold/records/score_records.py")
    if spec is None or spec.loader is None:
        raise SystemExit("../shared/gold/records/score_records.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(path: Path, gold: bool, real: Resolve | None) -> None:
    """Print the tables of one gold file."""
    score, links, spent, sentences = scorer(), Links(), 0.0, 0
    tally = score.Tally()
    for document in documents(path):
        resolved = (gold_codes(document) if gold or real is None else real)(annotated(document))
        start = time.process_time()
        record = code(resolved)
        spent, sentences = spent + time.process_time() - start, sentences + len(record.sentences)
        compare(links, document, record)
        score.score_document(tally, document, msgspec.to_builtins(record), [])
    print(f"== {path.parent.name}/{path.name}{' (gold codes)' if gold else ''}")
    for key, row in sorted(tally.report().items()):
        shown = (
            f"F1 {row['f1']:.3f}  P {row['p']:.3f}  R {row['r']:.3f}" if "f1" in row else f"acc {row['accuracy']:.3f}"
        )
        print(f"{key:24} {shown}  of {row.get('gold', row.get('of'))}")
    print(*links.rows(), f"{1000 * spent / sentences:.3f} ms of processor time a sentence", sep="\n")


def main(arguments: Sequence[str]) -> None:
    """Measure every file that is named."""
    gold = "--gold-codes" in arguments
    real: Resolve | None = None
    if not gold:
        from tensionwire.resolve import Resolver

        real = Resolver.load().resolve
    for path in (Path(a) for a in arguments if not a.startswith("--")):
        measure(path, gold, real)


if __name__ == "__main__":
    main(sys.argv[1:])
