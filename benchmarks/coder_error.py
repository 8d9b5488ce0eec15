"""How often the coder errs in each quad class: the table that the bands of a tension series carry.

    python benchmarks/coder_error.py ../shared/gold > src/tensionwire/measure/data/coder_error.tsv

An event is right when its trigger shares a character with an annotated one of the same quad class, paired one to one,
as `tensionwire evaluate` counts "event and its quad class".
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import msgspec

from tensionwire import load
from tensionwire.evaluate.benchmark import report
from tensionwire.evaluate.counts import align, shared
from tensionwire.ontology.plover import plover

HEADER = """\
# The coder's error by quad class: precision is the share of its events that are right, recall the share of annotated
# events that it finds. Written by `python benchmarks/coder_error.py`: {documents} dev reports of gold/records, model
# {coder}. Apache-2.0.
quad	precision	recall	found	annotated"""


def quad(event: dict) -> int:
    return plover().quad(event["type"])


def alike(gold: dict, found: dict) -> int:
    return shared(gold["trigger_span"], found["trigger_span"]) * (quad(gold) == quad(found))


def main(folder: Path) -> None:
    found, wanted, right = Counter(), Counter(), Counter()
    lines = (folder / "records/dev.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if "events" in row]
    coder = load()
    for row in rows:
        given = msgspec.to_builtins(coder(report(row, published=row.get("published"))))["events"]
        wanted.update(map(quad, row["events"]))
        found.update(map(quad, given))
        pairs = align(
            row["events"], given, lambda g, p: shared(g["trigger_span"], p["trigger_span"]) * (quad(g) == quad(p))
        )
        right.update(quad(given[j]) for _, j in pairs)
    print(HEADER.format(documents=len(rows), coder=coder.name))
    for q in sorted(plover().quads):
        print(q, f"{right[q] / found[q]:.3f}", f"{right[q] / wanted[q]:.3f}", found[q], wanted[q], sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
