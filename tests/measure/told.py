"""Tellings and incidents made for tests."""

from __future__ import annotations

from tensionwire.measure.contributions import Question
from tensionwire.measure.issues import issue
from tensionwire.measure.sides import side
from tensionwire.measure.ways import Undated, Ways
from tensionwire.ontology.plover import plover
from tensionwire.records import Incident, Party, Telling


def telling(
    report: str = "r1", event: str = "e1", type: str = "ASSAULT", day: str | None = "2017-04-04",
    a: str = "USA", b: str = "RUS", **more: object,
) -> Telling:  # fmt: skip
    """What one report tells of one act of `a` on `b`."""
    return Telling(
        **{  # type: ignore[arg-type]
            "report": report, "event": event, "type": type, "quad": plover().quad(type), "score": plover().score(type),
            "actor": (Party(code=a, name=a),), "recipient": (Party(code=b, name=b),), "first": day, "last": day,
            "origin": report, "outlet": f"outlet of {report}", "sentence": f"{a} acted on {b}.", "published": day, **more,
        }
    )  # fmt: skip


def incident(*tellings: Telling, id: str | None = None) -> Incident:
    """One happening."""
    return Incident(id=id or f"i-{tellings[0].report}-{tellings[0].event}", tellings=tellings)


def question(
    a: str = "USA", b: str = "RUS", about: str | None = None, ways: str = "both", undated: str = "out"
) -> Question:
    """What is asked, by names."""
    return Question(
        a=side(a), b=side(b), issue=issue(about) if about else None, ways=Ways(ways), undated=Undated(undated)
    )
