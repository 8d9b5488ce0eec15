"""Choose the thresholds of the exported model on reports held out of training: `python -m training.thresholds`.

Each is swept alone, in order, for the F1 of what it decides (an event's type, a claim's content, the span of a count,
a tie or an appointment; then an event's actors and recipients, a claim's speakers, and the statuses that are not
actual), and written into the model's manifest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tensionwire.annotate import Encoder
from tensionwire.annotate.decoding import Floats
from tensionwire.annotate.graphs import Graphs
from tensionwire.annotate.windows import Window
from tensionwire.records import Annotated, Report, Span, Trigger, content_hash
from training import calibration, corpus
from training.__main__ import HERE, report_files
from training.matching import matched, same_content, same_party

MODEL = HERE.parent / "src/tensionwire/annotate/model"
Document = corpus.Document
Pairs = tuple[list[tuple[Span, str]], list[tuple[Span, str]]]


def f1(pairs: Sequence[Pairs], close: Callable[[Span, Span], bool]) -> float:
    """F1 of labelled spans matched one to one, greedily from the left."""
    hit = gold = predicted = 0
    for wanted, found in pairs:
        left = list(found)
        for span, label in wanted:
            match = next((f for f in left if f[1] == label and close(span, f[0])), None)
            if match:
                left.remove(match)
                hit += 1
        gold, predicted = gold + len(wanted), predicted + len(found)
    return 2 * hit / max(1, gold + predicted)


def touches(a: Span, b: Span) -> bool:
    """Any shared character."""
    return a.overlap(b) > 0


class Remembering:
    """Graphs that run once for what they are asked again and again."""

    def __init__(self, graphs: Graphs) -> None:
        self.graphs = graphs
        self.encoded: dict[tuple[int, ...], tuple[Floats, Floats]] = {}
        self.accompanied: dict[tuple[bytes, tuple], tuple[Floats, Floats]] = {}

    def encode(self, window: Window) -> tuple[Floats, Floats]:
        key = tuple(window.ids)
        if key not in self.encoded:
            self.encoded[key] = self.graphs.encode(window)
        return self.encoded[key]

    def accompany(self, words: Floats, foci: Sequence[tuple[str, int, int]]) -> tuple[Floats, Floats]:
        key = words.tobytes(), tuple(foci)
        if key not in self.accompanied:
            self.accompanied[key] = self.graphs.accompany(words, foci)
        return self.accompanied[key]


RAW: dict[str, tuple[float, ...]] = {}  # no calibration: confidences are products of the heads' shares


def sure(trigger: Trigger) -> float:
    """What the floor of events is held against: a raw confidence without the share of the type."""
    return trigger.confidence / max(trigger.type_confidence, 1e-9)


def reports(documents: list[Document]) -> list[Report]:
    return [
        Report(
            doc_id=d["doc_id"],
            text=d["text"],
            content_hash=content_hash(d["text"]),
            title=corpus.heading(d),
            published=d["published"] or None,
        )
        for d in documents
    ]


_GOLD = {"trigger": ("events", "trigger_span"), "content": ("claims", "content_span"), "count": ("figures", "span"),
         "tie": ("relations", "span"), "appointment": ("agenda", "span")}  # fmt: skip


def _pairs(tagger: str, documents: list[Document], found: list[Annotated], floor: float) -> list[Pairs]:
    key, place = _GOLD[tagger]
    pairs = []
    for document, annotated in zip(documents, found, strict=True):
        gold = [(Span(*x[place]), x["type"] if tagger == "trigger" else "") for x in document[key]]
        gold = list(dict.fromkeys(gold))
        predicted = {
            "trigger": [(t.span, t.type) for t in annotated.triggers if sure(t) >= floor],
            "content": [(a.content, "") for a in annotated.attributions if a.confidence >= floor],
            "count": [(c.span, "") for c in annotated.counts if c.confidence >= floor],
            "tie": [(t.span, "") for t in annotated.ties if t.confidence >= floor],
            "appointment": [(a.span, "") for a in annotated.appointments if a.confidence >= floor],
        }[tagger]
        pairs.append((gold, predicted))
    return pairs


def sweep(encoder: Encoder, documents: list[Document]) -> dict[str, float]:
    """Thresholds with the best F1 on the documents; prints each step."""
    held = reports(documents)
    graphs = Remembering(encoder.graphs)
    chosen = dict(encoder.manifest.thresholds)

    def found(thresholds: dict[str, float], floor: float = 0.0) -> list[Annotated]:
        tried = Encoder(graphs, replace(encoder.manifest, thresholds=thresholds, calibration=RAW), floor)
        return [a for n in range(0, len(held), 32) for a in tried.annotate(held[n : n + 32])]

    for tagger in _GOLD:
        results = {}
        floors = EVENT_FLOORS if tagger == "trigger" else FLOORS
        for lean in LEANS:
            annotated = found({**chosen, f"lean.{tagger}": lean, f"floor.{tagger}": 0.0})
            for floor in floors:
                close = same_content if tagger == "content" else touches
                results[lean, floor] = f1(_pairs(tagger, documents, annotated, floor), close)
        best = steadiest(results, LEANS, floors)
        print(f"{tagger:12} lean {best[0]:+.1f} floor {best[1]:.2f} F1 {results[best]:.3f} (lean 0, floor 0.5: "
              f"{results[0.0, 0.5]:.3f})")  # fmt: skip
        chosen[f"lean.{tagger}"] = best[0]
        chosen["event" if tagger == "trigger" else f"floor.{tagger}"] = best[1]
    floor = chosen["event"]
    sweep_companions(chosen, documents, lambda thresholds: found(thresholds, floor))
    return chosen


EVENT_FLOORS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
FLOORS = (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8)
EARNED = 0.005
# A report of the records counts for as many others. It is what we want, and the others say more than its readers would:
# on 56 reports annotated in both ways, 345 acts to 282.
RECORDS_COUNT = 3
LEANS = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
Found = Callable[[dict[str, float]], list[Annotated]]


def steadiest(
    results: dict[tuple[float, float], float], leans: Sequence[float], floors: Sequence[float]
) -> tuple[float, float]:
    """The setting whose neighbours are best with it: the single best of many on few reports is often luck.

    For the same reason a lean has to be worth `EARNED` of F1 before it is taken rather than none.
    """

    def around(at: tuple[float, float]) -> float:
        i, j = leans.index(at[0]), floors.index(at[1])
        near = [(x, y) for x in leans[max(0, i - 1) : i + 2] for y in floors[max(0, j - 1) : j + 2]]
        return (sum(results[n] for n in near) / len(near) + results[at]) / 2 - (EARNED if at[0] else 0.0)

    return max(results, key=around)


def sweep_companions(chosen: dict[str, float], documents: list[Document], found: Found) -> None:
    """The leans of roles and of status, for the F1 of each over events (or claims) that were found."""
    measures = {"actor": _role_f1, "recipient": _role_f1, "speaker": _speaker_f1, "nonactual": _status_f1}
    for name, measure in measures.items():
        results = {lean: measure(name, documents, found({**chosen, f"lean.{name}": lean})) for lean in LEANS}
        best, _ = steadiest({(lean, 0.0): value for lean, value in results.items()}, LEANS, (0.0,))
        print(f"{name:12} lean {best:+.1f} F1 {results[best]:.3f} (lean 0: {results[0.0]:.3f})")
        chosen[f"lean.{name}"] = best


def _share(hit: int, gold: int, predicted: int) -> float:
    return 2 * hit / max(1, gold + predicted)


def _role_f1(name: str, documents: list[Document], found: list[Annotated]) -> float:
    hit = gold = predicted = 0
    for document, annotated in zip(documents, found, strict=True):
        for event, trigger in matched(document, annotated, typed=True):
            wanted = [Span(*x["span"]) for x in event[name]]
            given = [m.span for m in (trigger.actors if name == "actor" else trigger.recipients)]
            hit += sum(any(same_party(w, g) for g in given) for w in wanted)
            gold, predicted = gold + len(wanted), predicted + len(given)
    return _share(hit, gold, predicted)


def _speaker_f1(_: str, documents: list[Document], found: list[Annotated]) -> float:
    hit = gold = predicted = 0
    for document, annotated in zip(documents, found, strict=True):
        for claim in document["claims"]:
            content, speaker = Span(*claim["content_span"]), claim["speaker"].get("span")
            mine = next((a for a in annotated.attributions if same_content(a.content, content)), None)
            if mine and speaker:
                gold, predicted = gold + 1, predicted + len(mine.speakers)
                hit += any(m.span.overlap(Span(*speaker)) for m in mine.speakers)
    return _share(hit, gold, predicted)


def _status_f1(_: str, documents: list[Document], found: list[Annotated]) -> float:
    hit = gold = predicted = 0
    for document, annotated in zip(documents, found, strict=True):
        gold += sum(e["status"] != "actual" for e in document["events"])
        predicted += sum(t.status != "actual" for t in annotated.triggers)
        pairs = matched(document, annotated, typed=False)
        hit += sum(e["status"] == t.status != "actual" for e, t in pairs)
    return _share(hit, gold, predicted)


def main(path: Path = MODEL / "manifest.json") -> None:
    """Sweep and write the manifest."""
    documents = [
        d
        for p in report_files()
        for d in corpus.load(p)
        if corpus.held_out(d)
        for _ in range(1 if p.is_relative_to(HERE / "data") else RECORDS_COUNT)
    ]
    count = len({d["doc_id"] for d in documents})
    print(f"{count} reports held out of training, those of the records counted {RECORDS_COUNT} times")
    encoder = Encoder.load()
    thresholds = sweep(encoder, documents)
    manifest = json.loads(path.read_text())
    manifest["thresholds"] = thresholds
    fixed = replace(encoder.manifest, thresholds=thresholds, calibration=RAW)
    found = Encoder(encoder.graphs, fixed, thresholds["event"]).annotate(reports(documents))
    manifest["calibration"] = calibration.fit(documents, found)
    path.write_text(json.dumps(manifest, indent=1) + "\n")


if __name__ == "__main__":
    main()
