"""The sector of actors whom no table knows."""

from __future__ import annotations

import pytest

from tensionwire.records import Span
from tensionwire.resolve.actors import Who
from tensionwire.resolve.likeness import NONE, SURE, Phrase, likely, model, phrase
from tensionwire.resolve.phrases import read
from tensionwire.resolve.scan import scan
from tensionwire.resolve.sectors import LIKENESS

WHO = Who.load()


def told(text: str) -> Phrase | None:
    laid = scan(text, [Span(0, len(text))])
    return phrase(laid, read(laid, 0, len(laid.words)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("three armed smugglers", Phrase("smugglers", ("armed",), ())),
        ("a Norwegian bank", Phrase("bank", (), ())),
        ("the owners of two Peruvian copper mines", Phrase("owners", (), ("copper", "mines"))),
        ("a ship-owning family", Phrase("family", ("ship", "owning"), ())),
        ("Norway", None),
        ("the", None),
        ("42", None),
    ],
)
def test_a_phrase_is_its_plain_words(text: str, expected: Phrase | None) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "sector"), [("a frigate", "MIL"), ("burglars", "CRM"), ("columnists", "JRN"), ("a drug syndicate", "CRM")]
)
def test_words_like_known_ones_have_their_sector(text: str, sector: str) -> None:
    found = told(text)
    assert found is not None
    guess = likely(found)
    assert guess is not None
    assert guess[0] == sector
    assert SURE <= guess[1] <= 1


@pytest.mark.parametrize("head", ["qwfpgj", "thing", ""])
def test_unknown_heads_have_none(head: str) -> None:
    assert likely(Phrase(head, ("military",), ("army",))) is None


def test_weights_fit_together() -> None:
    made = model()
    assert made.head.shape == made.beside.shape == (len(made.index), len(made.sectors))
    assert made.shift.shape == (len(made.sectors),)
    assert NONE in made.sectors


def test_a_guess_says_that_it_is_one() -> None:
    found = WHO.identify("two Danish commuters")
    assert (found.code, found.sector) == ("DNK", "CVL")
    assert found.rule.endswith(LIKENESS)
    assert WHO.identify("the commuters", country="PER").rule == f"country given{LIKENESS}"
    assert WHO.identify("a Danish intelligence agency officer").sector == "SPY"
    assert not WHO.identify("Danish soldiers").rule.endswith(LIKENESS)
