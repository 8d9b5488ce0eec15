"""How well the resolver says who is meant, given the gold spans.

    python benchmarks/resolve_actors.py FILE.jsonl ... [--no-sector] [--errors N] [--only RULE]
    python benchmarks/resolve_actors.py --ngec DEV.jsonl --out PRED.jsonl
    python benchmarks/resolve_actors.py --coactors DEV.jsonl

The first form prints the accuracy of code and sector for actors, recipients and speakers, by rule. With
`--no-sector` the sector of the gold is withheld (in life the encoder guesses it); `--errors` lists mistakes by
cause. The second writes predictions for gold/score.py ngec,
the third splits joined actors.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from oracle import Document, annotated, documents
from tensionwire.evaluate import Subject
from tensionwire.evaluate.ngec_actors import predict
from tensionwire.evaluate.records_tally import known
from tensionwire.records import Annotated, Identity, Mention, Span
from tensionwire.resolve.actors import Who
from tensionwire.resolve.coordination import joined

# A group with no code of its own and so many members at most counts as its members, as in the coder's records.
MOST_MEMBERS = 8


def main() -> None:
    """Measure, or write predictions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--no-sector", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--ngec", type=Path)
    parser.add_argument("--coactors", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    who = Who.load()
    if options.ngec:
        answer(options.ngec, options.out, who)
        return
    if options.coactors:
        split(options.coactors)
    for path in options.files:
        measure(path, who, options)


def answer(gold: Path, out: Path, who: Who) -> None:
    """Predictions in the fields of NGEC's actor questions."""
    asked = Subject(code=lambda _: iter(()), resolve=lambda _: iter(()), identify=who.identify)
    with out.open("w", encoding="utf-8") as file:
        for answered in predict(list(documents(gold)), asked):
            file.write(json.dumps(answered, ensure_ascii=False) + "\n")


def split(gold: Path) -> None:
    """How often joined actors are split as NGEC's questions have it."""
    asked = list(documents(gold))
    right = sum(set(joined(row["text"], row["actor_phrase"])) == set(row["gold_actors"]) for row in asked)
    print(f"{gold}: {right} of {len(asked)} split alike")


def measure(path: Path, who: Who, options: argparse.Namespace) -> None:
    """One file's figures."""
    right, total, by_rule, errors = Counter[str](), Counter[str](), defaultdict(Counter[bool]), []
    sentences, seconds = 0, 0.0
    for document in documents(path):
        one = with_places(annotated(document), document)
        one = without_sectors(one) if options.no_sector else one
        started = time.process_time()
        identities = who.identities(one)
        seconds += time.process_time() - started
        sentences += len(one.sentences)
        for role, span, codes, sectors, text in gold(document):
            found = identities.get(span) or Identity(name="", rule="missing")
            said = meant(found)
            ok = said == codes or (len(codes) > 1 and said <= codes)
            for key in (role, "all"):
                total[f"{key} code"] += 1
                right[f"{key} code"] += ok
                if sectors - {None}:
                    total[f"{key} sector"] += 1
                    right[f"{key} sector"] += found.sector in sectors
            by_rule[found.rule][ok] += 1
            if not ok and options.only in found.rule:
                errors.append((found.rule, text, codes, said, document["doc_id"], found.name))
    print(f"{path}: {sentences} sentences, {1000 * seconds / sentences:.3f} ms a sentence")
    for key in sorted(total):
        print(f"  {key:18} {right[key] / total[key]:.4f} of {total[key]}")
    for rule, counts in sorted(by_rule.items(), key=lambda item: -item[1][False]):
        print(f"    {rule:28} wrong {counts[False]:5} right {counts[True]:5}")
    for error in errors[: options.errors]:
        print("   ", *error, sep=" | ")


def meant(found: Identity) -> set[str | None]:
    """The codes that a record gives for an identity: members in place of a group that has no code of its own."""
    if found.code or not 2 <= len(found.members) <= MOST_MEMBERS:
        return {found.code}
    return set(found.members)


def gold(document: Document) -> Iterator[tuple[str, Span, set[str | None], set[str | None], str]]:
    """Every distinct span in a role with the codes and sectors that the gold gives it."""
    seen: dict[tuple[str, Span], tuple[set[str | None], set[str | None], str]] = {}
    for role, entity in entities(document):
        if entity.get("span"):
            key = (role, Span(*entity["span"]))
            codes, sectors, _ = seen.setdefault(key, (set(), set(), entity["text"]))
            codes.add(known(entity.get("code")))
            sectors.add(known(entity.get("sector")))
    for (role, span), (codes, sectors, text) in seen.items():
        yield role, span, codes, sectors, text


def entities(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """Entities in a role."""
    for event in document["events"]:
        for role in ("actor", "recipient"):
            yield from ((role, entity) for entity in event[role])
    for claim in document["claims"]:
        yield "speaker", claim["speaker"]


def with_places(one: Annotated, document: Document) -> Annotated:
    """The annotations with the gold place of each event, where its words stand in the event's sentence."""
    text, triggers = one.report.text, []
    for trigger, event in zip(one.triggers, document["events"], strict=True):
        within, place = one.sentences[trigger.sentence], known(event.get("place"))
        at = text.find(place, within.start, within.end) if place else -1
        triggers.append(replace(trigger, places=(Span(at, at + len(place)),)) if place and at >= 0 else trigger)
    return replace(one, triggers=tuple(triggers))


def without_sectors(one: Annotated) -> Annotated:
    """The annotations with every sector withheld."""

    def bare(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(replace(m, sector="-", sector_confidence=0.0) for m in mentions)

    return replace(
        one,
        triggers=tuple(replace(t, actors=bare(t.actors), recipients=bare(t.recipients)) for t in one.triggers),
        attributions=tuple(replace(a, speakers=bare(a.speakers)) for a in one.attributions),
    )


if __name__ == "__main__":
    main()
