"""What is known of an act before its date or place is sought: its lead, whether it is quoted, its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tensionwire.coding.retelling import stems
from tensionwire.records import Annotated, Span, Trigger

# How many sentences before and after an act are searched, besides its own and the first two.
BACK, AHEAD = 5, 3

WORD = re.compile(r"[\w’'-]+")
QUOTE = re.compile(r"[\"“”]")
_SMALL_WORD = re.compile(
    r"will|would|could|may|might|should|must|shall|had|has|have|having|was|were|is|are|been|being|be|to|if|not|never|"
    r"by|of|the|a|an|after|before|since|over|amid|for|against|during|in|on|following|until|while",
    re.I,
)
# What may stand between an act and a date or a place, by what it says of their belonging together.
_JOINTS = (
    (
        "subordinate",
        re.compile(
            r"\b(after|before|when|while|since|until|as|amid|following|despite|because|over|for|if|days?|hours?)\b",
            re.I,
        ),
    ),
    ("relative", re.compile(r"\b(who|which|that|whose|where)\b", re.I)),
    ("coordinate", re.compile(r";|—|–|\s-\s|\b(and|but)\b", re.I)),
    ("quote", QUOTE),
    ("said", re.compile(r"\b(said|says|told|announced|reported|according)\b", re.I)),
)


@dataclass(frozen=True, slots=True)
class Act:
    """An act. `lead` are the two words before it, "*" for words that carry meaning."""

    trigger: Trigger
    lead: tuple[str, str]
    quoted: bool
    reported: bool
    stems: frozenset[str]
    parties: frozenset[str]


class Stage:
    """The acts of a report by sentence, each looked at once."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated, self.text = annotated, annotated.report.text
        self.content = [a.content for a in annotated.attributions]
        self.acts: list[list[Act]] = [[] for _ in annotated.sentences]
        for trigger in annotated.triggers:
            self.acts[trigger.sentence].append(self._act(trigger))

    def act(self, trigger: Trigger) -> Act:
        """The act of a trigger."""
        known = self.acts[trigger.sentence]
        return next((a for a in known if a.trigger is trigger), None) or self._act(trigger)

    def reach(self, sentence: int) -> Iterator[int]:
        """The sentences in which an act's date or place is sought."""
        first = max(0, sentence - BACK)
        yield from range(min(2, first))
        yield from range(first, min(len(self.acts), sentence + AHEAD + 1))

    def outside(self, act: Act, span: Span) -> bool:
        """Whether an act is told in somebody's words and a span stands outside them."""
        inside = (c for c in self.content if c.holds(act.trigger.span))
        return act.reported and not any(c.holds(span) for c in inside)

    def _act(self, trigger: Trigger) -> Act:
        start = self.annotated.sentences[trigger.sentence].start
        before = self.text[start : trigger.span.start]
        words = WORD.findall(before[-40:])[-2:]
        lead = ["", "", *(w.lower() if _SMALL_WORD.fullmatch(w) else "*" for w in words)]
        return Act(
            trigger=trigger,
            lead=(lead[-2], lead[-1]),
            quoted=len(QUOTE.findall(before)) % 2 == 1,
            reported=any(c.holds(trigger.span) for c in self.content),
            stems=stems(trigger.span.of(self.text)),
            parties=frozenset(m.span.of(self.text) for m in (*trigger.actors, *trigger.recipients)),
        )

    def nearest(self, sentence: int, span: Span) -> Act | None:
        """The act of a sentence that stands nearest to a span."""
        return min(self.acts[sentence], key=lambda act: away(act.trigger.span, span), default=None)


def none_features(act: Act, here: int, sentences: int, tagged: bool) -> Iterator[str]:
    """What speaks for no answer; `here` is how many candidates the act's own sentence has."""
    t, some = act.trigger, min(here, 1)
    yield "none"
    yield f"none type {t.type}"
    yield f"none status {t.status}"
    yield f"none type {t.type} {t.status}"
    yield f"none mode {t.type} {t.mode}"
    yield f"none here {min(here, 2)}"
    yield f"none here {some} type {t.type}"
    yield f"none here {some} status {t.status}"
    yield f"none lead {act.lead[1]}"
    yield f"none lead {act.lead[0]} {act.lead[1]}"
    yield f"none sentence {min(t.sentence, 3)}"
    yield f"none sentences {min(sentences, 4)}"
    if act.quoted:
        yield "none quoted"
    if act.reported:
        yield f"none reported {some}"
    yield f"none tagged {tagged} here {some}"


