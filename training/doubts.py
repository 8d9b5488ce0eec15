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

# A word, and of each tagger the share by which it is outside and that by which it begins a span.
Seen = tuple[Chars, dict[str, tuple[float, float]]]


def doubted(network: Network, text: Text) -> Text:
    """The text with what the network would not have marked, and what it would have, in `unsure`.

    Of an act that it would not have marked its parties are learnt, and not that it is one.
    """
    seen = list(_seen(network, text))
    unsure = {tagger: list(_unsure(seen, text, tagger)) for tagger in DOUBTED if tagger in text.tagged}
    acts = set(unsure.get("trigger", ()))
    return replace(text, unsure=unsure, foci=[_unclassed(f) if f.span in acts else f for f in text.foci])


def _unclassed(focus: Focus) -> Focus:
    if focus.kind != "event":
        return focus
    return replace(
        focus, classes={name: value for name, value in focus.classes.items() if name not in ("type", "mode")}
    )


def _unsure(seen: list[Seen], text: Text, tagger: str) -> Iterator[Chars]:
    marked = text.tagged[tagger]
    for begin, end in marked:
        inside = [1 - shares[tagger][0] for (a, b), shares in seen if a < end and b > begin]
        if inside and max(inside) < UNLIKELY:
            yield begin, end
    for (a, b), shares in seen:
        if shares[tagger][1] > CERTAIN and not any(a < end and b > begin for begin, end in marked):
            yield a, b


def _seen(network: Network, text: Text) -> Iterator[Seen]:
    """Each word of the text with what the network makes of it."""
    for window in windows(text.parts):
        words = [word for part in window.parts for word in part.words]
        with torch.no_grad():
            _, logits = encoded(network, collate([Example(window, {}, [], [], [], [])]).to(network.device))
        shares = {tagger: logits[0, :, WORD[tagger]].softmax(-1)[:, :2].tolist() for tagger in DOUBTED}
        for n, word in enumerate(words):
            yield word, {tagger: tuple(rows[n]) for tagger, rows in shares.items()}
