"""Decoded windows of one report to an Annotated: word indices to characters, label numbers to names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tensionwire.annotate.decoding import Floats, Found, softmax
from tensionwire.annotate.manifest import Manifest, calibrated
from tensionwire.annotate.windows import Window
from tensionwire.records import (
    Annotated,
    Appointment,
    Attribution,
    Count,
    Mention,
    Report,
    Span,
    Tie,
    Trigger,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFindings:
    """One window as read: spans by tagger in word indices, word logits [words, labels].

    `companions` holds, for each focus (its kind and first word), the spans of its roles and its span logits.
    """

    window: Window
    tagged: dict[str, list[Found]]
    logits: Floats
    companions: dict[tuple[str, int], tuple[list[Found], Floats]]


def assemble(
    report: Report,
    sentences: Sequence[Span],
    findings: Sequence[WindowFindings],
    manifest: Manifest,
    floor: float,
) -> Annotated:
    """Everything found in the windows of a report, in text order; triggers below `floor` are dropped."""
    readers = [_Reader(f, manifest) for f in findings]
    triggers = [t for r in readers for t in r.triggers(floor)]
    return Annotated(
        report=report,
        sentences=tuple(sentences),
        triggers=tuple(triggers),
        attributions=tuple(a for r in readers for a in r.attributions()),
        mentions=tuple(m for r in readers for m in r.mentions()),
        counts=tuple(Count(span=s, sentence=n, confidence=p) for r in readers for s, n, p in r.plain("count")),
        ties=tuple(t for r in readers for t in r.ties()),
        appointments=tuple(
            Appointment(span=s, sentence=n, confidence=p) for r in readers for s, n, p in r.plain("appointment")
        ),
    )


class _Reader:
    """One window's findings in characters and names."""

    def __init__(self, findings: WindowFindings, manifest: Manifest) -> None:
        self.found, self.manifest = findings, manifest
        self.sectors: dict[tuple[int, int], tuple[str, float]] = {}
        self.words = [w for part in findings.window.parts for w in part.words]
        self.sentence = [part.sentence for part in findings.window.parts for _ in part.words]
        lean = manifest.thresholds.get("lean.nonactual", 0.0)
        self.lean_of_status = np.array([0.0 if s == "actual" else lean for s in manifest.labels["status"]])

    def span(self, begin: int, end: int) -> Span:
        return Span(self.words[begin][0], self.words[end - 1][1])

    def plain(self, tagger: str) -> Iterator[tuple[Span, int, float]]:
        for one in self.found.tagged[tagger]:
            yield self.span(one.begin, one.end), self.sentence[one.begin], one.probability

    def _mean(self, head: str, begin: int, end: int) -> Floats:
        """Probabilities of a word-level class, from its mean logits over the words of a span."""
        return softmax(self.found.logits[begin:end, self.manifest.columns["word"][head]].mean(0))

    def mention(self, one: Found, kind: str = "other") -> Mention:
        sector, sure = self._sector(one.begin, one.end)
        return Mention(
            span=self.span(one.begin, one.end),
            sentence=self.sentence[one.begin],
            kind=kind,
            sector=sector,
            sector_confidence=sure,
            confidence=calibrated(self.manifest.calibration.get("role", ()), one.probability),
        )

    def _sector(self, begin: int, end: int) -> tuple[str, float]:
        """The sector of a stretch of words; one that is a role of many acts is asked for once."""
        known = self.sectors.get((begin, end))
        if known is None:
            shares = self._mean("sector", begin, end)
            best = int(shares.argmax())
            known = self.sectors[begin, end] = (self.manifest.labels["sector"][best], float(shares[best]))
        return known

    def mentions(self) -> Iterator[Mention]:
        """Names with their kind, and parties (words for an actor) that are no name."""
        taken: set[tuple[int, int]] = set()
        for one in self.found.tagged["name"]:
            kinds = self._mean("kind", one.begin, one.end)
            taken.add((one.begin, one.end))
            yield self.mention(one, self.manifest.labels["kind"][int(kinds.argmax())])
        for one in self.found.tagged["party"]:
            if (one.begin, one.end) not in taken:
                yield self.mention(one)

    def ties(self) -> Iterator[Tie]:
        for one in self.found.tagged["tie"]:
            sign = self.manifest.labels["sign"][int(self._mean("sign", one.begin, one.end).argmax())]
            place = self.span(one.begin, one.end)
            yield Tie(span=place, sentence=self.sentence[one.begin], sign=sign, confidence=one.probability)

    def _companions(self, kind: str, one: Found) -> tuple[dict[str, list[Found]], Floats]:
        found, qualities = self.found.companions[kind, one.begin]
        names = self.manifest.companions[kind]
        by_role: dict[str, list[Found]] = {name: [] for name in names}
        for role in found:
            by_role[names[role.label]].append(role)
        return by_role, qualities

    def triggers(self, floor: float) -> Iterator[Trigger]:
        """Proposed triggers. The floor is for the tagger's share and the companion's together (geometric mean)."""
        columns, labels = self.manifest.columns["span"], self.manifest.labels
        for one in self.found.tagged["trigger"]:
            roles, qualities = self._companions("event", one)
            types = softmax(qualities[columns["type"]])
            real = types[: len(labels["type"])]
            sure = float((one.probability * real.sum()) ** 0.5)
            if sure < floor:
                continue
            best = int(real.argmax())
            fit = float(real[best] / max(real.sum(), 1e-9))
            name = labels["type"][best]
            mode, mode_confidence = self._mode(name, qualities[columns["mode"]])
            statuses = softmax(qualities[columns["status"]] + self.lean_of_status)
            contexts = 1 / (1 + np.exp(-qualities[columns["context"]]))
            yield Trigger(
                span=self.span(one.begin, one.end),
                sentence=self.sentence[one.begin],
                type=name,
                type_confidence=fit,
                mode=mode,
                mode_confidence=mode_confidence,
                status=labels["status"][int(statuses.argmax())],
                status_confidence=float(statuses.max()),
                contexts=tuple(c for c, p in zip(labels["context"], contexts, strict=True) if p >= 0.5),
                actors=tuple(self.mention(r) for r in roles["actor"]),
                recipients=tuple(self.mention(r) for r in roles["recipient"]),
                places=self._by_confidence(roles["place"]),
                dates=self._by_confidence(roles["date"]),
                placed=self._told("placed", qualities),
                dated=self._told("dated", qualities),
                confidence=calibrated(self.manifest.calibration.get("event", ()), sure, fit),
            )

    def _told(self, head: str, qualities: Floats) -> tuple[float, ...]:
        columns = self.manifest.columns["span"]
        return tuple(softmax(qualities[columns[head]]).tolist()) if head in columns else ()

    def _mode(self, event_type: str, logits: Floats) -> tuple[str | None, float]:
        own = self.manifest.modes_of[event_type]
        shares = softmax(logits[own])
        best = int(shares.argmax())
        name = self.manifest.labels["mode"][own[best]].split(".", 1)[1]
        return (None if name == "-" else name), float(shares[best])

    def _by_confidence(self, found: list[Found]) -> tuple[Span, ...]:
        return tuple(self.span(r.begin, r.end) for r in sorted(found, key=lambda r: -r.probability))

    def attributions(self) -> Iterator[Attribution]:
        columns, labels = self.manifest.columns["span"], self.manifest.labels
        for one in self.found.tagged["content"]:
            roles, qualities = self._companions("claim", one)

            def best(head: str, q: Floats = qualities) -> str:
                return labels[head][int(q[columns[head]].argmax())]

            evidence = best("evidence")
            cues = self._by_confidence(roles["cue"])
            yield Attribution(
                content=self.span(one.begin, one.end),
                sentence=self.sentence[one.begin],
                cue=cues[0] if cues else None,
                speakers=tuple(self.mention(r) for r in roles["speaker"]),
                form=best("form"),
                stance=best("stance"),
                evidence=None if evidence == "-" else evidence,
                confidence=calibrated(self.manifest.calibration.get("claim", ()), one.probability),
            )
