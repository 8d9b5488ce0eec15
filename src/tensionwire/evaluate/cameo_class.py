"""CAMEO's five classes: each sentence a statement or appeal, verbal or material, cooperation or conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from tensionwire.evaluate.benchmark import Benchmark, Row, Subject, identifier, report
from tensionwire.evaluate.counts import Tally
from tensionwire.evaluate.main_event import ranked
from tensionwire.evaluate.measures import Measure
from tensionwire.evaluate.tables import rows as table
from tensionwire.ontology.cameo import code_of
from tensionwire.records import Event, Record

STATEMENT = 0
COMMENT, APPEAL, INTENT = "01", "02", "03"
MATERIAL_COOPERATION = frozenset({"06", "07", "08"})

# An act only supposed, or said not to be, is in CAMEO's words a policy option considered or a comment.
REAL = frozenset({"actual", "historical", "planned", "alleged"})


def predict(rows: Sequence[Row], subject: Subject) -> Iterator[dict[str, Any]]:
    """The class of the main event that is told as real, else 0."""
    for row, record in zip(rows, subject.code(report(r) for r in rows), strict=True):
        yield {"id": identifier(row), "label": label(record)}


def label(record: Record) -> int:
    """The class of a one-sentence record."""
    for event in ranked(record.events):
        if event.status in REAL:
            return _classes()[root(event, record)]
    return STATEMENT


def root(event: Event, record: Record) -> str:
    """The CAMEO root of an event, told apart where PLOVER's types are wider than CAMEO's."""
    if event.type == "REQUEST" and not _demand_words() & set(re.findall(r"\w+", event.trigger.lower())):
        return APPEAL
    if event.type == "REJECT" and _denies(event, record):
        return COMMENT
    known = (event.cameo or code_of(event.type) or COMMENT)[:2]
    return INTENT if event.status == "planned" and known in MATERIAL_COOPERATION else known


def _denies(event: Event, record: Record) -> bool:
    """True when the trigger is the cue of a claim that denies: CAMEO's 016, deny responsibility."""
    return any(
        c.stance == "denies" and c.cue_span is not None and c.cue_span.overlap(event.trigger_span) > 0
        for c in record.claims
    )


@cache
def _classes() -> Mapping[str, int]:
    return {root: int(number) for root, number, _ in table("cameo_classes.tsv")}


@cache
def _demand_words() -> frozenset[str]:
    return frozenset(word for (word,) in table("demand_words.tsv"))


def answered(row: Row) -> bool:
    """True when the row holds its class."""
    return row.get("label") is not None


def tally(gold: Row, predicted: Row) -> Tally:
    """One class asked, one answered."""
    wanted, given = gold["label"], predicted.get("label")
    counts = Tally()
    counts.right("class", wanted == given)
    counts.labels("per class", [wanted], [] if given is None else [given])
    counts.right("event", given is not None and (wanted > STATEMENT) == (given > STATEMENT))
    return counts


CAMEO_CLASS = Benchmark(
    name="cameo_class",
    title="CAMEO in five classes, sentences",
    predict=predict,
    answered=answered,
    tally=tally,
    measures=(
        Measure(key="class", title="class", kind="accuracy", main=True),
        Measure(key="per class", title="class", kind="macro F1", main=True),
        Measure(key="event", title="event or none", kind="accuracy"),
    ),
)
