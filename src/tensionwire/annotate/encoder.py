"""One pass of the encoder over reports, and what its words and spans say."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tensionwire.annotate.assemble import assemble
from tensionwire.annotate.decoding import Floats, Found, best_tags, softmax, spans
from tensionwire.annotate.graphs import Focus, Graphs
from tensionwire.annotate.manifest import Manifest, load_manifest
from tensionwire.annotate.sentences import sentences
from tensionwire.annotate.windows import Window, parts, windows
from tensionwire.records import Annotated, Report

TAGGERS = ("trigger", "content", "count", "tie", "appointment", "party", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFindings:
    """Decoded spans of one window by tagger, in word indices, with everything the companion said of them."""

    window: Window
    tagged: dict[str, list[Found]]
    logits: Floats
    companions: dict[tuple[str, int], tuple[list[Found], Floats]]


@dataclass(frozen=True, slots=True)
class Encoder:
    """The shipped model. `annotate` reads many reports at once: windows of all of them share batches."""

    graphs: Graphs
    manifest: Manifest
    floor: float

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
        cut = [sentences(r.text) for r in reports]
        packed = [windows(parts(r.text, s)) for r, s in zip(reports, cut, strict=True)]
        flat = [w for some in packed for w in some]
        findings = self._findings(flat)
        results, at = [], 0
        for report, spans_, some in zip(reports, cut, packed, strict=True):
            own = findings[at : at + len(some)]
            results.append(assemble(report, spans_, own, self.manifest, self.floor))
            at += len(some)
        return results

    def _findings(self, flat: Sequence[Window]) -> list[WindowFindings]:
        found: list[WindowFindings | None] = [None] * len(flat)
        for numbers, words, logits in self.graphs.encode(flat):
            for number, one in zip(numbers, self._decode([flat[n] for n in numbers], words, logits), strict=True):
                found[number] = one
        return [f for f in found if f is not None]

    def _decode(self, batch: list[Window], words: Floats, logits: Floats) -> list[WindowFindings]:
        tagged = self._tag(batch, logits)
        companions = self._accompany(batch, tagged, words)
        return [
            WindowFindings(window=w, tagged=tagged[n], logits=logits[n], companions=companions[n])
            for n, w in enumerate(batch)
        ]

    def _tag(self, batch: list[Window], logits: Floats) -> list[dict[str, list[Found]]]:
        """Spans of each tagger in each window, those that begin in the context parts left out."""
        columns = self.manifest.columns["word"]
        counts = np.array([len(w.first) for w in batch])
        mask = np.arange(logits.shape[1])[None] < counts[:, None]
        skipped = [sum(len(p.words) for p in w.parts[: w.context]) for w in batch]
        result: list[dict[str, list[Found]]] = [{t: [] for t in TAGGERS} for _ in batch]
        for tagger in TAGGERS:
            some = logits[..., columns[tagger]].copy()
            some[..., 1:] += self.manifest.thresholds.get(f"lean.{tagger}", 0.0)
            for one in spans(best_tags(some, mask), softmax(logits[..., columns[tagger]])):
                if one.begin >= skipped[one.row]:
                    result[one.row][tagger].append(one)
        return result

    def _accompany(
        self, batch: list[Window], tagged: list[dict[str, list[Found]]], words: Floats
    ) -> list[dict[tuple[str, int], tuple[list[Found], Floats]]]:
        foci: list[Focus] = []
        for row, (window, by_tagger) in enumerate(zip(batch, tagged, strict=True)):
            homes = _homes(window)
            for kind, tagger in (("event", "trigger"), ("claim", "content")):
                for one in by_tagger[tagger]:
                    first, last = homes[one.begin]
                    end = min(one.end, last)
                    foci.append(Focus(kind=kind, window=row, first=first, last=last, begin=one.begin, end=end))
        result: list[dict[tuple[str, int], tuple[list[Found], Floats]]] = [{} for _ in batch]
        if not foci:
            return result
        for numbers, roles, qualities in self.graphs.accompany(foci, words):
            some = [foci[n] for n in numbers]
            found = self._roles(some, roles)
            for at, focus in enumerate(some):
                result[focus.window][focus.kind, focus.begin] = (found[at], qualities[at])
        return result

    def _roles(self, foci: list[Focus], logits: Floats) -> list[list[Found]]:
        """Companion spans of each focus in word indices of its window."""
        result: list[list[Found]] = [[] for _ in foci]
        by_kind: dict[str, list[int]] = defaultdict(list)
        for at, focus in enumerate(foci):
            by_kind[focus.kind].append(at)
        for kind, rows in by_kind.items():
            some = logits[rows][..., self.manifest.columns["role"][kind]]
            lengths = np.array([foci[r].last - foci[r].first for r in rows])
            mask = np.arange(some.shape[1])[None] < lengths[:, None]
            for one in spans(best_tags(some, mask), softmax(some)):
                focus = foci[rows[one.row]]
                shifted = Found(one.row, one.begin + focus.first, one.end + focus.first, one.label, one.probability)
                result[rows[one.row]].append(shifted)
        return result


def _homes(window: Window) -> list[tuple[int, int]]:
    """For each word of the window, the word range of its part."""
    homes: list[tuple[int, int]] = []
    for part in window.parts:
        at = len(homes)
        homes += [(at, at + len(part.words))] * len(part.words)
    return homes
