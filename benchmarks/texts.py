"""Texts to measure with: the gold reports where they are at hand, else the shipped sample again and again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

import oracle
from tensionwire.read import read
from tensionwire.records import Report
from tensionwire.samples import SAMPLE

GOLD = oracle.SHARED / "gold" / "records" / "train.jsonl"


def reports(count: int) -> Iterator[Report]:
    """So many reports, each with an id of its own."""
    known = [oracle.report(d) for d in oracle.documents(GOLD)] if GOLD.is_file() else [read(str(SAMPLE))]
    for n, report in enumerate(islice(cycle(known), count)):
        yield replace(report, doc_id=f"{report.doc_id}-{n}")


def origin() -> str:
    """What `reports` gives, in words."""
    return "gold/records/train" if GOLD.is_file() else "the shipped sample, repeated"
