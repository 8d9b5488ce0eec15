"""Fit the model that links tellings of different reports: `link/data/incidents.tsv`.

    PYTHONPATH=src:benchmarks:. python training/tables/fit_incidents.py [--coded FILE]

Pairs come from two sources: gold event mentions of ECB+ topics 1 to 35 that share a blocking key (words, topic, names,
places; type, codes and dates where the shipped coder found the event), and pairs of events of one quad class within our
own invented reports (`training/data`), where `same_as` tells the truth (types, codes, dates, places). An offset of the
second source is fitted along and thrown away. What agrees may not count against, what differs may not count for.
Topics 36 to 45 are never read here. `SET_BY_HAND` has what neither source can teach. With `--grid` the settings of the
incremental linker are tried on topics that the weights were not fitted on; the shipped ones give up about a point of
CoNLL F1 there for precision, since a ledger pays more for a false join than for a missed one.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

import ecb
from coreference import measured
from tensionwire.link.collecting import Collection
from tensionwire.link.features import FEATURES, shared
from tensionwire.link.incidents import Linker
from tensionwire.link.keys import lookups
from tensionwire.link.tellings import bounds, marks
from tensionwire.link.views import view
from tensionwire.ontology.plover import plover
from tensionwire.records import Party, Telling

HERE = Path(__file__).resolve()
TARGET = HERE.parents[2] / "src" / "tensionwire" / "link" / "data" / "incidents.tsv"
OWN = HERE.parents[1] / "data"
TUNED = frozenset({"2", "5", "12", "18", "21", "23", "34", "35"})
RIDGE, OWN_WEIGHT, FULL = 1.0, 0.3, 200
THRESHOLD, NEAREST = 0.3, 0.5
TRIED = [(threshold, nearest) for threshold in (0.1, 0.15, 0.2, 0.3, 0.4, 0.5) for nearest in (0.0, 0.5, 1.0)]
AGAINST = frozenset(
    "names strange|names strange, trigger word|names apart|numbers apart|type other|quad other|actor other|"
    "recipient other|date apart|published apart|place apart|plan and deed|not so".split("|")
)
# ECB+ has no days of publication, few dates, places by name alone, and gives a denied happening a chain of its own
# where a ledger keeps it together; our own reports date retellings loosely.
# "one a day": event data sets take one actor, recipient, type and day for one event (the one-a-day filter of KEDS).
SET_BY_HAND = {"one a day": 1.5, "date apart": -1.5, "published apart": -0.6, "place apart": -0.7, "not so": -0.5}

Row = tuple[list[float], bool, bool]
Told = list[tuple[Telling, str]]


def of_ecb(documents: Sequence[ecb.Document], records: dict[str, Any]) -> Told:
    """Tellings of ECB+ with their chains."""
    return [(t, m.chain) for document in documents for t, m in ecb.tellings(document, records.get(document.name))]


def ecb_rows(told: Told) -> Iterator[Row]:
    """Pairs that share a key."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, (telling, _) in enumerate(told):
        for key in set(lookups(telling)):
            index[key].append(number)
    pairs = {pair for numbers in index.values() if len(numbers) < FULL for pair in combinations(numbers, 2)}
    for one, two in sorted(pairs):
        yield compared(told[one][0], told[two][0]), told[one][1] == told[two][1], False


