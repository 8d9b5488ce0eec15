"""Choosing one of several answers, or none, by a linear model over named features."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from tensionwire.coding.linear import Linear

Answer = TypeVar("Answer", bound=Hashable)


def leans(told: Sequence[float], trust: float) -> tuple[float, float, float]:
    """Log-odds for no answer, for one in the act's sentence, for one in another, of the encoder's shares of the three.

    >>> [round(x, 1) for x in leans((0.1, 0.8, 0.1), 1.0)]
    [0.0, 2.1, 0.0]
    """
    if not told:
        return 0.0, 0.0, 0.0
    none, here, elsewhere = (trust * math.log(max(share, 0.01)) for share in told)
    return 0.0, here - none, elsewhere - none


class Option(NamedTuple, Generic[Answer]):
    """One way to an answer; several ways may lead to the same one. `lean` is what is known for it beside the features,
    in log-odds.
    """

    answer: Answer
    features: Sequence[str]
    lean: float = 0.0


def chosen(model: Linear, none: Iterable[str], options: Sequence[Option[Answer]], lean: float = 0.0) -> int | None:
    """The number of the best way to the likeliest answer; None where "none of them", with its own lean, passes the
    threshold.

    >>> model = Linear(weights={"near": 2.0, "none": 1.0}, bias=0.0, threshold=0.5)
    >>> chosen(model, ["none"], [Option("Friday", ["far"]), Option("Monday", ["near"])])
    1
    """
    if not options:
        return None
    logits = [model.logit(option.features) + option.lean for option in options]
    nothing = model.logit(none) + lean
    peak = max(nothing, *logits)
    shares: dict[Answer, float] = {}
    for option, logit in zip(options, logits, strict=True):
        shares[option.answer] = shares.get(option.answer, 0.0) + math.exp(logit - peak)
    blank = math.exp(nothing - peak)
    if blank > model.threshold * (blank + sum(shares.values())):
        return None
    best = max(shares, key=shares.__getitem__)
    return max((n for n, o in enumerate(options) if o.answer == best), key=logits.__getitem__)
