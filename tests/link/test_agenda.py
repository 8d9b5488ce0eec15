from dataclasses import replace

import pytest

from link.invented import Writing
from tensionwire.link.agenda import outcome, planned, window
from tensionwire.link.tellings import tellings
from tensionwire.records import KnownActor

TODAY = "2031-03-20"


def plan(**more):
    w = Writing("Lena Hadrik of Kessel will meet Josip Maren of Tarn in Velin on March 10.", actors=known())
    hadrik, maren = w.actor("Lena Hadrik", "KSL"), w.actor("Josip Maren", "TRN")
    w.event(
        "e1",
        "will meet",
        "CONSULT",
        1,
        actor=(hadrik,),
        recipient=(maren,),
        status="planned",
        date="2031-03-10",
        place="Velin",
    )
    item = {"who": ("Lena Hadrik", "Josip Maren"), "when": "2031-03-10", "where": "Velin", "event": "e1"}
    return planned(w.item("a1", "will meet", **(item | more)).record(), report="r1")[0]


def known():
    return (KnownActor(name="Lena Hadrik", code="KSL"), KnownActor(name="Josip Maren", code="TRN"))


def later(sentence, trigger, type="CONSULT", quad=1, status="actual", date=None, published="2031-03-11", report="r2"):
    w = Writing(sentence, published=published)
    sides = [(w.actor(name, code),) for name, code in (("Hadrik", "KSL"), ("Maren", "TRN")) if name in sentence]
    w.event(
        "e1",
        trigger,
        type,
        quad,
        actor=sides[0] if sides else (),
        recipient=sides[1] if sides[1:] else (),
        status=status,
        date=date,
    )
    return tellings(w.record("r"), report=report)[0]


HELD = later("Hadrik met Maren in Velin on Monday for talks on the bridge.", "met", date="2031-03-10")
MOVED = later(
    "The meeting of Hadrik and Maren in Velin was postponed to March 17.", "meeting", status="planned", date="2031-03-17",
    published="2031-03-09",
)  # fmt: skip
OFF = later("Hadrik cancelled her meeting with Maren in Velin.", "cancelled", "REJECT", 3, published="2031-03-09")


@pytest.mark.parametrize(
    ("told", "state", "when"), [(HELD, "held", None), (MOVED, "moved", "2031-03-17"), (OFF, "cancelled", None)]
)
def test_a_later_report_tells_what_became_of_it(told, state, when):
    found = outcome(plan(), [told], today=TODAY)
    assert (found.state, found.when) == (state, when)
    assert found.telling == told
    assert found.reasons[0].startswith(f"a report of {told.published} tells that it was {state}")


def test_put_off_and_then_held_was_held():
    assert outcome(plan(), [HELD, MOVED], today=TODAY).state == "held"


@pytest.mark.parametrize(
    "told",
    [
        later("Hadrik met voters in Velin on Monday.", "met", date="2031-03-10"),
        later("Hadrik met Maren in Velin on March 2.", "met", date="2031-03-02"),
        later("Hadrik accused Maren of delaying nothing.", "accused", "ACCUSE", 3),
        replace(HELD, published="2031-09-01"),
        replace(HELD, published="2031-03-01"),
        replace(HELD, report="r1"),
    ],
    ids=["one party alone", "an earlier day", "another act", "long after", "before the plan", "the same report"],
)
def test_what_tells_of_something_else_is_no_outcome(told):
    assert outcome(plan(), [told], today=TODAY).state == "unknown"


def test_without_word_of_it_the_calendar_decides():
    assert outcome(plan(), [], today="2031-03-09").state == "open"
    past = outcome(plan(), [], today=TODAY)
    assert (past.state, past.telling) == ("unknown", None)
    assert "no report tells of it" in past.reasons[0]
    assert outcome(plan(when=None), [], today=TODAY).reasons == ("it has no day",)


def test_an_item_that_says_itself_that_it_is_off():
    assert outcome(plan(status="cancelled"), [], today=TODAY).state == "cancelled"


def test_an_item_without_an_event_is_matched_by_its_names():
    bare = plan(event=None)
    assert [party.code for party in bare.parties] == ["KSL", "TRN"]
    assert outcome(bare, [HELD], today=TODAY).state == "held"


def test_the_window_of_reports_that_may_tell():
    assert window(plan()) == ("2031-03-05", "2031-03-24")
    assert window(plan(when=None)) == ("2031-03-05", "2031-04-19")
