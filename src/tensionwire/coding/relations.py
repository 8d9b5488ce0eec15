"""Relations: standing ties between parties, one for each pair of them.

The encoder says where a tie is stated and of which sign; whose tie it is follows from the parties named in
those words and, where they name one side only, beside them. A few exact patterns add ties that it missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from tensionwire.coding.parties import Party, Side, groups, parties, parties_by_sentence, party
from tensionwire.coding.ties import PRECISION, may_state, stated
from tensionwire.records import Identity, Mention, Relation, Resolved, Span, Tie

UNKNOWN = "-"
_BETWEEN = re.compile(r"\bbetween (?:the )?\Z", re.IGNORECASE)


def relations(resolved: Resolved) -> tuple[Relation, ...]:
    """The relations of a report in text order; where one side has no code, it is "-" beside its name."""
    by_sentence = parties_by_sentence(resolved)
    found: list[Relation] = []
    for tie in resolved.annotated.ties:
        a, b = _sides(tie, resolved, by_sentence.get(tie.sentence, {}))
        found += _between(a, b, tie.span, tie.sentence, tie.sign, tie.confidence, "encoder", resolved)
    known = {(one.s, frozenset((one.a, one.b))) for one in found}
    found += [one for one in _by_pattern(resolved, by_sentence) if (one.s, frozenset((one.a, one.b))) not in known]
    return tuple(_numbered(sorted(found, key=lambda one: one.span)))


def _numbered(found: Sequence[Relation]) -> Iterator[Relation]:
    return (replace(one, id=f"r{n}") for n, one in enumerate(found, 1))


def _by_pattern(resolved: Resolved, by_sentence: Mapping[int, Mapping[Span, Identity]]) -> Iterator[Relation]:
    text = resolved.annotated.report.text
    for s, sentence in enumerate(resolved.annotated.sentences):
        if not may_state(sentence.of(text)):
            continue
        for tie in stated(text, sentence, parties(resolved, s, by_sentence.get(s, {}))):
            if tie.a.codes and tie.b.codes:
                made_by = "rule: tie words"
                yield from _between((tie.a,), (tie.b,), tie.span, s, tie.sign, PRECISION, made_by, resolved)


def _between(
    a: Side, b: Side, span: Span, s: int, sign: str, confidence: float, made_by: str, resolved: Resolved
) -> Iterator[Relation]:
    """Every one of one side with every one of the other; with one side only, each pair in it."""
    one, two = _each(a), _each(b)
    found = product(one, two) if two else combinations(one, 2)
    unique = {frozenset((x[0], y[0])): (x, y) for x, y in found if _tells(x, y, sign)}
    for (code, name), (other, other_name) in unique.values():
        yield Relation(
            id="",
            s=s,
            text=resolved.annotated.quote(span),
            span=span,
            a=code,
            b=other,
            sign=sign,
            a_name=name,
            b_name=other_name,
            confidence=round(confidence, 4),
            made_by=made_by,
        )


def _tells(one: tuple[str, str], other: tuple[str, str], sign: str) -> bool:
    """Whether a pair is worth telling. Within one state foes are (a president and his rival), while friends
    are most often one party named twice: of those in the training reports one in eight was right."""
    return one[0] != other[0] or (sign == "-" and one[0] != UNKNOWN and one[1] != other[1])


def _each(side: Side) -> list[tuple[str, str]]:
    return [(code, one.name) for one in side for code in one.codes or (UNKNOWN,)]


def _sides(tie: Tie, resolved: Resolved, identities: Mapping[Span, Identity]) -> tuple[Side, Side]:
    a, b = _marked(tie.a, resolved), _marked(tie.b, resolved)
    if a and b:
        return a, b
    text = resolved.annotated.report.text
    found = groups(_without_foes(parties(resolved, tie.sentence, identities), tie.sign), text)
    if a or b:
        return a or b, _beside(tie.span, [group for group in found if not _touches(group, a or b)])
    inside = [group for group in found if any(one.span.overlap(tie.span) for one in group)]
    outside = [group for group in found if group not in inside]
    if len(inside) >= 2:
        return inside[0], inside[1]
    if not inside:
        return _beside(tie.span, outside), ()
    if len(_each(inside[0])) >= 2 and (not outside or _BETWEEN.search(text, 0, inside[0][0].span.start)):
        return inside[0], ()
    return inside[0], _beside(tie.span, outside)


def _without_foes(found: list[Party], sign: str) -> list[Party]:
    """Friends are often united against an armed group without a country, which is then no friend itself."""
    if sign != "+":
        return found
    return [one for one in found if one.codes != ("IMG",)] or found


def _marked(mentions: Sequence[Mention], resolved: Resolved) -> Side:
    return tuple(party(m.span, resolved.identities[m.span]) for m in mentions if m.span in resolved.identities)


def _beside(span: Span, found: Sequence[Side]) -> Side:
    """The nearest group before the words, else the nearest after them."""
    before = [group for group in found if group[-1].span.end <= span.start]
    after = [group for group in found if group[0].span.start >= span.end]
    return before[-1] if before else after[0] if after else ()


def _touches(group: Side, side: Side) -> bool:
    return any(one.span.overlap(other.span) for one in group for other in side)
