"""The trained network as two int8 ONNX graphs and a manifest that says what they are."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import torch
from torch import nn

from training import labels
from training.loop import ROLE, SPAN, WORD, Plan
from training.model import COMPANION_KINDS, REACH, Network

OPSET = 17
# Least confidence of an event, and what is added to the log-odds of proposing a trigger: the companion judges each
# proposal once more, so that proposing freely costs time only. Chosen on reports held out of training.
THRESHOLDS = {"event": 0.5, "lean.trigger": 1.0}


def export(network: Network, folder: Path, data: str, plan: Plan, begun: Sequence[dict] = ()) -> None:
    """Write `encoder.onnx`, `companion.onnx` and `manifest.json` into the model's folder.

    `begun` are the plans of the finished runs that the network began from, for the manifest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.encoder.eval()
    network.companion.eval()
    with tempfile.TemporaryDirectory() as scratch:
        for name, module, inputs, outputs, axes in _graphs(network):
            plain = Path(scratch) / f"{name}.onnx"
            torch.onnx.export(
                module, inputs, str(plain), input_names=list(axes), output_names=outputs,
                dynamic_axes={**axes, **{o: {0: "n", 1: "w"} if o != "spans" else {0: "n"} for o in outputs}},
                opset_version=OPSET, dynamo=False,
            )  # fmt: skip
            _quantise(plain, folder / f"{name}.onnx")
    (folder / "manifest.json").write_text(json.dumps(_manifest(folder, data, plan, begun), indent=1) + "\n")


def _graphs(network: Network) -> list[tuple[str, nn.Module, tuple[torch.Tensor, ...], list[str], dict]]:
    ids = torch.ones(2, 9, dtype=torch.long)
    first = torch.tensor([[1, 2, 3], [1, 3, 5]])
    words = torch.randn(2, 5, network.encoder.shape.width)
    flags, far = torch.ones(2, 5), torch.zeros(2, 5, dtype=torch.long)
    of_pieces = (ids, torch.ones(2, 9), first)
    of_spans = (words, flags, flags, far, torch.zeros(2, dtype=torch.long))
    pieces, wide = {0: "n", 1: "t"}, {0: "n", 1: "w"}
    piece_axes = {"ids": pieces, "mask": pieces, "first": wide}
    span_axes = {"words": wide, "mask": wide, "focus": wide, "distance": wide, "kind": {0: "n"}}
    return [
        ("encoder", network.encoder, of_pieces, ["words", "logits"], piece_axes),
        ("companion", network.companion, of_spans, ["roles", "spans"], span_axes),
    ]


def _quantise(plain: Path, target: Path) -> None:
    """Dynamic int8 of the unfused graph. Signed weights are what VNNI multiplies, in half the time of unsigned ones;
    of seven bits, so that their products do not saturate where there is none; with a scale a channel to make up for it.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def _manifest(folder: Path, data: str, plan: Plan, begun: Sequence[dict]) -> dict:
    graphs = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in ("encoder.onnx", "companion.onnx")}
    columns = {"word": WORD, "role": ROLE, "span": SPAN}
    return {
        "format": 1,
        "version": date.today().strftime("%Y.%m.%d"),
        "base": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        "data_sha256": data,
        "plan": asdict(plan),
        **({"begun_from": list(begun)} if begun else {}),
        "sha256": graphs,
        "reach": REACH,
        "focus_kinds": COMPANION_KINDS,
        "columns": {k: {n: [s.start, s.stop] for n, s in v.items()} for k, v in columns.items()},
        "labels": {
            "type": labels.TYPES, "mode": labels.MODES, "status": labels.STATUSES, "context": labels.CONTEXTS,
            "form": labels.FORMS, "stance": labels.STANCES, "evidence": labels.EVIDENCE, "sign": labels.SIGNS,
            "kind": labels.KINDS, "sector": labels.SECTORS,
        },
        "companions": labels.COMPANIONS,
        "thresholds": THRESHOLDS,
    }  # fmt: skip
