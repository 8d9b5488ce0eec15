"""Several persons judge the items of a report; what the ledger answers follows the last word, and can go back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.making import clash
from tensionwire.errors import LedgerError, StaleError, UsageError
from tensionwire.ledger import Ledger
from tensionwire.ledger.reviewing import coding_of, review, unreview, verdicts_of


def _types(ledger: Ledger) -> dict[str, str]:
    return {told.event: told.type for told in ledger.tellings()}


def test_what_is_rejected_is_no_longer_answered_until_it_is_taken_back(ledger: Ledger) -> None:
    ledger.add(clash())
    moment = ledger.diff("2000-01-01")[-1].at
    said = review(ledger.store, "r1/e1", "reject", by="Ada", reason="no shot was fired")
    assert "e1" not in _types(ledger)
    assert "e1" in {told.event for told in ledger.tellings(as_known_at=moment)}
    unreview(ledger.store, said.key, by="Ada")
    assert "e1" in _types(ledger)
    with pytest.raises(LedgerError, match="no verdict"):
        unreview(ledger.store, said.key, by="Ada")


def test_a_correction_is_a_new_coding_with_all_that_hangs_on_it(ledger: Ledger) -> None:
    ledger.add(clash())
    incident = ledger.incidents()[0].id
    said = review(
        ledger.store, "r1/e1", "correct", by="Ada", value={"type": "ACCUSE", "mode": "allege", "status": "alleged"}
    )
    told = next(one for one in ledger.tellings() if one.event == "e1")
    assert (told.type, told.mode, told.status, told.quad, told.score) == ("ACCUSE", "allege", "alleged", 3, -3.5)
    assert incident in {one.id for one in ledger.incidents()}
    assert ledger.report("r1").events[0].type == "ACCUSE"
    assert coding_of(ledger.store, "r1").record.events[0].type == "ASSAULT"
    assert list(ledger.verify()) == []
    unreview(ledger.store, said.key, by="Ada")
    assert _types(ledger)["e1"] == "ASSAULT"
    assert list(ledger.verify()) == []


def test_the_last_word_counts_and_all_are_kept(ledger: Ledger) -> None:
    ledger.add(clash())
    review(ledger.store, "r1/e1", "reject", by="Ada")
    review(ledger.store, "r1/e1", "confirm", by="Eve")
    assert "e1" in _types(ledger)
    assert [(one.by, one.kind) for one in verdicts_of(ledger.store)] == [("Ada", "reject"), ("Eve", "confirm")]
    review(ledger.store, "r1/e1", "reject", by="Root", final=True)
    review(ledger.store, "r1/e1", "confirm", by="Ada")
    assert "e1" not in _types(ledger), "what settles it counts before all others"
    assert len(verdicts_of(ledger.store, all=True)) == 4


@pytest.mark.parametrize(("item", "field", "given", "group"), [
    ("c1", "stance", "denies", "claims"), ("f1", "low", 4, "figures"), ("r1", "sign", "-", "relations"),
    ("a1", "status", "cancelled", "agenda"), ("e1", "date", "2024-03-05", "events"),
])  # fmt: skip
def test_items_of_every_kind(ledger: Ledger, item: str, field: str, given: object, group: str) -> None:
    ledger.add(clash())
    review(ledger.store, f"r1/{item}", "correct", by="Ada", value={field: given})
    (one,) = (one for one in getattr(ledger.report("r1"), group) if one.id == item)
    assert getattr(one, field) == given
    review(ledger.store, f"r1/{item}", "reject", by="Eve")
    answers = {"claims": ledger.claims, "figures": ledger.figures, "relations": ledger.relations,
               "agenda": ledger.agenda}  # fmt: skip
    if group in answers:
        assert answers[group]() == ()
    assert list(ledger.verify()) == []


def test_words_are_found_in_the_sentence_or_refused(ledger: Ledger) -> None:
    ledger.add(clash())
    review(ledger.store, "r1/e1", "correct", by="Ada", value={"trigger": "fired"})
    assert ledger.report("r1").events[0].trigger == "fired"
    actor = [{"text": "Grindavik", "code": "ISL", "sector": "GOV"}]
    review(ledger.store, "r1/e1", "correct", by="Ada", value={"recipient": actor})
    assert ledger.report("r1").events[0].recipient[0].text == "Grindavik"
    for value in ({"trigger": "sank"}, {"type": "WAR"}, {"mode": "phone"}, {"date": "soon"}, {"score": 3}, {}, {"type": ""},
                  {"actor": [{"text": "Norway", "code": "norway"}]}, {"contexts": ["weather"]}):  # fmt: skip
        with pytest.raises(UsageError):
            review(ledger.store, "r1/e1", "correct", by="Ada", value=value)
    with pytest.raises(UsageError):
        review(ledger.store, "r1/f1", "correct", by="Ada", value={"low": "many"})


def test_a_stale_page_is_told_and_changes_nothing(ledger: Ledger) -> None:
    ledger.add(clash())
    seen = coding_of(ledger.store, "r1").number
    first = review(ledger.store, "r1/e1", "confirm", by="Ada", coding=seen, mine="")
    with pytest.raises(StaleError, match="elsewhere"):
        review(ledger.store, "r1/e1", "reject", by="Ada", coding=seen, mine="")
    review(ledger.store, "r1/e1", "reject", by="Ada", coding=seen, mine=first.key)
    ledger.add(replace(clash(), coder="test 2"))
    with pytest.raises(StaleError, match="coded anew"):
        review(ledger.store, "r1/e2", "confirm", by="Ada", coding=seen, mine="")
    assert len(verdicts_of(ledger.store, all=True)) == 2


def test_what_is_forgotten_is_forgotten_in_corrections_too(ledger: Ledger) -> None:
    ledger.add(clash())
    review(ledger.store, "r1/a1", "correct", by="Ada", value={"where": "A secret place"}, reason="a secret reason")
    ledger.forget("r1", reason="a court said so")
    (said,) = verdicts_of(ledger.store)
    assert (said.value, said.reason) == (None, "")
    assert list(ledger.verify()) == []


def test_moves_by_a_person_outlive_a_correction(ledger: Ledger) -> None:
    ledger.add(clash())
    ledger.move("r1/e2", ledger.incidents()[0].id, by="Ada", reason="one thing")
    before = {i.id: sorted(t.event for t in i.tellings) for i in ledger.incidents()}
    review(ledger.store, "r1/e1", "correct", by="Ada", value={"status": "alleged"})
    assert {i.id: sorted(t.event for t in i.tellings) for i in ledger.incidents()} == before
