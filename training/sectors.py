"""Fit the model of an actor's sector by likeness: `python -m training.sectors [--score]`
(with src and benchmarks on the path; WordNet as an npm package, see `training/tables/files.py`).

Multinomial logistic regression over the words of actors' phrases: the head of a phrase and the words beside it. What
stands for a word are the kinds of thing that WordNet says it is, a small vector of the encoder's, the letters that it
ends in, and the word itself, so that what was learnt of one word holds for words like it. Since all this is linear,
the fitted model is written as one row of weights a word. `--score` fits on four fifths and measures on the last,
phrases that share a head kept on one side.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "training" / "tables"))

from files import WORDNET  # noqa: E402
from wordnet import plain_words, senses, synsets, upwards  # noqa: E402

from tensionwire.ontology.agents import agents, singulars  # noqa: E402
from tensionwire.ontology.offices import Offices  # noqa: E402
from tensionwire.ontology.rows import rows  # noqa: E402
from tensionwire.records import Span  # noqa: E402
from tensionwire.resolve.likeness import NONE, TABLE, Model, Phrase, phrase  # noqa: E402
from tensionwire.resolve.phrases import read  # noqa: E402
from tensionwire.resolve.scan import scan  # noqa: E402
from training import corpus  # noqa: E402
from training.__main__ import report_files  # noqa: E402

VECTORS = ROOT / "src" / "tensionwire" / "link" / "data" / "words.npz"
# What a phrase of each source weighs: actors as annotated, nouns of the table, names of bodies, titles of offices.
# (All other nouns of WordNet, labelled by what they are kinds of, were tried: they answer more and err more.)
WEIGHTS = {"annotated": 1.0, "noun": 1.0, "body": 0.3, "office": 0.3}
# Kinds of thing that so many words at least share are features; a meaning counts for so much, the second for less.
SHARED, SENSES, MEANINGS = 5, (1.0, 0.4), 2
PENALTY, ROUNDS = 0.25, 80
# Meanings under which WordNet's words may be heads of actors' phrases: living things that are persons, groups,
# places and things made.
FIELDS = ("person", "group", "artifact", "location", "organization")


class Example(NamedTuple):
    """A phrase with its sector."""

    phrase: Phrase
    sector: str
    weight: float


def examples() -> list[Example]:
    """Every phrase with each sector that it has, once a source."""
    counted: Counter[tuple[Phrase, str, str]] = Counter()
    for source, text, sector in _told():
        laid = scan(text, [Span(0, len(text))])
        told = phrase(laid, read(laid, 0, len(laid.words)))
        if told is not None and any(_known(word) for word in (told.head, *told.before, *told.behind)):
            counted[told, sector, source] += 1
    return [
        Example(told, sector, WEIGHTS[source] * (1 + np.log(n)))
        for (told, sector, source), n in sorted(counted.items())
    ]


def _told() -> Iterator[tuple[str, str, str]]:
    for path in report_files():
        for document in corpus.load(path):
            for actor in _actors(document):
                sector = actor.get("sector") or NONE
                yield "annotated", actor["text"], NONE if sector == "UNK" else sector
    for noun, sector in agents().items():
        yield "noun", noun, sector
    for name, sector, *_ in rows("national_bodies.tsv"):
        yield "body", name, sector
    for table in ("organisations.tsv", "known_bodies.tsv"):
        for name, _, sector, _ in rows(table):
            yield "body", name, sector
    for _, sector, office in sorted(_offices()):
        yield "office", office, sector


def _actors(document: corpus.Document) -> Iterator[corpus.Document]:
    for event in document["events"]:
        yield from (*event["actor"], *event["recipient"])
    for claim in document["claims"]:
        yield claim["speaker"]


def _offices() -> set[tuple[str, str, str]]:
    tenures = (line.split("\t") for line in Offices.load().all_lines())
    return {(row[9], row[5], row[4]) for row in tenures if row[9] not in ("F", "P")}


def _known(word: str) -> str | None:
    return next((form for form in singulars(word) if form in plain_words(WORDNET)), None)


class Space:
    """What stands for a word: columns of kinds of thing, of the vector, of endings, and the word's own."""

    def __init__(self, words: Sequence[str]) -> None:
        kinds = Counter(kind for word in words for kind in set(_kinds(word)))
        listed = sorted(kind for kind, n in kinds.items() if n >= SHARED)
        for told in (_endings, _told_of):
            shared = Counter(name for word in words for name in told(word))
            listed += sorted(name for name, n in shared.items() if n >= SHARED)
        self.columns = {name: n for n, name in enumerate([*listed, *(f"={word}" for word in sorted(words))])}

    def rows(self, words: Sequence[str]) -> sparse.csr_matrix:
        """A row a word."""
        cells: list[tuple[int, int, float]] = []
        for n, word in enumerate(words):
            named = {**_kinds(word), **dict.fromkeys([*_endings(word), *_told_of(word)], 0.3), f"={word}": 1.0}
            cells += [(n, self.columns[name], value) for name, value in named.items() if name in self.columns]
        at, column, value = zip(*cells, strict=True) if cells else ((), (), ())
        plain = sparse.csr_matrix((value, (at, column)), shape=(len(words), len(self.columns)))
        own = np.array([_vectors().get(word, _nowhere()) for word in words])
        told = np.array([_mean([name[1:] for name in _told_of(word)]) for word in words])
        return sparse.hstack([plain, sparse.csr_matrix(own), sparse.csr_matrix(told)]).tocsr()


