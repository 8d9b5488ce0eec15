"""Fit the models that choose an event's date and place: `python -m training.choices dates|places`
(with src and benchmarks on the path), `--score` to cross-validate instead.

Conditional logistic regression over "none" and the candidates of each act of the annotated training reports;
acts whose date or place no candidate gives are left out of fitting, not of scoring. What the encoder will say of
an act's own date and place is played by the gold stretches, a share of them lost and a share invented
(`KEPT`, `INVENTED`), so that the models learn to trust it about as far as it can be trusted.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

import oracle
from tensionwire.coding.dates import Dates
from tensionwire.coding.linear import Linear, linear
from tensionwire.coding.places import Wheres
from tensionwire.evaluate.records_tally import known
from tensionwire.pipeline import Coder
from tensionwire.records import Annotated, Moment, Span, Trigger
from tensionwire.resolve.places import Places
from tensionwire.resolve.times import moments
from training import corpus
from training.__main__ import report_files
from training.matching import matched
from training.thresholds import reports

DATA = Path(__file__).parents[1] / "src" / "tensionwire" / "coding" / "data"
FILES = ("records/train.jsonl", "own_reports/train.jsonl")
KEPT = {"dates": 0.75, "places": 0.7}
INVENTED = {"dates": 0.10, "places": 0.10}
PENALTY, SEEN, SHOWN = 3.0, 4, 0.02
# The share of "none" above which none is given: about 0.86 of the undated acts stay undated.
THRESHOLD = {"dates": 0.6, "places": 0.6}
HEADER = {
    "dates": "What speaks for and against a time expression as the date of an act.",
    "places": "What speaks for and against a place name as the place of an act.",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One act: the answers that can be chosen (None first), their features, and the right one."""

    answers: list[str | None]
    features: list[list[str]]
    right: str | None
    document: str


def cases(what: str, folder: Path) -> Iterator[list[Case]]:
    """The acts of each training report."""
    chance = random.Random(7)
    for name in FILES:
        for document in oracle.documents(folder / name):
            yield list(_cases(what, document, chance))


def _cases(what: str, document: dict[str, Any], chance: random.Random) -> Iterator[Case]:
    plain = oracle.annotated(document)
    if what == "dates":
        told = moments(plain)
        annotated = played(what, document, plain, {m.span: (m.iso or "", m.planned or "") for m in told}, chance)
        dates = Dates(annotated, told)
        for event, trigger in zip(document["events"], annotated.triggers, strict=True):
            act = dates.stage.act(trigger)
            found = dates.readings(act)
            features = [list(dates.none(act)), *(list(dates.features(act, r)) for r in found)]
            yield Case([None, *(r.iso for r in found)], features, known(event.get("date")), document["doc_id"])
        return
    places = Places.load()
    names = {span: (span.of(plain.report.text),) for span in places.places(plain)}
    annotated = played(what, document, plain, names, chance)
    wheres = Wheres(annotated, places.places(annotated))
    for event, trigger in zip(document["events"], annotated.triggers, strict=True):
        act = wheres.stage.act(trigger)
        found = wheres.candidates(act)
        features = [list(wheres.none(act)), *(list(wheres.features(act, n)) for n in found)]
        yield Case([None, *(n.text for n in found)], features, known(event.get("place")), document["doc_id"])


def played(
    what: str,
    document: dict[str, Any],
    annotated: Annotated,
    found: Mapping[Span, Sequence[str]],
    chance: random.Random,
) -> Annotated:
    """The triggers with what an encoder might take for the stretch that tells their date or place."""
    triggers = []
    for event, trigger in zip(document["events"], annotated.triggers, strict=True):
        gold = known(event.get(what.removesuffix("s")))
        here = {s: values for s, values in found.items() if annotated.sentences[event["s"]].holds(s)}
        right = [s for s, values in here.items() if gold in values] or _written(gold, event, annotated)
        right.sort(key=lambda s: abs(s.start - trigger.span.start))
        said = right[:1] if right and chance.random() < KEPT[what] else []
        if not right and here and chance.random() < INVENTED[what]:
            said = [chance.choice(list(here))]
        triggers.append(_with(trigger, what, tuple(said)))
    return replace(annotated, triggers=tuple(triggers))


def _written(gold: str | None, event: dict[str, Any], annotated: Annotated) -> list[Span]:
    sentence, text = annotated.sentences[event["s"]], annotated.report.text
    if gold is None or gold[0].isdigit():
        return []
    found = re.finditer(re.escape(gold), text[sentence.start : sentence.end])
    return [Span(m.start() + sentence.start, m.end() + sentence.start) for m in found]


def _with(trigger: Trigger, what: str, spans: tuple[Span, ...]) -> Trigger:
    return replace(trigger, dates=spans) if what == "dates" else replace(trigger, places=spans)


def fit(listed: Sequence[Case]) -> dict[str, float]:
    """Weights by feature, those of almost nothing left out."""
    used = [c for c in listed if c.right in c.answers]
    names: dict[str, int] = {}
    columns, ends, group, right = [], [0], [], []
    for number, case in enumerate(used):
        for answer, features in zip(case.answers, case.features, strict=True):
            columns += [names.setdefault(f, len(names)) for f in features]
            ends.append(len(columns))
            group.append(number)
            right.append(answer == case.right)
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(group), len(names)))
    often = np.flatnonzero(np.asarray(matrix.sum(0)).ravel() >= SEEN)
    weights = _minimum(matrix[:, often], np.array(group), np.array(right))
    listing = np.array(list(names))[often]
    return {str(n): float(w) for n, w in zip(listing, weights, strict=True) if abs(w) >= SHOWN}


