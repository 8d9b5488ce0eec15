"""An invented quarrel over two weeks of March 2024, as records: copies, two accounts, changing counts, plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ledger.making import CLASH, NAMES, Draft
from tensionwire.ledger import Ledger
from tensionwire.records import Record

SHOTS = "Norway fired on a trawler of Iceland off Grindavik on March 4, killing at least {} sailors."
REPLACED = "\N{REPLACEMENT CHARACTER}"


def told(ledger: Ledger) -> dict[str, str]:
    """Put the story into a ledger; the keys of its reports by their ids."""
    return {record.doc_id: ledger.add(record).report for record in story()}


def story() -> Iterator[Record]:
    """All reports in order."""
    for n, day in enumerate(("2024-02-05", "2024-02-12", "2024-02-20", "2024-02-26"), 1):
        yield _talks(f"talks{n}", day)
    yield shots("shots1", 3, 3, outlet="Harbour Post", published="2024-03-05")
    yield shots("shots1-copy", 3, 3, outlet="Fjord Wire", published="2024-03-05")
    yield shots(
        "shots2",
        5,
        None,
        outlet="Basalt Times",
        published="2024-03-06",
        more="The coast guard of Iceland counted the dead.",
    )
    yield shots(
        "shots3",
        7,
        7,
        outlet="Cod Review",
        published="2024-03-09",
        more="Two of the wounded had died in hospital since.",
    )
    yield _denied("denied1", "Fjord Wire", "2024-03-06")
    for n, day in enumerate(("2024-03-07", "2024-03-08", "2024-03-10"), 1):
        yield _condemned(f"words{n}", day)
    yield _plans("plans", "2024-03-11")
    yield _right_to_left("rtl", "2024-03-11")


def shots(doc_id: str, low: int, high: int | None, *, outlet: str, published: str, more: str = "") -> Record:
    """The incident as one report tells it."""
    words = "at least 3 sailors" if low == 3 else f"at least {low} sailors"
    lines = [SHOTS.format(low), *CLASH[1:3], *([more] if more else [])]
    draft = Draft(*lines)
    draft.event("fired on", "ASSAULT", "NOR", "ISL", date="2024-03-04", place="Grindavik", confidence=0.9)
    draft.claim("the shots were unprovoked", "ISL", about="e1", confidence=0.8)
    draft.figure(words, low, high, what="killed", event="e1")  # type: ignore[arg-type]
    draft.relation("an ally of Norway", "DNK", "NOR", "+")
    for code in ("NOR", "ISL", "DNK"):
        draft.known(NAMES[code], code, sector="GOV")
    return draft.record(doc_id, title="Shots off Grindavik", outlet=outlet, published=published)


def _denied(doc_id: str, outlet: str, published: str) -> Record:
    draft = Draft(
        "Norway fired on a trawler of Iceland off Grindavik on March 4, Iceland says.",
        "Norway denied that its ship had opened fire.",
        "Sweden called for an inquiry into the cod banks.",
    )
    draft.event(
        "fired on", "ASSAULT", "NOR", "ISL", date="2024-03-04", place="Grindavik", status="alleged", confidence=0.8
    )
    draft.claim("Norway fired on a trawler of Iceland off Grindavik on March 4", "ISL", about="e1", stance="accuses")
    claim = draft.items["claims"][0]
    draft.items["claims"][0] = replace(
        claim, speaker=replace(claim.speaker, text="Iceland says", span=draft.at("Iceland says"))
    )
    draft.claim("its ship had opened fire", "NOR", about="e1", disputes="c1", stance="denies", cue="denied")
    return draft.record(doc_id, title="Oslo denies", outlet=outlet, published=published)


def _condemned(doc_id: str, published: str) -> Record:
    draft = Draft(f"Norway condemned Iceland again over quota number {doc_id[-1]} on the cod banks of the north.")
    draft.event("condemned", "ACCUSE", "NOR", "ISL", date=published)
    draft.relation("over quota", "NOR", "ISL", "-")
    for code in ("NOR", "ISL"):
        draft.known(NAMES[code], code)
    return draft.record(doc_id, title=f"Words {doc_id[-1]}", outlet="Basalt Times", published=published)


def _talks(doc_id: str, published: str) -> Record:
    draft = Draft(f"Norway met Iceland in Bergen for round {doc_id[-1]} of the fishery talks of that winter.")
    draft.event("met", "CONSULT", "NOR", "ISL", date=published)
    return draft.record(doc_id, title=f"Talks {doc_id[-1]}", outlet="Harbour Post", published=published)


def _plans(doc_id: str, published: str) -> Record:
    draft = Draft("Norway and Iceland are to meet in Oslo on March 14.", "Denmark will host a vote on March 15.")
    draft.event("are to meet", "AGREE", "NOR", "ISL", status="planned", date="2024-03-14")
    draft.planned("to meet in Oslo on March 14", "2024-03-14", ["Norway", "Iceland"], where="Oslo", event="e1")
    draft.planned("a vote on March 15", "2024-03-15", ["Denmark"])
    return draft.record(doc_id, title="What is to come", outlet="Harbour Post", published=published)


def _right_to_left(doc_id: str, published: str) -> Record:
    draft = Draft("أدانت Norway بشدة Iceland في البرلمان.")
    draft.event("أدانت", "ACCUSE", "NOR", "ISL", date=published)
    return draft.record(doc_id, title="أدانت النرويج", outlet="الميناء", published=published)


def hostile(doc_id: str = "hostile") -> Record:
    """A report that tries scripts, markup, bidi tricks and huge lines everywhere."""
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\N{RIGHT-TO-LEFT OVERRIDE}evil"
    draft = Draft(
        f"Norway condemned Iceland {attack} and " + "x" * 20_000 + ".",
        f"Iceland said {attack} was \"><svg onload=alert(1)> 'quoted' at the end.",
    )
    draft.event("condemned", "ACCUSE", "NOR", "ISL", date="2024-03-12", place=attack)
    draft.claim(attack, "ISL", stance="denies")
    draft.known("Norway", "NOR", office=attack)
    return draft.record(
        doc_id, title=attack, outlet=f"Post {attack}", published="2024-03-12", url="javascript:alert(1)", byline=attack,
        agencies=(attack,), notes=(attack,),
    )  # fmt: skip
