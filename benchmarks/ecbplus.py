"""Event coreference across documents on ECB+: the linker against words alone, on topics that were not tuned on.

    python benchmarks/ecbplus.py [--coded FILE] [--train]

Gold event mentions of the checked sentences of topics 36 to 45 (the usual test split; weights and settings saw topics
1 to 35 only) become tellings, as `ecb.tellings` says, and go through the linker one at a time in shuffled order, all
topics mixed, without being told which text is of which topic. Baselines join mentions whose head lemma is the same:
over all texts; within document clusters found by words (the setting of published baselines); and, knowing what no
system knows, within the gold topic or happening. Lemmas come from the EWT treebank, else from the stem.
Orders: the linker's figures are means over five orders, with their range.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

import ecb
from coreference import Coreference, measured
from tensionwire.link.collecting import Collection
from tensionwire.link.incidents import Linker
from tensionwire.link.tellings import marks
from tensionwire.link.words import split, stem, table
from tensionwire.records import Telling

TREEBANK = ecb.FOLDER.parent / "treebanks_en" / "en_ewt-ud-train.conllu.gz"
SEEDS = (1, 2, 3, 4, 5)
ALIKE = 0.2  # topic similarity from which two texts are one cluster, chosen on topics 1 to 35
Mentions = Sequence[tuple[Telling, ecb.Mention]]


def lemmas() -> Mapping[str, str]:
    """The commonest lemma of each form in the treebank."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(TREEBANK, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.split("\t")
            if len(cells) == 10 and cells[3] in ("VERB", "NOUN"):
                counts[cells[1].lower()][cells[2].lower()] += 1
    return {form: lemma.most_common(1)[0][0] for form, lemma in counts.items()}


def head(trigger: str, known: Mapping[str, str]) -> str:
    """The lemma of a trigger's head: its rarest word, as a mention's head is hardly ever a function word."""
    found = split(trigger)
    if not found:
        return trigger
    word = max(found, key=table().rarity)
    return known.get(word) or stem(word) or word


def clustered(documents: Sequence[ecb.Document]) -> dict[str, str]:
    """Texts put together by average linkage over their topic words."""
    topics = [{word: 1 / (1 + n / 8) for n, word in enumerate(marks(document.text))} for document in documents]
    groups = [[n] for n in range(len(documents))]
    alike = np.array([[_cosine(a, b) for b in topics] for a in topics])
    np.fill_diagonal(alike, -1)
    while True:
        n, m = map(int, np.unravel_index(int(alike.argmax()), alike.shape))
        if alike[n, m] < ALIKE:
            return {documents[k].name: str(number) for number, group in enumerate(groups) for k in group}
        one, two = len(groups[n]), len(groups[m])
        mean = (one * alike[n] + two * alike[m]) / (one + two)
        groups[n] += groups[m]
        groups[m] = []
        alike[n], alike[:, n] = mean, mean
        alike[m], alike[:, m], alike[n, n] = -1, -1, -1


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    both = sum(weight * b[word] for word, weight in a.items() if word in b)
    return both / float(np.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values())) or 1)


def by_lemma(mentions: Mentions, known: Mapping[str, str], place: Callable[[str], str]) -> Coreference:
    """Same head lemma within whatever `place` says of the document."""
    found = {t.report: (head(t.trigger, known), place(t.report.partition("#")[0])) for t, _ in mentions}
    return measured(_gold(mentions), found)


def by_linker(mentions: Mentions, linker: Linker, seed: int) -> Coreference:
    """The linker, one telling at a time in a shuffled order."""
    collection = Collection(linker=linker)
    order = np.random.default_rng(seed).permutation(len(mentions))
    return measured(_gold(mentions), {mentions[n][0].report: collection.add(mentions[n][0]) for n in order})


def _gold(mentions: Mentions) -> dict[str, str]:
    return {telling.report: mention.chain for telling, mention in mentions}


def row(name: str, several: Sequence[Coreference]) -> str:
    """One line of the table."""
    mean = [float(np.mean([get(one) for one in several])) for get in _COLUMNS]
    scores = [one.conll for one in several]
    spread = f" ({min(scores):.3f} to {max(scores):.3f})" if len(several) > 1 else ""
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in mean) + f"{spread} |"


_COLUMNS: tuple[Callable[[Coreference], float], ...] = (
    lambda c: c.muc.f1,
    lambda c: c.b_cubed.recall,
    lambda c: c.b_cubed.precision,
    lambda c: c.b_cubed.f1,
    lambda c: c.ceaf_e.f1,
    lambda c: c.conll,
)


def without(linker: Linker, *parts: str) -> Linker:
    """The linker blind to some features."""
    weights = {name: 0.0 if any(part in name for part in parts) else w for name, w in linker.weights.items()}
    return replace(linker, weights=weights)


def lines(documents: Sequence[ecb.Document], mentions: Mentions) -> Iterable[str]:
    """The table."""
    known, linker = lemmas(), Linker.load()
    group, topic, happening = clustered(documents), {d.name: d.topic for d in documents}, {}
    happening = {d.name: d.subtopic for d in documents}
    chains = len({mention.chain for _, mention in mentions})
    yield f"{len(documents)} texts, {len(mentions)} mentions, {chains} chains, {len(set(group.values()))} clusters\n"
    yield "| method | MUC F1 | B3 recall | B3 precision | B3 F1 | CEAF-e F1 | CoNLL F1 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    yield row("same head lemma", [by_lemma(mentions, known, lambda name: "")])
    yield row("same head lemma in clusters of texts", [by_lemma(mentions, known, group.__getitem__)])
    yield row("same head lemma in gold topics", [by_lemma(mentions, known, topic.__getitem__)])
    yield row("same head lemma in gold happenings", [by_lemma(mentions, known, happening.__getitem__)])
    tried = {
        "linker, as shipped": linker,
        "... blind to word vectors, not fitted anew": without(linker, "meaning"),
        "... blind to names and participants, not fitted anew": without(linker, "names"),
        "linker, set for recall (threshold 0.15, nearest 1)": replace(linker, threshold=0.15, nearest=1.0),
    }
    for name, one in tried.items():
        yield row(name, [by_linker(mentions, one, seed) for seed in SEEDS])


def main() -> int:
    parser = argparse.ArgumentParser(description="Event coreference on ECB+.")
    parser.add_argument("--coded", type=Path, default=Path("ecbplus_coded.jsonl"), help="its records, made if absent")
    parser.add_argument("--train", action="store_true", help="topics 1 to 35, which were tuned on")
    options = parser.parse_args()
    if not ecb.FOLDER.is_dir():
        print(f"no {ecb.FOLDER}: ECB+ does not come with the project")
        return 1
    every = ecb.documents()
    records = ecb.coded(options.coded, every)
    documents = [one for one in every if (one.topic in ecb.HELD) != options.train]
    mentions = [pair for one in documents for pair in ecb.tellings(one, records.get(one.name))]
    for line in lines(documents, mentions):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
