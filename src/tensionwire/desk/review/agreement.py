"""How far persons agree: Cohen's kappa for each field, and what they disagree on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from tensionwire.desk.review.fields import written
from tensionwire.errors import TensionwireError
from tensionwire.ledger.correcting import KINDS, corrected, found
from tensionwire.ledger.reviewing import Verdict
from tensionwire.records import Record

KEPT: Final = "kept"  # the field that says whether the item stays at all
Key = tuple[str, int, str]
"""Report, coding and item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one person makes of an item: its fields as they see them, None where they reject it."""

    by: str
    kind: str
    fields: Mapping[str, str] | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of one field of one kind of item, by two persons. `kappa` None: both always said the same one thing.

    `observed` is the share of `items` on which they say the same.
    """

    kind: str
    field: str
    first: str
    second: str
    items: int
    observed: float
    kappa: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """An item of which persons make different things. `differ` are the fields that do; `settled` what settles it."""

    key: Key
    kind: str
    opinions: tuple[Opinion, ...]
    differ: tuple[str, ...]
    settled: Verdict | None = None


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two persons' answers (Cohen 1960): agreement beyond what their habits alone would give.

    None where there is nothing beyond: no pairs, or both always said the same one thing.

    >>> kappa([("a", "a"), ("b", "b")]), kappa([("a", "b"), ("b", "a")]), kappa([("a", "a")])
    (1.0, -1.0, None)
    """
    total = len(pairs)
    if not total:
        return None
    observed = sum(one == other for one, other in pairs) / total
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[answer] * second[answer] for answer in first) / total**2
    return None if expected >= 1 else (observed - expected) / (1 - expected)


def opinions(verdicts: Iterable[Verdict], records: Mapping[int, Record]) -> Mapping[Key, tuple[Opinion, ...]]:
    """What each person makes of each item, of verdicts that stand; `records` by the number of their coding.

    A verdict that settles is no opinion: it was given with the others in view.
    """
    found_: dict[Key, dict[str, Opinion]] = defaultdict(dict)
    for one in verdicts:
        if not one.final and one.coding in records and (seen := _seen(records[one.coding], one)) is not None:
            found_[one.report, one.coding, one.item][one.by] = seen
    return {key: tuple(by.values()) for key, by in found_.items()}


def agreements(held: Mapping[Key, Sequence[Opinion]], records: Mapping[int, Record]) -> tuple[Agreement, ...]:
    """For each two persons and each field, how far they agree on the items that both judged."""
    answers: dict[tuple[str, str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for (_, coding, item), some in held.items():
        kind, _ = found(records[coding], item)
        for one, other in combinations(sorted(some, key=lambda opinion: opinion.by), 2):
            answers[one.by, other.by, kind, KEPT].append(_kept(one, other))
            if one.fields is not None and other.fields is not None:
                for field in KINDS[kind][1]:
                    answers[one.by, other.by, kind, field].append((one.fields[field], other.fields[field]))
    return tuple(
        Agreement(
            kind=kind, field=field, first=first, second=second, items=len(pairs), kappa=kappa(pairs),
            observed=sum(one == other for one, other in pairs) / len(pairs),
        )
        for (first, second, kind, field), pairs in answers.items()
    )  # fmt: skip


def disagreements(
    held: Mapping[Key, Sequence[Opinion]], records: Mapping[int, Record], verdicts: Iterable[Verdict]
) -> tuple[Disagreement, ...]:
    """Items of which persons make different things, those that nobody has settled first."""
    final = {(one.report, one.coding, one.item): one for one in verdicts if one.final}
    listed = [
        Disagreement(
            key=key, kind=found(records[key[1]], key[2])[0], opinions=tuple(some), differ=differ, settled=final.get(key)
        )
        for key, some in held.items()
        if (differ := _differ(some))
    ]
    return tuple(sorted(listed, key=lambda one: one.settled is not None))


def _seen(record: Record, verdict: Verdict) -> Opinion | None:
    try:
        found(record, verdict.item)
        if verdict.kind == "reject":
            return Opinion(by=verdict.by, kind="reject", fields=None, verdict=verdict)
        if verdict.kind == "correct":
            record = corrected(record, verdict.item, verdict.value or {})
        kind, item = found(record, verdict.item)
    except TensionwireError:
        return None  # its words were forgotten, or who had added it took it back
    fields = {name: written(name, getattr(item, name)) for name in KINDS[kind][1]}
    return Opinion(by=verdict.by, kind=verdict.kind, fields=fields, verdict=verdict)


def _kept(one: Opinion, other: Opinion) -> tuple[str, str]:
    return ("no" if one.fields is None else "yes"), ("no" if other.fields is None else "yes")


def _differ(some: Sequence[Opinion]) -> tuple[str, ...]:
    kept: list[Mapping[str, Any]] = [one.fields for one in some if one.fields is not None]
    differ = [KEPT] if 0 < len(kept) < len(some) else []
    differ += [field for field in (kept[0] if kept else ()) if len({fields[field] for fields in kept}) > 1]
    return tuple(differ)
