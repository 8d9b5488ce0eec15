"""Claims: speakers, form, and their links to events and to one another."""

from __future__ import annotations

from draft import Draft
from tensionwire.coding.claims import claims
from tensionwire.coding.events import events
from tensionwire.records import Claim, Identity

SABA = Identity(name="Mirja Saba", code="FIN", sector="GOV")
NAVY = Identity(name="the navy", code="SWE", sector="MIL")
WHO = {"Mirja Saba": SABA, "Saba": SABA, "She": SABA, "the navy": NAVY, "The navy": NAVY}


def coded(draft: Draft) -> tuple[Claim, ...]:
    resolved = draft.resolved()
    return claims(resolved, events(resolved))


def test_a_claim_repeats_its_words() -> None:
    draft = Draft(['Mirja Saba said the boat "was empty".'], who=WHO)
    draft.says(0, 'the boat "was empty"', "Mirja Saba", cue="said", form="indirect", confidence=0.8)
    (claim,) = coded(draft)
    assert (claim.id, claim.content, claim.cue, claim.form) == ("c1", 'the boat "was empty"', "said", "mixed")
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.speaker.code, claim.speaker_s) == ("Mirja Saba", "FIN", None)
    assert claim.confidence == 0.8


def test_two_speakers_make_two_claims() -> None:
    draft = Draft(["Mirja Saba and the navy say the boat sank."], who=WHO)
    draft.says(0, "the boat sank", "Mirja Saba", "the navy", cue="say")
    found = coded(draft)
    assert [c.speaker.name for c in found if c.speaker] == ["Mirja Saba", "the navy"]
    assert len({c.content_span for c in found}) == 1
    assert [c.id for c in found] == ["c1", "c2"]


def test_words_that_go_on_are_the_last_speakers() -> None:
    draft = Draft(['"The boat was empty," Mirja Saba said.', '"We saw nobody."', '"We left."'], who=WHO)
    draft.says(0, "The boat was empty,", "Mirja Saba", cue="said")
    draft.says(1, "We saw nobody.")
    draft.says(2, "We left.")
    _, second, third = coded(draft)
    assert second.speaker is not None
    assert (second.speaker.name, second.speaker_s, second.cue, second.form) == (
        "Mirja Saba",
        0,
        None,
        "direct",
    )
    assert third.speaker_s == 0


def test_nobody_to_go_on_from() -> None:
    draft = Draft(['"We saw nobody."'])
    draft.says(0, "We saw nobody.")
    assert coded(draft)[0].speaker is None


def test_a_statement_without_marks_stays_direct() -> None:
    draft = Draft(["The navy stated: We stand ready."], who=WHO)
    draft.says(0, "We stand ready.", "The navy", cue="stated", form="direct")
    assert coded(draft)[0].form == "direct"


def test_a_claim_is_about_the_event_in_its_words() -> None:
    draft = Draft(["A drone struck the depot.", "Mirja Saba said soldiers had burned the barge."], who=WHO)
    draft.act(0, "struck", "ASSAULT", ["A drone"], ["the depot"], mode="drone")
    draft.act(1, "burned", "ASSAULT", ["soldiers"], ["the barge"], mode="destroy", status="alleged")
    draft.says(1, "soldiers had burned the barge", "Mirja Saba", cue="said", stance="accuses")
    assert coded(draft)[0].about == "e2"


def test_a_denial_disputes_the_charge() -> None:
    draft = Draft(["Mirja Saba accused the navy of sinking the barge.", "The navy denied sinking the barge."], who=WHO)
    draft.act(0, "sinking", "ASSAULT", ["the navy"], ["the barge"], mode="destroy", status="alleged")
    draft.act(1, "sinking", "ASSAULT", ["The navy"], ["the barge"], mode="destroy", status="negated")
    draft.says(0, "sinking the barge", "Mirja Saba", cue="accused", stance="accuses")
    draft.says(1, "sinking the barge", "The navy", cue="denied", stance="denies")
    charge, denial = coded(draft)
    assert (charge.disputes, denial.disputes) == (None, "c1")
    assert denial.about in ("e1", "e2")


def test_no_evidence_in_the_next_sentence() -> None:
    draft = Draft(["Mirja Saba said the navy sank the barge.", "She offered no evidence."], who=WHO)
    draft.says(0, "the navy sank the barge", "Mirja Saba", cue="said", stance="accuses")
    (claim,) = coded(draft)
    assert claim.evidence == "none"
    assert claim.evidence_span is not None
    assert claim.evidence_span.of(draft.text) == "offered no evidence"


def test_evidence_of_somebody_else_is_not_the_claims() -> None:
    draft = Draft(["Mirja Saba said the navy sank the barge.", "Divers found no evidence."], who=WHO)
    draft.says(0, "the navy sank the barge", "Mirja Saba", cue="said", stance="accuses")
    assert coded(draft)[0].evidence is None


def test_what_the_encoder_says_of_evidence_stays() -> None:
    draft = Draft(["Saba, offering no proof, said the navy sank it."], who=WHO)
    draft.says(0, "the navy sank it", "Saba", cue="said", evidence="offered")
    assert coded(draft)[0].evidence == "offered"


def test_a_lone_mark_is_no_claim_and_blanks_are_cut() -> None:
    draft = Draft(['" Mirja Saba said the boat sank . '], who=WHO)
    draft.says(0, '"', "Mirja Saba")
    draft.says(0, " the boat sank ", "Mirja Saba", cue="said")
    (claim,) = coded(draft)
    assert claim.content == "the boat sank"


def test_words_are_not_their_own_speaker() -> None:
    draft = Draft(["The boat sank, it was said."])
    draft.says(0, "The boat sank", "The boat sank", cue="said")
    assert coded(draft)[0].speaker is None
