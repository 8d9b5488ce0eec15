"""From answer to record: what holds is written down as the shipped coder would, what does not is counted."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from llm.conftest import Started, report
from llm.server import NOTHING, acts, completion, party
from tensionwire.llm import verify
from tensionwire.llm.prompt import example
from tensionwire.records import Record, decode, encode, json_schema, misquotes

EXAMPLE = example()
TEXT = " ".join(EXAMPLE["sentences"])
ACT = acts(0, "Norway condemned Iceland.")[0]


def coded(started: Started, answer: Any, text: str = TEXT, **more: Any) -> Record:
    coder, _ = started(lambda asked: completion(answer))
    return coder(report(text, **more))


def test_the_example_of_the_prompt(started: Started) -> None:
    record = coded(started, EXAMPLE["answer"], published=EXAMPLE["published"])
    assert [(e.type, e.mode, e.status, e.quad, e.score, e.cameo) for e in record.events] == [
        ("ACCUSE", "disapprove", "actual", 3, -2.0, "111"),
        ("COERCE", "seize", "alleged", 4, -7.0, "171"),
        ("REJECT", None, "actual", 3, -2.0, "120"),
        ("AGREE", None, "planned", 1, 2.5, "036"),
    ]
    condemned, seized, _, meet = record.events
    assert [(a.name, a.code, a.sector, a.office) for a in condemned.actor] == [
        ("Kari Lund", "NOR", "GOV", "foreign minister")
    ]
    assert (condemned.date, condemned.date_span and condemned.date_span.of(TEXT)) == ("2031-05-06", "on Tuesday")
    assert (seized.date, seized.date_reason) == (None, "the report gives no date for it")
    assert (seized.place, meet.date) == ("Jan Mayen", "2031-05-09")
    assert [a.code for a in meet.actor] == ["NOR", "ISL"]
    said = record.claims[0]
    assert said.speaker is not None
    assert (said.speaker.text, said.speaker.name, said.form, said.about) == ("she", "Kari Lund", "direct", "e2")
    assert [(f.low, f.high, f.what, f.event) for f in record.figures] == [(14, None, "held", "e2")]
    assert [(r.a, r.b, r.sign) for r in record.relations] == [("ISL", "DNK", "+")]
    assert [(a.when, a.who, a.event) for a in record.agenda] == [("2031-05-09", ("Norway", "Iceland"), "e4")]
    assert record.notes == ("The model gives no confidence: every item says 1.",)
    assert {e.made_by for e in record.events} == {"openai:m"}
    assert "openai:m, prompt 1" in record.coder


def test_a_record_is_one_like_any_other(started: Started) -> None:
    record = coded(started, EXAMPLE["answer"])
    assert misquotes(record) == []
    assert decode(encode(record)) == record
    Draft202012Validator(json_schema()).validate(json.loads(encode(record)))


def event(**more: Any) -> dict[str, Any]:
    text = "Norway condemned Iceland on Tuesday."
    assert more.get("s", 0) == 0 or text
    return {**ACT, **more}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"trigger": "denounced"}, verify.ITEM),
        ({"trigger": "condemned Iceland on Tuesday. It"}, verify.ITEM),
        ({"type": "BLAME"}, verify.TYPE),
        ({"mode": "phone"}, verify.LABEL),
        ({"contexts": ["weather"]}, verify.LABEL),
        ({"actors": [party("Sweden")]}, verify.PARTY),
        ({"actors": [party("Norway", code="NO")]}, verify.LABEL),
        ({"actors": [party("Norway", sector="KING")]}, verify.LABEL),
        ({"actors": [party("Norway", name="Haakon")]}, verify.NAME),
        ({"date": "2031-05-06"}, verify.DATE),
        ({"date_words": "on Wednesday", "date": "2031-05-06"}, verify.DATE),
        ({"date_words": "on Tuesday", "date": "last Tuesday"}, verify.DATE),
        ({"place": "Oslo"}, verify.WORDS),
        ({"same_as": "e77"}, verify.LINK),
    ],
)
def test_what_does_not_hold_is_left_out_and_told(started: Started, changed: dict[str, Any], fault: str) -> None:
    text = "Norway condemned Iceland on Tuesday. It rained."
    record = coded(started, {**NOTHING, "events": [{**ACT, **changed}]}, text)
    assert any(f"{fault} (1)" in note for note in record.notes)
    assert len(record.events) == (fault not in (verify.ITEM, verify.TYPE))
    for one in record.events:
        assert (one.trigger, one.date_span is None or one.date) == ("condemned", one.date_span is None or "2031-05-06")
        assert {a.code for a in one.actor} <= {"NOR"}
    assert misquotes(record) == []


def test_numbers_of_sentences_that_there_are_not(started: Started) -> None:
    """What a text can talk a model into: the words decide, and where they stand more than once nothing does."""
    once, twice = "Norway condemned Iceland. It rained.", "Norway condemned Iceland. Chile condemned Peru."
    for s in (-1, 2, 999_999_999_999):
        answer = {**NOTHING, "events": [{**ACT, "s": s}]}
        assert [e.s for e in coded(started, answer, once).events] == [0]
        assert coded(started, answer, twice).events == ()


def test_our_calendar_comes_before_the_models(started: Started) -> None:
    text = "Norway condemned Iceland on Tuesday. Chile condemned Peru on the eve of the feast."
    told = [
        {**ACT, "id": "a", "date_words": "on Tuesday", "date": "1999-01-01"},
        {**ACT, "id": "b", "s": 1, "actors": [], "recipients": [], "date_words": "on the eve of the feast", "date": "2031-04"},
    ]  # fmt: skip
    record = coded(started, {**NOTHING, "events": told}, text)
    assert [e.date for e in record.events] == ["2031-05-06", "2031-04"]


def test_the_model_names_whom_a_pronoun_means(started: Started) -> None:
    text = "Kari Lund, Norway's foreign minister, met envoys from Chile and Peru. She condemned Peru."
    told = {**ACT, "s": 1, "actors": [party("She", name="Kari Lund")], "recipients": [party("Peru", code="PER")]}
    (one,) = coded(started, {**NOTHING, "events": [told]}, text).events
    assert [(a.text, a.name, a.code) for a in one.actor] == [("She", "Kari Lund", "NOR")]
    assert [a.code for a in one.recipient] == ["PER"]


def test_a_code_of_the_model_comes_before_ours(started: Started) -> None:
    answer = {**NOTHING, "events": [{**ACT, "actors": [party("Norway", code="NGO", sector="SOC")]}]}
    record = coded(started, answer, "Norway condemned Iceland.")
    assert [a.code for a in record.events[0].actor] == ["NGO"]
    assert ("Norway", "NGO") in {(a.name, a.code) for a in record.actors}


def test_ids_given_twice_and_links_both_ways(started: Started) -> None:
    text = "Norway condemned Iceland. Norway condemned Iceland again."
    told = [{**ACT, "id": "x", "same_as": "x"}, {**ACT, "id": "x", "s": 1, "same_as": "x"}]
    record = coded(started, {**NOTHING, "events": told}, text)
    assert [(e.id, e.same_as) for e in record.events] == [("e1", None), ("e2", "e1")]


def test_words_that_run_over_a_sentence_are_one_claim(started: Started) -> None:
    text = '"It is over. We go home," Kari Lund said.'
    told = {
        "id": "c", "s": 0, "speaker": party("Kari Lund"), "cue": "said", "content": "It is over. We go home",
        "stance": "asserts", "about": None, "disputes": None, "evidence": None,
    }  # fmt: skip
    record = coded(started, {**NOTHING, "claims": [told]}, text)
    assert [(c.content, c.form) for c in record.claims] == [("It is over. We go home", "direct")]
    assert {c.speaker.text for c in record.claims if c.speaker} == {"Kari Lund"}


@pytest.mark.parametrize(
    ("text", "low", "high", "meant"),
    [
        ("several ships", 2, 2, (3, 9)),
        ("the fleet", 5, 7, (5, 7)),
        ("the fleet", 7, 5, (None, None)),
        ("the fleet", -1, None, (None, None)),
        ("the fleet", 1e300, None, (None, None)),
        ("the fleet", None, None, (None, None)),
    ],
)
def test_bounds_of_counts(started: Started, text: str, low: Any, high: Any, meant: Any) -> None:
    told = {"s": 0, "text": text, "what": "ships\x1b[31m", "low": low, "high": high, "event": None}
    record = coded(started, {**NOTHING, "figures": [told]}, f"They saw {text}.")
    assert [(f.low, f.high, f.what) for f in record.figures] == [(*meant, None)]
    assert decode(encode(record)) == record


WORDS = st.sampled_from(["Norway", "condemned", "Iceland", "It rained", "he", "said", "", "x\x00y", "“Norway”", "on Tuesday"])  # fmt: skip
NAMES = st.none() | WORDS
PARTIES = st.fixed_dictionaries({"text": WORDS, "name": NAMES, "code": NAMES, "sector": st.none() | st.just("GOV")})
EVENTS = st.fixed_dictionaries(
    {
        "id": WORDS, "s": st.integers(-2, 4), "trigger": WORDS, "type": st.sampled_from(["ACCUSE", "CONSULT", "?"]),
        "mode": NAMES, "status": st.sampled_from(["actual", "planned"]), "actors": st.lists(PARTIES, max_size=3),
        "recipients": st.lists(PARTIES, max_size=2), "date_words": NAMES, "date": NAMES | st.just("2031-05"),
        "place": NAMES, "contexts": st.lists(WORDS, max_size=2), "same_as": NAMES,
    }
)  # fmt: skip
CLAIMS = st.fixed_dictionaries(
    {
        "id": WORDS, "s": st.integers(-2, 4), "speaker": st.none() | PARTIES, "cue": NAMES, "content": WORDS,
        "stance": st.just("denies"), "about": NAMES, "disputes": NAMES, "evidence": st.none(),
    }
)  # fmt: skip
REST = st.fixed_dictionaries(
    {
        "s": st.integers(-2, 4), "text": WORDS, "what": NAMES, "low": st.none() | st.floats(), "high": st.none(),
        "event": NAMES, "a": PARTIES, "b": PARTIES, "sign": st.just("+"), "who": st.lists(WORDS, max_size=3),
        "date_words": NAMES, "date": NAMES, "place": NAMES, "status": st.just("proposed"),
    }
)  # fmt: skip


@settings(max_examples=60)
@given(
    st.lists(EVENTS, max_size=4), st.lists(CLAIMS, max_size=4), st.lists(REST, max_size=4),
    st.lists(st.sampled_from(["Norway condemned Iceland.", "It rained.", "“Norway,” he said.", "on Tuesday"]), min_size=1),
)  # fmt: skip
def test_no_answer_makes_a_record_that_misquotes(events: Any, claims: Any, rest: Any, text: list[str]) -> None:
    from tensionwire.annotate.sentences import sentences
    from tensionwire.llm import resolving
    from tensionwire.llm.answer import Answer, read
    from tensionwire.llm.parts import parts
    from tensionwire.llm.record import record
    from tensionwire.llm.verify import verified
    from tensionwire.resolve import Resolver

    raw = {"events": events, "claims": claims, "figures": rest, "relations": rest, "agenda": rest}
    answer, _ = read(json.dumps(raw).replace("NaN", "null").replace("Infinity", "1e308"))
    assert isinstance(answer, Answer)
    told = report(" ".join(text))
    spans = sentences(told.text)
    found = verified(answer, next(parts(told, spans)))
    resolved = Resolver.load().resolve(resolving.annotated(found, told, spans))
    made = record(found, resolving.informed(resolved, found.parties()), "openai:m")
    assert misquotes(made) == []
    assert msgspec.convert(msgspec.to_builtins(made), Record) == made
    assert decode(encode(made)) == made
    ids = [one.id for group in (made.events, made.claims, made.figures, made.relations, made.agenda) for one in group]
    assert len(ids) == len(set(ids))
    assert {e.same_as for e in made.events} <= {None, *ids}
