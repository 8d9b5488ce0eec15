"""Sets without a licence to train a shipped model, for a second set of figures only (`--research-data`).

`plv`, `cameo_class` and `cameo_ner` name the parties and the class of a sentence but no trigger: weak foci.
`polnear` gives attributions. Nothing here reads a dev half.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from tensionwire.annotate.sentences import sentences
from tensionwire.annotate.windows import parts
from tensionwire.records import Span
from training import labels
from training.examples import Chars, Focus, Text
from training.loop import NOTHING

# CAMEO classes of cameo_class as the types that may stand for them; class 0 holds appeals, which the codebook
# codes as REQUEST, beside plain statements, which it does not code.
_OF_CLASS = {
    0: "REQUEST",
    1: "AGREE CONSULT SUPPORT",
    2: "COOPERATE AID CONCEDE RETREAT",
    3: "REQUEST ACCUSE REJECT THREATEN SANCTION",
    4: "PROTEST MOBILIZE COERCE ASSAULT",
}
POLNEAR_DOCUMENTS = 240  # of 826, unless asked otherwise: the set is eight times the size of all others together


def texts(gold: Path, polnear: int = POLNEAR_DOCUMENTS) -> list[Text]:
    """All research texts of the training halves, of `polnear` so many documents."""
    return [*_cameo_class(gold), *_cameo_ner(gold), *_plv(gold), *_polnear(gold, polnear)]


def _rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _numbers(names: str) -> list[int]:
    return [labels.TYPES.index(n) for n in names.split()]


def _cameo_class(gold: Path) -> Iterator[Text]:
    for row in _rows(gold / "cameo_class/train.jsonl"):
        types = _numbers(_OF_CLASS[row["label"]]) + ([NOTHING] if row["label"] == 0 else [])
        yield _sentence(row["text"], Focus(kind="event", span=(0, 0), classes={"types": types}), roles=False)


def _cameo_ner(gold: Path) -> Iterator[Text]:
    for row in _rows(gold / "cameo_ner/train.jsonl"):
        roles: dict[str, list[Chars]] = {"actor": [], "recipient": []}
        for span in row["spans"]:
            role = "recipient" if span["role"] == "target" else "actor"
            roles[role].append((span["start"], span["end"]))
        yield _sentence(row["text"], Focus(kind="event", span=(0, 0), roles=roles))


def _plv(gold: Path) -> Iterator[Text]:
    for row in _rows(gold / "plv/train.jsonl"):
        for event in row["events"]:
            roles = {
                "actor": [(x["start"], x["end"]) for x in event["source"] if x["start"] is not None],
                "recipient": [(x["start"], x["end"]) for x in event["target"] if x["start"] is not None],
            }
            types = _numbers("CONCEDE RETREAT" if event["type"] == "YIELD" else event["type"])
            text = _sentence(row["text"], Focus(kind="event", span=(0, 0), roles=roles, classes={"types": types}))
            text.foci = [
                Focus(kind="pair", span=a, second=b, unknown=True, classes={"types": types})
                for a in roles["actor"]
                for b in roles["recipient"]
            ]
            yield text


def _sentence(text: str, focus: Focus, *, roles: bool = True) -> Text:
    found = parts(text, [Span(0, len(text))])
    if not roles:
        focus.unknown = True
    return Text(parts=found, tagged={}, weak=[focus])


def _polnear(gold: Path, count: int) -> Iterator[Text]:
    rows = _rows(gold / "polnear/train.jsonl")
    for row in random.Random(7).sample(rows, count):
        cut = sentences(row["text"])
        foci = [f for a in row["attributions"] for f in _attribution(a, cut)]
        tagged = {"content": [f.span for f in foci]}
        yield Text(parts=parts(row["text"], cut), tagged=tagged, foci=foci)


def _attribution(attribution: dict, cut: tuple[Span, ...]) -> Iterator[Focus]:
    """One focus a sentence of the content; source and cue count where they stand in the same sentence."""
    for sentence in cut:
        content = [Span(*c) for c in attribution["content"]]
        inside = [Span(max(c.start, sentence.start), min(c.end, sentence.end)) for c in content if c.overlap(sentence)]
        if inside:
            yield Focus(
                kind="claim",
                span=tuple(inside[0]),
                roles={"speaker": list(map(tuple, attribution["source"])), "cue": list(map(tuple, attribution["cue"]))},
            )
