"""The two ONNX graphs.

Each window, and each sentence with its foci, goes through alone: int8 scales are of a whole run's activations, so that
in a shared batch a report's neighbours would move its results. It costs nothing on a CPU (measured: windows one by one
and sixteen together take the same time).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tensionwire.annotate.decoding import Floats
from tensionwire.annotate.manifest import Manifest, model_folder
from tensionwire.annotate.windows import Window
from tensionwire.errors import ModelError

# A sum fused with the normalisation after it takes four times as long as the two apart (onnxruntime 1.32, AVX-512).
_UNFUSED = ("SkipLayerNormFusion",)


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
                return onnxruntime.InferenceSession(
                    data, options, providers=["CPUExecutionProvider"], disabled_optimizers=_UNFUSED
                )
            except Exception as error:  # onnxruntime raises its own kinds
                raise ModelError(f"the shipped model's {name}", str(error), "reinstall tensionwire") from error

        return cls(session("encoder.onnx"), session("companion.onnx"), manifest)

    def encode(self, window: Window) -> tuple[Floats, Floats]:
        """Word vectors [words, 384] and word logits [words, labels] of one window."""
        ids = np.array([window.ids], dtype=np.int64)
        first = np.array([window.first], dtype=np.int64)
        words, logits = self.encoder.run(
            None, {"ids": ids, "mask": np.ones(ids.shape, dtype=np.float32), "first": first}
        )
        return words[0], logits[0]

    def accompany(self, words: Floats, foci: Sequence[tuple[str, int, int]]) -> tuple[Floats, Floats]:
        """Role logits [foci, words, labels] and span logits [foci, labels] over the words of one sentence.

        A focus is its kind and the words [begin, end) that it spans.
        """
        at = np.arange(len(words))[None]
        begin, end = (np.array([f[n] for f in foci], dtype=np.int64)[:, None] for n in (1, 2))
        reach = self.manifest.reach
        far = np.where(at < begin, at - begin, np.where(at >= end, at - end + 1, 0)).clip(-reach, reach) + reach
        inside = ((at >= begin) & (at < end)).astype(np.float32)
        return self._accompany(words, inside, far, [f[0] for f in foci])

    def relate(self, words: Floats, first: range, second: range) -> Floats:
        """Span logits [labels] of a pair of parties of one sentence, each a range of its words."""
        at, reach = np.arange(len(words))[None], self.manifest.reach
        far = np.where(at < first.start, at - first.start, np.where(at >= first.stop, at - first.stop + 1, 0))
        inside = np.zeros(at.shape, dtype=np.float32)
        inside[0, first.start : first.stop] = 1.0
        inside[0, second.start : second.stop] = 2.0
        _, spans = self._accompany(words, inside, far.clip(-reach, reach) + reach, ["pair"])
        return spans[0]  # type: ignore[no-any-return]

    def _accompany(self, words: Floats, focus: Floats, far: Any, kinds: Sequence[str]) -> tuple[Floats, Floats]:
        count, length = focus.shape
        feed = {
            "words": words[None],  # the same for each focus
            "mask": np.ones((count, length), dtype=np.float32),
            "focus": focus,
            "distance": far,
            "kind": np.array([self.manifest.focus_kinds.index(kind) for kind in kinds], dtype=np.int64),
        }
        roles, spans = self.companion.run(None, feed)
        return roles, spans
