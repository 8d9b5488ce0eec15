"""The two ONNX graphs and the batches that go through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tensionwire.annotate.decoding import Floats, Ints
from tensionwire.annotate.manifest import Manifest, model_folder
from tensionwire.annotate.windows import Window
from tensionwire.errors import ModelError

BATCH_PIECES = 2048
BATCH_WORDS = 3072


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """A span to ask the companion about: words [begin, end) in focus, of the part's words [first, last)."""

    kind: str
    window: int
    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Graphs:
    """Both sessions. Each call is on one thread: a process a core scales better than threads."""

    encoder: Any
    companion: Any
    manifest: Manifest

    @classmethod
    def load(cls, manifest: Manifest, threads: int = 1) -> Graphs:
        """Open the shipped graphs; raises ModelError when they cannot be."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3

        def session(name: str) -> Any:
            try:
                data = model_folder().joinpath(name).read_bytes()
                return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
            except Exception as error:  # onnxruntime raises its own kinds
                raise ModelError(f"the shipped model's {name}", str(error), "reinstall tensionwire") from error

        return cls(session("encoder.onnx"), session("companion.onnx"), manifest)

    def encode(self, windows: Sequence[Window]) -> Iterator[tuple[list[int], Floats, Floats]]:
        """Batches of (window numbers, word vectors [n, w, 384], word logits [n, w, labels])."""
        order = sorted(range(len(windows)), key=lambda n: windows[n].pieces)
        for numbers in _groups(order, [windows[n].pieces for n in order], BATCH_PIECES):
            ids, mask, first = _pad(windows, numbers)
            words, logits = self.encoder.run(None, {"ids": ids, "mask": mask, "first": first})
            yield numbers, words, logits

    def accompany(self, foci: Sequence[Focus], words: Floats) -> Iterator[tuple[list[int], Floats, Floats]]:
        """Batches of (focus numbers, role logits [n, l, labels], span logits [n, labels]) over one encoder batch.

        `Focus.window` is the row of `words`.
        """
        order = sorted(range(len(foci)), key=lambda n: foci[n].last - foci[n].first)
        for numbers in _groups(order, [foci[n].last - foci[n].first for n in order], BATCH_WORDS):
            feed = self._focus_arrays([foci[n] for n in numbers], words)
            roles, spans = self.companion.run(None, feed)
            yield numbers, roles, spans

    def _focus_arrays(self, foci: list[Focus], words: Floats) -> dict[str, Any]:
        longest = max(f.last - f.first for f in foci)
        at = np.arange(longest)[None]
        first, last, begin, end, window = (
            np.array([getattr(f, name) for f in foci], dtype=np.int64)[:, None]
            for name in ("first", "last", "begin", "end", "window")
        )
        inside = at < last - first
        rows = np.where(inside, at + first, 0)
        a, b, reach = begin - first, end - first, self.manifest.reach
        far = np.where(at < a, at - a, np.where(at >= b, at - b + 1, 0)).clip(-reach, reach) + reach
        return {
            "words": words[window, rows],
            "mask": inside.astype(np.float32),
            "focus": ((at >= a) & (at < b)).astype(np.float32),
            "distance": np.where(inside, far, 0),
            "kind": np.array([self.manifest.focus_kinds.index(f.kind) for f in foci], dtype=np.int64),
        }


def _groups(order: list[int], sizes: list[int], room: int) -> Iterator[list[int]]:
    """Runs of the order, ascending in size, that stay within `room` when padded to their longest."""
    held: list[int] = []
    for number, size in zip(order, sizes, strict=True):
        if held and size * (len(held) + 1) > room:
            yield held
            held = []
        held.append(number)
    if held:
        yield held


def _pad(windows: Sequence[Window], numbers: list[int]) -> tuple[Ints, Floats, Ints]:
    rows = [(windows[n].ids, windows[n].first) for n in numbers]
    ids = np.zeros((len(rows), max(len(i) for i, _ in rows)), dtype=np.int64)
    first = np.zeros((len(rows), max(len(f) for _, f in rows)), dtype=np.int64)
    mask = np.zeros(ids.shape, dtype=np.float32)
    for n, (pieces, starts) in enumerate(rows):
        ids[n, : len(pieces)] = pieces
        mask[n, : len(pieces)] = 1
        first[n, : len(starts)] = starts
    return ids, mask, first
