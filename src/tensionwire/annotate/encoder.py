"""One pass of the encoder over reports, and what its words and spans say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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

Focus = tuple[str, int, int]  # its kind, and the words [begin, end) that it spans
Seen = tuple[Floats, Floats, int, int]  # of a focus: role logits, span logits, its first word, that of its sentence


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
        return [self._annotate(report) for report in reports]

    def _annotate(self, report: Report) -> Annotated:
        cut = sentences(report.text)
        findings = [self._read(w) for w in windows(parts(report.text, cut))]
        return assemble(report, cut, findings, self.manifest, self.floor)

    def _read(self, window: Window) -> WindowFindings:
        words, logits = self.graphs.encode(window)
        tagged = self._tag(window, logits)
        foci = [(first, last, _foci(tagged, first, last)) for first, last in ranges(window)]
        seen = [(words[first:last], focus, first) for first, last, focus in foci if focus]
        return WindowFindings(window=window, tagged=tagged, logits=logits, companions=self._companions(seen))

    def _tag(self, window: Window, logits: Floats) -> dict[str, list[Found]]:
        """Spans of each tagger; those that begin in the context parts, or are less sure than its floor, left out."""
        count, leans = len(logits), self.leans
        stacked = logits[:, leans.columns].swapaxes(0, 1).reshape(-1, 3)
        leaning = np.repeat(leans.tags, count, axis=0)
        skipped = sum(len(part.words) for part in window.parts[: window.context])
        result: dict[str, list[Found]] = {tagger: [] for tagger in TAGGERS}
        for one in decode(stacked, leaning, [count] * len(TAGGERS)):
            if one.begin >= skipped and one.probability >= leans.floors[one.row]:
                result[TAGGERS[one.row]].append(one)
        return result

    def accompany(self, words: Floats, foci: list[Focus], first: int) -> dict[FocusKey, Companions]:
        """For each focus, keyed by kind and first word, its companions and span logits, in words of the window.

        `words` are the vectors of one sentence, which begins at the window's word `first`.
        """
        return self._companions([(words, foci, first)])

    def _companions(self, seen: list[tuple[Floats, list[Focus], int]]) -> dict[FocusKey, Companions]:
        """The same of several sentences: read one by one, decoded together."""
        rows: dict[str, list[Seen]] = {kind: [] for kind in FOCUS_TAGGERS}
        for words, foci, first in seen:
            roles, qualities = self.graphs.accompany(words, [(kind, a - first, b - first) for kind, a, b in foci])
            for n, (kind, begin, _) in enumerate(foci):
                rows[kind].append((roles[n], qualities[n], begin, first))
        return {key: one for kind, some in rows.items() if some for key, one in self._decoded(kind, some)}

    def _decoded(self, kind: str, rows: list[Seen]) -> Iterator[tuple[FocusKey, Companions]]:
        logits = np.concatenate([roles for roles, _, _, _ in rows])[:, self.manifest.columns["role"][kind]]
        found: list[list[Found]] = [[] for _ in rows]
        for one in decode(logits, self.leans.roles[kind], [len(roles) for roles, _, _, _ in rows]):
            first = rows[one.row][3]
            found[one.row].append(one._replace(begin=one.begin + first, end=one.end + first))
        for own, (_, qualities, begin, _) in zip(found, rows, strict=True):
            yield (kind, begin), (own, qualities)

    def relate(self, report: Report, first: Span, second: Span) -> dict[str, float]:
        """How likely each PLOVER type is as what the first of two parties of a sentence does to the second.

        The shares add up to one: that they do nothing is not among the answers. Empty where the parties do not stand in
        one sentence, or overlap, and from a model that was not taught this.
        """
        if "pair" not in self.manifest.focus_kinds:
            return {}
        for window in windows(parts(report.text, sentences(report.text))):
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
