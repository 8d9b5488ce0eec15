"""Examples to tensors: windows of like length together, padded; foci of all windows in one companion batch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training import labels
from training.examples import IGNORE, Example, WordFocus
from training.model import COMPANION_KINDS, REACH


@dataclass(slots=True)
class Batch:
    """`ids`, `mask` [N, T]; `first` [N, W]; `tags` per tagger [N, W] with IGNORE where nothing is known."""

    examples: list[Example]
    ids: Tensor
    mask: Tensor
    first: Tensor
    tags: dict[str, Tensor]

    def to(self, device: torch.device) -> Batch:
        """The same on a device."""
        tags = {t: row.to(device) for t, row in self.tags.items()}
        return Batch(self.examples, self.ids.to(device), self.mask.to(device), self.first.to(device), tags)


@dataclass(slots=True)
class FocusBatch:
    """Inputs of the companion: `rows` [N, L] index word vectors flattened over [windows * W]."""

    rows: Tensor
    mask: Tensor
    focus: Tensor
    distance: Tensor
    kind: Tensor
    foci: list[WordFocus]

    def to(self, device: torch.device) -> FocusBatch:
        """The same on a device."""
        parts = (self.rows, self.mask, self.focus, self.distance, self.kind)
        return FocusBatch(*(p.to(device) for p in parts), self.foci)


def batches(examples: Sequence[Example], pieces: int, rng: random.Random) -> Iterator[list[Example]]:
    """Groups of windows of similar length, about `pieces` padded pieces each, in random order."""
    by_length = sorted(examples, key=lambda e: e.window.pieces + rng.random() * 8)
    groups: list[list[Example]] = []
    held: list[Example] = []
    for example in by_length:
        if held and example.window.pieces * (len(held) + 1) > pieces:
            groups.append(held)
            held = []
        held.append(example)
    if held:
        groups.append(held)
    rng.shuffle(groups)
    yield from groups


def collate(group: list[Example]) -> Batch:
    """Tensors of a group of windows."""
    longest = max(e.window.pieces for e in group)
    words = max(len(e.window.first) for e in group)
    ids = torch.zeros(len(group), longest, dtype=torch.long)
    mask = torch.zeros(len(group), longest)
    first = torch.zeros(len(group), words, dtype=torch.long)
    tags = {t: torch.full((len(group), words), IGNORE) for t in labels.TAGGERS}
    for n, example in enumerate(group):
        pieces, starts = example.window.ids, example.window.first
        ids[n, : len(pieces)] = torch.tensor(pieces)
        mask[n, : len(pieces)] = 1
        first[n, : len(starts)] = torch.tensor(starts)
        for tagger, row in example.tags.items():
            tags[tagger][n, : len(row)] = torch.tensor(row)
    return Batch(group, ids, mask, first, tags)


def collate_foci(items: list[tuple[int, WordFocus]], width: int) -> FocusBatch:
    """Companion inputs of (window number, focus) pairs; `width` is the padded number of words a window."""
    longest = max(f.end - f.begin for _, f in items)
    shape = (len(items), longest)
    rows, mask, focus = torch.zeros(shape, dtype=torch.long), torch.zeros(shape), torch.zeros(shape)
    distance = torch.zeros(shape, dtype=torch.long)
    for n, (window, f) in enumerate(items):
        size = f.end - f.begin
        rows[n, :size] = torch.arange(f.begin, f.end) + window * width
        mask[n, :size] = 1
        a, b = f.focus[0] - f.begin, f.focus[1] - f.begin
        focus[n, a:b] = 1
        if f.second:
            focus[n, f.second[0] - f.begin : f.second[1] - f.begin] = 2
        at = torch.arange(size)
        away = torch.where(at < a, at - a, torch.where(at >= b, at - b + 1, torch.zeros_like(at)))
        distance[n, :size] = away.clamp(-REACH, REACH) + REACH
    kind = torch.tensor([COMPANION_KINDS.index(f.kind) for _, f in items])
    return FocusBatch(rows, mask, focus, distance, kind, [f for _, f in items])
