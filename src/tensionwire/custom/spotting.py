"""Probabilities of words to the stretches that tell of a custom type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tensionwire.custom.fitting import Reals, Weights
from tensionwire.custom.reading import Sentence, is_word, likeness
from tensionwire.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """A stretch of a sentence that tells of a type: words [begin, end) of the sentence, the type's number from 0."""

    sentence: Sentence
    begin: int
    end: int
    type: int
    confidence: float

    @property
    def span(self) -> Span:
        """Its characters in the text."""
        return Span(self.sentence.spans[self.begin].start, self.sentence.spans[self.end - 1].end)


def shares(sentence: Sentence, weights: Weights, likes: tuple[frozenset[str], ...]) -> Reals:
    """Probabilities [words, 1 + types] of the words of a sentence."""
    features = sentence.features().astype(float)
    return weights.shares(features, likeness(sentence, likes).astype(float))


def spotted(sentence: Sentence, given: Reals, text: str, threshold: float) -> Iterator[Spotted]:
    """Stretches of neighbouring words of one type, each word at least as sure as the threshold.

    The stretch is as sure as the surest of its words.
    """
    best = given[:, 1:].argmax(1)
    sure = given[:, 1:].max(1)
    begin = None
    for at in range(len(best) + 1):
        ends = at == len(best) or sure[at] < threshold or not is_word(sentence.spans[at], text)
        if begin is not None and (ends or best[at] != best[begin]):
            most = float(sure[begin:at].max())
            yield Spotted(sentence=sentence, begin=begin, end=at, type=int(best[begin]), confidence=most)
            begin = None
        if begin is None and not ends:
            begin = at
