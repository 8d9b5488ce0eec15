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
from tensionwire.records import Event, Record, Span

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
    by_word = _root_of_words(event)
    if by_word:
        return by_word
    if event.type == "REQUEST":
        return APPEAL
    if event.type == "REJECT" and _denies(event, record):
        return COMMENT
    known = (event.cameo or code_of(event.type) or COMMENT)[:2]
    return INTENT if event.status == "planned" and known in MATERIAL_COOPERATION else known


def _root_of_words(event: Event) -> str | None:
    found = (
        root for kind, root, words in _words() if kind in ("*", event.type) and words.search(event.trigger.lower())
    )
    return next(found, None)


def _denies(event: Event, record: Record) -> bool:
    """CAMEO's 016, deny responsibility: the cue of a denial, or a rejection of what is an accusation itself."""
    if any(c.stance == "denies" and _on(c.cue_span, event) for c in record.claims):
        return True
    after = (e for e in record.events if e.trigger_span.end > event.trigger_span.end)
    return event.mode is None and any(e.type == "ACCUSE" for e in after)


def _on(span: Span | None, event: Event) -> bool:
    return span is not None and span.overlap(event.trigger_span) > 0


@cache
def _classes() -> Mapping[str, int]:
    return {root: int(number) for root, number, _ in table("cameo_classes.tsv")}


@cache
def _words() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((kind, root, re.compile(rf"\b(?:{words})\b")) for kind, root, _, words in table("root_words.tsv"))


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
