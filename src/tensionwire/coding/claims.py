"""Claims: who says what, in what form, about which event, against whom, and with what backing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tensionwire.coding import who
from tensionwire.coding.about import Scene, subjects
from tensionwire.coding.disputes import disputed
from tensionwire.coding.evidence import backed
from tensionwire.coding.quotation import Quotations
from tensionwire.records import Actor, Attribution, Claim, Event, Resolved, Span


@dataclass(frozen=True, slots=True)
class _Speaker:
    actor: Actor | None
    s: int | None = None


def claims(resolved: Resolved, events: tuple[Event, ...]) -> tuple[Claim, ...]:
    """The claims of a report in text order, one for each speaker of a stretch of attributed words."""
    alone = said(resolved)
    scene = Scene.of(events, resolved.annotated)
    about = [replace(c, about=event) if event else c for c, event in zip(alone, subjects(alone, scene), strict=True)]
    against = [
        replace(c, disputes=other) if other else c for c, other in zip(about, disputed(about, scene.first), strict=True)
    ]
    return backed(against, resolved.annotated)


def said(resolved: Resolved) -> list[Claim]:
    """The claims of a report, not yet linked to events, to one another or to their backing."""
    quotations = Quotations(resolved.annotated.report.text)
    found: list[Claim] = []
    for attribution in sorted(resolved.annotated.attributions, key=lambda one: one.content):
        content = _trimmed(attribution.content, resolved.annotated.report.text)
        if content is None:
            continue
        spoken = replace(attribution, content=content)
        for speaker in _speakers(spoken, found, resolved):
            found.append(_claim(f"c{len(found) + 1}", spoken, speaker, quotations, resolved))
    return found


def _trimmed(content: Span, text: str) -> Span | None:
    """Content without blanks around it; None where no word is left (a lone quotation mark)."""
    words = content.of(text)
    if not any(map(str.isalnum, words)):
        return None
    start = content.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _speakers(attribution: Attribution, before: Sequence[Claim], resolved: Resolved) -> Iterator[_Speaker]:
    """Who says it; words that go on with no cue and no speaker of their own are the last speaker's."""
    mentions = [m for m in attribution.speakers if not m.span.holds(attribution.content)]
    if mentions:
        for mention in mentions:
            away = mention.sentence if mention.sentence != attribution.sentence else None
            yield _Speaker(who.actor(mention, resolved), away)
    elif attribution.cue is None and before and before[-1].speaker is not None:
        last = before[-1]
        at = last.s if last.speaker_s is None else last.speaker_s
        yield _Speaker(last.speaker, at if at != attribution.sentence else None)
    else:
        yield _Speaker(None)


def _claim(name: str, attribution: Attribution, speaker: _Speaker, quotations: Quotations, resolved: Resolved) -> Claim:
    quote = resolved.annotated.quote
    return Claim(
        id=name,
        s=attribution.sentence,
        speaker=speaker.actor,
        speaker_s=speaker.s,
        cue=quote(attribution.cue) if attribution.cue else None,
        cue_span=attribution.cue,
        content=quote(attribution.content),
        content_span=attribution.content,
        form=_form(quotations.form(attribution.content), attribution.form),
        stance=attribution.stance,
        evidence=attribution.evidence,
        confidence=round(attribution.confidence, 4),
        made_by="encoder",
    )


def _form(marks: str, model: str) -> str:
    """Quotation marks decide; where there are none, a statement given word for word is still direct."""
    return "direct" if marks == "indirect" and model == "direct" else marks
