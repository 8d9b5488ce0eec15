"""Decoded windows of one report to an Annotated: word indices to characters, label numbers to names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tensionwire.annotate.decoding import Floats, Found, softmax
from tensionwire.annotate.manifest import Manifest, calibrated
from tensionwire.annotate.told import Told
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

_PEOPLE = ("actor", "recipient", "speaker")
_MARKS = frozenset({",", ";", ":", "–", "—", "-"})
_ARTICLES = frozenset({"the", "a", "an"})

FocusKey = tuple[str, int]  # the kind of a focus and its first word
Companions = tuple[list[Found], Floats]  # spans of its roles, and its span logits


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFindings:
    """One window as read: spans by tagger in word indices, word logits [words, labels].

    `companions` holds, for each focus (its kind and first word), the spans of its roles and its span logits.
    """

    window: Window
    tagged: dict[str, list[Found]]
    logits: Floats
    companions: dict[FocusKey, Companions]


def assemble(
    report: Report,
    sentences: Sequence[Span],
    findings: Sequence[WindowFindings],
    manifest: Manifest,
    floor: float,
) -> Annotated:
    """Everything found in the windows of a report, in text order; triggers below `floor` are dropped."""
    readers = [_Reader(f, manifest, report.text) for f in findings]
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
    """One window's findings in characters and names. What is asked of many spans is worked out for all at once."""

    def __init__(self, findings: WindowFindings, manifest: Manifest, text: str) -> None:
        self.found, self.manifest, self.text = findings, manifest, text
        self.words = [w for part in findings.window.parts for w in part.words]
        self.sentence = [part.sentence for part in findings.window.parts for _ in part.words]
        self.people = {
            t: [w for o in findings.tagged[t] if (w := self._party(o)) is not None] for t in ("name", "party")
        }
        self.by_role = {key: self._by_role(key[0], found) for key, (found, _) in findings.companions.items()}
        self.sectors = self._sectors()

    def _by_role(self, kind: str, found: list[Found]) -> dict[str, list[Found]]:
        names = self.manifest.companions[kind]
        by_role: dict[str, list[Found]] = {name: [] for name in names}
        for role in found:
            name = names[role.label]
            whole = self._party(role) if name in _PEOPLE else role
            if whole is not None:
                by_role[name].append(whole)
        return by_role

    def _party(self, role: Found) -> Found | None:
        """A party without the mark that it was cut at; None where all that is left is an article."""
        begin, end = role.begin, role.end
        while begin < end and self._word(end - 1) in _MARKS:
            end -= 1
        while begin < end and self._word(begin) in _MARKS:
            begin += 1
        if all(self._word(n).casefold() in _ARTICLES for n in range(begin, end)):
            return None
        return role._replace(begin=begin, end=end)

    def _word(self, number: int) -> str:
        begin, end = self.words[number]
        return self.text[begin:end]

    def _sectors(self) -> dict[tuple[int, int], tuple[str, float]]:
        """The likeliest sector of each stretch of words that may be somebody, and how likely it is."""
        people = [*self.people["name"], *self.people["party"]]
        people += [one for roles in self.by_role.values() for role in _PEOPLE for one in roles.get(role, ())]
        spans = list({(one.begin, one.end) for one in people})
        names, shares = self.manifest.labels["sector"], self._means("sector", spans)
        best = shares.argmax(-1)
        sure = np.take_along_axis(shares, best[:, None], -1)[:, 0]
        return {s: (names[n], p) for s, n, p in zip(spans, best.tolist(), sure.tolist(), strict=True)}

    def _means(self, head: str, spans: Sequence[tuple[int, int]]) -> Floats:
        """Probabilities [spans, labels] of a word-level class, from its mean logits over the words of each span."""
        logits = self.found.logits[:, self.manifest.columns["word"][head]]
        begins, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        lengths = ends - begins
        total: Floats = logits[begins]
        for further in range(1, int(lengths.max(initial=1))):
            longer = np.flatnonzero(lengths > further)
            total[longer] += logits[begins[longer] + further]
        counts: Floats = lengths[:, None].astype(np.float32)
        return softmax(total / counts)

    def _likeliest(self, head: str, found: Sequence[Found]) -> list[str]:
        if not found:
            return []
        names = self.manifest.labels[head]
        best = self._means(head, [(one.begin, one.end) for one in found]).argmax(-1)
        return [names[n] for n in best.tolist()]

    def span(self, begin: int, end: int) -> Span:
        return Span(self.words[begin][0], self.words[end - 1][1])

    def plain(self, tagger: str) -> Iterator[tuple[Span, int, float]]:
        for one in self.found.tagged[tagger]:
            yield self.span(one.begin, one.end), self.sentence[one.begin], one.probability

    def mention(self, one: Found, kind: str = "other") -> Mention:
        sector, sure = self.sectors[one.begin, one.end]
        return Mention(
            span=self.span(one.begin, one.end),
            sentence=self.sentence[one.begin],
            kind=kind,
            sector=sector,
            sector_confidence=sure,
            confidence=calibrated(self.manifest.calibration.get("role", ()), one.probability),
        )

    def mentions(self) -> Iterator[Mention]:
        """Names with their kind, and parties (words for an actor) that are no name."""
        names = self.people["name"]
        for one, kind in zip(names, self._likeliest("kind", names), strict=True):
            yield self.mention(one, kind)
        taken = {(one.begin, one.end) for one in names}
        for one in self.people["party"]:
            if (one.begin, one.end) not in taken:
                yield self.mention(one)

    def ties(self) -> Iterator[Tie]:
        ties = self.found.tagged["tie"]
        for one, sign in zip(ties, self._likeliest("sign", ties), strict=True):
            place = self.span(one.begin, one.end)
            yield Tie(span=place, sentence=self.sentence[one.begin], sign=sign, confidence=one.probability)

    def _qualities(self, kind: str, found: Sequence[Found]) -> Floats:
        """Span logits [foci, labels] of foci of a kind."""
        return np.stack([self.found.companions[kind, one.begin][1] for one in found])

    def triggers(self, floor: float) -> Iterator[Trigger]:
        """Proposed triggers. The floor is for the tagger's share and the companion's together (geometric mean)."""
        proposed = self.found.tagged["trigger"]
        if not proposed:
            return
        told = Told.of(self._qualities("event", proposed), self.manifest)
        for n, one in enumerate(proposed):
            sure = float((one.probability * told.real[n]) ** 0.5)
            if sure < floor:
                continue
            roles = self.by_role["event", one.begin]
            mode, mode_confidence = told.mode(n)
            yield Trigger(
                span=self.span(one.begin, one.end),
                sentence=self.sentence[one.begin],
                type=told.types[n],
                type_confidence=told.fits[n],
                mode=mode,
                mode_confidence=mode_confidence,
                status=told.statuses[n][0],
                status_confidence=told.statuses[n][1],
                contexts=told.contexts[n],
                actors=tuple(self.mention(r) for r in roles["actor"]),
                recipients=tuple(self.mention(r) for r in roles["recipient"]),
                places=self._by_confidence(roles["place"]),
                dates=self._by_confidence(roles["date"]),
                placed=told.placed[n],
                dated=told.dated[n],
                confidence=calibrated(self.manifest.calibration.get("event", ()), sure, told.fits[n]),
            )

    def _by_confidence(self, found: list[Found]) -> tuple[Span, ...]:
        return tuple(self.span(r.begin, r.end) for r in sorted(found, key=lambda r: -r.probability))

    def attributions(self) -> Iterator[Attribution]:
        contents = self.found.tagged["content"]
        if not contents:
            return
        columns, labels = self.manifest.columns["span"], self.manifest.labels
        qualities = self._qualities("claim", contents)
        form, stance, evidence = (
            [labels[head][n] for n in qualities[:, columns[head]].argmax(-1).tolist()]
            for head in ("form", "stance", "evidence")
        )
        for n, one in enumerate(contents):
            roles = self.by_role["claim", one.begin]
            cues = self._by_confidence(roles["cue"])
            yield Attribution(
                content=self.span(one.begin, one.end),
                sentence=self.sentence[one.begin],
                cue=cues[0] if cues else None,
                speakers=tuple(self.mention(r) for r in roles["speaker"]),
                form=form[n],
                stance=stance[n],
                evidence=None if evidence[n] == "-" else evidence[n],
                confidence=calibrated(self.manifest.calibration.get("claim", ()), one.probability),
            )
