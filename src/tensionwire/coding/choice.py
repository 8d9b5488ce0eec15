"""Choosing one of several answers, or none, by a linear model over named features."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from tensionwire.coding.linear import Linear

Answer = TypeVar("Answer", bound=Hashable)


class Option(NamedTuple, Generic[Answer]):
    """One way to an answer; several ways may lead to the same one."""

    answer: Answer
    features: Sequence[str]


def chosen(model: Linear, none: Iterable[str], options: Sequence[Option[Answer]]) -> int | None:
    """The number of the best way to the likeliest answer; None where "none of them" passes the threshold.

    >>> model = Linear(weights={"near": 2.0, "none": 1.0}, bias=0.0, threshold=0.5)
    >>> chosen(model, ["none"], [Option("Friday", ["far"]), Option("Monday", ["near"])])
    1
    """
    if not options:
        return None
    logits = [model.logit(option.features) for option in options]
    nothing = model.logit(none)
    peak = max(nothing, *logits)
    shares: dict[Answer, float] = {}
    for option, logit in zip(options, logits, strict=True):
        shares[option.answer] = shares.get(option.answer, 0.0) + math.exp(logit - peak)
    blank = math.exp(nothing - peak)
    if blank > model.threshold * (blank + sum(shares.values())):
        return None
    best = max(shares, key=shares.__getitem__)
    return max((n for n, o in enumerate(options) if o.answer == best), key=logits.__getitem__)
