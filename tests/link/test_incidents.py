from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from link.invented import telling
from tensionwire.link.collecting import collect
from tensionwire.link.features import FEATURES
from tensionwire.link.incidents import REPRESENTATIVES, Linker, keys, lookups, representatives
from tensionwire.link.tables import numbers
from tensionwire.records import Party, Telling

LINKER = Linker.load()
FIRST = telling("r1")
OTHER_WORDS = telling(
    "r2",
    "bombarded",
    sentence="Nine people died when Kessel guns bombarded Velin, the mayor of the frontier town said.",
    topic=("velin", "mayor", "kessel", "gun", "tarn"),
)


def test_every_feature_has_a_weight_and_every_weight_a_feature():
    assert set(numbers("incidents.tsv")) - {"threshold", "nearest"} == set(FEATURES)


def test_another_outlet_in_other_words_is_linked_and_says_why():
    placed = LINKER.place(OTHER_WORDS, [("i1", FIRST)])
    assert placed is not None
    assert (placed.incident, placed.link.report, placed.link.by) == ("i1", "r2", "linker")
    assert "both ASSAULT" in placed.link.reasons
    assert "same place: Velin" in placed.link.reasons
    assert any(reason.startswith("dates agree") for reason in placed.link.reasons)


@pytest.mark.parametrize(
    "other",
    [
        telling("r2", first="2031-05-20", last="2031-05-20", published="2031-05-21"),
        telling("r2", "met", type="CONSULT", quad=1, sentence="Kessel and Tarn met in Velin."),
        telling(
            "r2", actor=(Party(code="ORV", name="Orvania"),), recipient=(Party(code="ILM", name="Ilmar"),), place="Sarn",
            sentence="Orvanian jets shelled Sarn in Ilmar.", topic=("sarn", "ilmar", "orvani", "jet"),
        ),
    ],
    ids=["months later", "another act", "another land"],
)  # fmt: skip
def test_another_happening_is_not_linked(other):
    assert LINKER.place(other, [("i1", FIRST)]) is None


@pytest.mark.parametrize("status", ["alleged", "negated"])
def test_a_denial_links_to_what_it_denies_and_the_conflict_is_kept(status):
    denial = replace(OTHER_WORDS, status=status, trigger="shelled")
    placed = LINKER.place(denial, [("i1", FIRST)])
    assert placed is not None
    assert f"status differs: {status} here, actual there" in placed.link.reasons


def test_two_tellings_of_one_report_are_never_one_incident():
    again = replace(FIRST, event="e2")
    assert LINKER.place(again, [("i1", FIRST)]) is None
    assert LINKER.place(again, [("i1", OTHER_WORDS), ("i1", FIRST)]) is None
    assert len(collect([FIRST, again], LINKER)) == 2


def test_the_likelier_incident_is_chosen():
    far = telling("r3", first="2031-03-06", last="2031-03-06")
    placed = LINKER.place(OTHER_WORDS, [("i1", far), ("i2", FIRST)])
    assert placed is not None
    assert placed.incident == "i2"


def test_no_candidates_no_incident():
    assert LINKER.place(FIRST, []) is None


def test_an_incident_does_not_grow_by_chains():
    """Shelling goes on, a day a telling: each day is like the one before, the last is not the first."""
    days = [
        telling(f"r{n}", first=f"2031-03-{n:02}", last=f"2031-03-{n:02}", published=f"2031-03-{n:02}")
        for n in range(1, 25)
    ]
    incidents = collect(days, LINKER)
    spans = [{t.first for t in incident.tellings} for incident in incidents]
    assert all(int(max(days)[-2:]) - int(min(days)[-2:]) <= 7 for days in spans)


def test_tellings_of_one_incident_are_found_by_their_keys():
    assert set(lookups(OTHER_WORDS)) & set(keys(FIRST))
    undated = replace(OTHER_WORDS, first=None, last=None)
    assert set(lookups(undated)) & set(keys(FIRST))
    assert set(lookups(FIRST)) & set(keys(undated))


@given(st.dates(), st.integers(-3, 3))
def test_dates_that_differ_a_little_still_meet(day, apart):
    iso, near = day.isoformat(), day.fromordinal(min(max(day.toordinal() + apart, 1), day.max.toordinal())).isoformat()
    one = telling("r1", first=iso, last=iso)
    two = telling("r2", first=near, last=near)
    assert set(lookups(two)) & set(keys(one))


def test_keys_are_few():
    assert len(keys(FIRST)) <= 11
    assert set(keys(FIRST)) <= set(lookups(FIRST))


def test_a_bare_row_of_a_table_has_keys_and_links_to_nothing_by_chance():
    row = Telling(report="t1", event="1", type="ASSAULT", quad=4, score=-9.0)
    assert LINKER.place(row, [("i1", replace(row, report="t2"))]) is None
    assert keys(row) == ()


def test_representatives_are_few_and_of_different_origins():
    copies = [telling(f"c{n}", origin="o1") for n in range(9)]
    others = [telling(f"d{n}", origin=f"p{n}", place=None) for n in range(3)]
    stand = representatives([*copies, *others])
    assert len(stand) == REPRESENTATIVES
    assert stand[0] == copies[0]
    assert {one.origin for one in stand} == {"o1", "p0", "p1", "p2"}


@given(st.permutations([FIRST, OTHER_WORDS, telling("r5", "shelling", place=None)]))
def test_the_order_of_arrival_does_not_matter_where_all_is_clear(told):
    assert [len(one.tellings) for one in collect(told, LINKER)] == [3]


words = st.text(max_size=30)
days = st.none() | st.sampled_from(["2031-03-04", "2031", "-5", "x", "9999-12-31", "0001-01-01"])


@given(words, words, words, days, days, st.lists(words, max_size=3))
def test_hostile_tellings_do_no_harm(trigger, sentence, place, first, last, topic):
    odd = telling(
        "r9", trigger, sentence=sentence, place=place, first=first, last=last, published=last, topic=tuple(topic)
    )
    assert keys(odd) == keys(odd)
    assert 0.0 <= LINKER.probability(odd, FIRST) <= 1.0
    LINKER.place(odd, [("i1", FIRST)])
