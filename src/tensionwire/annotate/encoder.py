"""One pass of the encoder over reports, and what its words and spans say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from tensionwire.annotate.assemble import Companions, FocusKey, WindowFindings, assemble
from tensionwire.annotate.decoding import Floats, Found, decode, softmax
from tensionwire.annotate.graphs import Graphs
from tensionwire.annotate.leans import TAGGERS, Leans
from tensionwire.annotate.manifest import Manifest, load_manifest
from tensionwire.annotate.sentences import sentences
from tensionwire.annotate.windows import Window, parts, windows
from tensionwire.records import Annotated, Report, Span

FOCUS_TAGGERS = {"event": "trigger", "claim": "content"}

TOGETHER = 32  # windows

Focus = tuple[str, int, int]  # its kind, and the words [begin, end) that it spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A sentence of a window with the foci in it: `words` are its word vectors, `first` its first word."""

    window: int
    words: Floats
    foci: list[Focus]
    first: int


class Answer(NamedTuple):
    """What the companion says of one focus, whose first word is `begin`: role logits by word, and span logits."""

    seen: Seen
    begin: int
    roles: Floats
    qualities: Floats


@dataclass(frozen=True, slots=True)
class Encoder:
    """The shipped model. What it finds in a report depends on that report alone, whatever it is read beside."""

    graphs: Graphs
    manifest: Manifest
    floor: float
    leans: Leans = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "leans", Leans.of(self.manifest))

    @classmethod
    def load(cls, *, threads: int = 1, floor: float | None = None) -> Encoder:
        """Open the shipped model (about 0.2 s); `floor` overrides the least confidence of an event."""
        manifest = load_manifest()
        wanted = manifest.thresholds["event"] if floor is None else floor
        return cls(Graphs.load(manifest, threads), manifest, wanted)

    @property
    def version(self) -> str:
        """The model's version, as records name it in `coder`."""
        return self.manifest.version

    @property
    def hash(self) -> str:
        """One SHA-256 over the hashes of both graphs, in hex."""
        joined = "".join(self.manifest.sha256[name] for name in sorted(self.manifest.sha256))
        return hashlib.sha256(joined.encode()).hexdigest()

    def annotate(self, reports: Sequence[Report]) -> list[Annotated]:
        """Annotated reports, in the order given."""
        cut = [sentences(report.text, report.title) for report in reports]
        windowed = [windows(parts(report.text, own)) for report, own in zip(reports, cut, strict=True)]
        read = self._read(list(chain.from_iterable(windowed)))
        return [
            assemble(report, own, list(islice(read, len(some))), self.manifest, self.floor)
            for report, own, some in zip(reports, cut, windowed, strict=True)
        ]

    def _read(self, found: Sequence[Window]) -> Iterator[WindowFindings]:
        """What is found in windows, read alone each, a few together in what lies between the graphs.

        The graphs drive everything else out of the processor's caches, so that each step is done for some windows
        before the next step.
        """
        for begin in range(0, len(found), TOGETHER):
            some = found[begin : begin + TOGETHER]
            encoded = [self.graphs.encode(window) for window in some]
            tagged = self._tag(some, [logits for _, logits in encoded])
            seen = [
                Seen(window=n, words=words[first:last], foci=foci, first=first)
                for n, (window, (words, _), own) in enumerate(zip(some, encoded, tagged, strict=True))
                for first, last in ranges(window)
                if (foci := _foci(own, first, last))
            ]
            for n, companions in enumerate(self._companions(seen, len(some))):
                yield WindowFindings(window=some[n], tagged=tagged[n], logits=encoded[n][1], companions=companions)

    def _tag(self, some: Sequence[Window], logits: Sequence[Floats]) -> list[dict[str, list[Found]]]:
        """Spans of each tagger in each window; those that begin in the context parts, or are less sure than its
        floor, left out."""
        leans = self.leans
        lengths = [len(own) for own in logits for _ in TAGGERS]
        rows = np.concatenate([own[:, leans.columns].swapaxes(0, 1).reshape(-1, 3) for own in logits])
        leaning = np.repeat(np.tile(leans.tags, (len(some), 1)), lengths, axis=0)
        skipped = [sum(len(part.words) for part in window.parts[: window.context]) for window in some]
        result: list[dict[str, list[Found]]] = [{tagger: [] for tagger in TAGGERS} for _ in some]
        for one in decode(rows, leaning, lengths):
            window, tagger = divmod(one.row, len(TAGGERS))
            if one.begin >= skipped[window] and one.probability >= leans.floors[tagger]:
                result[window][TAGGERS[tagger]].append(one)
        return result

    def accompany(self, words: Floats, foci: list[Focus], first: int) -> dict[FocusKey, Companions]:
        """For each focus, keyed by kind and first word, its companions and span logits, in words of the window.

        `words` are the vectors of one sentence, which begins at the window's word `first`.
        """
        return self._companions([Seen(window=0, words=words, foci=foci, first=first)], 1)[0]

    def _companions(self, seen: Sequence[Seen], count: int) -> list[dict[FocusKey, Companions]]:
        """The same of sentences of several windows, by window: read one by one, decoded together."""
        answers: dict[str, list[Answer]] = {kind: [] for kind in FOCUS_TAGGERS}
        for one in seen:
            inner = [(kind, begin - one.first, end - one.first) for kind, begin, end in one.foci]
            roles, qualities = self.graphs.accompany(one.words, inner)
            for n, (kind, begin, _) in enumerate(one.foci):
                answers[kind].append(Answer(one, begin, roles[n], qualities[n]))
        result: list[dict[FocusKey, Companions]] = [{} for _ in range(count)]
        for kind, some in answers.items():
            for answer, found in zip(some, self._roles(kind, some), strict=True):
                result[answer.seen.window][kind, answer.begin] = found, answer.qualities
        return result

    def _roles(self, kind: str, answers: Sequence[Answer]) -> list[list[Found]]:
        """The spans of the roles of each focus, in words of its window."""
        found: list[list[Found]] = [[] for _ in answers]
        if answers:
            columns, lengths = self.manifest.columns["role"][kind], [len(answer.roles) for answer in answers]
            logits = np.concatenate([answer.roles for answer in answers])[:, columns]
            for one in decode(logits, self.leans.roles[kind], lengths, apart=True):
                first = answers[one.row].seen.first
                found[one.row].append(one._replace(begin=one.begin + first, end=one.end + first))
        return found

    def relate(self, report: Report, first: Span, second: Span) -> dict[str, float]:
        """How likely each PLOVER type is as what the first of two parties of a sentence does to the second.

        The shares add up to one: that they do nothing is not among the answers. Empty where the parties do not stand in
        one sentence, or overlap, and from a model that was not taught this.
        """
        if "pair" not in self.manifest.focus_kinds:
            return {}
        for window in windows(parts(report.text, sentences(report.text, report.title))):
            places = [w for part in window.parts for w in part.words]
            for begin, end in ranges(window):
                pair = [_words_of(span, places, begin, end) for span in (first, second)]
                if all(pair) and not set(pair[0]) & set(pair[1]):
                    words, _ = self.graphs.encode(window)
                    logits = self.graphs.relate(words[begin:end], pair[0], pair[1])
                    names = self.manifest.labels["type"]
                    shares = softmax(logits[self.manifest.columns["span"]["type"]][: len(names)])
                    return dict(zip(names, shares.tolist(), strict=True))
        return {}


def _words_of(span: Span, places: Sequence[tuple[int, int]], begin: int, end: int) -> range:
    """The words [begin, end) that a span touches, counted from `begin`."""
    inside = [n for n in range(begin, end) if places[n][0] < span.end and places[n][1] > span.start]
    return range(inside[0] - begin, inside[-1] + 1 - begin) if inside else range(0)


def ranges(window: Window) -> Iterator[tuple[int, int]]:
    """Word ranges of the parts that are decoded."""
    at = 0
    for number, part in enumerate(window.parts):
        if number >= window.context:
            yield at, at + len(part.words)
        at += len(part.words)


def _foci(tagged: dict[str, list[Found]], first: int, last: int) -> list[tuple[str, int, int]]:
    """Triggers and contents that begin in the words [first, last), cut to them."""
    return [
        (kind, one.begin, min(one.end, last))
        for kind, tagger in FOCUS_TAGGERS.items()
        for one in tagged[tagger]
        if first <= one.begin < last
    ]
