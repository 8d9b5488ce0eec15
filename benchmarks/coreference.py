"""Coreference measures over clusters of mentions: MUC, B-cubed, CEAF-e and their mean, the CoNLL F1.

MUC: Vilain et al. 1995. B-cubed: Bagga and Baldwin 1998. CEAF-e: Luo 2005 (similarity phi4). Both sides hold the same
mentions; singletons count in B-cubed and CEAF-e.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

Labels = Mapping[str, Hashable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Recall and precision, 0 to 1."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coreference:
    """All three measures."""

    muc: Rate
    b_cubed: Rate
    ceaf_e: Rate

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def measured(gold: Labels, found: Labels) -> Coreference:
    """How well found clusters agree with gold ones; both map every mention to its cluster.

    >>> measured({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "y"}).conll
    1.0
    """
    if gold.keys() != found.keys():
        raise ValueError("the mentions differ")
    return Coreference(muc=_muc(gold, found), b_cubed=_b_cubed(gold, found), ceaf_e=_ceaf_e(gold, found))


def clusters(labels: Labels) -> list[frozenset[str]]:
    """The sets of mentions with one label."""
    sets: dict[Hashable, set[str]] = defaultdict(set)
    for mention, label in labels.items():
        sets[label].add(mention)
    return list(map(frozenset, sets.values()))


def _muc(gold: Labels, found: Labels) -> Rate:
    return Rate(recall=_links(gold, found), precision=_links(found, gold))


def _links(one: Labels, other: Labels) -> float:
    kept = total = 0
    for cluster in clusters(one):
        total += len(cluster) - 1
        kept += len(cluster) - len({other[mention] for mention in cluster})
    return kept / total if total else 0.0


def _b_cubed(gold: Labels, found: Labels) -> Rate:
    of_gold, of_found = ({m: c for c in clusters(labels) for m in c} for labels in (gold, found))
    both = {m: len(of_gold[m] & of_found[m]) for m in gold}
    return Rate(
        recall=sum(both[m] / len(of_gold[m]) for m in gold) / len(gold),
        precision=sum(both[m] / len(of_found[m]) for m in gold) / len(gold),
    )


def _ceaf_e(gold: Labels, found: Labels) -> Rate:
    one, other = clusters(gold), clusters(found)
    place = {m: n for n, cluster in enumerate(other) for m in cluster}
    alike = np.zeros((len(one), len(other)))
    for n, cluster in enumerate(one):
        for m in {place[mention] for mention in cluster}:
            alike[n, m] = 2 * len(cluster & other[m]) / (len(cluster) + len(other[m]))
    rows, columns = linear_sum_assignment(-alike)
    total = float(alike[rows, columns].sum())
    return Rate(recall=total / len(one), precision=total / len(other))
