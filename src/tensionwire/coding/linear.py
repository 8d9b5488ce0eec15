"""Small linear models over named yes-or-no features, their weights in data files."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """A logistic model. `threshold` is the probability from which its answer is yes; `trust` is what the encoder's own
    log-odds on the matter weigh beside the features.
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    trust: float = 0.0

    def logit(self, features: Iterable[str]) -> float:
        """The sum of the weights of the features that hold; a feature never seen weighs nothing.

        >>> Linear(weights={"near": 2.0}, bias=-1.0, threshold=0.5).logit(["near", "odd"])
        1.0
        """
        return self.bias + sum(filter(None, map(self.weights.get, features)))

    def probability(self, features: Iterable[str]) -> float:
        """The model's probability of yes.

        >>> Linear(weights={}, bias=0.0, threshold=0.5).probability([])
        0.5
        """
        return 1.0 / (1.0 + math.exp(-self.logit(features)))

    def says(self, logit: float) -> bool:
        """Whether a logit passes the threshold."""
        return 1.0 / (1.0 + math.exp(-logit)) >= self.threshold


@cache
def linear(name: str) -> Linear:
    """A shipped model: `data/<name>.tsv`, rows of feature and weight, of them `bias`, `threshold`, `trust`."""
    lines = (_DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    weights = {feature: float(weight) for feature, weight in cells}
    bias, threshold = weights.pop("bias"), weights.pop("threshold")
    return Linear(weights=weights, bias=bias, threshold=threshold, trust=weights.pop("trust", 0.0))
