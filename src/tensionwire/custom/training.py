"""A user's ontology and examples to a model, with an account of how good it is on examples that it did not see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tensionwire.annotate import Encoder
from tensionwire.coding.retelling import stems
from tensionwire.custom.account import Account, Outcome, tallied
from tensionwire.custom.examples import Example
from tensionwire.custom.fitting import Reals, Rows, Weights, fit
from tensionwire.custom.model import Model
from tensionwire.custom.ontology import Ontology
from tensionwire.custom.reading import Sentence, is_word, likeness, read_text
from tensionwire.custom.spotting import shares, spotted
from tensionwire.errors import UsageError
from tensionwire.records import Span

FOLDS: Final = 5
_RIDGES: Final = (0.01, 0.03, 0.1)
_THRESHOLDS: Final = tuple(n / 100 for n in range(5, 75, 5))
# What a word of everyday news weighs beside one of the user's own sentences.
_EVERYDAY: Final = 0.3
# Of several words of a trigger the longer ones carry it ("knocked", "offline"; not "by").
_CARRIES: Final = 4
_SKIP: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model, and what can be said of it."""

    model: Model
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A text with its sentences and, for each, the label of each word: 0 none, 1 + number of a type, -1 not used.

    `wanted` are the numbers of the types that it tells of; `everyday` marks what ships with the package.
    """

    text: str
    sentences: tuple[Sentence, ...]
    labels: tuple[NDArray[np.int64], ...]
    wanted: frozenset[int]
    everyday: bool = False


def train(ontology: Ontology, examples: Sequence[Example], *, encoder: Encoder | None = None) -> Trained:
    """A model of the user's types on top of the shipped encoder; seconds for some dozens of examples.

    Ridge and threshold are chosen, and the account is taken, by cross-validation over texts. The same input gives the
    same model. Raises UsageError where there is nothing to learn from.
    """
    encoder = encoder or Encoder.load()
    lessons = [*_lessons(ontology, examples, encoder), *_everyday(examples, encoder)]
    likes = tuple(frozenset(one.like) for one in ontology.types)
    ridge, threshold, outcomes = _chosen(lessons, likes)
    weights = fit(_rows(lessons, likes), ridge)
    account = tallied(outcomes, ontology, examples, threshold)
    model = Model.of(ontology, weights, threshold=threshold, base=encoder.hash, base_version=encoder.version)
    return Trained(model=model, account=account)


def _lessons(ontology: Ontology, examples: Sequence[Example], encoder: Encoder) -> Iterator[Lesson]:
    """One a text, however many examples it has."""
    numbers = {name: n for n, name in enumerate(ontology.names)}
    by_text: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_text[example.text].append(example)
    for text, several in by_text.items():
        read = read_text(encoder, text).sentences
        labels = [_labels(one, text, several, numbers) for one in read]
        wanted = {numbers[one.type] for one in several if one.type}
        found = {int(label) - 1 for some in labels for label in some if label > 0}
        if wanted - found:
            missing = ontology.names[min(wanted - found)]
            raise UsageError(f"the example {text[:60]!r} of {missing}", "has no word that can be read", "mend it")
        yield Lesson(text=text, sentences=read, labels=tuple(labels), wanted=frozenset(wanted))


def _labels(
    sentence: Sentence, text: str, examples: Sequence[Example], numbers: Mapping[str, int]
) -> NDArray[np.int64]:
    labels = np.full(len(sentence.spans), _SKIP)
    told = [one.span for one in examples if one.span]
    # A sentence without a mark may tell of a type too: it teaches nothing, unless the whole text is said to be none.
    if any(one.span is None for one in examples) or any(span.overlap(w) for span in told for w in sentence.spans):
        labels[:] = 0
    for one in examples:
        if one.span and one.type:
            within = [n for n, span in enumerate(sentence.spans) if span.overlap(one.span)]
            labels[within] = _SKIP
            labels[_carrying(within, sentence.spans, text)] = 1 + numbers[one.type]
    return np.where([is_word(span, text) for span in sentence.spans], labels, _SKIP)


def _carrying(words: list[int], spans: Sequence[Span], text: str) -> list[int]:
    return [n for n in words if spans[n].length >= _CARRIES and is_word(spans[n], text)] or words


def _everyday(examples: Sequence[Example], encoder: Encoder) -> Iterator[Lesson]:
    """Sentences of everyday news as "none", those left out that share a word with what the user teaches."""
    taught = {stem for one in examples if one.type and one.span for stem in stems(one.span.of(one.text))}
    for text in everyday():
        if not taught & stems(text):
            read = read_text(encoder, text).sentences
            labels = tuple(_labels(one, text, [Example(text=text)], {}) for one in read)
            yield Lesson(text=text, sentences=read, labels=labels, wanted=frozenset(), everyday=True)


@cache
def everyday() -> tuple[str, ...]:
    """The sentences of everyday news that ship with the package."""
    lines = files("tensionwire.custom").joinpath("data/background.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _rows(lessons: Sequence[Lesson], likes: tuple[frozenset[str], ...]) -> Rows:
    """The words of the lessons; the words of one trigger weigh one together."""
    pieces = [(one, s, labels) for one in lessons for s, labels in zip(one.sentences, one.labels, strict=True)]
    labels = np.concatenate([labels for *_, labels in pieces])
    rows = Rows(
        features=np.concatenate([s.features() for _, s, _ in pieces]).astype(float),
        likes=np.concatenate([likeness(s, likes) for _, s, _ in pieces]).astype(float),
        labels=np.maximum(labels, 0),
        weights=np.concatenate([_weights(labels, lesson.everyday) for lesson, _, labels in pieces]),
    )
    return rows.some(labels != _SKIP)


def _weights(labels: NDArray[np.int64], everyday: bool) -> Reals:
    weights = np.full(len(labels), _EVERYDAY if everyday else 1.0)
    for label in set(labels[labels > 0].tolist()):
        weights[labels == label] = 1 / np.count_nonzero(labels == label)
    return weights


def _chosen(lessons: Sequence[Lesson], likes: tuple[frozenset[str], ...]) -> tuple[float, float, list[Outcome]]:
    """Ridge and threshold with the best F1 over all types by cross-validation, and what came out with them."""
    folds = _folds(lessons)
    best: tuple[float, float, float, list[Outcome]] | None = None
    taught = [_rows([one for other in folds if other is not part for one in other], likes) for part in folds]
    for ridge in _RIDGES:
        read = [
            (lesson, _shares(lesson, weights, likes))
            for part, rows in zip(folds, taught, strict=True)
            for weights in [fit(rows, ridge)]
            for lesson in part
        ]
        for threshold in _THRESHOLDS:
            outcomes = [_outcome(lesson, given, threshold) for lesson, given in read]
            found = _f1(outcomes)
            if best is None or found > best[0]:
                best = found, ridge, threshold, outcomes
    assert best is not None
    return best[1:]


def _folds(lessons: Sequence[Lesson]) -> list[list[Lesson]]:
    """The lessons in parts, each with its share of every type."""
    order = sorted(lessons, key=lambda one: (one.everyday, sorted(one.wanted)))
    return [part for n in range(FOLDS) if (part := order[n::FOLDS])]


def _shares(lesson: Lesson, weights: Weights, likes: tuple[frozenset[str], ...]) -> list[Reals]:
    return [shares(sentence, weights, likes) for sentence in lesson.sentences]


def _outcome(lesson: Lesson, given: list[Reals], threshold: float) -> Outcome:
    pairs = zip(lesson.sentences, given, strict=True)
    told = {spot.type for sentence, some in pairs for spot in spotted(sentence, some, lesson.text, threshold)}
    return Outcome(wanted=lesson.wanted, told=frozenset(told), everyday=lesson.everyday)


def _f1(outcomes: Sequence[Outcome]) -> float:
    hit = sum(len(one.wanted & one.told) for one in outcomes)
    return 2 * hit / max(1, sum(len(one.wanted) + len(one.told) for one in outcomes))
