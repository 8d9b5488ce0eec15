import pytest

from link.invented import Writing
from tensionwire.link.figures import history, kind
from tensionwire.link.tellings import tellings
from tensionwire.records import Incident


def count(doc_id, sentence, words, low, high, published, outlet="The Velin Post", **more):
    w = Writing(sentence, published=published, outlet=outlet)
    w.event("e1", "shelling", date="2031-03-04")
    return w.figure("f1", words, "e1", low, high, **more).record(doc_id)


FIRST = count("r1", "The shelling killed dozens of people.", "dozens of people", 24, 99, "2031-03-04")
SECOND = count("r2", "The toll of the shelling rose to 41.", "41", 41, 41, "2031-03-05", "Kessel Radio")
MORE = count("r3", "Another 3 people hurt by the shelling died.", "Another 3 people", 3, 3, "2031-03-06")
LAST = count("r4", "The shelling killed more than 45.", "more than 45", 46, None, "2031-03-07")


def told(*records):
    found = [tellings(record, report=record.doc_id)[0] for record in records]
    return history(Incident(id="i", tellings=tuple(found)), {record.doc_id: record for record in records})


def test_a_history_in_the_order_of_the_reports_and_never_an_average():
    (one,) = told(LAST, MORE, FIRST, SECOND)
    assert [(r.wording, r.kind, r.change) for r in one.readings] == [
        ("dozens of people", "single", "first"),
        ("41", "cumulative", "narrower"),
        ("Another 3 people", "incremental", "more"),
        ("more than 45", "single", "higher"),
    ]
    assert (one.what, one.low, one.high) == ("killed", 24, None)
    assert [(r.outlet, r.as_of) for r in one.readings[:2]] == [
        ("The Velin Post", "2031-03-04"),
        ("Kessel Radio", "2031-03-05"),
    ]


def test_another_thing_counted_has_a_history_of_its_own():
    hurt = count("r5", "The shelling hurt 200.", "200", 200, 200, "2031-03-04", what="injured")
    assert {one.what: len(one.readings) for one in told(FIRST, SECOND, hurt)} == {"killed": 2, "injured": 1}


def test_who_gives_a_count_is_kept():
    w = Writing("Tarn's army said the shelling killed 12.").event("e1", "shelling", date="2031-03-04")
    w.figure("f1", "12", "e1", 12, 12).claim("c1", "the shelling killed 12", w.actor("Tarn's army", "TRN"))
    assert told(w.record())[0].readings[0].speaker.code == "TRN"


def test_counts_of_other_happenings_and_of_lost_reports_stay_out():
    w = Writing("The shelling went on.", "Talks in Lucca drew 300.").event("e1", "shelling", date="2031-03-04")
    w.event("e2", "Talks", "CONSULT", 1).figure("f1", "300", "e2", 300, 300, "attending")
    assert told(w.record()) == ()
    assert history(Incident(id="i", tellings=tellings(FIRST, report="r1")), {}) == ()


def test_a_count_of_a_later_telling_of_the_same_act_counts():
    w = Writing("The shelling went on.", "The attack killed 9.").event("e1", "shelling", date="2031-03-04")
    w.event("e2", "attack", same_as="e1").figure("f1", "9", "e2", 9, 9)
    assert told(w.record())[0].readings[0].wording == "9"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Guns killed more than 80 people.", "more than 80 people", "single"),
        ("Guns killed 12 more people.", "12", "incremental"),
        ("An additional 300 guards were sent.", "An additional 300 guards", "incremental"),
        ("So far 90 have died.", "90", "cumulative"),
        ("The total is now 1,200.", "1,200", "cumulative"),
        ("A total of nine. Another 3 followed.", "3", "incremental"),
    ],
)
def test_kinds(text, words, expected):
    at = text.index(words)
    assert kind(text, at, at + len(words)) == expected
