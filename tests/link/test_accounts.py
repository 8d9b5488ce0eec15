import json
from pathlib import Path

import pytest

from link.invented import Writing
from tensionwire.link.accounts import accounts
from tensionwire.link.tellings import tellings
from tensionwire.records import Incident, Record

CASE = Path(__file__).resolve().parents[3] / "shared" / "case-zero"
READING = CASE / "gold.json"


def incident(*records):
    """All first acts of some records as one incident."""
    told = [tellings(record, report=record.doc_id)[0] for record in records]
    return Incident(id="i1", tellings=tuple(told)), {record.doc_id: record for record in records}


def dispute(doc_id="r1", **known):
    w = Writing(
        "A depot in Velin blew up on March 4.",
        "Tarn accused Kessel of a strike on the depot.",
        "Kessel said its gunners struck nothing and that gas had leaked.",
        "Ilmar, an ally of Tarn, called that account absurd.",
        **known,
    )
    kessel, tarn, ilmar = w.actor("Kessel", "KSL"), w.actor("Tarn", "TRN"), w.actor("Ilmar", "ILM")
    w.event("e1", "blew up", date="2031-03-04", place="Velin")
    w.event("e2", "strike", actor=(kessel,), same_as="e1", status="alleged")
    w.claim("c1", "a strike on the depot", tarn, stance="accuses", about="e1", cue="accused")
    w.claim(
        "c2", "its gunners struck nothing and that gas had leaked", kessel, stance="denies", about="e1", disputes="c1"
    )
    w.claim("c3", "that account absurd", ilmar, stance="denies", about="e1", disputes="c2")
    return w.record(doc_id)


def names(voices):
    return [voice.speaker.name for voice in voices]


def test_two_accounts_with_holders_and_deniers():
    told = accounts(*incident(dispute()))
    blamed = next(one for one in told if one.responsible)
    assert [party.code for party in blamed.responsible] == ["KSL"]
    assert names(blamed.holders) == ["Tarn"]
    assert names(blamed.deniers) == ["Kessel"]
    assert blamed.stand == "done by Kessel"
    assert blamed.holders[0].since == "2031-03-05"


def test_who_denies_a_denial_is_no_holder_of_it():
    told = accounts(*incident(dispute()))
    assert not any("Ilmar" in names(one.holders) and "Kessel" in names(one.holders) for one in told)


def test_an_account_by_accident_stands_in_its_holders_words():
    w = Writing(
        "Tarn said that Kessel bombed the depot in Velin.", "Kessel said a leak set fire to the bombed depot.",
        "Tarn rejected that.",
    )  # fmt: skip
    kessel, tarn = w.actor("Kessel", "KSL"), w.actor("Tarn", "TRN")
    w.event("e1", "bombed", actor=(kessel,), date="2031-03-04", place="Velin", status="alleged")
    w.claim("c1", "that Kessel bombed the depot in Velin", tarn, stance="accuses", about="e1")
    w.claim("c2", "a leak set fire to the bombed depot", kessel, about="e1")
    w.claim("c3", "that", tarn, stance="denies", about="e1", disputes="c2")
    first, second = sorted(accounts(*incident(w.record())), key=lambda one: not one.responsible)
    assert (first.stand, names(first.holders)) == ("done by Kessel", ["Tarn"])
    assert (second.stand, names(second.holders)) == ("a leak set fire to the bombed depot", ["Kessel"])
    assert names(second.deniers) == ["Tarn"]


def test_those_who_say_one_thing_with_one_breath_stand_together():
    w = Writing("Kessel and Orvania said rebels burned the depot in Velin.", "Tarn denied that.")
    w.event("e1", "burned", date="2031-03-04", place="Velin", actor=(w.actor("rebels", "IMG", sector="REB"),))
    for id, who, code in (("c1", "Kessel", "KSL"), ("c2", "Orvania", "ORV")):
        w.claim(id, "rebels burned the depot in Velin", w.actor(who, code), about="e1")
    w.claim("c3", "that", w.actor("Tarn", "TRN"), stance="denies", about="e1", disputes="c2")
    (one,) = [a for a in accounts(*incident(w.record())) if a.responsible]
    assert names(one.holders) == ["Kessel", "Orvania"]
    assert names(one.deniers) == ["Tarn"]


def test_wishes_and_claims_by_nobody_take_no_stand():
    w = Writing("Kessel bombed Velin.", "Tarn demanded that whoever bombed it pay.", "It was said a drone bombed it.")
    w.event("e1", "bombed", date="2031-03-04")
    w.claim("c1", "that whoever bombed it pay", w.actor("Tarn", "TRN"), stance="demands", about="e1")
    w.claim("c2", "a drone bombed it", None, stance="accuses", about="e1")
    assert accounts(*incident(w.record())) == ()


