"""What a sentence says of the backing of a claim."""

from __future__ import annotations

import pytest

from tensionwire.coding.evidence import backing, goes_on, speaks_for_itself
from tensionwire.records import Span


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("He offered no evidence for the charge.", "none"),
        ("The minister spoke without giving details.", "none"),
        ("She declined to name her source.", "none"),
        ("The ministry did not provide any documents.", "none"),
        ("They have not shown any proof of it.", "none"),
        ("No such letter has ever been shown.", "none"),
        ("The account could not be independently verified.", "none"),
        ("Neither figure could be confirmed.", "none"),
        ("The general showed reporters a video of the raid.", "offered"),
        ("He released satellite images of the site.", "offered"),
        ("The report cited three witnesses.", "offered"),
        ("The claim was based on intercepted calls and records.", "offered"),
        ("He walked to the car and left.", None),
        ("The ministry offered no comment.", None),
    ],
)
def test_backing(sentence: str, label: str | None) -> None:
    found = backing(sentence, [Span(0, len(sentence))])
    assert (found[0] if found else None) == label


def test_words_inside_the_stretches_only() -> None:
    sentence = 'She said "he showed no evidence" and left.'
    assert backing(sentence, [Span(0, 9), Span(33, len(sentence))]) is None


@pytest.mark.parametrize(("words", "yes"), [("Drone footage", True), ("Medical records", True), ("a clerk", False)])
def test_speaks_for_itself(words: str, yes: bool) -> None:
    assert speaks_for_itself(words) is yes


@pytest.mark.parametrize(
    ("sentence", "yes"),
    [
        ("It gave no names.", True),
        ("“They showed none.", True),
        ("But he gave none.", True),
        ("Paris agreed.", False),
    ],
)
def test_goes_on(sentence: str, yes: bool) -> None:
    assert goes_on(sentence) is yes
