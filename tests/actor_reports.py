"""Reports with mentions, written by naming the words."""

from __future__ import annotations

from tensionwire.annotate.sentences import sentences
from tensionwire.records import Annotated, Attribution, Mention, Report, Span, Trigger, content_hash

DATE = "2017-04-11"


def span(text: str, words: str, nth: int = 0) -> Span:
    """Where words stand for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def report(text: str, *mentions: str | tuple[str, int], date: str | None = DATE, **more: object) -> Annotated:
    """A report whose mentions are the given words; `(words, n)` means their nth place."""
    found = sentences(text)
    listed = (span(text, *((m, 0) if isinstance(m, str) else m)) for m in mentions)
    made = tuple(Mention(span=s, sentence=sentence_of(found, s)) for s in listed)
    about = Report(
        doc_id="t", text=text, content_hash=content_hash(text), published=date, outlet=more.pop("outlet", None)
    )
    return Annotated(report=about, sentences=found, mentions=made, **more)


def sentence_of(found: tuple[Span, ...], where: Span) -> int:
    """The sentence that holds a span."""
    return max(i for i, s in enumerate(found) if s.start <= where.start)


def said(text: str, speaker: str, content: str) -> Attribution:
    """Words that somebody says."""
    found = sentences(text)
    where, who = span(text, content), span(text, speaker)
    mention = Mention(span=who, sentence=sentence_of(found, who))
    return Attribution(content=where, sentence=sentence_of(found, where), speakers=(mention,), form="direct")


def act(text: str, words: str, kind: str, actors: tuple[str, ...], recipients: tuple[str, ...]) -> Trigger:
    """An event with its parties."""
    found = sentences(text)
    where = span(text, words)

    def side(parties: tuple[str, ...]) -> tuple[Mention, ...]:
        return tuple(Mention(span=span(text, p), sentence=sentence_of(found, span(text, p))) for p in parties)

    return Trigger(
        span=where, sentence=sentence_of(found, where), type=kind, actors=side(actors), recipients=side(recipients)
    )
