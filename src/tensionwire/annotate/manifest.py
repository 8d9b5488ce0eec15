"""What the shipped model is: its version, hashes, label sets and thresholds (`model/manifest.json`)."""

from __future__ import annotations

import hashlib
import json
import math
import os
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from tensionwire.errors import ModelError

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The model's own account of itself.

    `columns[graph][head]` is the slice of that head's logits; `modes_of[type]` are the indices of a type's mode labels,
    plain ("-") included; `calibration[what]` turns the log-odds of the heads that decide on a thing into those of its
    being right: a constant and a factor each.
    """

    version: str
    data_sha256: str
    sha256: dict[str, str]
    reach: int
    focus_kinds: tuple[str, ...]
    columns: dict[str, dict[str, slice]]
    labels: dict[str, tuple[str, ...]]
    companions: dict[str, tuple[str, ...]]
    thresholds: dict[str, float]
    calibration: dict[str, tuple[float, ...]]
    modes_of: dict[str, list[int]]


def model_folder() -> Traversable:
    """The shipped model's folder inside the package, or the one that TENSIONWIRE_MODEL names (to compare models)."""
    other = os.environ.get("TENSIONWIRE_MODEL")
    return Path(other) if other else files("tensionwire.annotate").joinpath("model")


def load_manifest() -> Manifest:
    """Read the manifest; raises ModelError when it is missing or of another format."""
    path = model_folder().joinpath("manifest.json")
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            "the shipped model", f"its manifest cannot be read ({error})", "reinstall tensionwire"
        ) from error
    if raw.get("format") != FORMAT:
        raise ModelError(
            "the shipped model",
            f"it has format {raw.get('format')!r}, not {FORMAT}",
            "reinstall tensionwire, or export the model again",
        )
    return Manifest(
        version=raw["version"],
        data_sha256=raw["data_sha256"],
        sha256=raw["sha256"],
        reach=raw["reach"],
        focus_kinds=tuple(raw["focus_kinds"]),
        columns={g: {h: slice(*s) for h, s in heads.items()} for g, heads in raw["columns"].items()},
        labels={k: tuple(v) for k, v in raw["labels"].items()},
        companions={k: tuple(v) for k, v in raw["companions"].items()},
        thresholds=raw["thresholds"],
        calibration={what: tuple(factors) for what, factors in raw.get("calibration", {}).items()},
        modes_of=_modes_of(raw["labels"]),
    )


def calibrated(factors: tuple[float, ...], *shares: float) -> float:
    """The probability that a thing is right, of the shares that its heads give it; their product where none was fitted.

    >>> calibrated((), 0.5, 0.5), calibrated((0.0, 1.0), 0.8)
    (0.25, 0.8)
    """
    if not factors:
        return math.prod(shares)
    odds = 0.0
    for factor, share in zip(factors[1:], shares, strict=True):
        p = min(max(share, 1e-4), 1 - 1e-4)
        odds += factor * math.log(p / (1 - p))
    return round(1 / (1 + math.exp(-factors[0] - odds)), 6)


def _modes_of(labels: dict[str, list[str]]) -> dict[str, list[int]]:
    return {t: [n for n, mode in enumerate(labels["mode"]) if mode.startswith(f"{t}.")] for t in labels["type"]}


def damaged(manifest: Manifest) -> list[str]:
    """Model files whose hash is not the manifest's: empty when all is well."""
    folder = model_folder()
    return [
        name
        for name, wanted in manifest.sha256.items()
        if not folder.joinpath(name).is_file()
        or hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() != wanted
    ]
