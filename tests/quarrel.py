"""A quarrel over cod, told by several outlets: an attack, a denial, counts, and a meeting to come."""

from __future__ import annotations

from typing import Any

from ledger.making import Draft, clash
from tensionwire.ledger import Ledger
from tensionwire.records import Record

HOSTILE = '<script>alert("x")</script>\x1b[31m\u202e & "quotes"'


def denial(doc_id: str = "d2", **about: Any) -> Record:
    """Norway denies what it is accused of."""
    draft = Draft(
        "Norway fired on a trawler of Iceland off Grindavik on March 4, Iceland said.",
        "Norway said its ships fired no shot at anybody.",
        "At least 9 sailors are dead.",
    )
    draft.event("fired on", "ASSAULT", "NOR", "ISL", date="2024-03-04", place="Grindavik", confidence=0.8)
    draft.claim("its ships fired no shot at anybody", "NOR", stance="denies", about="e1")
    draft.figure("At least 9 sailors", 9, 9, what="killed", event="e1")
    return draft.record(
        doc_id, **{"outlet": "Adria Post", "published": "2024-03-08", "url": "https://post.example/2", **about}
    )


def off(doc_id: str = "d3", **about: Any) -> Record:
    """The meeting is off."""
    draft = Draft("Norway and Iceland called off their meeting in Oslo on March 20, the ministries said.")
    draft.event("called off", "CONSULT", "NOR", "ISL", status="negated", date="2024-03-20")
    return draft.record(doc_id, **{"outlet": "Adria Post", "published": "2024-03-15", **about})


def hostile(doc_id: str = "d9") -> Record:
    """A report that would like to be a page of its own."""
    draft = Draft(f"Norway condemned Iceland {HOSTILE}.", "Norway and Iceland are to meet in Oslo on April 2.")
    draft.event("condemned", "ACCUSE", "NOR", "ISL", date="2024-03-09")
    draft.claim(f"Iceland {HOSTILE}", "NOR", stance="denies")
    draft.planned("to meet in Oslo on April 2", "2024-04-02", ["Norway", HOSTILE], where=f"Oslo\r\nATTENDEE:{HOSTILE}")
    url = "javascript:alert(1)"
    return draft.record(doc_id, title=HOSTILE, outlet=f"Post {HOSTILE}", published="2024-03-10", url=url)


def filled(ledger: Ledger) -> None:
    """Put all of it in."""
    ledger.add(clash("d1", title="Shots off Grindavik", url="https://harbour.example/1"))
    ledger.add(denial())
    ledger.add(hostile())
