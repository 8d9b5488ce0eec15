"""Choosing among candidates by features with weights that were learnt, kept in `data/actor_weights.tsv`.

Each candidate has a list of features that hold; the candidate with the greatest sum of weights is chosen.
`training/tables/fit_actor_weights.py` fits the weights.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

TABLE = Path(__file__).parent / "data" / "actor_weights.tsv"

Label = TypeVar("Label", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Generic[Label]):
    """One candidate and the features that hold of it."""

    label: Label
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """Weights of one kind of choice."""

    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights of features; one never seen weighs nothing.

        >>> Ranker(weights={"near": 2.0}).score(["near", "odd"])
        2.0
        """
        return sum(filter(None, map(self.weights.get, features)), 0.0)

    def best(self, options: Sequence[Option[Label]]) -> tuple[Label, float] | None:
        """The best candidate and its probability among them; None where there is none.

        >>> ranker = Ranker(weights={"near": 2.0})
        >>> label, share = ranker.best([Option(label="a", features=()), Option(label="b", features=("near",))])
        >>> label, round(share, 2)
        ('b', 0.88)
        """
        if not options:
            return None
        scores = [self.score(option.features) for option in options]
        top = max(range(len(options)), key=lambda i: scores[i])
        return options[top].label, 1.0 / sum(math.exp(score - scores[top]) for score in scores)


@cache
def rankers() -> Mapping[str, Ranker]:
    """The shipped weights by kind of choice: `country` and `antecedent`."""
    kinds: dict[str, dict[str, float]] = {"country": {}, "antecedent": {}}
    lines = TABLE.read_text(encoding="utf-8").split("\n") if TABLE.exists() else []
    for line in lines:
        if line and not line.startswith("#"):
            kind, feature, weight = line.split("\t")
            kinds[kind][feature] = float(weight)
    return MappingProxyType({kind: Ranker(weights=weights) for kind, weights in kinds.items()})
