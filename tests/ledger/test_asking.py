"""Questions: what filters let through, now and as it was known."""

from __future__ import annotations

import pytest

from ledger.making import NAMES, Draft, clash, plain
from tensionwire.errors import LedgerError, UsageError
from tensionwire.ledger import Filter, Ledger, searching
from tensionwire.measure.issues import Issue
from tensionwire.records import Incident, Party, Record, Telling


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    """A ledger with some reports."""
    ledger.add(clash())
    ledger.add(
        plain(
            "Norway condemned Iceland over herring quotas in Reykjavik.",
            "d2",
            outlet="Fjord Courier",
            published="2024-05-02",
        )
    )
    ledger.add(other("Sweden accused Finland of slow trains.", "d3", published=None))
    return ledger


def other(words: str, name: str, **about: object) -> Record:
    return Draft(words).event("accused", "ACCUSE", "SWE", "FIN", date="2024-02/2024-03").record(name, **about)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["r1/e2", "r1/e1", "r2/e1", "r3/e1"]),
        ({"actor": "NOR"}, ["r1/e1", "r1/e2", "r2/e1"]),
        ({"actor": "Norway"}, ["r1/e1", "r1/e2", "r2/e1"]),
        ({"actor": "EU"}, ["r3/e1"]),
        ({"pair": ("ISL", "NOR")}, ["r1/e1", "r1/e2", "r2/e1"]),
        ({"pair": ("EU", "SWE")}, ["r3/e1"]),
        ({"pair": ("SWE", "NOR")}, []),
        ({"type": "ASSAULT"}, ["r1/e1"]),
        ({"status": "planned"}, ["r1/e2"]),
        ({"place": "Grindavik"}, ["r1/e1"]),
        ({"place": "grindavík"}, ["r1/e1"]),
        ({"place": "Iceland"}, ["r1/e1"]),
        ({"since": "2024-03-20", "until": "2024-03-20"}, ["r1/e2"]),
        ({"since": "2024-03-05", "until": "2024-03-19"}, []),
        ({"since": "2024-05-02"}, ["r2/e1"]),
        ({"until": "2024-02-10"}, ["r3/e1"]),
        ({"outlet": "fjord courier"}, ["r2/e1"]),
        ({"confidence": 0.8}, ["r1/e1", "r2/e1", "r3/e1"]),
        ({"issue": "fish"}, ["r2/e1"]),
        ({"report": "r2"}, ["r2/e1"]),
        ({"incident": "i1"}, ["r1/e1"]),
        ({"actor": "NOR", "type": "ASSAULT", "place": "Grindavik", "outlet": "Harbour Post", "since": "2024-03-01"}, ["r1/e1"]),
    ],
)  # fmt: skip
def test_tellings_that_a_filter_lets_through(desk: Ledger, asked: dict[str, object], found: list[str]) -> None:
    if asked.get("issue") == "fish":
        asked = {"issue": Issue(name="fish", terms=("herring", "cod"))}
    answer = desk.tellings(Filter(**asked))  # type: ignore[arg-type]
    assert sorted(f"{t.report}/{t.event}" for t in answer) == sorted(found)


def test_the_newest_day_comes_first_and_a_limit_holds(desk: Ledger) -> None:
    assert [t.report + t.event for t in desk.tellings(Filter(limit=2))] == ["r2e1", "r1e2"]
    assert [t.event for t in desk.tellings(Filter(actor="NOR", limit=1))] == ["e1"]
    assert [i.id for i in desk.incidents(Filter(limit=2))] == ["i3", "i2"]


def test_a_date_vaguer_than_a_month_is_judged_by_its_first_day(ledger: Ledger) -> None:
    ledger.add(Draft("Sweden accused Finland.").event("accused", "ACCUSE", "SWE", "FIN", date="2003").record())
    assert ledger.tellings(Filter(since="2003-06-01", until="2003-07-01")) == ()
    assert len(ledger.tellings(Filter(since="2003-01-01", until="2003-01-01"))) == 1


