from hypothesis import given
from hypothesis import strategies as st

from link.invented import Writing
from tensionwire.link.tellings import bounds, marks, tellings
from tensionwire.records import Event, Place, Span


def report():
    w = Writing("Shells hit Velin on Monday.", "The attack by Kessel killed nine people.", "Envoys met in Lucca.")
    w.event("e1", "hit", date=None)
    w.event("e2", "attack", actor=(w.actor("Kessel", "KSL"),), same_as="e1", date="2031-03-03", place="Velin")
    return w.event("e3", "met", "CONSULT", 1, where=Place(name="Lucca", geonames_id=1, lat=43.8, lon=10.5, code="ITA"))


def test_an_act_told_twice_is_one_telling_with_what_both_know():
    first, second = tellings(report().record(), report="r7", origin="o1")
    assert (first.event, first.trigger, first.report, first.origin) == ("e1", "hit", "r7", "o1")
    assert (first.first, first.last, first.place) == ("2031-03-03", "2031-03-03", "Velin")
    assert first.actor[0].code == "KSL"
    assert first.sentence == "Shells hit Velin on Monday."
    assert (second.place, second.country, second.lat) == ("Lucca", "ITA", 43.8)


def test_the_day_of_publication_is_no_date():
    told = tellings(report().record(), report="r7")[1]
    assert (told.first, told.last, told.published) == (None, None, "2031-03-05")


def test_a_record_whose_links_go_in_circles_or_nowhere():
    w = Writing("They met and talked.")
    w.event("e1", "met", same_as="e2").event("e2", "talked", same_as="e1")
    assert {t.event for t in tellings(w.record(), report="r")} <= {"e1", "e2"}
    w = Writing("They met.").event("e1", "met", same_as="e9")
    assert [t.event for t in tellings(w.record(), report="r")] == ["e1"]


def test_a_sentence_that_is_not_there_is_empty():
    stray = Event(id="e1", s=9, trigger="x", trigger_span=Span(0, 1), type="CONSULT", quad=1, score=0.0)
    w = Writing("They met.")
    w.parts["events"].append(stray)
    assert tellings(w.record(), report="r")[0].sentence == ""


def test_the_makers_of_a_report_are_not_its_topic():
    w = Writing("Velin was shelled, the Velin Gazette and Reuters said.", outlet="Velin Gazette", agencies=("Reuters",))
    topic = tellings(w.event("e1", "shelled").record(), report="r")[0].topic
    assert "shell" in topic
    assert not {"gazett", "reuter", "velin"} & set(topic)


@given(st.text())
def test_any_text_has_marks(text):
    assert len(marks(text)) <= 24


@given(
    st.one_of(
        st.none(), st.text(max_size=24), st.from_regex(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}-\d\d-\d\d)?", fullmatch=True)
    )
)
def test_bounds_never_fail(iso):
    first, last = bounds(iso)
    assert first is None or len(first) == 10
    assert last is None or len(last) == 10
