"""What a confidence is worth: the shares of the heads held against whether they were right, on reports held out.

Platt scaling: a logistic regression over the log-odds that the heads give. Events are right where a gold act of the
same type shares a character of its words; claims where half of the content is shared; roles where the act is right and
the words of the party are near the gold's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize

from tensionwire.records import Annotated, Span
from training.matching import matched, same_content, same_party

Document = dict[str, Any]
Row = tuple[tuple[float, ...], bool]


def fit(documents: Sequence[Document], found: Sequence[Annotated]) -> dict[str, list[float]]:
    """Constant and factors of events, claims and roles, of annotations whose confidences are raw."""
    pairs = list(zip(documents, found, strict=True))
    rows = {
        "event": [r for d, a in pairs for r in _events(d, a)],
        "claim": [r for d, a in pairs for r in _claims(d, a)],
        "role": [r for d, a in pairs for r in _roles(d, a)],
    }
    return {what: _platt(some) for what, some in rows.items()}


def _platt(rows: list[Row]) -> list[float]:
    shares = np.array([r for r, _ in rows]).clip(1e-4, 1 - 1e-4)
    features = np.hstack([np.ones((len(rows), 1)), np.log(shares / (1 - shares))])
    right = np.array([y for _, y in rows], dtype=float)

    def loss(weights: Any) -> tuple[float, Any]:
        odds = features @ weights
        chance = 1 / (1 + np.exp(-odds))
        value = np.logaddexp(0, odds).sum() - right @ odds + 0.5 * ((weights[1:] - 1) ** 2).sum()
        return value, features.T @ (chance - right) + np.r_[0.0, weights[1:] - 1]

    start = np.r_[0.0, np.ones(features.shape[1] - 1)]
    return [round(float(w), 4) for w in minimize(loss, start, jac=True, method="L-BFGS-B").x]


def _events(document: Document, annotated: Annotated) -> Iterator[Row]:
    right = [id(t) for _, t in matched(document, annotated, typed=True)]
    for t in annotated.triggers:
        yield (t.confidence / max(t.type_confidence, 1e-9), t.type_confidence), id(t) in right


def _claims(document: Document, annotated: Annotated) -> Iterator[Row]:
    gold = [Span(*c["content_span"]) for c in document["claims"]]
    for a in annotated.attributions:
        yield (a.confidence,), any(same_content(g, a.content) for g in gold)


def _roles(document: Document, annotated: Annotated) -> Iterator[Row]:
    """Of acts that are right: a role of an act that is none says nothing of roles."""
    for act, t in matched(document, annotated, typed=True):
        for role, mentions in (("actor", t.actors), ("recipient", t.recipients)):
            gold = [Span(*x["span"]) for x in act[role]]
            for m in mentions:
                yield (m.confidence,), any(same_party(g, m.span) for g in gold)