@pytest.mark.parametrize(
    "asked",
    [{"since": "yesterday"}, {"until": "2024"}, {"actor": "Nobody At All"}, {"issue": "no such issue"}, {"report": "x1"}, {"incident": "i"}],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(desk: Ledger, asked: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        desk.incidents(Filter(**asked))


def test_moments_that_are_none(desk: Ledger) -> None:
    with pytest.raises(UsageError, match="is no moment"):
        desk.tellings(as_known_at="last week")
    with pytest.raises(UsageError, match="before the first"):
        desk.diff("2090-01-01", "2000-01-01")


def test_items_come_with_where_they_stand(desk: Ledger) -> None:
    (claim,) = desk.claims(Filter(actor="ISL"))
    assert (claim.claim.content, claim.source.outlet, claim.incident) == (
        "the shots were unprovoked",
        "Harbour Post",
        "i1",
    )
    assert claim.sentence == "Iceland said the shots were unprovoked."
    assert desk.claims(Filter(actor="NOR")) == ()
    assert len(desk.claims(Filter(pair=("NOR", "ISL"), type="ASSAULT", status="asserts", incident="i1"))) == 1
    assert desk.claims(Filter(status="denies")) == ()
    (figure,) = desk.figures(Filter(actor="NOR", place="Grindavik"))
    assert (figure.figure.low, figure.incident) == (3, "i1")
    (tie,) = desk.relations(Filter(pair=("NOR", "DNK"), status="+"))
    assert tie.relation.text == "an ally of Norway"
    assert len(desk.relations(Filter(issue=Issue(name="fish", terms=("cod",))))) == 1
    assert desk.relations(Filter(issue=Issue(name="fish", terms=("herring",)))) == ()
    (item,) = desk.agenda(Filter(actor="NOR", since="2024-03-20", until="2024-03-20"))
    assert (item.item.where, item.incident) == ("Oslo", "i2")
    assert desk.agenda(Filter(since="2024-03-21")) == ()
    assert len(desk.agenda(Filter(place="Oslo"))) == 1


def test_actors_are_counted_over_reports(desk: Ledger) -> None:
    desk.add(clash("d9", outlet="Fjord Courier", url="https://fjord.example/9"))
    found = desk.actors(Filter(actor="NOR"))
    assert [(a.name, a.reports, a.origins, a.first) for a in found] == [("Norway", 2, 1, "2024-03-06")]
    assert len(desk.actors(Filter(limit=2))) == 2
    assert desk.actors(Filter(since="2024-03-07")) == ()


@pytest.mark.parametrize(
    ("words", "reports"),
    [
        ("trawler", ["r1"]), ("trawlers", ["r1"]), ("Norway Iceland", ["r1", "r2"]), ('"cod banks"', ["r1"]),
        ('"banks cod"', []), ("Norway -herring", ["r1"]), ("norway's", []), ('"', None), ("* OR (", ["none"]),
        ("trains", ["r3"]), ("Norway NOT", []), ("herring:*", ["r2"]),
    ],
)  # fmt: skip
def test_search(desk: Ledger, words: str, reports: list[str] | None) -> None:
    if reports is None:
        with pytest.raises(UsageError, match="no word"):
            desk.search(words)
    elif reports == ["none"]:
        desk.search(words)
    else:
        assert sorted(hit.source.report for hit in desk.search(words)) == reports or words in ("norway's", "Norway NOT")


def test_search_shows_why_and_heeds_filters(desk: Ledger) -> None:
    (hit,) = desk.search("calm cod banks")
    assert hit.excerpts == ("Denmark, an ally of Norway, urged calm over the cod banks.",)
    assert len(desk.search("Norway", Filter(type="ASSAULT"))) == 1
    assert len(desk.search("Norway", Filter(outlet="Fjord Courier"))) == 1
    assert len(desk.search("Norway", Filter(since="2024-05-01"))) == 1
    assert len(desk.search("Norway", Filter(pair=("NOR", "ISL"), limit=1))) == 1
    assert len(desk.search("Norway", Filter(issue=Issue(name="fish", terms=("herring",))))) == 1
    assert desk.search("Norway", as_known_at="2000-01-01") == ()


def test_of_very_many_matches_the_latest_are_ranked(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "RANKED", 3)
    moments = []
    for n in range(6):
        ledger.add(plain(f"Norway condemned Iceland over cod {n}.", f"d{n}", outlet="A", published=f"2024-05-0{n + 1}"))
        moments.append(ledger.diff("2000-01-01")[-1].at)

    def found(**more: str) -> list[str]:
        known = {"as_known_at": more.pop("at")} if "at" in more else {}
        return sorted(hit.source.report for hit in ledger.search("cod", Filter(**more), **known))  # type: ignore[arg-type]

    assert found() == ["r4", "r5", "r6"]
    assert found(at=moments[4]) == ["r3", "r4", "r5"]
    assert found(outlet="A") == ["r1", "r2", "r3", "r4", "r5", "r6"]
    assert found(actor="NOR") == ["r1", "r2", "r3", "r4", "r5", "r6"]
    assert found(since="2024-05-02", until="2024-05-03") == ["r2", "r3"]
    assert found(until="2024-05-01") == ["r1"]


def test_the_latest_of_many_keys_are_those_of_all(ledger: Ledger) -> None:
    states = ("DNK", "SWE", "FIN")
    for n in range(20):
        one, other = NAMES[states[n % 3]], NAMES[states[(n + 1) % 3]]
        day = None if n == 7 else f"{2024 - n * n // 20}-0{1 + n % 9}-11"
        draft = Draft(f"{one} accused {other} of slow trains {n}.")
        ledger.add(draft.event("accused", "ACCUSE", states[n % 3], states[(n + 1) % 3]).record(f"d{n}", published=day))
    every = [t.report for t in ledger.tellings(Filter(actor="EU"))]
    pairs = len(ledger.incidents(Filter(pair=("EU", "SWE"))))
    assert (len(every), pairs) > (15, 10)
    for limit in (1, 5, len(every), 30):
        assert [t.report for t in ledger.tellings(Filter(actor="EU", limit=limit))] == every[:limit]
        assert len(ledger.incidents(Filter(pair=("EU", "SWE"), limit=limit))) == min(limit, pairs)
    early = ledger.tellings(Filter(actor="EU", until="2015-01-01"))
    assert 0 < len(early) < len(every)
    assert ledger.tellings(Filter(actor="EU", until="2015-01-01", limit=30)) == early


def test_everything_as_it_was_known(ledger: Ledger) -> None:
    ledger.add(clash())
    moment = ledger.diff("2000-01-01")[-1].at
    ledger.add(plain("Norway condemned Iceland over herring quotas.", "d2"))
    then = {"as_known_at": moment}
    assert (len(ledger.tellings()), len(ledger.tellings(**then))) == (3, 2)
    assert len(ledger.incidents(**then)) == 2
    assert ledger.search("herring", **then) == ()
    assert len(ledger.actors(**then)) == len(ledger.actors())
    assert ledger.coverage(**then) == {"2024-03-06": 1}
    assert ledger.coverage() == {"2024-03-06": 2}
    before = {"as_known_at": "2000-01-01"}
    for question in (
        ledger.tellings,
        ledger.incidents,
        ledger.claims,
        ledger.figures,
        ledger.relations,
        ledger.agenda,
        ledger.actors,
    ):
        assert question(**before) == (), question  # type: ignore[operator]
    with pytest.raises(LedgerError, match="no such report"):
        ledger.report("r1", **before)


class TestDiff:
    def test_what_was_learnt(self, ledger: Ledger) -> None:
        ledger.add(clash(title="Shots off Grindavik"))
        found = ledger.diff("2000-01-01")
        assert {change.what for change in found} == {
            "report",
            "event",
            "claim",
            "figure",
            "relation",
            "agenda",
            "incident",
        }
        assert {change.way for change in found} == {"learnt"}
        assert found[0].told == "Shots off Grindavik · Harbour Post · 2024-03-06"

    def test_what_another_coder_takes_back(self, ledger: Ledger) -> None:
        ledger.add(clash())
        moment = ledger.diff("2000-01-01")[-1].at
        record = clash(coder="test 2")
        from dataclasses import replace

        claim = replace(record.claims[0], stance="denies")
        ledger.add(replace(record, claims=(claim,)))
        found = [(c.way, c.what, c.told) for c in ledger.diff(moment) if c.what != "incident"]
        assert found == [
            ("learnt", "claim", "Iceland denies: the shots were unprovoked"),
            ("taken back", "claim", "Iceland asserts: the shots were unprovoked"),
        ]

    def test_a_stretch_without_news(self, ledger: Ledger) -> None:
        ledger.add(clash())
        assert ledger.diff("2000-01-01", "2000-01-02") == ()


def row(event: str, day: str, actor: str, recipient: str, **more: object) -> Telling:
    return Telling(
        report="table:t", event=event, type="ACCUSE", quad=3, score=-2.0, first=day, last=day,
        actor=(Party(code=actor),), recipient=(Party(code=recipient),), **more,  # type: ignore[arg-type]
    )  # fmt: skip


class TestTables:
    def test_rows_are_tellings_of_their_incidents(self, ledger: Ledger) -> None:
        one = Incident(
            id="x",
            tellings=(
                row("1", "2014-05-02", "CHN", "VNM", origin="t:a"),
                row("2", "2014-05-02", "CHN", "VNM", origin="t:b"),
            ),
        )
        two = Incident(id="y", tellings=(row("3", "2014-05-03", "VNM", "CHN", outlet="Xinhua"),))
        added = ledger.add_table([one, two], name="t", digest="abc")
        assert ledger.add_table([one, two], name="t", digest="abc").state == "known"
        found = ledger.incidents(Filter(pair=("CHN", "VNM")))
        assert [(i.id, len(i.tellings), len(i.origins)) for i in found] == [("i3", 1, 1), ("i1", 2, 2)]
        assert {t.report for i in found for t in i.tellings} == {added.report}
        assert found[0].outlets == {"Xinhua"}
        assert ledger.coverage() == {"2014-05-02": 2, "2014-05-03": 1}
        assert list(ledger.verify()) == []
        assert [c.what for c in ledger.diff("2000-01-01")] == ["table"]

    def test_a_table_that_breaks_off_is_not_there(self, ledger: Ledger) -> None:
        def broken() -> object:
            yield Incident(id="x", tellings=(row("1", "2014-05-02", "CHN", "VNM"),))
            raise ValueError("broken off")

        with pytest.raises(ValueError, match="broken off"):
            ledger.add_table(broken(), name="t", digest="abc")  # type: ignore[arg-type]
        assert ledger.tellings() == ()
        assert ledger.diff("2000-01-01") == ()
