"""What teachers say of unlabelled text, as a loss: a small network learns the shares that larger ones give.

At each step one group of unlabelled windows is read by the teachers and by the student. The student is to give each
word the tags that the teachers give on average, and each span that they propose (and some that they refuse) the same
companions, type, status and so on. The measure is the Kullback-Leibler divergence, with the weights of the gold losses.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from training import labels
from training.batches import Batch, FocusBatch, batches, collate, collate_foci
from training.examples import Example, Text, WordFocus, examples
from training.loop import (
    CLASS_WEIGHT,
    MODES_OF,
    NOTHING,
    ROLE,
    ROLE_NAMES,
    ROLE_WEIGHT,
    SPAN,
    SPAN_WEIGHT,
    TAGGER_WEIGHT,
    WORD,
    accompanied,
    encoded,
    rooms,
)
from training.model import Network

TAGGER_OF_CLASS = {"sign": "tie", "kind": "name", "sector": "party"}
PROPOSED, TEMPTING, SURE = 0.12, 0.02, 0.5  # shares of a first word: a proposal, a near miss, a party of a pair
PAIRS = 4  # a window


class Distiller:
    """Draws groups of unlabelled windows without end; called with the student, returns the loss of one of them."""

    def __init__(self, teachers: Sequence[Network], texts: Sequence[Text], pieces: int, seed: int) -> None:
        self.teachers = [t.train(False) for t in teachers]
        self.rng = random.Random(seed)
        self.groups = self._groups(texts, pieces)

    def _groups(self, texts: Sequence[Text], pieces: int) -> Iterator[list[Example]]:
        while True:
            some = [t for t in texts if self.rng.random() < t.often]
            yield from batches([e for t in some for e in examples(t, ROLE_NAMES, 128)], pieces, self.rng)

    def __call__(self, student: Network) -> Tensor:
        batch = collate(next(self.groups)).to(student.device)
        with torch.no_grad():
            read = [encoded(t, batch) for t in self.teachers]
        words, logits = encoded(student, batch)
        shares = {t: _mean([theirs[..., WORD[t]] for _, theirs in read]) for t in WORD}
        loss = _word_loss(logits, shares, _real(batch, logits))
        items = [(n, focus) for n, found in enumerate(self._foci(batch, shares)) for focus in found]
        for held in rooms(items, student.device):
            foci = collate_foci(held, words.shape[1]).to(student.device)
            with torch.no_grad():
                told = [accompanied(t, foci, own) for t, (own, _) in zip(self.teachers, read, strict=True)]
            mine = accompanied(student, foci, words)
            loss = loss + _focus_loss(mine, told, foci) * (len(held) / len(items))
        return loss

    def _foci(self, batch: Batch, shares: dict[str, Tensor]) -> Iterator[list[WordFocus]]:
        """Of each window: proposed triggers and contents, some near misses, some pairs of parties."""
        on_processor = {t: shares[t].cpu() for t in ("trigger", "content", "party")}
        for n, example in enumerate(batch.examples):
            found = []
            tags = {t: rows[n, : len(example.window.first)].tolist() for t, rows in on_processor.items()}
            for kind, tagger in (("event", "trigger"), ("claim", "content")):
                found += [_focus(kind, home, span) for home, span in _proposed(tags[tagger], example.ranges, PROPOSED)]
            tempting = [i for i, row in enumerate(tags["trigger"]) if TEMPTING < row[1] <= PROPOSED]
            for i in self.rng.sample(tempting, min(2, len(tempting))):
                found += [_focus("event", home, (i, i + 1)) for home in example.ranges if home[0] <= i < home[1]]
            parties = list(_proposed(tags["party"], example.ranges, SURE))
            pairs = [(home, a, b) for home, a in parties for other, b in parties if home == other and a != b]
            for home, a, b in self.rng.sample(pairs, min(PAIRS, len(pairs))):
                found.append(_focus("pair", home, a, b))
            yield found


def _focus(kind: str, home: tuple[int, int], span: tuple[int, int], second: tuple[int, int] | None = None) -> WordFocus:
    return WordFocus(kind, *home, span, [], {}, second)


def _proposed(
    shares: list[list[float]], ranges: list[tuple[int, int]], least: float
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """(sentence, span) of words that may begin a span, with those that rather go on than not."""
    for home in ranges:
        at = home[0]
        while at < home[1]:
            end = at + 1
            if shares[at][1] > least:
                while end < home[1] and shares[end][2] > 0.5:
                    end += 1
                yield home, (at, end)
            at = end


def _mean(logits: Sequence[Tensor]) -> Tensor:
    return torch.stack([x.softmax(-1) for x in logits]).mean(0)


def _real(batch: Batch, logits: Tensor) -> Tensor:
    """[N, W] of 0/1: which words are no padding."""
    lengths = torch.tensor([len(e.window.first) for e in batch.examples], device=logits.device)
    return (torch.arange(logits.shape[1], device=logits.device)[None] < lengths[:, None]).float()


def _divergence(logits: Tensor, shares: Tensor) -> Tensor:
    """Of the last axis."""
    return (shares * (shares.clamp(min=1e-7).log() - logits.log_softmax(-1))).sum(-1)


def _weighed(values: Tensor, weights: Tensor) -> Tensor:
    return (values * weights).sum() / weights.sum().clamp(min=1e-3)


def _word_loss(logits: Tensor, shares: dict[str, Tensor], real: Tensor) -> Tensor:
    loss = logits.new_zeros(())
    for tagger, weight in TAGGER_WEIGHT.items():
        loss = loss + weight * _weighed(_divergence(logits[..., WORD[tagger]], shares[tagger]), real)
    for name, weight in CLASS_WEIGHT.items():
        of_span = real * (1 - shares[TAGGER_OF_CLASS[name]][..., 0])
        loss = loss + weight * _weighed(_divergence(logits[..., WORD[name]], shares[name]), of_span)
    return loss


def _focus_loss(mine: tuple[Tensor, Tensor], told: list[tuple[Tensor, Tensor]], batch: FocusBatch) -> Tensor:
    """Over the foci of one batch: of events their roles and classes, of claims theirs, of pairs the type."""
    roles, spans = mine
    loss = roles.new_zeros(())
    for kind in ("event", "claim", "pair"):
        chosen = [i for i, f in enumerate(batch.foci) if f.kind == kind]
        if not chosen:
            continue
        if kind in ROLE_WEIGHT:
            shares = _mean([r[chosen][..., ROLE[kind]] for r, _ in told])
            apart = _divergence(roles[chosen][..., ROLE[kind]], shares)
            loss = loss + ROLE_WEIGHT[kind] * _weighed(apart, batch.mask[chosen])
        loss = loss + _span_loss(kind, spans[chosen], [s[chosen] for _, s in told])
    return loss


CLASSES = {"event": "status dated placed".split(), "claim": "form stance evidence".split(), "pair": []}


def _span_loss(kind: str, mine: Tensor, told: list[Tensor]) -> Tensor:
    if kind == "claim":
        acts = mine.new_ones(len(mine))
        loss = mine.new_zeros(())
    else:
        types = _mean([t[:, SPAN["type"]] for t in told])
        acts = 1 - types[:, NOTHING]
        loss = SPAN_WEIGHT["type"] * _divergence(mine[:, SPAN["type"]], types).mean()
    for name in CLASSES[kind]:
        shares = _mean([t[:, SPAN[name]] for t in told])
        loss = loss + SPAN_WEIGHT[name] * _weighed(_divergence(mine[:, SPAN[name]], shares), acts)
    if kind != "event":
        return loss
    foreign = MODES_OF.to(mine.device)[types[:, : len(labels.TYPES)].argmax(-1)]
    modes = [t[:, SPAN["mode"]].masked_fill(foreign, -1e4) for t in told]
    apart = _divergence(mine[:, SPAN["mode"]].masked_fill(foreign, -1e4), _mean(modes))
    contexts = torch.stack([t[:, SPAN["context"]].sigmoid() for t in told]).mean(0)
    crossed = F.binary_cross_entropy_with_logits(mine[:, SPAN["context"]], contexts, reduction="none").mean(-1)
    return loss + SPAN_WEIGHT["mode"] * _weighed(apart, acts) + SPAN_WEIGHT["context"] * _weighed(crossed, acts)
