"""Where further reports and the records' habits part: words left out of the loss, neither learnt as marked nor plain.

Readers of further reports mark a fifth more acts than the records do, most of them background ("US-backed", "the
fight"). A model that has read the records alone finds those unlikely. What it finds so is not counted, whoever is
right; what it is unsure of, it is taught.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import torch

from tensionwire.annotate.windows import windows
from training.batches import collate
from training.examples import Chars, Example, Focus, Text
from training.loop import WORD, encoded
from training.model import Network

# Shares of a network that never read them: of the triggers of reports held out of the records 8% are below the first,
# of those of further reports 20%. Words that are not marked and above the second are as rare in both, two in a hundred.
UNLIKELY, CERTAIN = 0.2, 0.8
DOUBTED = ("trigger", "content")
WINDOW = 128  # pieces


def doubted(network: Network, text: Text) -> Text:
    """The text with what the network would not have marked, and what it would have, in `unsure`.

    Of an act that it would not have marked its parties are learnt, and not that it is one.
    """
    unsure = {tagger: list(_unsure(network, text, tagger)) for tagger in DOUBTED if tagger in text.tagged}
    acts = set(unsure.get("trigger", ()))
    return replace(text, unsure=unsure, foci=[_unclassed(f) if f.span in acts else f for f in text.foci])


def _unclassed(focus: Focus) -> Focus:
    if focus.kind != "event":
        return focus
    return replace(
        focus, classes={name: value for name, value in focus.classes.items() if name not in ("type", "mode")}
    )


def _unsure(network: Network, text: Text, tagger: str) -> Iterator[Chars]:
    words = [(word, *shares) for word, *shares in _shares(network, text, tagger)]
    for span in text.tagged[tagger]:
        inside = [1 - outside for (a, b), outside, _ in words if a < span[1] and b > span[0]]
        if inside and max(inside) < UNLIKELY:
            yield span
    marked = text.tagged[tagger]
    for (a, b), _, begins in words:
        if begins > CERTAIN and not any(a < y and b > x for x, y in marked):
            yield a, b


def _shares(network: Network, text: Text, tagger: str) -> Iterator[tuple[Chars, float, float]]:
    """Each word, the share by which it is outside, and that by which it begins a span."""
    for window in windows(text.parts, limit=WINDOW):
        words = [word for part in window.parts for word in part.words]
        batch = collate([Example(window, {}, [], [], [], [])]).to(network.device)
        with torch.no_grad():
            _, logits = encoded(network, batch)
        shares = logits[0, : len(words), WORD[tagger]].softmax(-1).tolist()
        for word, (outside, begins, _) in zip(words, shares, strict=True):
            yield tuple(word), outside, begins
