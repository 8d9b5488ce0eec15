"""What a report says of the backing of a claim: evidence offered, or none.

Rules over word classes (`data/evidence_words.tsv`), applied outside the attributed words: in the claim's own
sentence, or in the next one where that goes on about the same speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tensionwire.coding.who import same
from tensionwire.records import Annotated, Claim, Span

_TABLE = Path(__file__).parent / "data" / "evidence_words.tsv"
_GAP = r"(?:[\w'’-]+[ ,]+){0,%d}?"
_NOT = (
    r"(?:did|do|does|has|have|had|would|could|can|will|was|were|is|are) ?n(?:ot|['’]t)|cannot|"
    r"declin\w+ to|refus\w+ to|fail\w+ to|unable to|never|neither|nor"
)
# A sentence that goes on about whoever spoke last.
_GOES_ON = re.compile(r"[\W\d]*(?:he|she|it|they|both|neither|none|no|nor|but (?:he|she|it|they)|the)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Patterns:
    none: re.Pattern[str]
    offered: re.Pattern[str]
    witness: re.Pattern[str]


def backed(claims: Sequence[Claim], annotated: Annotated) -> tuple[Claim, ...]:
    """The claims, each with what the text says of its backing and where; what one has already, it keeps."""
    text = annotated.report.text
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.s, []).append(claim)
    found: dict[str, tuple[str, Span]] = {}
    for s, sentence in enumerate(annotated.sentences):
        here = by_sentence.get(s, [])
        concerned = here or _last_speaker(by_sentence.get(s - 1, []), sentence.of(text))
        said = backing(text, _outside(sentence, here)) if concerned else None
        if said is not None:
            for claim in _nearest(said[1], here) if here else concerned:
                found.setdefault(claim.id, said)
    return tuple(_with(claim, found.get(claim.id)) for claim in claims)


def _last_speaker(before: list[Claim], sentence: str) -> list[Claim]:
    """The claims of the last speaker of the sentence before, where this one may go on about them."""
    if not before or not goes_on(sentence):
        return []
    last = before[-1]
    return [c for c in before if c is last or (c.speaker and last.speaker and same(c.speaker, last.speaker))]


def _nearest(words: Span, claims: list[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.content_span < words][-1:] or claims[:1]


def _outside(sentence: Span, claims: list[Claim]) -> list[Span]:
    """The stretches of a sentence that nobody is quoted with."""
    found, at = [], sentence.start
    for content in sorted(claim.content_span for claim in claims):
        if content.start > at:
            found.append(Span(at, min(content.start, sentence.end)))
        at = max(at, content.end)
    return [*found, Span(at, sentence.end)] if at < sentence.end else found


def _with(claim: Claim, said: tuple[str, Span] | None) -> Claim:
    if claim.evidence is not None:
        return claim
    if said is not None:
        return replace(claim, evidence=said[0], evidence_span=said[1])
    if claim.speaker is not None and speaks_for_itself(claim.speaker.text):
        return replace(claim, evidence="offered", evidence_span=claim.speaker.span)
    return claim


def backing(text: str, stretches: list[Span]) -> tuple[str, Span] | None:
    """What the stretches of a sentence say of backing, and where: ("none" or "offered", span).

    >>> text = "He offered no evidence for it."
    >>> backing(text, [Span(0, len(text))])
    ('none', Span(start=3, end=22))
    """
    for label, pattern in (("none", _patterns().none), ("offered", _patterns().offered)):
        for stretch in stretches:
            match = pattern.search(text, stretch.start, stretch.end)
            if match:
                return label, Span(*match.span())
    return None


def speaks_for_itself(words: str) -> bool:
    """Whether the words name something that shows: a video, satellite images.

    >>> speaks_for_itself("Video from a phone"), speaks_for_itself("the minister")
    (True, False)
    """
    return _patterns().witness.search(words) is not None


def goes_on(sentence: str) -> bool:
    """Whether a sentence may go on about the speaker of the one before it.

    >>> goes_on("She gave no names."), goes_on("Troops gave no names.")
    (True, False)
    """
    return _GOES_ON.match(sentence) is not None


@cache
def _patterns() -> _Patterns:
    words: dict[str, list[str]] = {}
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        group, word = line.split("\t")
        words.setdefault(group, []).append(word.rstrip("*") + r"\w*" if word.endswith("*") else word)
    exhibit, show, rest, opened, ground, witness = (
        rf"(?:{'|'.join(word for group in groups for word in words[group])})\b"
        for groups in (
            ("exhibit", "witness"),
            ("show",),
            ("rest",),
            ("open",),
            ("exhibit", "witness", "trace"),
            ("witness",),
        )
    )
    none = "|".join(
        (
            rf"{show} (?:us )?(?:nothing|none|neither|no {_GAP % 2}{ground})",
            rf"without {_GAP % 1}{show} {_GAP % 4}{ground}",
            r"without (?:any )?(?:evidence|proof|support)\b",
            rf"(?:{_NOT}) {_GAP % 2}(?:{show} {_GAP % 4}{ground}|elaborat\w+|substantiat\w+|back\b)",
            rf"no {_GAP % 2}{ground} {_GAP % 6}(?:has|have|had|was|were) (?:ever )?(?:been )?{show}",
            rf"(?:has|have|had|saw|seen|is|was) no {_GAP % 1}(?:evidence|proof)",
            rf"(?:not|never|cannot|impossible|none|neither|nobody) {_GAP % 4}{opened}",
            r"unsupported|unsubstantiated|unverified",
        )
    )
    offered = "|".join((rf"{show} {_GAP % 5}{exhibit}", rf"{rest} {_GAP % 5}{ground}", rf"{exhibit} seen by"))
    compiled = (re.compile(rf"\b(?:{p})", re.IGNORECASE) for p in (none, offered, witness))
    return _Patterns(*compiled)
