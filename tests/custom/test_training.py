"""From the starter's 24 examples to types found in sentences that nobody taught."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

import tensionwire as tw
from custom.held_out import HELD_OUT
from tensionwire import custom
from tensionwire.custom.account import Account, Score
from tensionwire.custom.training import everyday
from tensionwire.pipeline import confident
from tensionwire.records import Report, content_hash
from tensionwire.samples import SAMPLE


def report(text: str) -> Report:
    return Report(doc_id="t", text=text, content_hash=content_hash(text), published="2025-05-14")


@pytest.fixture(scope="module")
def told(coder: custom.CustomCoder) -> list[tw.Record]:
    return [coder(report(text)) for text, _ in HELD_OUT]


def test_types_are_found_in_other_sentences(told: list[tw.Record]) -> None:
    found = [{event.type for event in record.custom} for record in told]
    right = sum(wanted in types for types, (_, wanted) in zip(found, HELD_OUT, strict=True))
    wrong = sum(len(types - {wanted}) for types, (_, wanted) in zip(found, HELD_OUT, strict=True))
    wanted = sum(kind is not None for _, kind in HELD_OUT)
    # 0.86 when it was written; the floor leaves room for another encoder.
    assert 2 * right / (right + wrong + wanted) > 0.65


def test_what_is_told_can_be_checked(told: list[tw.Record]) -> None:
    validator = Draft202012Validator(tw.json_schema())
    for record in told:
        assert tw.misquotes(record) == []
        assert tw.decode(tw.encode(record)) == record
        validator.validate(json.loads(tw.encode(record)))
        assert {event.event for event in record.custom} <= {event.id for event in record.events} | {None}
        assert [event.id for event in record.custom] == [f"x{n}" for n in range(1, len(record.custom) + 1)]


def test_the_table_passes_on_what_the_user_said(told: list[tw.Record]) -> None:
    for event in (event for record in told for event in record.custom):
        assert event.ontology == "infrastructure 1"
        assert (event.quad, event.score) == {
            "OUTAGE": (None, None), "SABOTAGE": (4, -8), "CYBERATTACK": (4, -7),
        }[event.type]  # fmt: skip


def test_the_rest_of_a_record_is_as_without(coder: custom.CustomCoder) -> None:
    plain = tw.Coder(encoder=coder.encoder, resolver=coder.resolver)
    for one in (tw.read(SAMPLE), *(report(text) for text, _ in HELD_OUT[:8])):
        with_custom = coder(one)
        assert replace(with_custom, custom=(), coder="") == replace(plain(one), coder="")
        assert with_custom.coder.startswith(plain.name)
        assert "infrastructure 1" in with_custom.coder


def test_words_of_a_plover_event_share_its_facts(told: list[tw.Record]) -> None:
    linked = [(event, record) for record in told for event in record.custom if event.event]
    assert linked
    for event, record in linked:
        same = next(one for one in record.events if one.id == event.event)
        assert (event.trigger_span, event.actor, event.date, event.where) == (
            same.trigger_span, same.actor, same.date, same.where,
        )  # fmt: skip


def test_who_and_when_are_found_where_plover_has_no_event(coder: custom.CustomCoder) -> None:
    """An encoder that proposes nothing is asked about the words that the user's model finds."""
    silent = replace(coder, encoder=replace(coder.encoder, floor=2.0))  # type: ignore[type-var]
    record = silent(report("Norland's hackers broke into the servers of Velmora on Monday."))
    assert record.events == ()
    (event,) = record.custom
    assert (event.type, event.event, event.date) == ("CYBERATTACK", None, "2025-05-12")
    assert event.actor
    assert tw.misquotes(record) == []


def test_other_languages_and_empty_texts(coder: custom.CustomCoder) -> None:
    german = replace(report("Der Strom fiel aus."), language="de")
    assert coder(german).custom == ()
    assert [record.custom for record in coder.pipe([report(""), report("\x00"), german])] == [(), (), ()]


def test_what_is_less_sure_is_left_out(told: list[tw.Record]) -> None:
    record = next(record for record in told if record.custom)
    assert confident(record, 1.0).custom == ()
    assert confident(record, 0.0).custom == record.custom


def test_the_account_adds_up(trained: custom.Trained) -> None:
    account = trained.account
    for score in account.scores:
        assert score.right + score.missed == score.examples == 8
    assert account.total.right == sum(score.right for score in account.scores)
    assert account.counter_examples == 6
    assert 0 < account.everyday <= len(everyday())
    assert (account.total.f1 or 0) > 0.5
    assert len(list(account.lines())) == 7


def score(examples: int, right: int) -> Score:
    return Score(type="A", examples=examples, right=right, wrong=0, missed=examples - right)


@pytest.mark.parametrize(
    ("examples", "right", "counter", "warned"),
    [
        (1, 1, 1, ["A: 1 example is too few"]),
        (4, 4, 1, ["A: 4 examples are too few"]),
        (8, 2, 1, ["A: not learnt well"]),
        (8, 8, 1, []),
        (8, 8, 0, ["no counter-examples"]),
    ],
)
def test_too_few_examples_are_told(examples: int, right: int, counter: int, warned: list[str]) -> None:
    one = score(examples, right)
    account = Account(
        scores=(one,), total=one, threshold=0.2, counter_examples=counter, counter_alarms=0, everyday=60, everyday_alarms=0
    )  # fmt: skip
    assert [said[: len(want)] for said, want in zip(account.warnings(), warned, strict=True)] == warned


def test_one_example_is_enough_to_run_and_gives_the_same_model_again() -> None:
    types = custom.Ontology(name="n", version="1", types=(custom.CustomType(name="FLOOD", description="water"),))
    example = custom.Example(text="The river flooded the town.", type="FLOOD", span=tw.Span(10, 17))
    one, two = (custom.train(types, [example]) for _ in range(2))
    assert one.model.encode() == two.model.encode()
    assert one.account.total.right == 0
    assert len(list(one.account.warnings())) == 2
