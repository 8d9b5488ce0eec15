"""Linking: how fast, how its cost grows, and how far copies of a text stand from rewrites of one happening.

    python benchmarks/linking.py [--sizes 10000,100000] [--only origins|speed|growth]

Speed is processor time of one core. Growth is over invented tellings of a seeded world: pairs of states that act on one
another in towns, each happening told by one to six reports within a week, happenings spread evenly over ten years,
told in order of publication.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import ecb
from tensionwire.link.collecting import Collection
from tensionwire.link.incidents import Linker
from tensionwire.link.origins import Fingerprint, bands, containment, same_origin, signature, similarity, words
from tensionwire.link.tellings import marks
from tensionwire.link.views import view
from tensionwire.link.words import table
from tensionwire.records import Party, Telling

OWN = Path(__file__).resolve().parents[1] / "training" / "data"
DEEDS = {
    "ASSAULT": (4, ("shelled", "raid", "bombed", "attack", "clashes")),
    "CONSULT": (1, ("met", "talks", "visit", "summit")),
    "ACCUSE": (3, ("accused", "condemned", "blamed")),
    "COERCE": (4, ("arrested", "detained", "seized")),
    "PROTEST": (4, ("protest", "rally", "march")),
    "SANCTION": (4, ("sanctions", "expelled", "embargo")),
}
SYLLABLES = "ka ro mi ta len dor sha vek bur ni zal os tir em gra pol".split()


def timed(run: Callable[[], object], times: int) -> float:
    """Milliseconds of processor time a run."""
    run()
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times * 1e3


def texts() -> list[str]:
    """Our own invented reports of 120 words and more."""
    lines = [line for path in sorted(OWN.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    found = [" ".join(json.loads(line)["sentences"]) for line in lines]
    return [text for text in found if len(text.split()) >= 120]


def edits(text: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """What editors do to a wire story."""
    found = text.split(" ")
    third = len(found) // 3
    yield "second half cut", " ".join(found[: len(found) // 2])
    yield "first fifth written anew", " ".join([*chance.choices(found, k=len(found) // 5), *found[len(found) // 5 :]])
    yield "one word in ten replaced", " ".join(chance.choice(found) if chance.random() < 0.1 else w for w in found)
    yield "a third from the middle", " ".join(found[third : 2 * third])
    yield "one word in four replaced", " ".join(chance.choice(found) if chance.random() < 0.25 else w for w in found)


def origins() -> Iterator[str]:
    """The separation of copies from independent texts, with the shipped thresholds."""
    chance, own = random.Random(7), texts()
    pairs: dict[str, list[tuple[str, str]]] = {}
    for text in own:
        for name, edited in edits(text, chance):
            pairs.setdefault(f"copy: {name}", []).append((text, edited))
    pairs["two reports of our own"] = [tuple(chance.sample(own, 2)) for _ in range(20000)]  # type: ignore[misc]
    if ecb.FOLDER.is_dir():
        pairs |= of_news(ecb.documents(), chance)
    yield "| pairs | number | median share of the shorter | 95% between | looked up together | taken for one |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, some in pairs.items():
        yield separation(name, some)


def of_news(documents: Sequence[ecb.Document], chance: random.Random) -> dict[str, list[tuple[str, str]]]:
    """Pairs of real reports of ECB+: of one happening (some are copies), of a like one, of quite another."""
    every = list(combinations(documents, 2))
    same = [(a.text, b.text) for a, b in every if a.subtopic == b.subtopic]
    near = [(a.text, b.text) for a, b in every if a.topic == b.topic and a.subtopic != b.subtopic]
    far = [(a.text, b.text) for a, b in chance.sample(every, 20000) if a.topic != b.topic]
    return {"ECB+, one happening": same, "ECB+, a like happening": near, "ECB+, another topic": far}


def separation(name: str, pairs: Sequence[tuple[str, str]]) -> str:
    """One line of the table."""
    marked = [(_mark(a), _mark(b)) for a, b in pairs]
    shares = sorted(containment(a.signature, b.signature) for a, b in marked)
    met = sum(len(set(bands(a.signature)) & set(bands(b.signature))) >= 2 for a, b in marked)
    one = sum(same_origin(a, b)[0] for a, b in marked)
    low, middle, high = (shares[int(q * (len(shares) - 1))] for q in (0.025, 0.5, 0.975))
    count = len(pairs)
    return f"| {name} | {count} | {middle:.2f} | {low:.2f} to {high:.2f} | {met / count:.2%} | {one / count:.2%} |"


_KNOWN: dict[str, Fingerprint] = {}


def _mark(text: str) -> Fingerprint:
    if text not in _KNOWN:
        _KNOWN[text] = Fingerprint(signature=signature(text), words=len(words(text)))
    return _KNOWN[text]


def world(seed: int, happenings: int) -> Iterator[Telling]:
    """Tellings of an invented world, in order of publication within a happening."""
    chance = random.Random(seed)
    states = [f"{a}{b}{c}".upper() for a in "abcd" for b in "efgh" for c in "klmn"]
    towns = ["".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(3000)]
    names = ["".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(5000)]
    for number in range(happenings):
        day = date(2010, 1, 1) + timedelta(chance.randrange(3650))
        kind = chance.choice(list(DEEDS))
        quad, verbs = DEEDS[kind]
        a, b = chance.sample(states, 2)
        town, people = chance.choice(towns), chance.sample(names, 4)
        for telling in range(chance.choice((1, 1, 2, 2, 3, 6))):
            published = day + timedelta(chance.randrange(6))
            verb = chance.choice(verbs)
            sentence = (
                f"{people[0]} said {a} forces {verb} {people[1]} of {b} near {town} as {people[2 + telling % 2]} left."
            )
            yield Telling(
                report=f"r{number}-{telling}", event="e1", type=kind, quad=quad, score=0.0,
                actor=(Party(code=a, name=people[0]),), recipient=(Party(code=b, name=people[1]),),
                first=day.isoformat() if chance.random() < 0.6 else None,
                last=None, published=published.isoformat(), place=town,
                trigger=verb, sentence=sentence, topic=marks(f"{sentence} {town} {' '.join(people)} {a} {b}"),
            )  # fmt: skip


def speed() -> Iterator[str]:
    """The cost of one report."""
    text = " ".join(texts())[:40000].split()
    story = " ".join(text[:500])
    one, two = signature(story), signature(" ".join(text[250:750]))
    yield f"signature of a 500-word report: {timed(lambda: signature(story), 300):.3f} ms"
    yield f"similarity of two signatures: {timed(lambda: similarity(one, two), 3000) * 1e3:.1f} us"
    linker, told = Linker.load(), list(world(3, 60))
    five, candidates = told[:5], [(str(n), one) for n, one in enumerate(told[5:25])]

    def link() -> None:
        for telling in five:
            linker.place(telling, candidates)

    def cold() -> None:
        view.cache_clear()
        link()

    table()
    yield f"five tellings against 20 candidates each: {timed(link, 200):.2f} ms"
    yield f"the same, none of them seen before: {timed(cold, 200):.2f} ms"


def growth(sizes: Sequence[int]) -> Iterator[str]:
    """Cost a telling as the collection grows."""
    yield "| tellings | incidents | ms a telling | of the last tenth | joined rightly | joined wrongly |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for size in sizes:
        told = list(world(11, size // 2))[:size]
        yield grown(sorted(told, key=lambda one: one.published or ""))


def grown(told: Sequence[Telling]) -> str:
    """One line of the table."""
    collection, place, first, last = Collection(linker=Linker.load()), {}, 0.0, 0.0
    right = wrong = 0
    members: dict[int, set[str]] = {}
    start = time.process_time()
    for n, telling in enumerate(told):
        if n == len(told) * 9 // 10:
            last = time.process_time()
        number = collection.add(telling)
        happening = telling.report.partition("-")[0]
        joined = members.setdefault(number, set())
        right, wrong = right + (happening in joined), wrong + (bool(joined) and happening not in joined)
        joined.add(happening)
        place[telling.report] = number
    first, last = time.process_time() - start, time.process_time() - last
    cost, late = first / len(told) * 1e3, last / (len(told) / 10) * 1e3
    again = len(told) - len({t.report.partition("-")[0] for t in told})
    return f"| {len(told)} | {len(members)} | {cost:.2f} | {late:.2f} | {right / again:.1%} | {wrong / len(told):.2%} |"


def main() -> int:
    parser = argparse.ArgumentParser(description="Speed and growth of linking, separation of copies.")
    parser.add_argument("--sizes", default="10000,100000", help="numbers of tellings")
    parser.add_argument("--only", choices=("origins", "speed", "growth"), help="one part")
    options = parser.parse_args()
    parts = {"speed": speed, "origins": origins, "growth": lambda: growth([int(n) for n in options.sizes.split(",")])}
    for name, part in parts.items():
        if options.only in (None, name):
            print(f"\n{name}")
            for line in part():
                print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
