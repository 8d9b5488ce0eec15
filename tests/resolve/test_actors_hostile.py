"""Hostile text: every identity stands where its words are, and nothing breaks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tensionwire.annotate.sentences import sentences
from tensionwire.records import Annotated, Mention, Report, Span, content_hash
from tensionwire.resolve.actors import Who
from tensionwire.resolve.scan import scan

WHO = Who.load()
PIECES = st.sampled_from(
    ["Moscow", "the", "President", "Kari", "Lund", "’s", "'s", "U.S.", "-backed", "NATO", "(", ")", ",", ".", " ", "\n",
     "\u200b", "é", "ı", "İ", "ß", "ﬁ", "𝔘", "\u0301", "\ud800", "We", "his men", "--", "“", "”", "both", "G7", "٣"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)
)


@given(TEXTS)
def test_words_stand_in_the_text(text: str) -> None:
    found = scan(text, sentences(text) or (Span(0, len(text)),))
    assert all(text[w.start : w.end] == w.text for w in found.words)
    assert all(a.end <= b.start for a, b in zip(found.words, found.words[1:], strict=False))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.data())
def test_identities_hold_on_any_text(text: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(text))
    spans = [Span(*sorted((data.draw(bounds), data.draw(bounds)))) for _ in range(3)]
    found = sentences(text) or (Span(0, len(text)),)
    mentions = tuple(Mention(span=s, sentence=_within(found, s)) for s in spans)
    report = Report(doc_id="t", text=text, content_hash=content_hash(text), published="2017-04-11")
    identities = WHO.identities(Annotated(report=report, sentences=found, mentions=mentions))
    assert set(spans) <= set(identities)
    for span, who in identities.items():
        assert 0 <= span.start <= span.end <= len(text)
        assert who.code or who.members or who.reason


def _within(found: tuple[Span, ...], span: Span) -> int:
    return max((i for i, s in enumerate(found) if s.start <= span.start), default=0)
