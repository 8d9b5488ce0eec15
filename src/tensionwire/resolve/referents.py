"""Whom a text has named so far, for pronouns and descriptions to take up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tensionwire.ontology.grammar import grammar
from tensionwire.records import Identity, Span
from tensionwire.resolve import bodies
from tensionwire.resolve.coreference import Referent
from tensionwire.resolve.scene import Scene, Seat

if TYPE_CHECKING:
    from tensionwire.resolve.cast import Cast

_KINDS = {"armed": "group", "metonym": "body", "body": "body", "bloc": "body"}
# Endings of nouns for persons ("farmer", "protester", "activist"); towns and factories have others.
_PERSONAL = ("er", "or", "ist", "ant", "ent", "ian", "ee", "eer", "man", "woman", "person")
_PLURAL = frozenset({"people", "police", "men", "women", "children", "authorities"})


def mentioned(cast: Cast, seat: Seat, identity: Identity) -> Referent:
    """A mention as a referent."""
    reading = seat.reading
    kind, plural = _kind(cast.scene, seat)
    index = cast.person_of(seat)
    gender = cast.scene.people[index].gender if index is not None else reading.gender
    if reading.pronoun and len(reading.pronoun) == 3 and reading.pronoun[2] in "mf":
        gender = reading.pronoun[2]
    return Referent(
        start=seat.span.start,
        end=seat.span.end,
        sentence=seat.sentence,
        kind=kind,
        plural=plural,
        gender=gender,
        role=seat.role,
        head=reading.head,
        opens=_opens(cast.scene, seat.span, seat.sentence),
        quoted=cast.in_quotation(seat.span),
        identity=identity,
    )


def passing(cast: Cast) -> Iterator[Referent]:
    """Names in the text that are no part of any mention."""
    scene = cast.scene
    covered = [False] * len(scene.scan.words)
    for seat in scene.seats:
        covered[seat.reading.first : seat.reading.last] = [True] * (seat.reading.last - seat.reading.first)
    for hit in scene.scan.hits:
        entry = hit.entry
        if entry.kind not in ("adjective", "people", "ethnic") and not any(covered[hit.first : hit.last]):
            identity = bodies.named(entry, cast.forms, scene.date)
            yield _bystander(cast, hit.first, hit.last, _KINDS.get(entry.kind, "state"), None, identity)
    for index, person in enumerate(scene.people):
        for name in person.names:
            if not any(covered[name.first : name.last]):
                yield _bystander(cast, name.first, name.last, "person", person.gender, _known(cast, index))


def _known(cast: Cast, index: int) -> Identity:
    """A person outside any mention: no model has guessed the sector, so the text's own words count."""
    identity = cast.bearer(index)
    return identity if identity.sector else replace(identity, sector=cast.scene.people[index].sector)


def _bystander(cast: Cast, first: int, last: int, kind: str, gender: str | None, identity: Identity) -> Referent:
    span, sentence = cast.scene.scan.span(first, last), cast.scene.scan.sentence[first]
    return Referent(
        start=span.start,
        end=span.end,
        sentence=sentence,
        kind=kind,
        plural=False,
        gender=gender,
        role="",
        head=None,
        opens=_opens(cast.scene, span, sentence),
        quoted=cast.in_quotation(span),
        identity=identity,
    )


def _opens(scene: Scene, span: Span, sentence: int) -> bool:
    """Whether something stands within the first few words of its sentence."""
    sentences = scene.annotated.sentences
    return sentence < len(sentences) and span.start - sentences[sentence].start < 12


def _kind(scene: Scene, seat: Seat) -> tuple[str, bool]:
    """What kind of referent a mention makes, and whether it is more than one."""
    reading, words = seat.reading, grammar()
    if reading.pronoun:
        kind = "person" if reading.pronoun[-1] in "mf" or reading.pronoun[0] == "1" else "other"
        return kind, reading.pronoun[1] == "p"
    if reading.name is not None:
        return ("person" if scene.person(*reading.name) is not None else "other"), False
    if reading.entry is not None and reading.whole:
        return ("group", True) if reading.entry.kind == "people" else (_KINDS.get(reading.entry.kind, "state"), False)
    word = next(reversed((reading.head or "").split()), "")
    raw = {w.key for w in scene.scan.words[reading.first : reading.last]}
    plural = bool(raw & _PLURAL) or any(k.startswith(word) and k.endswith("s") and k != word for k in raw if word)
    if word in words.person or reading.gender:
        return ("group", True) if plural else ("person", False)
    if word in words.body:
        return "body", plural
    if plural or word in words.mass or word in words.group:
        return "group", plural or word in words.mass
    return ("person" if reading.sector and word.endswith(_PERSONAL) else "other"), False


def taken_up(word: str, referents: Sequence[Referent]) -> Referent | None:
    """Whom "the country's" or "the group's" means: the last state, group or body."""
    words = grammar()
    for referent in reversed(referents):
        if word in words.country and referent.kind == "state":
            return referent
        if (word in words.group and referent.kind == "group") or (word in words.body and referent.kind == "body"):
            return referent
    return None
