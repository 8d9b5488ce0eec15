"""What the companion's span logits say of acts, for all acts of a window at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tensionwire.annotate.decoding import Floats, softmax
from tensionwire.annotate.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Of each act: type, status with its share, contexts, and how far its place and date are told.

    `real` is the share of its being an act at all, `fits` that of its type among the types; `placed` and `dated` are
    empty from a model that does not say.
    """

    qualities: Floats
    manifest: Manifest
    real: Floats
    types: Sequence[str]
    fits: Sequence[float]
    statuses: Sequence[tuple[str, float]]
    contexts: Sequence[tuple[str, ...]]
    placed: Sequence[tuple[float, ...]]
    dated: Sequence[tuple[float, ...]]

    @classmethod
    def of(cls, qualities: Floats, manifest: Manifest) -> Told:
        """What span logits [acts, labels] say; at least one act."""
        columns, labels = manifest.columns["span"], manifest.labels
        kinds = softmax(qualities[:, columns["type"]])[:, : len(labels["type"])]
        best, real = kinds.argmax(-1), np.add.reduce(kinds, axis=-1)
        fits = kinds[np.arange(len(kinds)), best] / np.maximum(real, np.float32(1e-9))
        contexts = 1 / (1 + np.exp(-qualities[:, columns["context"]])) >= 0.5
        return cls(
            qualities=qualities,
            manifest=manifest,
            real=real,
            types=[labels["type"][n] for n in best.tolist()],
            fits=fits.tolist(),
            statuses=_statuses(qualities[:, columns["status"]], manifest),
            contexts=[tuple(c for c, holds in zip(labels["context"], row, strict=True) if holds) for row in contexts],
            placed=_shares(qualities, columns.get("placed")),
            dated=_shares(qualities, columns.get("dated")),
        )

    def mode(self, n: int) -> tuple[str | None, float]:
        """The mode of an act among those of its type, None where it is plain, and its share."""
        own = self.manifest.modes_of[self.types[n]]
        shares = softmax(self.qualities[n, self.manifest.columns["span"]["mode"]][own])
        best = int(shares.argmax())
        name = self.manifest.labels["mode"][own[best]].split(".", 1)[1]
        return (None if name == "-" else name), float(shares[best])


def _statuses(logits: Floats, manifest: Manifest) -> list[tuple[str, float]]:
    names, lean = manifest.labels["status"], manifest.thresholds.get("lean.nonactual", 0.0)
    shares = softmax(logits + np.array([0.0 if status == "actual" else lean for status in names]))
    return [(names[n], row[n]) for n, row in zip(shares.argmax(-1).tolist(), shares.tolist(), strict=True)]


def _shares(logits: Floats, columns: slice | None) -> list[tuple[float, ...]]:
    return [tuple(row) for row in softmax(logits[:, columns]).tolist()] if columns else [()] * len(logits)
