"""How well sentence ends are found on the annotated reports: ours, and pysbd where it is installed.

    python benchmarks/sentences.py

Headlines that run on into the text without a stop are ends in the gold that no rule can see; they are most misses.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import oracle
from tensionwire.annotate.sentences import sentences

Ends = Callable[[str], list[int]]


def pysbd_ends() -> Ends | None:
    """The ready-made splitter, None where it is not installed."""
    try:
        import pysbd
    except ImportError:
        return None
    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [s.start + len(text[s.start : s.end].rstrip()) for s in segmenter.segment(text)]


def measured(ends: Ends, documents: list[oracle.Document]) -> str:
    """Precision, recall and milliseconds a sentence."""
    hit = found = wanted = 0
    started = time.perf_counter()
    for document in documents:
        gold = {a + len(s) for a, s in zip(document["sentence_starts"], document["sentences"], strict=True)}
        predicted = set(ends(document["text"]))
        hit, found, wanted = hit + len(gold & predicted), found + len(predicted), wanted + len(gold)
    spent = (time.perf_counter() - started) / wanted * 1000
    return f"precision {hit / found:.3f}  recall {hit / wanted:.3f}  {spent:.3f} ms a sentence ({wanted:,} ends)"


def main() -> int:
    """Measure and print."""
    path = oracle.SHARED / "gold/records/train.jsonl"
    if not path.exists():
        print(f"skipped: no {path}")
        return 0
    documents = list(oracle.documents(path))
    print("ours ", measured(lambda text: [s.end for s in sentences(text)], documents))
    ready_made = pysbd_ends()
    print("pysbd", measured(ready_made, documents[::6]) if ready_made else "is not installed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
