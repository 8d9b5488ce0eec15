"""A report written down with its annotations, spans found by their words, to test resolving and coding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tensionwire.records import (
    Annotated,
    Appointment,
    Attribution,
    Identity,
    Mention,
    Moment,
    Place,
    Report,
    Resolved,
    Span,
    Tie,
    Trigger,
    content_hash,
)


@dataclass
class Draft:
    """Sentences, and what is found in them. `words#2` stands for the second occurrence in the sentence."""

    sentences: Sequence[str]
    published: str | None = "2021-06-10"
    who: dict[str, Identity] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    identities: dict[Span, Identity] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)
    places: dict[Span, Place] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    def sentence(self, s: int) -> Span:
        start = sum(len(sentence) + 1 for sentence in self.sentences[:s])
        return Span(start, start + len(self.sentences[s]))

    def at(self, s: int, words: str) -> Span:
        words, _, nth = words.partition("#")
        start = -1
        for _ in range(int(nth or 1)):
            start = self.sentences[s].index(words, start + 1)
        begin = self.sentence(s).start + start
        return Span(begin, begin + len(words))

    def mention(self, s: int, words: str) -> Mention:
        span = self.at(s, words)
        name = words.partition("#")[0]
        self.identities[span] = self.who.get(name, Identity(name=name, reason="not known"))
        return Mention(span=span, sentence=s)

    def act(
        self,
        s: int,
        words: str,
        type_: str,
        actors: Sequence[str] = (),
        recipients: Sequence[str] = (),
        **more: Any,
    ) -> None:
        doers, targets = (tuple(self.mention(s, w) for w in group) for group in (actors, recipients))
        self.triggers.append(
            Trigger(span=self.at(s, words), sentence=s, type=type_, actors=doers, recipients=targets, **more)
        )

    def says(self, s: int, content: str, *speakers: str, cue: str | None = None, **more: Any) -> None:
        self.attributions.append(
            Attribution(
                content=self.at(s, content),
                sentence=s,
                cue=self.at(s, cue) if cue else None,
                speakers=tuple(self.mention(s, words) for words in speakers),
                **more,
            )
        )

    def tie(self, s: int, words: str, sign: str) -> None:
        self.ties.append(Tie(span=self.at(s, words), sentence=s, sign=sign))

    def appointment(self, s: int, words: str) -> None:
        self.appointments.append(Appointment(span=self.at(s, words), sentence=s))

    def resolved(self) -> Resolved:
        text = self.text
        report = Report(
            doc_id="draft",
            text=text,
            content_hash=content_hash(text),
            published=self.published,
            published_reason=None if self.published else "the page gives none",
        )
        found = Annotated(
            report=report,
            sentences=tuple(self.sentence(s) for s in range(len(self.sentences))),
            triggers=tuple(self.triggers),
            attributions=tuple(self.attributions),
            ties=tuple(self.ties),
            appointments=tuple(self.appointments),
        )
        return Resolved(annotated=found, identities=self.identities, moments=tuple(self.moments), places=self.places)