def test_a_copy_adds_no_voice_and_the_first_day_counts():
    early, late = dispute("r1", published="2031-03-04"), dispute("r2", published="2031-03-09")
    told = accounts(*incident(late, early))
    blamed = next(one for one in told if one.responsible)
    assert names(blamed.holders) == ["Tarn"]
    assert blamed.holders[0].since == "2031-03-04"


def test_a_report_without_its_record_is_left_out():
    known, records = incident(dispute())
    assert accounts(known, {}) == ()
    assert accounts(known, {**records, "r9": records["r1"]}) == accounts(known, records)


def test_of_several_doers_those_who_are_accused_by_name_are_blamed():
    w = Writing("A spokesman said Tarn held Kessel responsible for the blast at Velin.")
    tarn, kessel = w.actor("Tarn", "TRN"), w.actor("Kessel", "KSL")
    w.event("e1", "blast", actor=(tarn, kessel), place="Velin", status="alleged")
    w.event("e2", "held", type="ACCUSE", quad=3, actor=(tarn,), recipient=(kessel,))
    w.claim(
        "c1",
        "Tarn held Kessel responsible for the blast at Velin",
        w.actor("A spokesman"),
        stance="accuses",
        about="e1",
    )
    told = accounts(*incident(w.record()))
    assert [[party.code for party in one.responsible] for one in told] == [["KSL"]]


# --- case zero, by the reading that lies beside it and by the shipped coder


def reading() -> Record:
    """The hand-made reading's attack of 4 April and the claims about it, as a record."""
    gold, article = json.loads(READING.read_text(encoding="utf-8")), (CASE / "article.txt").read_text(encoding="utf-8")
    sentences = [line for line in dict.fromkeys(article.split("\n")) if line.strip()]
    w = Writing(*sentences, published="2017-04-11", outlet="RFE/RL")
    w.text, w.spans = article, tuple(w_span(article, line) for line in sentences)
    events = {event["id"]: event for event in gold["events"]}
    forces = tuple(w.actor("Russian-backed Syrian forces", code.split(".")[0]) for code in events["e25"]["actor"])
    w.event("e04", events["e04"]["anchor"], status="actual")
    w.event("e25", events["e25"]["anchor"], same_as="e04", status="alleged", actor=forces[:1], date="2017-04-04")
    claims = {claim["id"]: claim for claim in gold["claims"]}
    moscow, damascus = w.actor("Moscow and Damascus", "RUS", "Russia"), w.actor("Damascus", "SYR", "Syria")
    for n, who in enumerate((moscow, damascus)):
        w.claim(f"c09{n}", claims["c09"]["anchor"], who, about="e04", cue="have claimed")
    for n, who in enumerate((w.actor("Western governments"), w.actor("Tillerson", "USA", "Rex Tillerson"))):
        w.claim(f"c10{n}", claims["c10"]["anchor"], who, stance="denies", disputes="c090", cue="reject")
    washington = w.actor("Washington", "USA", "United States")
    w.claim("c11", claims["c11"]["anchor"], washington, stance="accuses", about="e04", cue="says")
    return w.record("case")


def w_span(text, words):
    from tensionwire.records import Span

    return Span(text.index(words), text.index(words) + len(words))


def held(told):
    """Who holds and who denies each account, and whom it blames, by code or name."""
    return {
        (
            frozenset(p.code for p in one.responsible),
            frozenset(v.speaker.code or v.speaker.name for v in one.holders if v.speaker),
            frozenset(v.speaker.code or v.speaker.name for v in one.deniers if v.speaker),
        )
        for one in told
    }


@pytest.mark.shared
@pytest.mark.skipif(not READING.is_file(), reason="the article does not come with the project")
def test_case_zero_as_it_was_read_by_hand():
    told = accounts(*incident(reading()))
    assert held(told) == {
        (frozenset({"SYR"}), frozenset({"USA"}), frozenset()),
        (frozenset(), frozenset({"RUS", "SYR"}), frozenset({"USA", "Western governments"})),
    }


@pytest.mark.shared
@pytest.mark.skipif(not READING.is_file(), reason="the article does not come with the project")
def test_case_zero_as_the_shipped_coder_reads_it():
    import tensionwire as tw

    record = tw.load()(tw.read(CASE / "article.txt", published="2017-04-11"))
    assaults = [t for t in tellings(record, report="case") if t.type == "ASSAULT" and t.status != "historical"]
    attacks = [t for t in assaults if t.first and t.first <= "2017-04-04" <= t.last]
    for attack in attacks:
        told = held(accounts(Incident(id="i1", tellings=(attack,)), {"case": record}))
        assert len(told) == 2
        assert any("SYR" in blamed and "USA" in holders for blamed, holders, _ in told)
        assert any({"RUS", "SYR"} <= holders and "USA" in deniers for blamed, holders, deniers in told if not blamed)
    assert attacks
