from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tensionwire as tw
from tensionwire.annotate import Encoder
from tensionwire.annotate.manifest import damaged, load_manifest
from tensionwire.records import Annotated, Report, Span, content_hash
from tensionwire.samples import SAMPLE

STORY = (
    "Bulgarian police arrested two Serbian journalists in Sofia on Tuesday. "
    '"We reject these charges," Serbian Foreign Minister Ana Vuković told reporters. '
    "Serbian forces shelled a Bulgarian border post, killing at least 12 soldiers."
)


@cache
def encoder() -> Encoder:
    return Encoder.load()


def report(text: str) -> Report:
    return Report(doc_id="t", text=text, content_hash=content_hash(text))


def every_span(found: Annotated) -> list[Span]:
    mentions = [m for t in found.triggers for m in (*t.actors, *t.recipients)]
    mentions += [m for a in found.attributions for m in a.speakers] + list(found.mentions)
    spans = [m.span for m in mentions] + [s for t in found.triggers for s in (t.span, *t.places, *t.dates)]
    spans += [s for a in found.attributions for s in (a.content, a.cue) if s]
    return spans + [x.span for x in (*found.counts, *found.ties, *found.appointments)]


def test_the_model_is_the_one_that_its_manifest_describes() -> None:
    assert damaged(load_manifest()) == []


def test_acts_roles_claims_and_counts_of_a_plain_story() -> None:
    found = encoder().annotate([report(STORY)])[0]
    arrest = next(t for t in found.triggers if found.quote(t.span) == "arrested")
    assert (arrest.type, arrest.mode, arrest.status) == ("COERCE", "arrest", "actual")
    assert [found.quote(m.span) for m in arrest.actors] == ["Bulgarian police"]
    assert any("journalists" in found.quote(m.span) for m in arrest.recipients)
    shelling = next(t for t in found.triggers if found.quote(t.span) == "shelled")
    assert shelling.type == "ASSAULT"
    claim = next(a for a in found.attributions if "reject these charges" in found.quote(a.content))
    assert any("Vuković" in found.quote(m.span) for m in claim.speakers)
    assert any("12" in found.quote(c.span) for c in found.counts)


def test_a_report_is_read_alike_alone_and_among_others() -> None:
    other = report("Nothing happened in Oslo.\n" * 9)
    alone = encoder().annotate([report(STORY)])[0]
    among = encoder().annotate([other, report(STORY), other])[1]
    assert [(t.span, t.type) for t in alone.triggers] == [(t.span, t.type) for t in among.triggers]
    assert [a.content for a in alone.attributions] == [a.content for a in among.attributions]


@pytest.mark.parametrize("text", ["", " ", "\x00\x01", "....", "\u202e\u202d", "a" * 5000, "é́" * 300])
def test_odd_texts_are_read_without_a_crash(text: str) -> None:
    found = encoder().annotate([report(text)])[0]
    assert all(0 <= s.start < s.end <= len(text) for s in every_span(found))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from([*STORY.split(), "“", "”", "\n", "\u200b", "😀", "Kyiv's"]), max_size=90).map(" ".join))
def test_every_span_lies_in_the_text_and_in_its_sentence(text: str) -> None:
    found = encoder().annotate([report(text)])[0]
    for span in every_span(found):
        assert 0 <= span.start < span.end <= len(text)
    for trigger in found.triggers:
        assert found.sentences[trigger.sentence].holds(trigger.span)


def test_parties_are_words_and_not_the_marks_or_articles_around_them() -> None:
    (annotated,) = encoder().annotate([tw.read(SAMPLE)])
    parties = [m for t in annotated.triggers for m in (*t.actors, *t.recipients)]
    told = {m.span.of(annotated.report.text) for m in parties}
    assert told
    assert not {one for one in told if one[-1] in ",;:" or one.casefold() in ("the", "a", "an")}
