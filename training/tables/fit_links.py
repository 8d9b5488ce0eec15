"""Fit the linear models that link what a report tells: retellings, what a claim is about, what it disputes.

    PYTHONPATH=src:benchmarks python training/tables/fit_links.py ../shared/gold/records/train.jsonl \
        ../shared/gold/own_reports/train.jsonl

Writes `coding/data/retelling.tsv`, `about.tsv` and `disputes.tsv` and prints cross-validated figures. The
gold spans stand in for the encoder; who, when and where come from the resolver. A later model learns from
what the earlier ones say of documents that they were not fitted on.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from oracle import Document, annotated, documents
from tensionwire.coding import about, disputes, retelling
from tensionwire.coding.claims import said
from tensionwire.coding.events import told
from tensionwire.coding.linear import Linear
from tensionwire.coding.retelling import stems
from tensionwire.records import Claim, Event, Resolved

DATA = Path(__file__).parents[2] / "src" / "tensionwire" / "coding" / "data"
FOLDS, SEED, ROUNDS, RIDGE, RATE = 5, 7, 400, 3.0, 0.08
THRESHOLDS = {"retelling": 0.55, "about": 0.35, "disputes": 0.3}
SMALL = 0.03

Row = tuple[list[str], bool]


@dataclass
class Case:
    """A gold document as the coder sees it, with the answers."""

    resolved: Resolved
    events: tuple[Event, ...]
    claims: list[Claim]
    cluster: dict[str, str]
    about: list[str | None]
    disputed: list[str | None]
    told: tuple[Event, ...] = ()
    subjects: list[str | None] = field(default_factory=list)


def case(document: Document, resolve: Callable[..., Resolved]) -> Case:
    """The case of a gold document."""
    resolved = resolve(annotated(document))
    events, claims = told(resolved), said(resolved)
    roots = _roots(document)
    by_trigger = {(e["trigger_span"][0], e["type"]): roots[e["id"]] for e in document["events"]}
    cluster = {e.id: by_trigger[e.trigger_span.start, e.type] for e in events}
    gold = [_gold(claim, document) for claim in claims]
    ours = {g["id"]: claim.id for claim, g in zip(claims, gold, strict=True)}
    return Case(
        resolved=resolved,
        events=events,
        claims=claims,
        cluster=cluster,
        about=[roots.get(g.get("about") or "") for g in gold],
        disputed=[ours.get(g.get("disputes") or "") for g in gold],
    )


def _gold(claim: Claim, document: Document) -> Document:
    same: list[Document] = [c for c in document["claims"] if tuple(c["content_span"]) == tuple(claim.content_span)]
    by = [c for c in same if claim.speaker and c["speaker"].get("span") == list(claim.speaker.span)]
    return (by or same)[0]


def _roots(document: Document) -> dict[str, str]:
    """For each event of a gold document one id that its retellings share."""
    parent: dict[str, str | None] = {e["id"]: e.get("same_as") or None for e in document["events"]}

    def root(name: str) -> str:
        seen = [name]
        while (above := parent[seen[-1]]) is not None and above in parent and above not in seen:
            seen.append(above)
        return seen[-1]

    return {name: root(name) for name in parent}


def retelling_rows(one: Case) -> Iterator[Row]:
    """Pairs of events of one type."""
    before: dict[str, list[retelling.Telling]] = {}
    for later in retelling.tellings(one.events, one.resolved.annotated):
        earlier = before.setdefault(later.event.type, [])
        for n, a in enumerate(earlier):
            same = one.cluster[a.event.id] == one.cluster[later.event.id]
            yield list(retelling.features(a, later, len(earlier) - n)), same
        earlier.append(later)


def about_rows(one: Case) -> Iterator[Row]:
    """Pairs of claim and event; of the claim before, the true answer is known."""
    scene = about.Scene.of(one.told, one.resolved.annotated)
    nearest = {one.cluster[event.id]: event.id for event in reversed(one.events)}
    before: tuple[Claim, str | None] | None = None
    for claim, answer in zip(one.claims, one.about, strict=True):
        for event, holds in about.candidates(claim, scene, before):
            yield holds, one.cluster[event.id] == answer
        before = (claim, nearest.get(answer or ""))


def dispute_rows(one: Case) -> Iterator[Row]:
    """Pairs of claims."""
    first = {event.id: event.same_as or event.id for event in one.told}
    claims = [replace(claim, about=about) for claim, about in zip(one.claims, one.subjects, strict=True)]
    for n, claim in enumerate(claims):
        for m in range(max(0, n - disputes.BACK), n):
            shared = stems(claims[m].content) & stems(claim.content)
            yield (
                list(disputes.features(claims[m], claim, n - m, shared, first)),
                claims[m].id == one.disputed[n],
            )


def fit(rows: Iterable[Row], threshold: float) -> Linear:
    """Ridge logistic regression over yes-or-no features, by Adam on all rows at once."""
    kept = list(rows)
    names = sorted({name for row, _ in kept for name in row})
    index = {name: n for n, name in enumerate(names)}
    columns = np.array([index[name] for row, _ in kept for name in row])
    lines = np.repeat(np.arange(len(kept)), [len(row) for row, _ in kept])
    answers = np.array([answer for _, answer in kept], dtype=float)
    weights = _descend(columns, lines, answers, len(names))
    known = {name: round(float(w), 3) for name, w in zip(names, weights[:-1], strict=True) if abs(w) >= SMALL}
    return Linear(weights=known, bias=round(float(weights[-1]), 3), threshold=threshold)


def _descend(columns: np.ndarray, lines: np.ndarray, answers: np.ndarray, width: int) -> np.ndarray:
    weights, mean, square = np.zeros(width + 1), np.zeros(width + 1), np.zeros(width + 1)
    for step in range(1, ROUNDS + 1):
        logits = np.bincount(lines, weights[columns], len(answers)) + weights[-1]
        error = 1 / (1 + np.exp(-logits)) - answers
        slope = np.append(np.bincount(columns, error[lines], width) + RIDGE * weights[:-1], error.sum())
        slope /= len(answers)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = RATE * (1 - (step - 1) / ROUNDS)
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    return weights


def folds(cases: Sequence[Case]) -> list[list[Case]]:
    """The cases in equal parts, always the same ones."""
    order = list(cases)
    random.Random(SEED).shuffle(order)
    return [order[n::FOLDS] for n in range(FOLDS)]


def across(
    cases: Sequence[Case], rows: Callable[[Case], Iterator[Row]], name: str
) -> Iterator[tuple[Linear, list[Case]]]:
    """For each part of the cases, a model that was fitted on the other parts."""
    parts = folds(cases)
    for n, part in enumerate(parts):
        others = [one for m, other in enumerate(parts) if m != n for one in other]
        yield fit((row for one in others for row in rows(one)), THRESHOLDS[name]), part


def write(name: str, model: Linear, figures: str) -> None:
    """The model as a table of the package."""
    head = (
        f"# Weights of the {name} model (yes-or-no features, logistic), fitted by\n"
        "# training/tables/fit_links.py on gold/records/train and own_reports/train (annotations ours).\n"
        f"# Cross-validated there: {figures}.\n"
    )
    rows = [("bias", model.bias), ("threshold", model.threshold), *sorted(model.weights.items())]
    text = head + "".join(f"{feature}\t{weight}\n" for feature, weight in rows)
    (DATA / f"{name}.tsv").write_text(text, encoding="utf-8")


def figures(hit: int, said: int, true: int) -> str:
    """Precision, recall and F1 in words."""
    precision, recall = hit / max(1, said), hit / max(1, true)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f} of {true}"


def fit_retelling(cases: Sequence[Case]) -> str:
    """Fit, write, and leave in each case what a model says that did not see it. Scored on pairs of events."""
    hit = said_so = true = 0
    for model, part in across(cases, retelling_rows, "retelling"):
        for one in part:
            one.told = retelling.retold(one.events, one.resolved.annotated, model)
            mine = {event.id: event.same_as or event.id for event in one.told}
            pairs = [(a.id, b.id) for n, a in enumerate(one.events) for b in one.events[:n]]
            ours = {(a, b) for a, b in pairs if mine[a] == mine[b]}
            gold = {(a, b) for a, b in pairs if one.cluster[a] == one.cluster[b]}
            hit, said_so, true = hit + len(ours & gold), said_so + len(ours), true + len(gold)
    found = figures(hit, said_so, true)
    write("retelling", fit((r for one in cases for r in retelling_rows(one)), THRESHOLDS["retelling"]), found)
    return found


def fit_about(cases: Sequence[Case]) -> str:
    """The same for what claims are about; any telling of the event counts."""
    hit = said_so = true = 0
    for model, part in across(cases, about_rows, "about"):
        for one in part:
            scene = about.Scene.of(one.told, one.resolved.annotated)
            one.subjects = about.subjects(one.claims, scene, model)
            answers = zip(one.subjects, one.about, strict=True)
            hit += sum(s is not None and one.cluster[s] == answer for s, answer in answers)
            said_so += sum(s is not None for s in one.subjects)
            true += sum(answer is not None for answer in one.about)
    found = figures(hit, said_so, true)
    write("about", fit((r for one in cases for r in about_rows(one)), THRESHOLDS["about"]), found)
    return found


def fit_disputes(cases: Sequence[Case]) -> str:
    """The same for disputes between claims."""
    hit = said_so = true = 0
    for model, part in across(cases, dispute_rows, "disputes"):
        for one in part:
            first = {event.id: event.same_as or event.id for event in one.told}
            claims = [replace(c, about=s) for c, s in zip(one.claims, one.subjects, strict=True)]
            found = disputes.disputed(claims, first, model)
            hit += sum(f is not None and f == answer for f, answer in zip(found, one.disputed, strict=True))
            said_so += sum(f is not None for f in found)
            true += sum(answer is not None for answer in one.disputed)
    shown = figures(hit, said_so, true)
    write("disputes", fit((r for one in cases for r in dispute_rows(one)), THRESHOLDS["disputes"]), shown)
    return shown


def main(paths: Sequence[str]) -> None:
    """Fit all three on the gold files."""
    from tensionwire.resolve import Resolver

    resolve = Resolver.load().resolve
    cases = [case(document, resolve) for path in paths for document in documents(Path(path))]
    for name, step in (("retelling", fit_retelling), ("about", fit_about), ("disputes", fit_disputes)):
        print(name, step(cases))


if __name__ == "__main__":
    main(sys.argv[1:])
