"""What is added is there, once, whole, and for good."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, text

from ledger.making import CLASH, Draft, clash, plain
from tensionwire.errors import ForgottenError, LedgerError, UsageError
from tensionwire.ledger import Filter, Ledger
from tensionwire.records import CustomEvent, content_hash


def test_a_record_comes_back_as_it_was(ledger: Ledger) -> None:
    record = clash()
    added = ledger.add(record)
    assert added.state == "added"
    assert ledger.report(added.report) == record


@pytest.mark.parametrize("words", ["Norway condemned Iceland\x00.", "Norway condemned Iceland \U0001f6a2 \u202e."])
def test_odd_characters_survive(ledger: Ledger, words: str) -> None:
    record = plain(words, "odd", title="A\x00B", outlet="O\x00", url="https://x.example/\x00")
    assert ledger.report(ledger.add(record).report) == record
    assert ledger.tellings()[0].trigger == "condemned"
    assert list(ledger.verify()) == []


def test_half_a_character_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="half a character"):
        ledger.add(plain("Norway condemned Iceland.", "x", title="\ud800"))
    assert ledger.tellings() == ()


def test_a_record_whose_hash_is_wrong_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="content_hash"):
        ledger.add(replace(clash(), text="other"))


@pytest.mark.parametrize(
    "again",
    [{}, {"doc_id": "other name"}, {"url": "https://post.example/1"}, {"published": "2024-03-07"}],
    ids=["the same", "another name", "an address", "another day"],
)
def test_the_same_report_twice_changes_nothing(ledger: Ledger, again: dict[str, str]) -> None:
    first = ledger.add(clash())
    second = ledger.add(clash(**again))
    assert (second.report, second.state) == (first.report, "known")
    assert len(ledger.tellings()) == 2
    assert len(ledger.diff("2000-01-01")) == len(ledger.diff("2000-01-01"))
    with ledger.store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM moments")).scalar() == 1


def test_another_outlet_with_the_same_text_is_another_report_of_one_origin(ledger: Ledger) -> None:
    one, two = ledger.add(clash()), ledger.add(clash("d2", outlet="Fjord Courier", url="https://fjord.example/1"))
    assert one.report != two.report
    assert one.origin == two.origin
    with ledger.store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM texts")).scalar() == 1
    assert dict(ledger.coverage()) == {"2024-03-06": 1}


def test_another_coder_adds_a_coding_and_the_newest_is_current(ledger: Ledger) -> None:
    first = ledger.add(clash())
    moment = ledger.diff("2000-01-01")[-1].at
    newer = replace(clash(coder="test 2"), events=clash().events[:1], agenda=())
    again = ledger.add(newer)
    assert (again.report, again.state) == (first.report, "recoded")
    assert [t.event for t in ledger.tellings()] == ["e1"]
    assert ledger.agenda() == ()
    assert len(ledger.tellings(as_known_at=moment)) == 2
    assert len(ledger.agenda(as_known_at=moment)) == 1
    assert ledger.report(first.report, as_known_at=moment).coder == "test 1"
    assert ledger.report(first.report).coder == "test 2"
    assert ledger.add(clash()).state == "known"


def test_a_recoding_keeps_the_incident(ledger: Ledger) -> None:
    before = ledger.add(clash()).incidents
    ledger.add(clash(coder="test 2"))
    assert tuple(i.id for i in ledger.incidents()) == tuple(reversed(before))
    assert all(len(incident.tellings) == 1 for incident in ledger.incidents())


def test_nothing_is_overwritten(ledger: Ledger) -> None:
    """The only change of a row that is not forgotten is that it no longer holds."""
    statements: list[str] = []
    event.listen(ledger.store.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    ledger.add(clash())
    ledger.add(clash(coder="test 2"))
    ledger.judge("r1/e1", "reject", by="Ida", reason="not an attack")
    ledger.undo("j3", by="Ida", reason="it was")
    ledger.set_free("Harbour Post")
    ledger.set_free("Harbour Post", False)
    changed = [s for s in statements if s.startswith(("UPDATE", "DELETE"))]
    allowed = ("retracted=", "topic=")  # a report's topic words are set when its first coding is
    assert [s for s in changed if not any(f"SET {name}" in s for name in allowed)] == []


def test_times_grow_even_when_the_clock_is_set_back(url: str) -> None:
    with Ledger.open(url) as ledger:
        times = iter([2_000_000, 1_000_000, 1_000_000, 3_000_000])
        ledger.store = replace(ledger.store, clock=lambda: next(times))
        for n in range(4):
            ledger.add(plain(f"Norway condemned Iceland {n} times.", f"d{n}"))
        with ledger.store.reading() as connection:
            found = connection.execute(text("SELECT at FROM moments ORDER BY id")).scalars().all()
    assert found == [2_000_000, 2_000_001, 2_000_002, 3_000_000]


class TestForget:
    def test_the_words_go_everywhere_and_the_bones_stay(self, ledger: Ledger) -> None:
        key = ledger.add(clash(title="Shots off Grindavik")).report
        digest = ledger.forget(key, reason="court order 12/2024", by="Ida")
        assert digest == content_hash(" ".join(CLASH))
        record = ledger.report(key)
        assert (record.text, record.title, record.events[0].trigger) == ("", "", "")
        assert [event.type for event in record.events] == ["ASSAULT", "AGREE"]
        assert ledger.search("trawler") == ()
        assert [(t.type, t.sentence, t.actor[0].code) for t in ledger.tellings(Filter(type="ASSAULT"))] == [
            ("ASSAULT", "", "NOR")
        ]
        assert ledger.claims()[0].claim.content == ""
        assert list(ledger.verify()) == []
        change = ledger.diff("2000-01-01")[-1]
        assert (change.way, change.what, change.by, change.reason) == (
            "taken back",
            "text",
            "Ida",
            "court order 12/2024",
        )

    def test_a_tombstone_stays(self, ledger: Ledger) -> None:
        ledger.add(clash())
        ledger.add(clash("d2", outlet="Fjord Courier"))
        ledger.add(plain("Norway condemned Iceland.", "d3"))
        assert ledger.tombstones() == ()
        digest = ledger.forget("r2", reason="court order 12/2024", by="Ida")
        ledger.forget("r3", reason="a mistake")
        first, second = ledger.tombstones()
        assert (first.hash, first.reports, first.reason, first.by) == (
            digest, ("r1", "r2"), "court order 12/2024", "Ida",
        )  # fmt: skip
        assert (second.reports, second.reason, second.at > first.at) == (("r3",), "a mistake", True)
        ledger.add(plain("Norway condemned Iceland.", "d3"), again=True)
        assert len(ledger.tombstones()) == 1

    def test_no_word_is_left_in_any_row(self, ledger: Ledger) -> None:
        ledger.add(clash(title="Shots off Grindavik"))
        ledger.forget("r1", reason="court order")
        with ledger.store.reading() as connection:
            for table in ("reports", "tellings", "items", "mentions", "marks", "item_marks", "texts"):
                for row in connection.execute(text(f"SELECT * FROM {table}")):
                    shown = str(tuple(row)).lower()
                    assert not [w for w in ("trawler", "fired", "shots", "iceland", "sailors") if w in shown], table

    def test_events_of_ones_own_types_lose_their_words_too(self, ledger: Ledger) -> None:
        record = clash()
        event = record.events[0]
        custom = CustomEvent(
            id="x1", s=event.s, trigger=event.trigger, trigger_span=event.trigger_span, ontology="sea 1", type="SHOTS",
            actor=event.actor, place="Grindavik",
        )  # fmt: skip
        ledger.add(replace(record, custom=(custom,)))
        assert ledger.report("r1").custom == (custom,)
        ledger.forget("r1", reason="court order")
        (bare,) = ledger.report("r1").custom
        assert (bare.type, bare.trigger, bare.place, bare.actor[0].text, bare.actor[0].name) == (
            "SHOTS",
            "",
            None,
            "",
            None,
        )

    def test_what_was_forgotten_is_refused_unless_asked_for(self, ledger: Ledger) -> None:
        ledger.add(clash())
        ledger.forget("r1", reason="court order 12/2024")
        with pytest.raises(ForgottenError, match="court order 12/2024"):
            ledger.add(clash())
        with pytest.raises(ForgottenError):
            ledger.add(clash("d2", outlet="Fjord Courier"))
        assert ledger.add(clash(), again=True).state == "recoded"
        assert ledger.report("r1") == clash()
        assert ledger.search("trawler")[0].source.report == "r1"
        assert list(ledger.verify()) == []

    def test_copies_of_the_text_are_forgotten_with_it(self, ledger: Ledger) -> None:
        ledger.add(clash())
        ledger.add(clash("d2", outlet="Fjord Courier", url="https://fjord.example/1"))
        ledger.forget("r2", reason="court order")
        assert ledger.report("r1").text == ""
        assert ledger.search("trawler") == ()

    def test_only_what_is_there_can_be_forgotten_and_once(self, ledger: Ledger) -> None:
        ledger.add(clash())
        with pytest.raises(LedgerError, match="no such report"):
            ledger.forget("r9", reason="x")
        with pytest.raises(UsageError, match="--reason"):
            ledger.forget("r1", reason=" ")
        ledger.forget("r1", reason="x")
        with pytest.raises(LedgerError, match="already"):
            ledger.forget("r1", reason="x")

    def test_others_stay(self, ledger: Ledger) -> None:
        ledger.add(clash())
        ledger.add(plain("Norway condemned Iceland over herring quotas.", "d2"))
        ledger.forget("r1", reason="x")
        assert ledger.search("herring")[0].source.report == "r2"
        assert ledger.report("r2").text == "Norway condemned Iceland over herring quotas."


class TestGroups:
    def test_many_records_are_added_in_few_transactions(self, ledger: Ledger) -> None:
        records = [plain(f"Norway condemned Iceland over quarrel {n}.", f"d{n}") for n in range(150)]
        done = list(ledger.add_all([*records, records[0]]))
        assert [one.state for one in done] == ["added"] * 150 + ["known"]
        assert [one.report for one in done[:3]] == ["r1", "r2", "r3"]
        with ledger.store.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM moments")).scalar() == 150
        assert list(ledger.verify()) == []

    def test_what_may_not_be_stored_is_left_out(self, ledger: Ledger) -> None:
        ledger.add(clash())
        ledger.forget("r1", reason="court order")
        failed: list[str] = []
        given = [
            plain("Norway condemned Iceland.", "a"),
            clash(),
            replace(clash(), text="other"),
            plain("Norway condemned Iceland twice.", "b"),
        ]
        done = list(ledger.add_all(given, on_error=lambda record, error: failed.append(str(error))))
        assert [one.report for one in done] == ["r2", "r3"]
        assert len(failed) == 2

    def test_without_somebody_to_tell_the_group_is_not_stored(self, ledger: Ledger) -> None:
        ledger.add(clash())
        ledger.forget("r1", reason="court order")
        with pytest.raises(ForgottenError):
            list(ledger.add_all([plain("Norway condemned Iceland.", "a"), clash()]))
        assert len(ledger.tellings()) == 2


def test_outlets_are_free_or_not(ledger: Ledger) -> None:
    ledger.set_free("Harbour Post", by="Ida")
    moment = ledger.diff("2000-01-01")[-1].at
    ledger.set_free("Harbour Post", False)
    assert ledger.free_outlets() == frozenset()
    assert ledger.free_outlets(as_known_at=moment) == {"Harbour Post"}


def test_a_draft_proves_itself() -> None:
    from tensionwire.records import misquotes

    assert misquotes(clash()) == []
    assert Draft("a").text == "a"
