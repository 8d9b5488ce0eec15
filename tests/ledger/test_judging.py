"""Incidents over several reports, and a person's word on them."""

from __future__ import annotations

import pytest

from ledger.making import Draft, clash
from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import Filter, Ledger
from tensionwire.ledger.summaries import Summary
from tensionwire.records import Record

ME = {"by": "Ida", "reason": "read both"}


def told(words: str, name: str, outlet: str, **about: object) -> Record:
    """Another report of the shots off Grindavik."""
    draft = Draft(words).event("fired on", "ASSAULT", "NOR", "ISL", date="2024-03-04", place="Grindavik")
    return draft.record(name, outlet=outlet, **about)


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    """Two reports of one happening, i1 of r1/e1 and r2/e1."""
    ledger.add(clash())
    ledger.add(
        told(
            "A patrol boat of Norway fired on a trawler of Iceland near Grindavik on March 4; three sailors died.",
            "d2",
            "Fjord Courier",
        )
    )
    return ledger


def members(ledger: Ledger, **known: str) -> dict[str, list[str]]:
    return {
        i.id: [f"{t.report}/{t.event}" for t in i.tellings]
        for i in ledger.incidents(Filter(type="ASSAULT"), **known)  # type: ignore[arg-type]
    }


def test_reports_of_one_happening_are_one_incident(desk: Ledger) -> None:
    assert members(desk) == {"i1": ["r1/e1", "r2/e1"]}
    (incident,) = desk.incidents(Filter(type="ASSAULT"))
    assert incident.links[1].reasons
    assert incident.links[1].probability > 0.5
    summary = Summary.of(incident)
    assert (summary.outlets, summary.origins, summary.type, summary.place) == (2, 2, "ASSAULT", "Grindavik")


def test_another_happening_is_another_incident(desk: Ledger) -> None:
    draft = Draft("Sweden fired on a ferry of Finland off Turku on May 9.")
    desk.add(draft.event("fired on", "ASSAULT", "SWE", "FIN", date="2024-05-09").record("d3", published="2024-05-10"))
    assert len(members(desk)) == 2


def test_a_telling_apart_and_back(desk: Ledger) -> None:
    done = desk.move("r2/e1", None, **ME)
    assert (done.kind, done.target, done.into) == ("move", "r2/e1", "i3")
    assert members(desk) == {"i1": ["r1/e1"], "i3": ["r2/e1"]}
    desk.undo(done.key, **ME)
    assert members(desk) == {"i1": ["r1/e1", "r2/e1"]}
    assert members(desk, as_known_at=done.at) == {"i1": ["r1/e1"], "i3": ["r2/e1"]}


def test_a_founder_apart_leaves_the_others_together(desk: Ledger) -> None:
    desk.add(
        told("Norway fired on a trawler of Iceland off Grindavik on March 4, the coast guard said.", "d3", "Cod Weekly")
    )
    assert members(desk) == {"i1": ["r1/e1", "r2/e1", "r3/e1"]}
    done = desk.move("r1/e1", None, **ME)
    assert members(desk) == {"i1": ["r1/e1"], "i3": ["r2/e1", "r3/e1"]}
    assert desk.incidents(Filter(incident="i3"))[0].links[0].by == "Ida"
    desk.undo(done.key, **ME)
    assert members(desk) == {"i1": ["r1/e1", "r2/e1", "r3/e1"]}


def test_incidents_become_one(desk: Ledger) -> None:
    apart = desk.move("r2/e1", None, **ME)
    done = desk.merge("i3", "i1", **ME)
    assert members(desk) == {"i1": ["r1/e1", "r2/e1"]}
    assert [j.undone for j in desk.judgements()] == [True, False]
    assert [j.undone for j in desk.judgements(as_known_at=apart.at)] == [False]
    assert done.into == "i1"


def test_what_is_rejected_is_no_longer_answered(desk: Ledger) -> None:
    done = desk.judge("r2/e1", "reject", **ME)
    assert members(desk) == {"i1": ["r1/e1"]}
    claim = desk.judge("r1/c1", "reject", **ME)
    assert desk.claims() == ()
    desk.undo(claim.key, **ME)
    assert len(desk.claims()) == 1
    desk.judge("r2/e1", "confirm", **ME)
    assert members(desk) == {"i1": ["r1/e1", "r2/e1"]}
    assert members(desk, as_known_at=done.at) == {"i1": ["r1/e1"]}


def test_search_goes_by_where_a_person_put_a_telling_and_what_was_rejected(desk: Ledger) -> None:
    def found(**asked: str) -> list[str]:
        return sorted(hit.source.report for hit in desk.search("trawler", Filter(**asked)))  # type: ignore[arg-type]

    done = desk.move("r2/e1", None, **ME)
    assert (found(incident="i1"), found(incident=str(done.into))) == (["r1"], ["r2"])
    assert found(type="ASSAULT") == ["r1", "r2"]
    desk.judge("r2/e1", "reject", **ME)
    assert found(type="ASSAULT") == ["r1"]


def test_claims_and_figures_go_where_a_person_put_what_they_are_about(desk: Ledger) -> None:
    done = desk.move("r1/e1", None, **ME)
    moved = next(i.id for i in desk.incidents(Filter(type="ASSAULT")) if i.tellings[0].report == "r1")
    assert [one.source.report for one in desk.figures(Filter(incident=moved))] == ["r1"]
    desk.undo(done.key, **ME)
    assert [one.incident for one in desk.claims(Filter(incident="i1"))] == ["i1"]


def test_a_judgement_outlives_a_new_coding(desk: Ledger) -> None:
    desk.move("r2/e1", None, **ME)
    desk.judge("r1/e2", "reject", **ME)
    desk.add(
        told(
            "A patrol boat of Norway fired on a trawler of Iceland near Grindavik on March 4; three sailors died.",
            "d2",
            "Fjord Courier",
            coder="test 2",
        )
    )
    desk.add(clash(coder="test 2"))
    assert sorted(map(tuple, members(desk).values())) == [("r1/e1",), ("r2/e1",)]
    assert [t.event for t in desk.tellings(Filter(report="r1"))] == ["e1"]


def test_changes_are_told(desk: Ledger) -> None:
    done = desk.move("r2/e1", None, **ME)
    desk.undo(done.key, **ME)
    found = [(c.way, c.key, c.told, c.by) for c in desk.diff("2000-01-01") if c.what == "judgement"]
    assert found == [("learnt", "j3", "move r2/e1 to i3", "Ida"), ("taken back", "j3", "move r2/e1 to i3", "Ida")]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda d: d.move("r2/e1", None, by="", reason="x"), UsageError),
        (lambda d: d.move("r2/e1", None, by="Ida", reason=" "), UsageError),
        (lambda d: d.move("r2", None, **ME), UsageError),
        (lambda d: d.move("r2/e9", None, **ME), LedgerError),
        (lambda d: d.move("r1/e2", None, **ME), LedgerError),
        (lambda d: d.move("r1/e2", "i99", **ME), LedgerError),
        (lambda d: d.merge("i1", "i1", **ME), UsageError),
        (lambda d: d.judge("r1/e1", "perhaps", **ME), UsageError),
        (lambda d: d.judge("r1/c9", "reject", **ME), LedgerError),
        (lambda d: d.undo("j1", **ME), LedgerError),
        (lambda d: d.undo("3", **ME), UsageError),
    ],
)
def test_what_cannot_be_judged_is_told(desk: Ledger, call: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        call(desk)  # type: ignore[operator]
    assert desk.judgements() == ()
