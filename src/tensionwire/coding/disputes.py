"""Which claim a claim contradicts: a denial and the charge that it answers, two counts, two culprits.

A small linear model (`data/disputes.tsv`, fitted by `training/links.py`) over pairs of claims of a report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tensionwire.coding.linear import Linear, linear
from tensionwire.coding.retelling import stems
from tensionwire.coding.who import same
from tensionwire.records import Claim

BACK = 8


def disputed(claims: Sequence[Claim], first: dict[str, str], model: Linear | None = None) -> list[str | None]:
    """For each claim the id of the earlier claim that it contradicts, or None.

    `first` gives for each event the id of its first telling.
    """
    model = model or linear("disputes")
    said = [stems(claim.content) for claim in claims]
    found: list[str | None] = []
    for n, claim in enumerate(claims):
        scored = [
            (model.logit(features(claims[m], claim, n - m, said[m] & said[n], first)), claims[m].id)
            for m in range(max(0, n - BACK), n)
        ]
        best = max(scored, default=None)
        found.append(best[1] if best is not None and model.says(best[0]) else None)
    return found


def features(a: Claim, b: Claim, back: int, shared: frozenset[str], first: dict[str, str]) -> Iterator[str]:
    """What holds of an earlier claim and one that may dispute it; `back` 1: no claim between them."""
    speakers = _speakers(a, b)
    subject = _subject(a, b, first)
    yield f"stance {a.stance} {b.stance}"
    yield f"stance {b.stance}"
    yield f"back {min(back, 6)}"
    yield f"apart {min(b.s - a.s, 5)}"
    yield f"speakers {speakers}"
    yield f"speakers {speakers} {b.stance}"
    yield f"about {subject}"
    yield f"about {subject} {a.stance} {b.stance}"
    yield f"back {min(back, 3)} {a.stance} {b.stance}"
    yield f"shared {min(len(shared), 3)}"
    yield f"cue {b.cue is not None} {b.stance}"
    yield f"inside {a.content_span.overlap(b.content_span) > 0}"
    yield f"form {b.form}"
    yield f"short {len(b.content) < 40} {b.stance}"


def _speakers(a: Claim, b: Claim) -> str:
    if a.speaker is None or b.speaker is None:
        return "unknown"
    if same(a.speaker, b.speaker):
        return "one"
    if a.speaker.code is None or b.speaker.code is None:
        return "unknown states"
    return "one state" if a.speaker.code == b.speaker.code else "two states"


def _subject(a: Claim, b: Claim, first: dict[str, str]) -> str:
    if a.about is None or b.about is None:
        return "unknown"
    return "same" if first[a.about] == first[b.about] else "other"
