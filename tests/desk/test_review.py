"""Review through its pages: verdicts by form, next item, undo, agreement, settling, and what leaves as training."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from desk.asking import Browser, Desk
from ledger.making import clash
from tensionwire.desk.identity import Role
from tensionwire.desk.review.agreement import kappa
from tensionwire.desk.review.export import export
from tensionwire.errors import UsageError
from tensionwire.ledger import Ledger
from tensionwire.ledger.reviewing import verdicts_of


def _ledger(desk: Desk) -> Ledger:
    found: Ledger = desk.app.state.desk.ledger
    return found


def _say(browser: Browser, item: str, verdict: str, **more: Any) -> Any:
    """Send the form of an item as the page has it, with some fields changed."""
    text = browser.get("/review/r1").text
    return browser.post(f"/review/r1/{item}", data=_form(text, item) | {"verdict": verdict} | more)


def _form(text: str, item: str) -> dict[str, str]:
    part = text[text.index(f'action="/review/r1/{item}"') :].partition("</form>")[0]
    fields = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', part))
    fields |= {
        name: re.sub("<.*?>", "", words)
        for name, words in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', part, re.S)
    }
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', part, re.S):
        chosen = re.search(r"<option selected>(.*?)</option>", options)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("verdict", None)
    return {name: unescape(value) for name, value in fields.items()}


@pytest.fixture
def told(accounts: Desk) -> Desk:
    """A desk on a ledger with one report."""
    _ledger(accounts).add(clash(title="A clash <b>at sea</b>"))
    return accounts


def test_judging_goes_on_to_the_next_item_until_all_is_judged(told: Desk) -> None:
    ada = told.member("Ada", Role.reviewer)
    page = ada.get("/review").text
    assert "A clash &lt;b&gt;at sea&lt;/b&gt;" in page
    seen = []
    for _ in range(6):
        text = ada.get("/review/r1").text
        (now,) = re.findall(r'<li id="(\w+)"><a id="now">', text)
        seen.append(now)
        answer = _say(ada, now, "confirm")
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/review/r1?after={now}"
    assert sorted(seen) == ["a1", "c1", "e1", "e2", "f1", "r1"]
    assert "You have judged all of it" in ada.get("/review/r1").text


def test_a_correction_changes_what_the_desk_shows(told: Desk) -> None:
    ada = told.member("Ada", Role.reviewer)
    assert _say(ada, "e1", "correct", **{"field.type": "ACCUSE", "field.status": "alleged"}).status_code == 303
    one = next(one for one in _ledger(told).tellings() if one.event == "e1")
    assert (one.type, one.status) == ("ACCUSE", "alleged")
    (said,) = verdicts_of(_ledger(told).store)
    assert (said.by, said.value) == ("Ada", {"type": "ACCUSE", "status": "alleged"})


def test_parties_dates_numbers_and_lists_are_read_from_the_form(told: Desk) -> None:
    ada = told.member("Ada", Role.reviewer)
    assert (
        _say(
            ada, "e1", "correct", **{"field.recipient": "a trawler | ISL | -\nIceland|isl|gov", "field.date": ""}
        ).status_code
        == 303
    )
    assert _say(ada, "f1", "correct", **{"field.low": "3", "field.high": ""}).status_code == 303
    assert _say(ada, "a1", "correct", **{"field.who": "Norway\n\n Iceland and others "}).status_code == 303
    record = _ledger(told).report("r1")
    assert [(a.text, a.code, a.sector) for a in record.events[0].recipient] == [
        ("a trawler", "ISL", None),
        ("Iceland", "ISL", "GOV"),
    ]
    assert record.events[0].date is None
    assert (record.figures[0].low, record.figures[0].high) == (3, None)
    assert record.agenda[0].who == ("Norway", "Iceland and others")


@pytest.mark.parametrize(
    "fields", [{"field.trigger": "sank"}, {"field.actor": "Atlantis | ATL | GOV"}, {"field.date": "soon"}, {}]
)
def test_a_correction_that_will_not_do_is_told_and_kept_in_the_form(told: Desk, fields: dict[str, str]) -> None:
    ada = told.member("Ada", Role.reviewer)
    answer = _say(ada, "e1", "correct", reason="because I say so", **fields)
    assert answer.status_code == 400
    assert "Not stored" in answer.text
    assert "because I say so" in answer.text
    assert all(value in unescape(answer.text) for value in fields.values())
    assert verdicts_of(_ledger(told).store) == ()


def test_a_page_from_before_loses_nothing(told: Desk) -> None:
    """The report was coded anew while the page stood open; what was filled in comes back beside the message."""
    ada = told.member("Ada", Role.reviewer)
    before = _form(ada.get("/review/r1").text, "e1")
    _ledger(told).add(replace(clash(), coder="test 2"))
    answer = ada.post("/review/r1/e1", data=before | {"verdict": "reject", "reason": "nobody was there"})
    assert answer.status_code == 409
    assert "coded anew" in answer.text
    again = _form(answer.text, "e1")
    assert again["reason"] == "nobody was there"
    assert ada.post("/review/r1/e1", data=again | {"verdict": "reject"}).status_code == 303
    assert verdicts_of(_ledger(told).store)[0].reason == "nobody was there"


def test_a_judgement_sent_after_logging_out_can_be_sent_again(told: Desk) -> None:
    ada = told.member("Ada", Role.reviewer)
    form = _form(ada.get("/review/r1").text, "e1") | {"verdict": "reject", "reason": "nobody <was> there"}
    ada.fill("/account", "/account/log-out-everywhere")
    answer = ada.post("/review/r1/e1", data=form)
    assert answer.status_code == 403
    assert "no longer logged in" in answer.text
    assert "nobody &lt;was&gt; there" in answer.text
    ada.log_in("Ada")
    for _ in range(2):
        kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
        answer = ada.post("/review/r1/e1", data={name: unescape(value) for name, value in kept.items()})
    assert answer.status_code == 303
    assert verdicts_of(_ledger(told).store)[0].reason == "nobody <was> there"


def test_two_people_judge_blind_agree_and_differ_and_an_editor_settles(told: Desk) -> None:
    ada, eve = told.member("Ada", Role.reviewer), told.member("Eve", Role.reviewer)
    _say(ada, "e1", "reject", reason="an accident")
    assert "an accident" not in eve.get("/review/r1").text
    _say(eve, "e1", "confirm")
    assert "an accident" in eve.get("/review/r1").text
    for browser in (ada, eve):
        _say(browser, "e2", "confirm")
        _say(browser, "c1", "correct", **{"field.stance": "denies"})
    page = ada.get("/review/agreement").text
    assert "differ in kept" in page
    assert "This holds" not in page
    root = told.member("Root", Role.editor)
    verdict = verdicts_of(_ledger(told).store)[0]
    assert verdict.kind == "reject"
    assert ada.post("/review/r1/e1/settle", data={"csrf": ada.form("/account"), "key": verdict.key}).status_code == 403
    assert root.fill("/review/agreement", "/review/r1/e1/settle", key=verdict.key).status_code == 303
    assert "settled" in ada.get("/review/agreement").text
    assert "e1" not in {one.event for one in _ledger(told).tellings()}


def test_a_verdict_is_taken_back_by_whoever_gave_it_or_an_editor(told: Desk) -> None:
    ada, eve = told.member("Ada", Role.reviewer), told.member("Eve", Role.reviewer)
    _say(ada, "e1", "reject")
    _say(eve, "e2", "reject")
    assert eve.post("/review/undo/v1", data={"csrf": eve.form("/account")}).status_code == 403
    assert ada.fill("/review/history", "/review/undo/v1").status_code == 303
    assert told.member("Root", Role.editor).fill("/review/history", "/review/undo/v2").status_code == 303
    assert {one.event for one in _ledger(told).tellings()} == {"e1", "e2"}
    assert ada.get("/review/history").text.count("no longer stands") == 2


@pytest.mark.parametrize(
    "path", ["/review", "/review/r1", "/review/agreement", "/review/history", "/review/training.jsonl"]
)
def test_readers_do_not_review(told: Desk, path: str) -> None:
    reader = told.member("Rea")
    assert reader.get(path).status_code == 403
    assert reader.post("/review/r1/e1", data={"csrf": reader.form("/account"), "verdict": "reject"}).status_code == 403
    assert verdicts_of(_ledger(told).store) == ()


@pytest.mark.parametrize("to", ["/review/r9/e1", "/review/r1/e99", "/review/x/y", "/review/r1/%2e%2e"])
def test_what_is_not_there_is_told(told: Desk, to: str) -> None:
    ada = told.member("Ada", Role.reviewer)
    answer = ada.post(to, data={"csrf": ada.form("/account"), "verdict": "confirm"})
    assert answer.status_code in (400, 404, 409)
    assert verdicts_of(_ledger(told).store) == ()


@pytest.mark.parametrize(("pairs", "expected"), [
    # Cohen 1960; the second is the worked example of 50 grant proposals that textbooks use.
    ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
    ([("a", "a"), ("b", "b"), ("c", "c")], 1.0), ([], None), ([("a", "a")] * 3, None), ([("a", "b")] * 3, 0.0),
])  # fmt: skip
def test_kappa(pairs: list[tuple[str, str]], expected: float | None) -> None:
    found = kappa(pairs)
    assert found == pytest.approx(expected) if expected is not None else found is None


def test_training_records_hold_what_persons_left(told: Desk, tmp_path: Path) -> None:
    ada = told.member("Ada", Role.reviewer)
    _say(ada, "e1", "correct", **{"field.status": "alleged"})
    with pytest.raises(UsageError, match="no report"):
        export(_ledger(told).store, tmp_path)
    assert export(_ledger(told).store, tmp_path, partial=True)[1] == 1
    for item in ("e2", "c1", "f1", "a1"):
        _say(ada, item, "confirm")
    _say(ada, "r1", "reject")
    path, count = export(_ledger(told).store, tmp_path)
    assert (path, count) == (tmp_path / "records" / "review.jsonl", 1)
    (record,) = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert faults(record) == []
    assert [event["status"] for event in record["events"]] == ["alleged", "planned"]
    assert record["relations"] == []
    assert ada.get("/review/training.jsonl").text == path.read_text(encoding="utf-8")


def test_what_persons_differ_on_is_no_training_until_it_is_settled(told: Desk, tmp_path: Path) -> None:
    ada, eve, root = (told.member(name, Role.editor) for name in ("Ada", "Eve", "Root"))
    for item in ("e1", "e2", "c1", "f1", "a1", "r1"):
        _say(ada, item, "confirm")
    _say(eve, "e1", "reject")
    with pytest.raises(UsageError):
        export(_ledger(told).store, tmp_path)
    root.fill("/review/agreement", "/review/r1/e1/settle", key="v1")
    assert export(_ledger(told).store, tmp_path)[1] == 1


def test_evaluate_scores_a_coder_on_them(told: Desk, tmp_path: Path) -> None:
    from tensionwire.evaluate.benchmark import Subject
    from tensionwire.evaluate.run import evaluate

    ada = told.member("Ada", Role.reviewer)
    for item in ("e1", "e2", "c1", "f1", "a1", "r1"):
        _say(ada, item, "confirm")
    export(_ledger(told).store, tmp_path)
    itself = Subject(
        code=lambda reports: (replace(clash(), doc_id=one.doc_id) for one in reports), resolve=iter, identify=str
    )  # type: ignore[arg-type, return-value]
    (outcome,) = evaluate(tmp_path, lambda: itself, split="review", resamples=0)
    by = {estimate.measure.key: estimate for estimate in outcome.estimates}
    assert outcome.scored == 1
    for key in ("event.type", "claim.full", "figure.value", "relation", "event.status", "event.date"):
        assert by[key].value == 1.0, key


EVENT = {
    "kind": "event", "s": "2", "field.event.trigger": "urged calm", "field.event.type": "REQUEST",
    "field.event.status": "actual", "field.event.actor": "Denmark | DNK | GOV", "field.event.recipient": "Norway|NOR|-",
    "field.claim.content": "left over from before", "reason": "it is an appeal",
}  # fmt: skip
CLAIM = {
    "kind": "claim", "s": "1", "field.claim.content": "unprovoked", "field.claim.speaker": "Iceland | ISL | GOV",
    "field.claim.stance": "accuses", "field.claim.about": "e1",
}  # fmt: skip


def _add(browser: Browser, form: dict[str, str], **more: str) -> Any:
    """Send the form that adds an item as the page has it."""
    text = browser.get("/review/r1").text
    held = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text.partition("data-add>")[2]))
    return browser.post("/review/r1/add", data=held | form | more)


def test_what_the_coder_missed_is_added_shown_and_can_be_taken_back(told: Desk) -> None:
    ada = told.member("Ada", Role.reviewer)
    answer = _add(ada, EVENT)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/r1#e3")
    one = next(one for one in _ledger(told).tellings() if one.event == "e3")
    assert (one.type, one.trigger, [party.code for party in one.actor]) == ("REQUEST", "urged calm", ["DNK"])
    assert "urged calm" in told.member("Rea").get("/report/r1").text
    assert _add(ada, CLAIM).headers["location"] == "/review/r1#c2"
    assert {one.claim.content for one in _ledger(told).claims()} == {"the shots were unprovoked", "unprovoked"}
    assert list(_ledger(told).verify()) == []
    history = ada.get("/review/history").text
    assert "it is an appeal" in history
    assert ada.fill("/review/history", "/review/undo/v1").status_code == 303
    assert "e3" not in {one.event for one in _ledger(told).tellings()}
    assert len(_ledger(told).claims()) == 2
    assert _add(ada, EVENT).headers["location"] == "/review/r1#e4", "an id is never given twice"


def test_an_addition_is_judged_by_others_like_any_item(told: Desk) -> None:
    ada, eve, root = (told.member(name, Role.editor) for name in ("Ada", "Eve", "Root"))
    _add(ada, EVENT)
    assert "it is an appeal" not in eve.get("/review/r1").text
    assert _say(eve, "e3", "reject", reason="too vague").status_code == 303
    assert "e3" not in {one.event for one in _ledger(told).tellings()}
    assert "differ in kept" in root.get("/review/agreement").text
    assert root.fill("/review/agreement", "/review/r1/e3/settle", key="v1").status_code == 303
    assert "e3" in {one.event for one in _ledger(told).tellings()}
    assert _say(ada, "e3", "correct", **{"field.type": "ACCUSE"}).status_code == 303
    assert [one.kind for one in verdicts_of(_ledger(told).store)] == ["add", "reject", "confirm", "correct"]
    assert ada.fill("/review/history", "/review/undo/v1").status_code == 303
    assert "e3" not in {one.event for one in _ledger(told).tellings()}
    for page in ("/review/agreement", "/review/history", "/review/r1", "/review/training.jsonl?partial=true"):
        assert ada.get(page).status_code == 200, page


def test_an_addition_is_training(told: Desk, tmp_path: Path) -> None:
    ada = told.member("Ada", Role.reviewer)
    for item in ("e1", "e2", "c1", "f1", "a1", "r1"):
        _say(ada, item, "confirm")
    _add(ada, EVENT)
    _add(ada, CLAIM)
    path, count = export(_ledger(told).store, tmp_path)
    assert count == 1
    (record,) = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert faults(record) == []
    assert [event["trigger"] for event in record["events"]] == ["fired on", "are to meet", "urged calm"]
    assert record["claims"][1] | {"span": 0} == record["claims"][1] | {"span": 0, "stance": "accuses", "about": "e1"}


@pytest.mark.parametrize(("change", "why"), [
    ({"field.event.trigger": "sank"}, "does not stand in the sentence"), ({"field.event.trigger": ""}, "is empty"),
    ({"field.event.type": ""}, "is no type"), ({"kind": "figure"}, "cannot be added"), ({"kind": ""}, "cannot be added"),
    ({"s": "99"}, "is none of the report"), ({"s": "-1"}, "is none of the report"), ({"s": "x"}, "is none of the report"),
    ({"field.event.actor": "Sweden | SWE | GOV"}, "does not stand in the sentence"), ({"coding": "7"}, "coded anew"),
])  # fmt: skip
def test_an_addition_that_will_not_do_is_told_and_kept_in_the_form(
    told: Desk, change: dict[str, str], why: str
) -> None:
    ada = told.member("Ada", Role.reviewer)
    answer = _add(ada, EVENT, **change)
    assert answer.status_code == (409 if "coding" in change else 400)
    assert why in unescape(answer.text)
    assert 'value="it is an appeal"' in answer.text
    assert verdicts_of(_ledger(told).store, all=True) == ()
    assert ada.get("/review/r1").status_code == 200


def test_readers_add_nothing(told: Desk) -> None:
    reader = told.member("Rea")
    assert reader.post("/review/r1/add", data={"csrf": reader.form("/account"), **EVENT}).status_code == 403


def faults(record: dict[str, Any]) -> list[str]:
    """What the codebook's rules find wrong: substrings where they should be, known codes, ids that lead somewhere."""
    wrong = [n for n, (s, at) in enumerate(zip(record["sentences"], record["sentence_starts"], strict=True))
             if record["text"][at : at + len(s)] != s]  # fmt: skip
    found = [f"sentence {n}" for n in wrong]
    ids = {one["id"] for group in ("events", "claims") for one in record[group]}
    quoted = {
        "events": ["trigger"],
        "claims": ["content", "cue"],
        "figures": ["text"],
        "relations": ["text"],
        "agenda": ["text"],
    }
    for group, names in quoted.items():
        for one in record[group]:
            for name in names:
                span = one["span" if name == "text" else f"{name}_span"]
                if one[name] != "-" and record["text"][span[0] : span[1]] != one[name]:
                    found.append(f"{one['id']} {name}")
                if one[name] != "-" and one[name] not in record["sentences"][one["s"]]:
                    found.append(f"{one['id']} {name} is not in its sentence")
            parties = [
                *one.get("actor", []),
                *one.get("recipient", []),
                *([one["speaker"]] if group == "claims" else []),
            ]
            found += [
                f"{one['id']} {p}"
                for p in parties
                if p["text"] != "-" and record["text"][slice(*p["span"])] != p["text"]
            ]
            found += [
                f"{one['id']} code"
                for p in parties
                if p["code"] != "-" and not (len(p["code"]) == 3 and p["code"].isupper())
            ]
            found += [
                f"{one['id']} {name}"
                for name in ("about", "disputes", "same_as")
                if one.get(name) and one[name] not in ids
            ]
    return found