def _minimum(matrix: Any, group: Any, right: Any) -> Any:
    starts = np.searchsorted(group, np.arange(group[-1] + 1))

    def loss(weights: Any) -> tuple[float, Any]:
        logits = matrix @ weights
        odds = np.exp(logits - np.maximum.reduceat(logits, starts)[group])
        total, good = np.add.reduceat(odds, starts), np.add.reduceat(np.where(right, odds, 0), starts)
        slope = odds / total[group] - np.where(right, odds, 0) / good[group]
        value = -np.log(good / total).sum() + PENALTY / 2 * (weights @ weights)
        return value, matrix.T @ slope + PENALTY * weights

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def shares(case: Case, weights: dict[str, float]) -> dict[str | None, float]:
    """The share of each answer."""
    logits = np.array([sum(weights.get(f, 0.0) for f in fs) for fs in case.features])
    odds = np.exp(logits - logits.max())
    out: dict[str | None, float] = {}
    for answer, share in zip(case.answers, odds / odds.sum(), strict=True):
        out[answer] = out.get(answer, 0.0) + float(share)
    return out


def score(documents: list[list[Case]], folds: int = 4) -> None:
    """Cross-validated by document: how often the known and the unknown are right, by threshold."""
    order = list(range(len(documents)))
    random.Random(1).shuffle(order)
    results = []
    for fold in range(folds):
        held = set(order[fold::folds])
        weights = fit([c for n in order if n not in held for c in documents[n]])
        results += [(c, shares(c, weights)) for n in held for c in documents[n]]
    for part, keep in (("all", ""), ("records", "own"), ("own reports", "!own")):
        some = [r for r in results if not keep or r[0].document.startswith("own") == (keep == "!own")]
        reach = np.mean([c.right in c.answers for c, _ in some if c.right])
        print(f"{part}: {reach:.3f} of the known can be chosen")
        for top in (0.4, 0.5, 0.55, 0.6, 0.65, 0.7):
            known, unknown = _rates(some, top)
            print(f"  none above {top}: known right {known:.3f}, unknown right {unknown:.3f}")


def _rates(results: Sequence[tuple[Case, dict[str | None, float]]], top: float) -> tuple[float, float]:
    known, unknown = [], []
    for case, share in results:
        named = {a: s for a, s in share.items() if a is not None}
        said = max(named, key=named.__getitem__) if named and share[None] <= top else None
        (unknown if case.right is None else known).append(said == case.right)
    return float(np.mean(known)), float(np.mean(unknown))


def trust(what: str, coder: Coder, least: float = 0.85) -> tuple[float, float]:
    """What the encoder's own word on whether a date (or place) is told should weigh, and the share of "none" above
    which none is given: the pair that gets most of the known right on reports held out of training, where at least
    `least` of the unknown stay unknown.
    """
    held = [d for path in report_files() for d in corpus.load(path) if corpus.held_out(d)]
    found = [
        (d, Dates.of(r) if what == "dates" else Wheres.of(r))
        for d, r in zip(held, map(coder.resolver.resolve, coder.encoder.annotate(reports(held))), strict=True)
    ]
    results = {}
    for weight in (0.0, 0.25, 0.5, 0.75, 1.0, 1.5):
        for top in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            model = replace(linear(what), trust=weight, threshold=top)
            known, unknown = _right(what, found, model)
            print(f"trust {weight} none above {top}: known right {known:.3f}, unknown right {unknown:.3f}")
            results[weight, top] = known if unknown >= least else 0.0
    return max(results, key=lambda pair: results[pair])


def _right(what: str, found: Sequence[tuple[Any, Dates | Wheres]], model: Linear) -> tuple[float, float]:
    right: dict[bool, list[bool]] = {True: [], False: []}
    for document, chooser in found:
        for event, trigger in matched(document, chooser.stage.annotated, typed=True):
            answer = chooser.choose(trigger, model)
            said = None if answer is None else answer.iso if isinstance(answer, Moment) else answer[0]
            gold = known(event.get(what.removesuffix("s")))
            right[gold is not None].append(said == gold)
    return float(np.mean(right[True])), float(np.mean(right[False]))


def set_trust(what: str, weight: float, top: float) -> None:
    """Write both into the model's file."""
    path = DATA / f"{what}.tsv"
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith(("trust\t", "threshold\t"))]
    at = next(n for n, x in enumerate(lines) if x.startswith("bias\t")) + 1
    lines[at:at] = [f"threshold\t{top}", f"trust\t{weight}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write(what: str, weights: dict[str, float]) -> Path:
    """The model as the package reads it."""
    path = DATA / f"{what}.tsv"
    head = f"# {HEADER[what]} Fitted by training/choices.py on the\n# annotated training reports; Apache-2.0.\n"
    lines = [
        f"bias\t0\nthreshold\t{THRESHOLD[what]}\n",
        *(f"{n}\t{w:.3f}\n" for n, w in sorted(weights.items())),
    ]
    path.write_text(head + "".join(lines), encoding="utf-8")
    return path


def main() -> None:
    """Fit and write, or with `--score` cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("dates", "places"))
    parser.add_argument("--gold", type=Path, default=oracle.SHARED / "gold")
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--trust", action="store_true", help="what the trained encoder's word weighs; run it last")
    options = parser.parse_args()
    if options.trust:
        set_trust(options.what, *trust(options.what, Coder.load(threads=2)))
        return
    documents = list(cases(options.what, options.gold))
    if options.score:
        score(documents)
        return
    weights = fit([c for d in documents for c in d])
    print(write(options.what, weights), len(weights), "features")


if __name__ == "__main__":
    main()
