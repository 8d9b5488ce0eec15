"""What is kept in memory from one report to the next is what the ledger holds, whoever wrote it; keys can be made anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, delete, select, update

from ledger.making import NAMES, Draft, clash, plain
from tensionwire.errors import LedgerError
from tensionwire.ledger import Filter, Ledger, placing
from tensionwire.ledger.adding import Ready, added
from tensionwire.ledger.lookup import under
from tensionwire.ledger.schema import bands, link_keys, meta, reports
from tensionwire.ledger.standing import Recent, Standing
from tensionwire.ledger.statements import put
from tensionwire.link.candidates import LATEST, nearest
from tensionwire.link.incidents import representatives
from tensionwire.link.tellings import tellings
from tensionwire.link.views import view
from tensionwire.records import Record

ME = {"by": "Ida", "reason": "read both"}
VESSELS = ("trawler", "ferry", "tanker", "cutter", "frigate", "barge")


def shots(
    name: str, *, by: str = "NOR", at: str = "ISL", day: int = 4, words: str = "the harbour master said"
) -> Record:
    """A report of shots at a ship."""
    sentence = f"{NAMES[by]} fired on a trawler of {NAMES[at]} off Grindavik on March {day}, {words}."
    draft = Draft(sentence).event("fired on", "ASSAULT", by, at, date=f"2024-03-{day:02}", place="Grindavik")
    return draft.record(name, outlet=f"Outlet {name}", published=f"2024-03-{day + 1:02}")


def many() -> Iterator[Record]:
    """Reports of several happenings, copies among them."""
    states = list(NAMES)
    for n in range(24):
        words = f"the crew of the {VESSELS[n % 6]} said" + (" on the radio" if n % 2 else "")
        record = shots(f"d{n}", by=states[n % 5], at=states[(n + 1) % 5], day=4 + n % 9, words=words)
        yield record
        if n % 4 == 0:
            yield shots(f"copy{n}", by=states[n % 5], at=states[(n + 1) % 5], day=4 + n % 9, words=words)


def assaults(ledger: Ledger) -> set[frozenset[str]]:
    """Which reports tell of one assault."""
    return {frozenset(t.report for t in i.tellings) for i in ledger.incidents(Filter(type="ASSAULT"))}


def test_what_is_kept_is_what_would_be_read(ledger: Ledger) -> None:
    for record in many():
        ledger.add(record)
    ledger.add(clash("again"))
    ledger.add(clash("again", coder="test 2"))
    ledger.add(plain("Norway condemned\x00 Iceland.", "odd", outlet="Odd\x00"))
    standing, seen = ledger.store.standing, 0
    with ledger.store.reading() as connection:
        last = connection.execute(select(link_keys.c.incident).order_by(link_keys.c.incident.desc()).limit(1)).scalar()
        keys = list(connection.execute(select(link_keys.c.key).distinct()).scalars())
        for incident, kept in standing.views.of(range(1, (last or 0) + 1)).items():
            read = placing._read(connection, [incident])[incident]
            assert [one.telling for one in kept] == list(representatives(read))
            seen += 1
        read_keys = under(connection, "link_keys", "incident", sorted(keys), LATEST)
        for key, incidents in standing.under.of(keys).items():
            assert list(incidents) == read_keys[key]
            seen += 1
    assert seen > 50


def test_two_programs_that_add_in_turn_see_what_the_other_added(url: str) -> None:
    with Ledger.open(url) as one, Ledger.open(url) as other:
        one.add(shots("a"))
        one.add(shots("b", by="SWE", at="FIN", day=20, words="the coast guard said"))
        other.add(shots("c", by="DNK", at="ISL", day=9, words="a pilot said"))
        one.add(shots("d", by="DNK", at="ISL", day=9, words="a pilot of the port said"))
        other.add(shots("e", by="SWE", at="FIN", day=20, words="the coast guard of the port said"))
        assert assaults(one) == {frozenset({"r1"}), frozenset({"r2", "r5"}), frozenset({"r3", "r4"})}


def _lost(connection: Connection, ready: Ready, ledger: Ledger) -> None:
    added(connection, ready, ledger.store)
    raise LedgerError("the disk", "is full", "free some space")


def test_what_was_taken_back_is_not_remembered(ledger: Ledger) -> None:
    ledger.add(shots("a"))
    lost = Ready.of(shots("b", by="DNK", at="ISL", day=9, words="a pilot said"))
    with pytest.raises(LedgerError), ledger.store.writing() as connection:
        _lost(connection, lost, ledger)
    # The number of the incident that was never kept goes to another one.
    ledger.add(shots("c", by="SWE", at="FIN", day=20, words="the coast guard said"))
    ledger.add(shots("d", by="DNK", at="ISL", day=9, words="a pilot of the port said"))
    assert assaults(ledger) == {frozenset({"r1"}), frozenset({"r2"}), frozenset({"r3"})}


def test_what_a_person_moved_stands_where_it_was_put(ledger: Ledger) -> None:
    ledger.add(shots("a"))
    ledger.add(shots("b", by="SWE", at="FIN", day=20, words="the coast guard said"))
    ledger.move("r2/e1", "i1", **ME)
    with ledger.store.reading() as connection:
        for asked in ([1], [2], [1, 2]):
            read = placing._read(connection, asked)
            assert {n: [told.report for told in some] for n, some in read.items() if some} == (
                {1: ["r1", "r2"]} if 1 in asked else {}
            )


def test_the_driver_s_complaints_are_told_in_our_words(ledger: Ledger) -> None:
    ledger.add(shots("a"))
    with pytest.raises(LedgerError), ledger.store.writing() as connection:
        put(connection, meta, [{"name": "schema", "value": "1"}])  # there is one already


class TestReindex:
    def keys(self, ledger: Ledger) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        with ledger.store.reading() as connection:
            return tuple(  # type: ignore[return-value]
                {tuple(row) for row in connection.execute(select(table))} for table in (bands, link_keys)
            )

    def spoil(self, ledger: Ledger) -> None:
        """As another version might have made them."""
        with ledger.store.writing() as connection:
            connection.execute(delete(bands))
            connection.execute(delete(link_keys))
            connection.execute(update(reports).values(signature=b"old", words=0))
        ledger.store.standing.forget()

    def test_keys_come_back_as_they_were(self, ledger: Ledger) -> None:
        for record in many():
            ledger.add(record)
        ledger.add(clash())
        alone = next(i.id for i in ledger.incidents() if len(i.tellings) == 1)
        ledger.move("r1/e1", alone, **ME)
        (gone,) = ledger.tellings(Filter(report="r3"))
        (incident,) = [int(i.id[1:]) for i in ledger.incidents() if gone in i.tellings]
        ledger.forget("r3", reason="court order")
        with ledger.store.reading() as connection:
            before = connection.execute(
                select(reports.c.id, reports.c.signature, reports.c.words).order_by(reports.c.id)
            ).all()
        keys = self.keys(ledger)
        ledger.reindex()
        again = self.keys(ledger)
        assert again[0] == keys[0]
        assert {key for key in again[1] ^ keys[1] if key[1] != incident} == set()  # of words that are gone
        with ledger.store.reading() as connection:
            assert (
                connection.execute(
                    select(reports.c.id, reports.c.signature, reports.c.words).order_by(reports.c.id)
                ).all()
                == before
            )
        assert list(ledger.verify()) == []

    def test_what_was_lost_is_found_again(self, ledger: Ledger) -> None:
        long = " ".join(f"Word{n} of the report on the cod banks." for n in range(40))
        ledger.add(plain(f"Norway condemned Iceland. {long}", "a", outlet="A"))
        ledger.add(shots("b"))
        self.spoil(ledger)
        ledger.reindex()
        copied = ledger.add(plain(f"Norway condemned Iceland. {long} An editor added this.", "c", outlet="C"))
        assert copied.origin == "o1"
        assert ledger.add(shots("d", words="the harbour master of the town said")).incidents == ("i2",)

    def test_an_older_ledger_is_brought_up_to_date_when_it_is_written_to(self, url: str) -> None:
        with Ledger.open(url) as ledger:
            ledger.add(shots("a"))
            keys = self.keys(ledger)
            self.spoil(ledger)
            with ledger.store.writing() as connection:
                connection.execute(update(meta).where(meta.c.name == "schema").values(value="2"))
        with pytest.raises(LedgerError, match=r"older schema .2, now 3"):
            Ledger.open(url, read_only=True)
        with Ledger.open(url) as ledger:
            assert self.keys(ledger) == keys
            assert ledger.add(shots("b", words="the harbour master of the town said")).incidents == ("i1",)


def test_what_is_long_unused_is_dropped() -> None:
    recent = Recent[int, str](2)
    for n in range(3):
        recent.keep(n, str(n))
    assert recent.of(range(3)) == {0: "0", 1: "1", 2: "2"}
    recent.drop(0)
    assert recent.get(0) is None
    for n in range(3, 9):
        recent.keep(n, str(n))
        recent.get(1)  # in use
    assert recent.get(1) == "1"
    assert recent.get(3) is None


def test_a_key_leads_to_its_latest_incidents() -> None:
    standing = Standing()
    standing.linked(7, 1)  # not known here: it will be read
    assert standing.under.get(7) is None
    standing.under.keep(7, ())
    for incident in (5, 9, 2, 9):
        standing.linked(7, incident)
    assert standing.under.get(7) == (9, 5, 2)


def test_incidents_that_share_most_keys_are_compared_and_some_that_share_one() -> None:
    strong = {key: list(range(40, 0, -1)) for key in (1, 2)}
    assert nearest(strong, [1, 2]) == list(range(40, 24, -1))
    assert nearest({1: [3, 2, 1], 2: [2]}, [1, 2, 5]) == [2, 3, 1]
    assert nearest({}, [1]) == []


def test_a_glance_rules_out_only_what_would_not_be_joined() -> None:
    linker = placing.linker()
    one, *others = (view(tellings(record, report=record.doc_id)[0]) for record in (shots("a"), *many()))
    for other in others:
        whole = linker._logit(one, other)
        scored = linker._score(one, [other], -0.847)
        assert scored is None or scored[0] == pytest.approx(whole)
        assert scored is not None or whole < -0.847