def _kinds(word: str) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for offset, weight in zip(senses(WORDNET).get(word, ())[:MEANINGS], SENSES, strict=False):
        for kind in upwards(WORDNET, offset):
            found[kind] = max(found[kind], weight)
    return found


@cache
def _told_of(word: str) -> tuple[str, ...]:
    """Words of the definition of what a word mostly means."""
    offsets = senses(WORDNET).get(word, ())[:1]
    found = re.findall(r"[a-z]+", " ".join(synsets(WORDNET)[offset].told for offset in offsets).lower())
    return tuple(f"~{w}" for w in dict.fromkeys(found) if len(w) > 3)


def _mean(words: Sequence[str]) -> np.ndarray:
    known = [_vectors()[w] for w in words if w in _vectors()]
    return np.mean(known, axis=0) if known else _nowhere()


def _endings(word: str) -> list[str]:
    return [f"-{word[-n:]}" for n in (3, 4, 5) if len(word) > n + 1]


@cache
def _vectors() -> dict[str, np.ndarray]:
    with np.load(VECTORS) as kept:
        words = kept["words"].tobytes().decode().split("\n")
        return dict(zip(words, kept["vectors"].astype(np.float32) / 127 * 2, strict=True))


@cache
def _nowhere() -> np.ndarray:
    return np.zeros(len(next(iter(_vectors().values()))), np.float32)


def fitted(listed: Sequence[Example], words: Sequence[str]) -> Model:
    """The model with a row for each of the words."""
    space = Space(sorted({w for e in listed for w in _forms(e.phrase)}))
    matrix = design(listed, space)
    sectors = sorted({e.sector for e in listed})
    learner = LogisticRegression(C=PENALTY, max_iter=ROUNDS)
    learner.fit(matrix, [sectors.index(e.sector) for e in listed], sample_weight=[e.weight for e in listed])
    half = matrix.shape[1] // 2
    table = space.rows(words)
    head, beside = table @ learner.coef_[:, :half].T, table @ learner.coef_[:, half:].T
    head, beside = head - head.mean(1, keepdims=True), beside - beside.mean(1, keepdims=True)
    scale = float(max(np.abs(head).max(), np.abs(beside).max())) / 127
    return Model(
        sectors=sectors,
        index={word: n for n, word in enumerate(words)},
        head=np.round(head / scale).astype(np.int8),
        beside=np.round(beside / scale).astype(np.int8),
        shift=learner.intercept_.astype(np.float32),
        scale=scale,
    )


def design(listed: Sequence[Example], space: Space) -> sparse.csr_matrix:
    """A row an example: what stands for its head, then the means of what stands for the words on either side."""
    words = sorted({w for e in listed for w in _forms(e.phrase)})
    number, table = {word: n for n, word in enumerate(words)}, space.rows(words)
    head, beside = _chooser(len(listed), len(words)), _chooser(len(listed), len(words))
    for n, example in enumerate(listed):
        form = _known(example.phrase.head)
        if form:
            head[n, number[form]] = 1.0
        for side in example.phrase[1:]:
            forms = [form for form in map(_known, side) if form]
            for form in forms:
                beside[n, number[form]] += 1.0 / len(forms)
    return sparse.hstack([head.tocsr() @ table, beside.tocsr() @ table]).tocsr()


def _chooser(rows_: int, columns: int) -> sparse.lil_matrix:
    return sparse.lil_matrix((rows_, columns))


def _forms(told: Phrase) -> list[str]:
    return [form for form in map(_known, (told.head, *told.before, *told.behind)) if form]


def vocabulary(listed: Sequence[Example]) -> list[str]:
    """Words of the examples, and all that WordNet has under persons, groups, places and things made."""
    roots = {senses(WORDNET)[field][0] for field in FIELDS}
    fits = {
        word
        for word in plain_words(WORDNET)
        if word.isalpha()
        and any(not roots.isdisjoint(upwards(WORDNET, o)) for o in senses(WORDNET).get(word, ())[:MEANINGS])
    }
    return sorted(fits | {w for e in listed for w in _forms(e.phrase)})


def score(listed: Sequence[Example]) -> None:
    """Fit on four fifths by head, measure on the actors and nouns of the rest."""
    fold = [zlib.crc32((_known(e.phrase.head) or e.phrase.head).encode()) % 5 for e in listed]
    right, asked, given = Counter[float](), 0, Counter[float]()
    train = [e for e, f in zip(listed, fold, strict=True) if f]
    test = [e for e, f in zip(listed, fold, strict=True) if not f and e.weight >= 1]
    made = fitted(train, sorted({w for e in listed for w in _forms(e.phrase)}))
    for example in test:
        shares = made.shares(example.phrase)
        asked += 1
        if shares is None:
            continue
        best = int(shares.argmax())
        for floor in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
            if shares[best] >= floor and (floor == 0 or made.sectors[best] != NONE):
                given[floor] += 1
                right[floor] += made.sectors[best] == example.sector
    for floor, n in given.items():
        print(f"at least {floor}: {n / asked:.3f} answered, {right[floor] / n:.3f} of them right")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--score", action="store_true", help="measure on phrases whose heads were kept back")
    options = parser.parse_args()
    listed = examples()
    print(len(listed), "phrases")
    if options.score:
        score(listed)
        return
    made = fitted(listed, vocabulary(listed))
    np.savez_compressed(
        TABLE,
        words=np.frombuffer("\n".join(made.index).encode(), np.uint8),
        sectors=np.frombuffer("\n".join(made.sectors).encode(), np.uint8),
        head=made.head,
        beside=made.beside,
        shift=made.shift,
        scale=np.float32(made.scale),
    )
    print(f"{len(made.index)} words, {TABLE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
