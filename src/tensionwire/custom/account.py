"""How good a custom model is on examples that it did not see, and how far that can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tensionwire.custom.examples import Example
from tensionwire.custom.ontology import Ontology

FEW: Final = 5
_GOOD: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One text: the types that it tells of and those that a model which had not seen it found."""

    wanted: frozenset[int]
    told: frozenset[int]
    everyday: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A type's counts over texts: found and right, found and wrong, not found."""

    type: str
    examples: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of the texts that tell of the type in which it was found."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Cross-validated scores of each type and of all; false alarms are texts of none in which a type was found."""

    scores: tuple[Score, ...]
    total: Score
    threshold: float
    counter_examples: int
    counter_alarms: int
    everyday: int
    everyday_alarms: int

    def warnings(self) -> Iterator[str]:
        """What a user should know before believing the figures."""
        for one in self.scores:
            if one.examples < FEW:
                count = "1 example is" if one.examples == 1 else f"{one.examples} examples are"
                yield f"{one.type}: {count} too few to learn from or to tell how well; give {FEW} to 20"
            elif (one.f1 or 0) < _GOOD:
                yield f"{one.type}: not learnt well; give more examples, more alike, or a narrower type"
        if not self.counter_examples:
            yield "no counter-examples: add sentences that look alike and are none of the types"

    def lines(self) -> Iterator[str]:
        """The account as a table, for a person."""
        width = max(len("all types"), *(len(one.type) for one in self.scores))
        yield f"{'type':<{width}}  examples  precision  recall    F1   right wrong missed"
        for one in (*self.scores, self.total):
            figures = f"{_shown(one.precision):>9}  {_shown(one.recall):>6}  {_shown(one.f1):>4}"
            counts = f"{one.right:>6} {one.wrong:>5} {one.missed:>6}"
            yield f"{one.type:<{width}}  {one.examples:>8}  {figures}  {counts}"
        yield (
            f"false alarms: in {self.counter_alarms} of {self.counter_examples} counter-examples, "
            f"in {self.everyday_alarms} of {self.everyday} sentences of everyday news"
        )
        yield (
            f"threshold {self.threshold:g}, chosen on these same examples, each text judged by a model that had not "
            "seen it: expect somewhat less on other texts"
        )


def tallied(outcomes: Sequence[Outcome], ontology: Ontology, examples: Sequence[Example], threshold: float) -> Account:
    """The account of what came out of cross-validation."""
    counts = Counter(one.type for one in examples)
    scores = tuple(_score(name, n, counts[name], outcomes) for n, name in enumerate(ontology.names))
    own = [one for one in outcomes if not one.everyday and not one.wanted]
    daily = [one for one in outcomes if one.everyday]
    total = Score(
        type="all types",
        examples=sum(one.examples for one in scores),
        right=sum(one.right for one in scores),
        wrong=sum(one.wrong for one in scores),
        missed=sum(one.missed for one in scores),
    )
    return Account(
        scores=scores,
        total=total,
        threshold=threshold,
        counter_examples=len(own),
        counter_alarms=sum(bool(one.told) for one in own),
        everyday=len(daily),
        everyday_alarms=sum(bool(one.told) for one in daily),
    )


def _score(name: str, number: int, examples: int, outcomes: Sequence[Outcome]) -> Score:
    pairs = [(number in one.wanted, number in one.told) for one in outcomes]
    return Score(
        type=name,
        examples=examples,
        right=pairs.count((True, True)),
        wrong=pairs.count((False, True)),
        missed=pairs.count((True, False)),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _shown(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"
