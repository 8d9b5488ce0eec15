"""NGEC's actor questions: the country, sector and encyclopedia article of a name or phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tensionwire.evaluate.benchmark import Benchmark, Row, Subject, identifier
from tensionwire.evaluate.counts import Tally
from tensionwire.evaluate.measures import Measure
from tensionwire.ontology.gazetteer import Gazetteer
from tensionwire.ontology.offices import Offices
from tensionwire.records import Identity
from tensionwire.resolve.bodies import WHOLES

FIELDS = ("country", "code_1", "code_2", "wiki")

# A field that is asked for with several right answers, or whether there is an answer at all.
NO_MATCH = "no_match"
TODAY = "today"
# "Today", and a question without a day, meant the days when those questions were written.
WRITTEN = "2023-01-01"
# There, a state or a people as such has no sector, while anybody else of whom no part is known has this one.
UNTOLD = "UNK"
# Nouns that say no more than that somebody is meant.
_ANYBODY = frozenset({"man", "men", "person", "persons", "individual", "individuals"})
# States that few others recognise have a code of their own there.
UNRECOGNISED = "PRE"
_UNRECOGNISED = re.compile(
    r"(?:break-?away|partially recogni[sz]ed|unrecogni[sz]ed|self-(?:declared|proclaimed)|de facto)"
    r" (?:state|country|republic|entity|territory|region)s?",
    re.IGNORECASE,
)
_DE_FACTO = frozenset(
    "Abkhazia|South Ossetia|Transnistria|Northern Cyprus|Somaliland|Nagorno-Karabakh|Artsakh|"
    "Donetsk People's Republic|Luhansk People's Republic".split("|")
)
# The set knows creeds by codes of their own, where we write REL or CVL.
_CREEDS = {"Buddhist": "BUD", "Muslim": "MOS", "Christian": "CHR", "Hindu": "HIN", "Jewish": "JEW", "Sikh": "SIK"}

# A row of the table of offices that Wikidata gave.
WIKIDATA = "W"


def predict(rows: Sequence[Row], subject: Subject) -> Iterator[dict[str, Any]]:
    """Whom the words of each question mean."""
    for row in rows:
        date, home = row.get("date"), row.get("known_country")
        identity = subject.identify(
            row["query"],
            context=row.get("context"),
            date=WRITTEN if date in (None, TODAY) else date,
            country=subject.identify(home).code if home else None,
        )
        yield {"id": identifier(row), **answer(identity, row["query"])}


def answer(identity: Identity, query: str) -> dict[str, Any]:
    """An identity in the set's fields; what is not known is the empty string there, a sector that is not known UNK."""
    article = _article(identity)
    return {
        "country": identity.code or "",
        "code_1": _sector(identity, query),
        "code_2": "",
        "wiki": article,
        NO_MATCH: not (identity.code or identity.sector or article),
    }


def _sector(identity: Identity, query: str) -> str:
    """The sector in the set's convention."""
    words = query.split()
    if query.removeprefix("the ") in _DE_FACTO or _UNRECOGNISED.search(query):
        return UNRECOGNISED
    if identity.rule in WHOLES:
        return ""
    if identity.sector in ("REL", "CVL"):
        creeds = (entry.name for entry in Gazetteer.load().named(words[-1]) if words)
        creed = next((_CREEDS[name] for name in creeds if name in _CREEDS), None)
        if creed or words[-1].casefold() in _ANYBODY:
            return creed or UNTOLD
    return identity.sector or UNTOLD


def _article(identity: Identity) -> str:
    """The title of the article: the person's name as Wikidata spells it, as far as the table of offices tells."""
    if identity.wikidata is None:
        return ""
    held = [t for t in Offices.load().person(identity.name) if t.wikidata == identity.wikidata]
    return next((t.person for t in sorted(held, key=lambda t: t.source != WIKIDATA)), identity.name)


BOTH = "country and sector"


def answered(row: Row) -> bool:
    """True when the row holds what is right."""
    return "gold" in row


def tally(gold: Row, predicted: Row) -> Tally:
    """Each field that a question asks for; questions that the set's own authors skip are not counted."""
    counts = Tally()
    if gold.get("upstream_skip"):
        return counts
    correct = True
    for field, wanted in gold["gold"].items():
        right = _right(field, wanted, predicted)
        correct &= right
        counts.right(field, right)
        if field in ("country", "code_1") and wanted:
            counts.right(f"{field}.known", right)
    for field, several in (gold.get("gold_any") or {}).items():
        right = (predicted.get(field) or "") in several
        correct &= right
        counts.right(f"{field}.any", right)
    asked = [f for f in ("country", "code_1") if f in gold["gold"]]
    if asked:
        counts.right(BOTH, all(_right(f, gold["gold"][f], predicted) for f in asked))
    counts.right("all", correct)
    return counts


def _right(field: str, wanted: Any, predicted: Row) -> bool:
    if field == NO_MATCH:
        return bool(predicted.get(NO_MATCH))
    return (predicted.get(field) or "") == (wanted or "")


NGEC_ACTORS = Benchmark(
    name="ngec_actors",
    title="NGEC, whom a name or phrase means",
    predict=predict,
    answered=answered,
    tally=tally,
    measures=(
        Measure(key="country", title="country", kind="accuracy", main=True),
        Measure(key="country.known", title="country, where there is one", kind="accuracy"),
        Measure(key="code_1", title="first sector", kind="accuracy", main=True),
        Measure(key="code_1.known", title="first sector, where there is one", kind="accuracy"),
        Measure(key=BOTH, title="country and first sector, as far as asked", kind="accuracy", main=True),
        Measure(key="code_2", title="second sector", kind="accuracy"),
        Measure(key="wiki", title="article", kind="accuracy", main=True),
        Measure(key="no_match", title="no answer where there is none", kind="accuracy"),
        Measure(key="all", title="all fields", kind="accuracy"),
    ),
)
