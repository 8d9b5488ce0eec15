"""Pronouns: what speaks for each antecedent; first persons inside attributed words are the speaker's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tensionwire.records import Attribution, Identity, Span
from tensionwire.resolve.weights import Option

# How many sentences back, and over how many referents, an antecedent is sought.
REACH = 5
MOST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """Somebody whom the text has named up to some point; `kind` is person, state, body, group or other.

    `role` is that of the mention ("actor", "speaker" ...) or "" for a name in passing.
    """

    start: int
    end: int
    sentence: int
    kind: str
    plural: bool
    gender: str | None
    role: str
    head: str | None
    opens: bool
    quoted: bool
    identity: Identity


def options(
    pronoun: str, span: Span, sentence: int, role: str, quoted: bool, referents: Sequence[Referent]
) -> list[Option[int]]:
    """The candidates for a pronoun as indexes of `referents`, which stand in text order, nearest first.

    A pronoun never takes up a referent of which it is a part, nor one that stands behind it.
    """
    listed: list[Option[int]] = []
    often = Counter(r.identity.name for r in referents)
    for index in range(len(referents) - 1, -1, -1):
        referent = referents[index]
        if sentence - referent.sentence > REACH or len(listed) >= MOST:
            break
        if referent.end <= span.start and compatible(pronoun, referent):
            facts = [*_facts(referent, sentence, len(listed), role, quoted)]
            facts.append(f"named {min(often[referent.identity.name], 4)} times")
            facts += _agreement(pronoun, referent)
            listed.append(Option(label=index, features=(*facts, *(f"{pronoun}|{fact}" for fact in facts))))
    return listed


def _facts(referent: Referent, sentence: int, rank: int, role: str, quoted: bool) -> Iterator[str]:
    distance = sentence - referent.sentence
    yield f"{distance} back"
    yield f"rank {min(rank, 6)}"
    yield f"is {referent.role or 'passing'}"
    yield f"{'here' if distance == 0 else 'before'} {referent.role or 'passing'}"
    if referent.role == role:
        yield f"same role, {min(distance, 2)} back"
    if referent.opens:
        yield f"opens its sentence, {min(distance, 2)} back"
    if referent.quoted != quoted:
        yield "across quotation"
    if referent.identity.code is None:
        yield "no code"


def _agreement(pronoun: str, referent: Referent) -> list[str]:
    facts = [f"kind {referent.kind}"]
    if pronoun in ("3sm", "3sf"):
        facts.append("gender known" if referent.gender else "gender open")
    if pronoun == "3p-":
        facts.append("plural" if referent.plural else "singular")
    return facts


def compatible(pronoun: str, referent: Referent) -> bool:
    """Whether number, gender and kind allow it.

    >>> from tensionwire.records import Identity
    >>> army = Referent(start=0, end=4, sentence=0, kind="body", plural=False, gender=None, role="actor",
    ...                 head="army", opens=True, quoted=False, identity=Identity(name="the army"))
    >>> compatible("3sm", army), compatible("3sn", army)
    (False, True)
    """
    if pronoun in ("3sm", "3sf"):
        return referent.kind == "person" and not referent.plural and referent.gender in (None, pronoun[-1])
    if pronoun == "3sn":
        return referent.kind != "person" and not referent.plural
    if pronoun == "3p-":
        return referent.plural or referent.kind != "person"
    return pronoun == "rel"


def speaker_at(attributions: Sequence[Attribution], span: Span) -> Attribution | None:
    """The attribution whose content holds a span, the narrowest first."""
    holding = [a for a in attributions if a.content.holds(span) and not any(m.span == span for m in a.speakers)]
    return min(holding, key=lambda a: a.content.length, default=None)