def own_rows() -> Iterator[Row]:
    """Pairs of events within one of our own reports, of one quad class."""
    for path in sorted(OWN.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = _own(json.loads(line))
            for (one, root), (two, other) in combinations(told, 2):
                if one.quad == two.quad:
                    yield compared(one, two), root == other, True


def _own(report: dict[str, Any]) -> Told:
    events = report["events"]
    above = {event["id"]: event.get("same_as") for event in events}
    topic = marks("\n".join(report["sentences"]))

    def root(name: str) -> str:
        seen = [name]
        while (up := above.get(seen[-1])) and up in above and up not in seen:
            seen.append(up)
        return seen[-1]

    return [
        (_own_telling(report, event, topic), root(event["id"])) for event in events if event["type"] in plover().types
    ]


def _own_telling(report: dict[str, Any], event: dict[str, Any], topic: tuple[str, ...]) -> Telling:
    first, last = bounds(event.get("date"))
    return Telling(
        report=f"{report['doc_id']} {event['id']}",
        event=event["id"],
        type=event["type"],
        quad=plover().types[event["type"]].quad,
        score=0.0,
        mode=event.get("mode"),
        status=event.get("status", "actual"),
        actor=_parties(event.get("actor")),
        recipient=_parties(event.get("recipient")),
        first=first,
        last=last,
        place=event.get("place"),
        trigger=event["trigger"],
        sentence=report["sentences"][event["s"]],
        topic=topic,
    )


def _parties(raw: Iterable[dict[str, Any]] | None) -> tuple[Party, ...]:
    return tuple(Party(code=one.get("code"), name=one.get("name") or one.get("text")) for one in raw or ())


def compared(a: Telling, b: Telling) -> list[float]:
    """The features of a pair."""
    one, two = view(a), view(b)
    both = shared(one, two)
    return [feature(one, two, both) for feature in FEATURES.values()]


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Ridge logistic regression with signs held."""
    x = np.array([[*values, float(own)] for values, _, own in rows])
    y = np.array([answer for _, answer, _ in rows], float)
    weights = np.array([OWN_WEIGHT if own else 1.0 for _, _, own in rows])
    ridge = np.array([0.0 if name == "bias" else RIDGE for name in FEATURES] + [0.0])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        logits = x @ w
        error = 1 / (1 + np.exp(-logits)) - y
        total = float(weights @ (np.logaddexp(0, logits) - y * logits) + ridge @ w**2 / 2)
        return total, x.T @ (weights * error) + ridge * w

    bounds = [*map(_bound, FEATURES), (None, None)]
    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return {name: round(float(w), 3) for name, w in zip(FEATURES, found, strict=False)}


def _bound(name: str) -> tuple[float | None, float | None]:
    """Between what a weight may lie."""
    if name in SET_BY_HAND:
        return SET_BY_HAND[name], SET_BY_HAND[name]
    if name == "bias":
        return None, None
    return (None, 0.0) if name in AGAINST else (0.0, None)


def tried(weights: dict[str, float], told: Told) -> Iterator[str]:
    """CoNLL F1 of the incremental linker with each setting."""
    for threshold, nearest in TRIED:
        yield f"threshold {threshold:.2f}, nearest {nearest:.1f}: {score(weights, threshold, nearest, told):.4f}"


def score(
    weights: dict[str, float], threshold: float, nearest: float, told: Told, seeds: Sequence[int] = (1, 2)
) -> float:
    """Mean CoNLL F1 over orders."""
    linker, gold = Linker(weights=weights, threshold=threshold, nearest=nearest), {t.report: c for t, c in told}
    total = 0.0
    for seed in seeds:
        order = np.random.default_rng(seed).permutation(len(told))
        collection = Collection(linker=linker)
        total += measured(gold, {told[n][0].report: collection.add(told[n][0]) for n in order}).conll
    return total / len(seeds)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the linker.")
    parser.add_argument(
        "--coded", type=Path, default=Path("ecbplus_coded.jsonl"), help="records of ECB+, made if absent"
    )
    parser.add_argument("--grid", action="store_true", help="try settings on topics kept out of the fit")
    options = parser.parse_args()
    every = ecb.documents()
    records = ecb.coded(options.coded, every)
    documents = [document for document in every if document.topic not in ecb.HELD]
    own = list(own_rows())
    if options.grid:
        rest = of_ecb([document for document in documents if document.topic not in TUNED], records)
        tuned = of_ecb([document for document in documents if document.topic in TUNED], records)
        print("\n".join(tried(fit([*ecb_rows(rest), *own]), tuned)))
    write(fit([*ecb_rows(of_ecb(documents, records)), *own]))


def write(weights: dict[str, float]) -> None:
    """The data file."""
    lines = [
        "# The linker's weights: feature (link/features.py) and weight, fitted by training/tables/fit_incidents.py on",
        "# ECB+ topics 1 to 35 (annotation CC BY 3.0, Cybulska and Vossen 2014) and reports of our own (CC0).",
        f"# Set by hand, since neither can teach it: {', '.join(SET_BY_HAND)}.",
        "# threshold: probability from which a telling is joined; nearest: the share of the nearest telling in an",
        "# incident's score. See docs/explanation/linking.md.",
        f"threshold\t{THRESHOLD}",
        f"nearest\t{NEAREST}",
        *(f"{name}\t{weight}" for name, weight in weights.items()),
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
