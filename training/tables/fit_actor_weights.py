"""Learn the weights by which countries and antecedents are chosen, from annotated reports.

    python training/tables/fit_actor_weights.py RECORDS.jsonl RECORDS.jsonl RECORDS.jsonl OWN.jsonl [--held-out 5]

A file that is named several times counts as often: real reports weigh more than invented ones. Every choice that the
resolver would make on the reports becomes one example: the candidates, their features, and which of them agree with
the annotation. The weights are those of a conditional logit with an L2 penalty; they are written to
`src/tensionwire/resolve/data/actor_weights.tsv`. With `--held-out N` every Nth report is kept back and the share of
right choices on it is printed.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

from oracle import Document, annotated, documents  # noqa: E402
from resolve_actors import gold, with_places, without_sectors  # noqa: E402
from tensionwire.records import Identity, Span  # noqa: E402
from tensionwire.resolve import context  # noqa: E402
from tensionwire.resolve.actors import Who  # noqa: E402
from tensionwire.resolve.cast import Cast  # noqa: E402
from tensionwire.resolve.scene import Seat  # noqa: E402
from tensionwire.resolve.traces import UNKNOWN  # noqa: E402
from tensionwire.resolve.weights import TABLE, Ranker  # noqa: E402

HEADER = """\
# Weights for choosing the country of an actor that names none, and the antecedent of a pronoun: kind, feature, weight.
# Learnt from annotated reports by training/tables/fit_actor_weights.py; Apache-2.0.
"""
RARE = 4
SMALL = 0.03


class Example(NamedTuple):
    """One choice: the features of each candidate and whether it agrees with the annotation."""

    options: list[tuple[str, ...]]
    right: list[bool]


class Watched(Cast):
    """A cast that notes every choice it makes."""

    notes: list[tuple[str, Span, list[tuple[str, ...]], list[str | None]]]

    def by_context(self, text: str, seat: Seat, *, person: bool = False) -> Identity:
        around = self.surroundings(seat, person=person)
        listed = self._candidates(seat, around)
        codes = [None if o.label == context.NONE or o.label.startswith(UNKNOWN) else o.label for o in listed]
        self.notes.append(("country", seat.span, [o.features for o in listed], codes))
        return super().by_context(text, seat, person=person)

    def _referred(self, pronoun: str, seat: Seat) -> Identity | None:
        if pronoun[0] not in "12" and not seat.reading.apart:
            listed = self.antecedents(pronoun, seat)
            codes = [self.referents[o.label].identity.code for o in listed]
            self.notes.append(("antecedent", seat.span, [o.features for o in listed], codes))
        return super()._referred(pronoun, seat)


def examples(
    document: Document, who: Who, rankers: Mapping[str, Ranker], *, bare: bool
) -> Iterator[tuple[str, Example]]:
    """The choices of one report with the annotation's answer."""
    one = with_places(annotated(document), document)
    one = without_sectors(one) if bare else one
    made = who.cast(one)
    cast = Watched(made.scene, made.offices, rankers, made.outlet)
    cast.notes = []
    cast.identities()
    answers: dict[Span, set[str | None]] = {}
    for _, span, codes, _, _ in gold(document):
        answers.setdefault(span, set()).update(codes)
    for kind, span, options, codes in cast.notes:
        if span in answers:
            right = [code in answers[span] for code in codes]
            if any(right) and not all(right):
                yield kind, Example(options, right)


def fit(listed: Sequence[Example], penalty: float) -> dict[str, float]:
    """Weights of a conditional logit in which any right candidate will do."""
    counts = Counter(f for e in listed for o in e.options for f in o)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
    rows, columns, starts, right = [], [], [0], []
    for example in listed:
        for option, good in zip(example.options, example.right, strict=True):
            columns += [index[f] for f in option if f in index]
            rows += [len(right)] * (len(columns) - len(rows))
            right.append(good)
        starts.append(len(right))
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(right), len(index)))
    good, bounds = np.array(right), np.array(starts[:-1])
    sizes = np.diff(starts)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, bounds), sizes)
        powers = np.exp(scores)
        every = np.add.reduceat(powers, bounds)
        some = np.add.reduceat(powers * good, bounds)
        value = float(np.sum(np.log(every) - np.log(some)) + penalty * weights @ weights)
        slope = powers / np.repeat(every, sizes) - powers * good / np.repeat(some, sizes)
        return value, matrix.T @ slope + 2 * penalty * weights

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {f: round(float(found.x[i]), 2) for f, i in index.items() if abs(found.x[i]) >= SMALL}


def share(listed: Sequence[Example], ranker: Ranker) -> float:
    """How often the best candidate is a right one."""
    hits = 0
    for example in listed:
        scores = [ranker.score(option) for option in example.options]
        hits += example.right[scores.index(max(scores))]
    return hits / max(1, len(listed))


def main() -> None:
    """Fit, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--held-out", type=int, default=0)
    parser.add_argument("--penalty", type=float, default=8.0)
    options = parser.parse_args()
    who = Who.load()
    weights: dict[str, dict[str, float]] = {"country": {}, "antecedent": {}}
    for _ in range(options.rounds):
        rankers = {kind: Ranker(weights=found) for kind, found in weights.items()}
        train, test = collect(options, who, rankers)
        for kind in weights:
            weights[kind] = fit(train[kind], options.penalty)
            ranker = Ranker(weights=weights[kind])
            line = f"{kind}: {len(train[kind])} examples, {share(train[kind], ranker):.4f} right"
            kept = f"; kept back {len(test[kind])}, {share(test[kind], ranker):.4f} right" if test[kind] else ""
            print(line + kept, len(weights[kind]), "weights")
    rows = [(kind, feature, f"{w:g}") for kind, found in weights.items() for feature, w in sorted(found.items())]
    TABLE.write_text(HEADER + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def collect(options: Any, who: Who, rankers: Mapping[str, Ranker]) -> tuple[dict[str, list[Example]], ...]:
    """Examples to learn from and examples kept back, by kind; each report with and without sectors in turn."""
    parts: tuple[dict[str, list[Example]], ...] = tuple({"country": [], "antecedent": []} for _ in range(2))
    for path, weight in Counter(options.reports).items():
        for document in documents(path):
            number = zlib.crc32(document["doc_id"].encode())
            part = parts[bool(options.held_out) and number % options.held_out == 0]
            for kind, example in examples(document, who, rankers, bare=number % 4 == 1):
                part[kind] += [example] * weight
    return parts


if __name__ == "__main__":
    main()
