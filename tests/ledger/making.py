"""Small records with everything in them, of texts that are ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensionwire.records import (
    Actor,
    AgendaItem,
    Claim,
    Event,
    Figure,
    KnownActor,
    Place,
    Record,
    Relation,
    Span,
    content_hash,
)

NAMES = {"NOR": "Norway", "ISL": "Iceland", "DNK": "Denmark", "SWE": "Sweden", "FIN": "Finland"}


class Draft:
    """Sentences, and what they tell, found by their words."""

    def __init__(self, *sentences: str) -> None:
        self.text = " ".join(sentences)
        self.sentences: list[Span] = []
        at = 0
        for sentence in sentences:
            self.sentences.append(Span(at, at + len(sentence)))
            at += len(sentence) + 1
        self.items: dict[str, list[Any]] = {
            name: [] for name in ("events", "claims", "figures", "relations", "agenda", "actors")
        }

    def at(self, words: str) -> Span:
        """Where the words stand."""
        start = self.text.index(words)
        return Span(start, start + len(words))

    def sentence(self, words: str) -> int:
        """The number of their sentence."""
        return next(n for n, span in enumerate(self.sentences) if span.holds(self.at(words)))

    def actor(self, code: str) -> Actor:
        """A state by its code."""
        name = NAMES[code]
        return Actor(text=name, span=self.at(name), name=name, code=code, sector="GOV")

    def event(self, trigger: str, type: str, actor: str, recipient: str | None, **more: Any) -> Draft:
        """An act between two states."""
        quad, score = {"ACCUSE": (3, -2.0), "ASSAULT": (4, -9.5), "CONSULT": (1, 4.0), "AGREE": (1, 2.5)}[type]
        where = Place(name=more["place"], lat=64.1, lon=-21.9, code="ISL") if "place" in more else None
        self.items["events"].append(Event(
            id=f"e{len(self.items['events']) + 1}", s=self.sentence(trigger), trigger=trigger,
            trigger_span=self.at(trigger), type=type, quad=quad, score=score, actor=(self.actor(actor),),
            recipient=(self.actor(recipient),) if recipient else (), where=where, **more,
        ))  # fmt: skip
        return self

    def claim(self, content: str, speaker: str, **more: Any) -> Draft:
        """What a state says."""
        self.items["claims"].append(Claim(
            id=f"c{len(self.items['claims']) + 1}", s=self.sentence(content), content=content,
            content_span=self.at(content), speaker=self.actor(speaker), **more,
        ))  # fmt: skip
        return self

    def figure(self, words: str, low: int, high: int, **more: Any) -> Draft:
        """A count."""
        self.items["figures"].append(Figure(
            id=f"f{len(self.items['figures']) + 1}", s=self.sentence(words), text=words, span=self.at(words),
            low=low, high=high, **more,
        ))  # fmt: skip
        return self

    def relation(self, words: str, a: str, b: str, sign: str) -> Draft:
        """A tie."""
        self.items["relations"].append(Relation(
            id=f"r{len(self.items['relations']) + 1}", s=self.sentence(words), text=words, span=self.at(words),
            a=a, b=b, sign=sign,
        ))  # fmt: skip
        return self

    def planned(self, words: str, when: str, who: Sequence[str], **more: Any) -> Draft:
        """Something to come."""
        self.items["agenda"].append(AgendaItem(
            id=f"a{len(self.items['agenda']) + 1}", s=self.sentence(words), text=words, span=self.at(words),
            when=when, who=tuple(who), **more,
        ))  # fmt: skip
        return self

    def known(self, name: str, code: str, **more: Any) -> Draft:
        """Somebody of the report."""
        self.items["actors"].append(KnownActor(name=name, code=code, mentions=(self.at(name),), **more))
        return self

    def record(self, doc_id: str = "d1", **about: Any) -> Record:
        """The record."""
        given = {"outlet": "Harbour Post", "published": "2024-03-06", "coder": "test 1"} | about
        items = {name: tuple(found) for name, found in self.items.items()}
        return Record(
            doc_id=doc_id, text=self.text, content_hash=content_hash(self.text), sentences=tuple(self.sentences),
            **items, **given,
        )  # fmt: skip


CLASH = (
    "Norway fired on a trawler of Iceland off Grindavik on March 4, killing at least 3 sailors.",
    "Iceland said the shots were unprovoked.",
    "Denmark, an ally of Norway, urged calm over the cod banks.",
    "Norway and Iceland are to meet in Oslo on March 20.",
)  # fmt: skip


def clash(doc_id: str = "d1", **about: Any) -> Record:
    """A report with one of everything."""
    draft = Draft(*CLASH)
    draft.event("fired on", "ASSAULT", "NOR", "ISL", date="2024-03-04", place="Grindavik", confidence=0.9)
    draft.event("are to meet", "AGREE", "NOR", "ISL", status="planned", date="2024-03-20", confidence=0.7)
    draft.claim("the shots were unprovoked", "ISL", about="e1", confidence=0.8)
    draft.figure("at least 3 sailors", 3, 3, what="killed", event="e1")
    draft.relation("an ally of Norway", "DNK", "NOR", "+")
    draft.planned("to meet in Oslo on March 20", "2024-03-20", ["Norway", "Iceland"], where="Oslo", event="e2")
    for code in ("NOR", "ISL", "DNK"):
        draft.known(NAMES[code], code, sector="GOV")
    return draft.record(doc_id, **about)


def plain(words: str, doc_id: str, *, trigger: str = "condemned", **about: Any) -> Record:
    """A report of one sentence, in which Norway condemns Iceland."""
    return Draft(words).event(trigger, "ACCUSE", "NOR", "ISL").record(doc_id, **about)
