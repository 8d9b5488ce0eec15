"""What the shipped encoder gives of each sentence: word vectors, from which a custom type is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from tensionwire.annotate import Encoder
from tensionwire.annotate.decoding import Floats
from tensionwire.annotate.encoder import ranges
from tensionwire.annotate.graphs import Graphs
from tensionwire.annotate.windows import Window
from tensionwire.records import Annotated, Report, Span, Trigger, content_hash

# What the vector of the sentence weighs beside that of the word.
_AROUND: Final = 0.7


@dataclass(frozen=True, slots=True)
class Watched(Graphs):
    """The shipped graphs, which keep what the encoder saw, so that nothing is read twice."""

    seen: list[tuple[Window, Floats, Floats]] = field(default_factory=list)

    def encode(self, window: Window) -> tuple[Floats, Floats]:
        """As `Graphs.encode`."""
        words, logits = Graphs.encode(self, window)
        self.seen.append((window, words, logits))
        return words, logits


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence as read: `spans` of its words in the text, `vectors` [words, width] of them.

    `number` is its index in the report; it is words [begin, end) of the window numbered `window`. `triggers` are those
    that the encoder proposes in it.
    """

    number: int
    window: int
    begin: int
    spans: tuple[Span, ...]
    vectors: Floats
    triggers: tuple[Trigger, ...] = ()

    def features(self) -> Floats:
        """[words, 2 * width]: the direction of each word's vector and, weighed, that of their mean."""
        around = np.broadcast_to(_unit(self.vectors.mean(0, keepdims=True)), self.vectors.shape)
        return np.concatenate([_unit(self.vectors), _AROUND * around], axis=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report as read: what the encoder proposes, each sentence, and each window with its words and logits."""

    annotated: Annotated
    sentences: tuple[Sentence, ...]
    windows: tuple[tuple[Window, Floats, Floats], ...]


def read(encoder: Encoder, report: Report) -> Reading:
    """One pass of the encoder over a report, with what it saw."""
    graphs = Watched(encoder.graphs.encoder, encoder.graphs.companion, encoder.graphs.manifest)
    annotated = replace(encoder, graphs=graphs).annotate([report])[0]
    sentences = [one for n, (w, words, _) in enumerate(graphs.seen) for one in _sentences(n, w, words, annotated)]
    return Reading(annotated=annotated, sentences=tuple(sentences), windows=tuple(graphs.seen))


def read_text(encoder: Encoder, text: str) -> Reading:
    """The same of a text without a source."""
    return read(encoder, Report(doc_id="example", text=text, content_hash=content_hash(text)))


def _sentences(number: int, window: Window, words: Floats, annotated: Annotated) -> Iterator[Sentence]:
    parts = window.parts[window.context :]
    for part, (begin, end) in zip(parts, ranges(window), strict=True):
        spans = tuple(Span(*word) for word in part.words)
        within = Span(spans[0].start, spans[-1].end)
        yield Sentence(
            number=part.sentence,
            window=number,
            begin=begin,
            spans=spans,
            vectors=words[begin:end],
            triggers=tuple(t for t in annotated.triggers if within.holds(t.span)),
        )


def is_word(span: Span, text: str) -> bool:
    """Whether a word has a letter: marks and numbers carry no act."""
    return any(map(str.isalpha, span.of(text)))


def likeness(sentence: Sentence, likes: Sequence[frozenset[str]]) -> Floats:
    """[words, types]: how likely a word is of the PLOVER types that each custom type is like; 0 outside triggers."""
    shares = np.zeros((len(sentence.spans), len(likes)), dtype=np.float32)
    for trigger in sentence.triggers:
        told = {trigger.type: trigger.type_confidence}
        told[f"{trigger.type}.{trigger.mode}"] = trigger.type_confidence * trigger.mode_confidence
        of_types = [max((told.get(name, 0.0) for name in like), default=0.0) for like in likes]
        shares[[n for n, span in enumerate(sentence.spans) if span.overlap(trigger.span)]] = of_types
    return shares


def _unit(vectors: Floats) -> Floats:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)  # type: ignore[no-any-return]
