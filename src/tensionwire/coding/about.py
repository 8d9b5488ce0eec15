"""Which event a claim is about: the one that it describes, accuses of, denies, or announces.

The events near a claim are compared with it; a small linear model (`data/about.tsv`, fitted by
`training/links.py`) ranks them and says when none will do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tensionwire.coding.linear import Linear, linear
from tensionwire.coding.retelling import stems
from tensionwire.ontology.plover import plover
from tensionwire.records import Annotated, Claim, Event

_BACK, _AHEAD = 4, 1


@dataclass(frozen=True, slots=True)
class Scene:
    """What the comparison of claims with events needs, worked out once a report.

    `told` is how often each event is told, `first` the id of its first telling.
    """

    events: tuple[Event, ...]
    words: tuple[frozenset[str], ...]
    around: tuple[frozenset[str], ...]
    first: dict[str, str]
    told: Counter[str]

    @classmethod
    def of(cls, events: tuple[Event, ...], annotated: Annotated) -> Scene:
        """The scene of a report's events."""
        text = annotated.report.text
        first = {event.id: event.same_as or event.id for event in events}
        return cls(
            events=events,
            words=tuple(stems(event.trigger) for event in events),
            around=tuple(stems(span.of(text)) for span in annotated.sentences),
            first=first,
            told=Counter(first.values()),
        )


def subjects(claims: Sequence[Claim], scene: Scene, model: Linear | None = None) -> list[str | None]:
    """For each claim the id of the event that it is about, or None."""
    model, found = model or linear("about"), list[str | None]()
    for n, claim in enumerate(claims):
        before = (claims[n - 1], found[n - 1]) if n else None
        found.append(_subject(claim, scene, before, model))
    return found


def _subject(claim: Claim, scene: Scene, before: tuple[Claim, str | None] | None, model: Linear) -> str | None:
    scored = [(model.logit(holds), event.id) for event, holds in candidates(claim, scene, before)]
    if not scored:
        return None
    best = max(scored, key=lambda pair: pair[0])
    return best[1] if model.says(best[0]) else None


def candidates(
    claim: Claim, scene: Scene, before: tuple[Claim, str | None] | None
) -> Iterator[tuple[Event, list[str]]]:
    """The events that a claim may be about, each with the features that hold of the two.

    `before` is the claim before this one and the event that it is about.
    """
    near = [n for n, event in enumerate(scene.events) if _near(claim, event, scene)]
    places = [_place(claim, scene.events[n]) for n in near]
    inside, rank = places.count("inside"), 0
    said = stems(claim.content)
    for n, place in zip(near, places, strict=True):
        if place == "inside":
            place, rank = f"inside {min(rank, 2)}", rank + 1
        holds = [
            *_standing(claim, scene.events[n], place, bool(inside)),
            *_wording(said, n, place, scene),
            *_context(claim, n, place, bool(inside), scene, before),
        ]
        yield scene.events[n], holds


def _near(claim: Claim, event: Event, scene: Scene) -> bool:
    if -_AHEAD <= claim.s - event.s <= _BACK or event.s == 0:
        return True
    return event.s < claim.s and event.same_as is None and scene.told[event.id] > 1


def _place(claim: Claim, event: Event) -> str:
    """Where the event's trigger stands as seen from the claim."""
    at = event.trigger_span
    if claim.cue_span is not None and at.overlap(claim.cue_span):
        return "cue"
    if claim.content_span.holds(at):
        return "inside"
    if event.s == claim.s:
        return "same before" if at < claim.content_span else "same after"
    if event.s > claim.s:
        return "next"
    return "previous" if event.s == claim.s - 1 else "earlier"


def _standing(claim: Claim, event: Event, place: str, inside: bool) -> Iterator[str]:
    """Where the event stands, of what type and status it is, and with what stance the claim is made."""
    yield place
    yield f"{place} {'some' if inside else 'none'}"
    yield f"{place} {event.type}"
    yield f"{place} {claim.stance}"
    yield f"{place} {event.status}"
    yield f"type {event.type}"
    yield f"{claim.stance} {event.status}"
    yield f"{claim.stance} {event.type}"
    yield f"spoken {plover().types[event.type].spoken} {place}"


def _wording(said: frozenset[str], n: int, place: str, scene: Scene) -> Iterator[str]:
    """What words the claim shares with the event and its sentence."""
    word = not scene.words[n].isdisjoint(said)
    around = scene.around[scene.events[n].s]
    yield f"word {word}"
    yield f"word {word} {place}"
    yield f"around {5 * len(said & around) // max(1, min(len(said), len(around)))}"


def _context(
    claim: Claim, n: int, place: str, inside: bool, scene: Scene, before: tuple[Claim, str | None] | None
) -> Iterator[str]:
    """How often the event is told, how far off, with what part for the speaker, and after which claim."""
    event, some = scene.events[n], "some" if inside else "none"
    first = scene.first[event.id]
    told = min(scene.told[first], 4)
    yield f"told {told}"
    yield f"told {told} {some}"
    yield f"again {event.same_as is not None}"
    yield f"apart {min(abs(event.s - claim.s), 6)}"
    if event.s == 0:
        yield f"title {some}"
    yield f"speaker {_part(claim, event)} {place}"
    if before is not None:
        link = "on" if claim.cue is None else "same" if _one_speaker(claim, before[0]) else "other"
        yield f"before {link} {before[1] is not None and scene.first[before[1]] == first} {some}"


def _part(claim: Claim, event: Event) -> str:
    """The part that the speaker of the claim has in the event."""
    if claim.speaker is None:
        return "unknown"
    name = (claim.speaker.name or claim.speaker.text).casefold()
    if any((one.name or one.text).casefold() == name for one in event.actor):
        return "actor"
    if any((one.name or one.text).casefold() == name for one in event.recipient):
        return "recipient"
    code = claim.speaker.code
    if code is None:
        return "stranger"
    if any(one.code == code for one in event.actor):
        return "actor's side"
    return "recipient's side" if any(one.code == code for one in event.recipient) else "stranger"


def _one_speaker(claim: Claim, other: Claim) -> bool:
    if claim.speaker is None or other.speaker is None:
        return claim.speaker is other.speaker
    mine, theirs = claim.speaker, other.speaker
    return (mine.name or mine.text).casefold() == (theirs.name or theirs.text).casefold()
