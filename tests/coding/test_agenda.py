"""Appointments: when, where, who, and how firm. Published on Thursday 10 June 2021."""

from __future__ import annotations

from dataclasses import replace

import pytest

from draft import Draft
from tensionwire.coding.agenda import agenda
from tensionwire.coding.events import events
from tensionwire.records import AgendaItem, Identity, Place
from tensionwire.resolve.times import moments


def coded(draft: Draft) -> AgendaItem:
    resolved = draft.resolved()
    resolved = replace(resolved, moments=moments(resolved.annotated))
    (item,) = agenda(resolved, events(resolved))
    return item


@pytest.mark.parametrize(
    ("sentence", "words", "when"),
    [
        ("The two will meet on Monday.", "will meet on Monday", "2021-06-14"),
        ("The vote is set for June 20.", "The vote is set for June 20", "2021-06-20"),
        ("Talks resume next week, he said on Tuesday.", "Talks resume next week", "2021-06-14/2021-06-20"),
        ("A visit set for June 9 was called off.", "A visit set for June 9", "2021-06-09"),
        ("She flies to Oslo on Friday and home on Sunday.", "flies to Oslo on Friday and home on Sunday",
         "2021-06-11/2021-06-13"),
        ("He said on Tuesday that a vote was coming.", "a vote was coming", None),
        ("A summit is planned.", "A summit", None),
    ],
)  # fmt: skip
def test_when(sentence: str, words: str, when: str | None) -> None:
    draft = Draft([sentence])
    draft.appointment(0, words)
    assert coded(draft).when == when


def test_a_date_beside_it_counts_when_it_looks_ahead() -> None:
    draft = Draft(["Next month, officials announced, the council will vote."])
    draft.appointment(0, "the council will vote")
    assert coded(draft).when == "2021-07"


@pytest.mark.parametrize(
    ("sentence", "words", "status"),
    [
        ("The two will meet on Monday.", "will meet on Monday", "scheduled"),
        ("A vote is due in May.", "A vote is due in May", "scheduled"),
        ("The ministers could meet in May.", "could meet in May", "proposed"),
        ("Oslo offered to host talks next week.", "talks next week", "proposed"),
        ("If all goes well the two will meet.", "the two will meet", "scheduled"),
        ("The two will meet if it stops raining.", "will meet if it stops raining", "proposed"),
        ("The minister called off a visit to Oslo.", "a visit to Oslo", "cancelled"),
        ("The visit planned for May was postponed.", "The visit planned for May", "cancelled"),
        ("She will not travel to Oslo.", "will not travel to Oslo", "cancelled"),
        ("A call with her was not on his schedule.", "A call with her", "proposed"),
    ],
)
def test_status(sentence: str, words: str, status: str) -> None:
    draft = Draft([sentence])
    draft.appointment(0, words)
    assert coded(draft).status == status


def test_an_act_that_asks_or_refuses_decides() -> None:
    draft = Draft(["Oslo urged a summit in May."])
    draft.act(0, "urged", "REQUEST", mode="meet")
    draft.appointment(0, "a summit in May")
    assert coded(draft).status == "proposed"
    draft = Draft(["Oslo spurned a summit in May."])
    draft.act(0, "spurned", "REJECT", mode="meet")
    draft.appointment(0, "a summit in May")
    assert coded(draft).status == "cancelled"


def test_who_and_where_and_which_event() -> None:
    aro = Identity(name="Lena Aro", code="FIN", sector="GOV")
    draft = Draft(["Aro will meet the governor in Narvik."], who={"Aro": aro})
    draft.act(0, "meet", "AGREE", ["Aro", "the governor"], status="planned")
    draft.appointment(0, "will meet the governor in Narvik")
    draft.places[draft.at(0, "Narvik")] = Place(name="Narvik", code="NOR")
    item = coded(draft)
    assert (item.id, item.who, item.where, item.event) == ("a1", ("Lena Aro", "the governor"), "Narvik", "e1")


def test_without_an_event_whoever_is_named() -> None:
    draft = Draft(["The council is to vote on Monday."], published=None)
    draft.mention(0, "The council")
    draft.appointment(0, "is to vote on Monday")
    item = coded(draft)
    assert (item.who, item.where, item.event, item.when) == (("The council",), None, None, None)


@pytest.mark.parametrize(
    ("sentence", "status", "items"),
    [
        ("Aro will meet the governor in Narvik on Monday.", "planned", ["meet the governor in Narvik on Monday"]),
        ("Aro met the governor in Narvik on Monday.", "actual", []),
        ("Aro will meet the governor in Narvik.", "planned", []),
    ],
)
def test_a_dated_plan_stands_on_the_agenda(sentence: str, status: str, items: list[str]) -> None:
    draft = Draft([sentence])
    draft.act(0, "meet" if "will" in sentence else "met", "CONSULT", ["Aro", "the governor"], status=status)
    draft.places[draft.at(0, "Narvik")] = Place(name="Narvik", code="NOR")
    resolved = draft.resolved()
    resolved = replace(resolved, moments=moments(resolved.annotated))
    found = agenda(resolved, events(resolved))
    assert [item.text for item in found] == items
    assert all(item.made_by == "rule: planned event" and item.when == "2021-06-14" for item in found)


@pytest.mark.parametrize(("words", "told"), [("The", 0), ("The G7", 1)])
def test_an_article_alone_is_no_appointment(words: str, told: int) -> None:
    draft = Draft(["The G7 meets on Monday."])
    draft.appointment(0, words)
    resolved = draft.resolved()
    assert len(agenda(resolved, events(resolved))) == told
