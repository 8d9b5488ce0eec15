"""What the manifest's thresholds add to the log-odds of tags, and the floors that spans must reach, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tensionwire.annotate.decoding import Floats, Ints
from tensionwire.annotate.manifest import Manifest

TAGGERS = ("trigger", "content", "count", "tie", "appointment", "party", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leans:
    """`columns` [taggers, 3] are those of the taggers' tags among a word's logits and `tags` what is added to them.

    `floors` are by tagger; `roles[kind]` [tags] is what is added to the role tags of a kind of focus: nothing outside,
    the role's lean to begin and to go on.
    """

    columns: Ints
    tags: Floats
    floors: tuple[float, ...]
    roles: dict[str, Floats]

    @classmethod
    def of(cls, manifest: Manifest) -> Leans:
        """As the manifest says; what it does not name is zero."""

        def lean(name: str) -> float:
            return manifest.thresholds.get(f"lean.{name}", 0.0)

        words = manifest.columns["word"]
        return cls(
            columns=np.array([range(words[t].start, words[t].stop) for t in TAGGERS]),
            tags=np.array([(0.0, lean(t), lean(t)) for t in TAGGERS], dtype=np.float32),
            floors=tuple(manifest.thresholds.get(f"floor.{tagger}", 0.0) for tagger in TAGGERS),
            roles={
                kind: np.array([0.0, *(lean(name) for name in names for _ in range(2))], dtype=np.float32)
                for kind, names in manifest.companions.items()
            },
        )