def near_features(act: Act, span: Span, rivals: list[Span], stage: Stage) -> Iterator[str]:
    """How a candidate of the act's own sentence stands to it; `rivals` are the other candidates there."""
    own, text = act.trigger.span, stage.text
    after = span.start >= own.end
    gap = text[own.end : span.start] if after else text[span.end : own.start]
    side = "after" if after else "before"
    others = [a.trigger.span for a in stage.acts[act.trigger.sentence] if a is not act]
    between = min(sum(_between(o, own, span) for o in others), 2)
    closer = min(sum(away(r, own) < away(span, own) for r in rivals), 2)
    claimed = min(sum(away(o, span) < away(own, span) for o in others), 2)
    near = next(n for n, top in enumerate((1, 3, 6, 10, 16, 999_999)) if gap.count(" ") <= top)
    yield "here"
    yield f"here {side}"
    yield f"here {side} near {near}"
    yield f"here {side} between {between}"
    yield f"here rivals {closer}"
    yield f"here rivals {min(closer, 1)} between {min(between, 1)} {side}"
    yield f"here nearer {claimed}"
    yield f"here commas {side} {min(gap.count(','), 2)}"
    yield f"here lead {act.lead[1]} {side}"
    yield f"here type {act.trigger.type}"
    yield f"here status {act.trigger.status}"
    for name, pattern in _JOINTS:
        if pattern.search(gap):
            yield f"here {name} {side}"
    if text.startswith(("'s", "’s"), span.end):
        yield f"here owner {side} {min(near, 2)}"
    elif not after and near == 0:
        yield "here adjective"
    if act.quoted and QUOTE.search(gap):
        yield "here outside the quote"
    if stage.outside(act, span):
        yield f"here outside the content {side}"


def far_features(act: Act, sentence: int, nearest: Act | None, here: int, stage: Stage) -> Iterator[str]:
    """How a candidate of another sentence stands to an act; `nearest` is the act that it stands next to."""
    t, some = act.trigger, min(here, 1)
    apart = max(-3, min(3, sentence - t.sentence))
    path = f"from {min(t.sentence, 2)} to {min(sentence, 2)}"
    yield "there"
    yield f"there apart {apart}"
    yield f"there apart {apart} here {some}"
    yield f"there here {some} type {t.type}"
    yield f"there {path}"
    yield f"there {path} status {t.status}"
    yield f"there type {t.type} {t.status}"
    yield f"there lead {act.lead[0]} {act.lead[1]}"
    if act.reported:
        yield "there reported"
    if nearest is None:
        yield "there alone"
    else:
        yield from _kin(act, nearest, sentence, stage.acts[sentence])


def _kin(act: Act, nearest: Act, sentence: int, others: Sequence[Act]) -> Iterator[str]:
    """Whether the act nearest to that candidate may be this one, told before or told again."""
    t, n = act.trigger, nearest.trigger
    kind = "same" if n.type == t.type else "other"
    share = "word" if act.stems & nearest.stems else "no word"
    of_type = [o for o in others if o.trigger.type == t.type]
    told = f"{bool(of_type)} {any(act.stems & o.stems for o in of_type)}"
    yield f"there kin {kind} {share}"
    yield f"there kin {kind} {share} title {t.sentence == 0 or sentence == 0}"
    yield f"there kin {kind} mode {n.mode == t.mode}"
    yield f"there kin status {n.status} {t.status}"
    yield f"there any {told} nearest {kind}"
    yield f"there acts {min(len(others), 3)}"
    yield f"there pair {n.type} {t.type}"
    if nearest.parties & act.parties:
        yield f"there kin party {kind}"


def _between(x: Span, a: Span, b: Span) -> bool:
    return min(a.end, b.end) <= x.start and x.end <= max(a.start, b.start)


def away(a: Span, b: Span) -> int:
    """Characters between two spans."""
    return max(a.start - b.end, b.start - a.end, 0)
