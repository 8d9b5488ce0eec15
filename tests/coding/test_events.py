"""Events from triggers: parties, status, score and CAMEO code."""

from __future__ import annotations

import pytest

from draft import Draft
from tensionwire.coding.events import events
from tensionwire.records import Identity

NORWAY = Identity(name="Norway", code="NOR", sector="GOV")
GUARD = Identity(name="the coast guard", code="NOR", sector="MIL")


def test_an_event_says_who_did_what_to_whom() -> None:
    draft = Draft(["Norway condemned the shelling of Vardo."], who={"Norway": NORWAY})
    draft.act(0, "condemned", "ACCUSE", ["Norway"], mode="disapprove", confidence=0.45)
    (event,) = events(draft.resolved())
    assert (event.id, event.trigger, event.type, event.mode) == ("e1", "condemned", "ACCUSE", "disapprove")
    assert (event.quad, event.score, event.cameo, event.confidence) == (3, -2.0, "111", 0.45)
    assert [(one.text, one.code, one.sector) for one in event.actor] == [("Norway", "NOR", "GOV")]
    assert event.recipient == ()


def test_who_is_not_resolved_says_why() -> None:
    draft = Draft(["Someone fired."])
    draft.act(0, "fired", "ASSAULT", ["Someone"])
    (actor,) = events(draft.resolved())[0].actor
    assert (actor.code, actor.reason) == (None, "not known")


def test_events_are_numbered_in_text_order() -> None:
    draft = Draft(["They met and signed."])
    draft.act(0, "signed", "SUPPORT")
    draft.act(0, "met", "CONSULT")
    assert [(event.id, event.trigger) for event in events(draft.resolved())] == [
        ("e1", "met"),
        ("e2", "signed"),
    ]


def test_a_mode_of_another_type_is_dropped() -> None:
    draft = Draft(["They met."])
    draft.act(0, "met", "CONSULT", mode="aerial")
    assert events(draft.resolved())[0].mode is None


@pytest.mark.parametrize(
    ("sentence", "trigger", "type_", "status"),
    [
        ("The army could bomb the port.", "bomb", "ASSAULT", "hypothetical"),
        ("The army might soon bomb the port.", "bomb", "ASSAULT", "hypothetical"),
        ("The army bombed the port.", "bombed", "ASSAULT", "actual"),
        ("What it could not say it bombed at dawn on Monday.", "bombed", "ASSAULT", "actual"),
        ("Paris said it could demand a vote.", "demand", "REQUEST", "actual"),
    ],
)
def test_what_could_happen_did_not(sentence: str, trigger: str, type_: str, status: str) -> None:
    draft = Draft([sentence])
    draft.act(0, trigger, type_)
    assert events(draft.resolved())[0].status == status


@pytest.mark.parametrize(
    ("mode", "actors", "recipients"),
    [(None, 2, 0), ("phone", 2, 0), ("multilateral", 2, 0), ("visit", 1, 1), ("third-party", 1, 1)],
)
def test_without_guest_and_host_all_are_actors(mode: str | None, actors: int, recipients: int) -> None:
    draft = Draft(["Oslo spoke with Bergen."])
    draft.act(0, "spoke", "CONSULT", ["Oslo"], ["Bergen"], mode=mode)
    (event,) = events(draft.resolved())
    assert (len(event.actor), len(event.recipient)) == (actors, recipients)


def test_a_pair_without_a_code_of_its_own_is_two_actors() -> None:
    both = Identity(name="the two neighbours", members=("NOR", "SWE"))
    draft = Draft(["The two neighbours agreed."], who={"The two neighbours": both})
    draft.act(0, "agreed", "AGREE", ["The two neighbours"])
    (event,) = events(draft.resolved())
    assert [one.code for one in event.actor] == ["NOR", "SWE"]
    assert len({one.span for one in event.actor}) == 1


@pytest.mark.parametrize(
    "group",
    [
        Identity(name="the G7", code="IGO", members=("CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA")),
        Identity(name="the West", members=tuple(f"A{n:02}" for n in range(40))),
    ],
)
def test_a_bloc_is_one_actor_with_its_members(group: Identity) -> None:
    draft = Draft(["Its leaders met."], who={"Its leaders": group})
    draft.act(0, "met", "CONSULT", ["Its leaders"])
    (actor,) = events(draft.resolved())[0].actor
    assert (actor.code, actor.members) == (group.code, group.members)


def test_a_later_telling_points_at_the_first() -> None:
    draft = Draft(
        [
            "Norway seizes trawler",
            "Norway seized a trawler off Vardo.",
            "The crew praised the rescue at sea.",
        ],
        who={"Norway": NORWAY, "Norway#1": NORWAY},
    )
    draft.act(0, "seizes", "COERCE", ["Norway"], ["trawler"], mode="seize")
    draft.act(1, "seized", "COERCE", ["Norway"], ["a trawler"], mode="seize")
    draft.act(2, "praised", "SUPPORT", ["The crew"])
    assert [event.same_as for event in events(draft.resolved())] == [None, "e1", None]


def test_acts_on_other_parties_are_not_the_same() -> None:
    finns = Identity(name="Finland", code="FIN", sector="GOV")
    draft = Draft(
        ["Norway expelled two envoys of Kenya.", "In another step Finland banned the sale of fish."],
        who={"Norway": NORWAY, "Finland": finns},
    )
    draft.act(0, "expelled", "SANCTION", ["Norway"], ["Kenya"], mode="expel")
    draft.act(1, "banned", "SANCTION", ["Finland"], mode="discontinue")
    assert [event.same_as for event in events(draft.resolved())] == [None, None]


def test_neighbouring_pieces_are_one_act() -> None:
    draft = Draft(["The raid drew condemnation from Norway and talks followed."], who={"Norway": NORWAY})
    draft.act(0, "drew", "ACCUSE", mode="disapprove", confidence=0.4)
    draft.act(0, "condemnation", "ACCUSE", ["Norway"], confidence=0.9)
    draft.act(0, "talks", "CONSULT")
    first, second = events(draft.resolved())
    assert (first.trigger, first.mode, [one.code for one in first.actor]) == (
        "drew condemnation",
        "disapprove",
        ["NOR"],
    )
    assert second.trigger == "talks"


def test_an_article_is_nobody() -> None:
    draft = Draft(["The army fired."])
    draft.act(0, "fired", "ASSAULT", ["The"])
    assert events(draft.resolved())[0].actor == ()
