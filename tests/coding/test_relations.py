"""Ties between parties: those the encoder marks, and those that stand in so many words."""

from __future__ import annotations

import pytest

from draft import Draft
from tensionwire.coding.relations import relations
from tensionwire.records import Identity

MAHDI = Identity(name="Sami Mahdi", code="SYR", sector="GOV")
MILITIA = Identity(name="the militia", code="YEM", sector="REB")


def pairs(draft: Draft) -> list[tuple[frozenset[str], str]]:
    return [(frozenset((one.a, one.b)), one.sign) for one in relations(draft.resolved())]


@pytest.mark.parametrize(
    ("sentence", "words", "sign", "expected"),
    [
        ("Japan has long been a friend of Chile.", "a friend of Chile", "+", [("JPN", "CHL")]),
        ("Kenya and Uganda share a feud.", "share a feud", "-", [("KEN", "UGA")]),
        ("Ties between Peru and Chile soured.", "Ties between Peru and Chile", "-", [("PER", "CHL")]),
        ("Egypt, which opposes Qatar and Chad, left.", "opposes Qatar and Chad", "-",
         [("EGY", "QAT"), ("EGY", "TCD")]),
        ("It rained over the old friends.", "the old friends", "+", []),
        ("Peru has its rivals.", "its rivals", "-", []),
    ],
)  # fmt: skip
def test_sides_of_a_marked_tie(sentence: str, words: str, sign: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft([sentence])
    draft.tie(0, words, sign)
    assert pairs(draft) == [(frozenset(pair), sign) for pair in expected]


@pytest.mark.parametrize(
    ("sentence", "mention", "expected"),
    [
        ("Turkish-backed militia held the road.", ("militia", MILITIA), ({"TUR", "YEM"}, "+")),
        ("Iran, another key Mahdi ally, sent arms.", ("Mahdi", MAHDI), ({"IRN", "SYR"}, "+")),
        ("Iran, a loyal ally of Syria, sent arms.", None, ({"IRN", "SYR"}, "+")),
        ("Syria's main backer Iran sent arms.", None, ({"IRN", "SYR"}, "+")),
        ("Chile is Peru's old rival.", None, ({"CHL", "PER"}, "-")),
    ],
)
def test_ties_in_so_many_words(
    sentence: str, mention: tuple[str, Identity] | None, expected: tuple[set[str], str]
) -> None:
    draft = Draft([sentence], who=dict([mention]) if mention else {})
    if mention:
        draft.mention(0, mention[0])
    (relation,) = relations(draft.resolved())
    assert ({relation.a, relation.b}, relation.sign) == expected
    assert relation.made_by == "rule: tie words"
    assert relation.text == relation.span.of(draft.text)


@pytest.mark.parametrize(
    "sentence", ["The ally left.", "Japan left.", "Its allies met in Japan.", "A friend of mine saw Peru."]
)
def test_no_tie(sentence: str) -> None:
    assert relations(Draft([sentence]).resolved()) == ()


def test_a_marked_tie_is_not_told_twice() -> None:
    draft = Draft(["Chile is Peru's old rival."])
    draft.tie(0, "Peru's old rival", "-")
    (relation,) = relations(draft.resolved())
    assert relation.made_by == "encoder"


def test_a_side_without_a_code_keeps_its_name() -> None:
    land = Identity(name="Vessia", reason="no such state")
    draft = Draft(["Vessia is an ally of Japan."], who={"Vessia": land})
    draft.mention(0, "Vessia")
    draft.tie(0, "an ally of Japan", "+")
    (relation,) = relations(draft.resolved())
    assert {(relation.a, relation.a_name), (relation.b, relation.b_name)} == {
        ("-", "Vessia"),
        ("JPN", "Japan"),
    }
