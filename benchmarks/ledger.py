"""A synthetic ledger of so many events: what adding, asking and linking cost, and how large the file gets.

    python benchmarks/ledger.py [--events 100000] [--seed 7] [--keep FILE] [--postgresql URL]

Reports of five events each, made by a seeded generator, go through the code that adds any record; only their
transactions hold many reports at once. Words are invented; actors are states by a flattened Zipf's law, so that the
busiest pair has about one event in a hundred, as in ICEWS; the days are those of ten years, in order; four in ten
reports print the text of an earlier one. Single adds and questions are timed on the ledger that this gives.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from tensionwire.ledger import Filter, Ledger, coding
from tensionwire.ledger.adding import Ready, added
from tensionwire.ontology.countries import countries
from tensionwire.ontology.plover import plover
from tensionwire.records import Actor, Claim, Event, Figure, KnownActor, Place, Record, Span, content_hash

EVENTS_A_REPORT = 5
COPIES = 0.4
BATCH = 500
FIRST_DAY = date(2010, 1, 1)
DAYS = 3652
OUTLETS = 300
SENTENCES = 18


class World:
    """Whatever reports may tell of: words, states, places, outlets, each with its weight."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]
        self.words = ["".join(self.random.choices(syllables, k=self.random.choice((2, 2, 3)))) for _ in range(30_000)]
        self.word_weights = list(accumulate(1 / (n + 3) for n in range(len(self.words))))
        self.codes = [code for code, country in countries().items() if len(code) == 3]
        self.random.shuffle(self.codes)
        self.code_weights = list(accumulate(1 / (n + 6) for n in range(len(self.codes))))
        self.types = list(plover().types.values())
        self.places = [f"{word.title()}ville" for word in self.words[:2000]]

    def said(self, count: int) -> list[str]:
        """Words as often as they come in a language."""
        return self.random.choices(self.words, cum_weights=self.word_weights, k=count)

    def pair(self) -> tuple[str, str]:
        """Two states that meet."""
        one, other = self.random.choices(self.codes, cum_weights=self.code_weights, k=2)
        return (one, other) if one != other else (one, self.codes[(self.codes.index(one) + 1) % len(self.codes)])


def records(world: World, count: int, *, first: int = 0) -> Iterator[Record]:
    """Reports without end in the order of their days, of which `count` fill the years, from number `first` on.

    Four in ten print the text of one of the last twenty again.
    """
    latest: list[Record] = []
    for number in itertools.count(first):
        day = (FIRST_DAY + timedelta(days=number * DAYS // count)).isoformat()
        if latest and world.random.random() < COPIES:
            record = copied(world, world.random.choice(latest), number, day)
        else:
            record = written(world, number, day)
            latest = [*latest[-19:], record]
        yield record


def copied(world: World, record: Record, number: int, day: str) -> Record:
    """The same text in another outlet."""
    return replace(
        record, doc_id=f"d{number}", outlet=f"Outlet {world.random.randrange(OUTLETS)}", published=day,
        url=f"https://outlet.example/{number}",
    )  # fmt: skip


def written(world: World, number: int, day: str) -> Record:
    """A report of its own."""
    sentences: list[str] = []
    events: list[Event] = []
    claims: list[Claim] = []
    figures: list[Figure] = []
    actors: dict[str, KnownActor] = {}
    text, spans = "", []
    for s in range(SENTENCES):
        start = len(text) + (1 if text else 0)
        if s % 3 == 0 and len(events) < EVENTS_A_REPORT:
            words, event = act(world, f"e{len(events) + 1}", s, start, day)
            events.append(event)
            for actor in (*event.actor, *event.recipient):
                actors.setdefault(
                    actor.name or "", KnownActor(name=actor.name or "", code=actor.code, mentions=(actor.span,))
                )
            if len(events) == 1:
                at = start + words.index("killing ") + 8
                figures.append(
                    Figure(
                        id="f1",
                        s=s,
                        text=words[at - start :].split()[0],
                        span=Span(at, at + len(words[at - start :].split()[0])),
                        what="killed",
                        low=3,
                        high=3,
                        event="e1",
                    )
                )
        else:
            words = " ".join(world.said(22)).capitalize() + "."
            if s % 6 == 1 and events:
                claims.append(
                    Claim(
                        id=f"c{len(claims) + 1}",
                        s=s,
                        speaker=events[-1].actor[0],
                        content=words,
                        content_span=Span(start, start + len(words)),
                        about=events[-1].id,
                        stance=world.random.choice(("asserts", "denies")),
                    )
                )
        sentences.append(words)
        text += (" " if text else "") + words
        spans.append(Span(start, start + len(words)))
    return Record(
        doc_id=f"d{number}", text=text, content_hash=content_hash(text), title=" ".join(world.said(7)).title(),
        outlet=f"Outlet {world.random.randrange(OUTLETS)}", published=day, url=f"https://outlet.example/{number}",
        sentences=tuple(spans), events=tuple(events), claims=tuple(claims), figures=tuple(figures),
        actors=tuple(actors.values()), coder="synthetic",
    )  # fmt: skip


def state(name: str, start: int, code: str) -> Actor:
    """A state where its name stands."""
    return Actor(text=name, span=Span(start, start + len(name)), name=name, code=code, sector="GOV")


def act(world: World, id: str, s: int, start: int, day: str) -> tuple[str, Event]:
    """A sentence of an act between two states, and the act."""
    one, other = world.pair()
    kind = world.random.choice(world.types)
    names = [countries()[code].name for code in (one, other)]
    verb, place = world.said(1)[0], world.random.choice(world.places)
    over, within = " ".join(world.said(6)), " ".join(world.said(3))
    words = f"{names[0]} {verb} {names[1]} near {place} over {over}, killing 3 in {within}."
    first = start + len(names[0]) + 1
    then = first + len(verb) + 1
    when = (date.fromisoformat(day) - timedelta(days=world.random.randrange(4))).isoformat()
    status = world.random.choices(("actual", "planned", "alleged", "negated"), weights=(75, 10, 10, 5))[0]
    event = Event(
        id=id, s=s, trigger=verb, trigger_span=Span(first, first + len(verb)), type=kind.name, quad=kind.quad,
        score=kind.score, status=status, date=when if world.random.random() < 0.7 else None,
        actor=(state(names[0], start, one),), recipient=(state(names[1], then, other),),
        contexts=("military",), place=place,
        where=Place(name=place, lat=10.0, lon=10.0, code=world.random.choice((one, other))),
        confidence=round(world.random.uniform(0.3, 1.0), 3),
    )  # fmt: skip
    return words, event


def timed(call: Callable[[], object], times: int = 5) -> tuple[float, float, object]:
    """Median seconds of a call, those of processor among them, and its answer."""
    took, worked, answer = [], [], None
    for _ in range(times):
        started, work = time.perf_counter(), time.process_time()
        answer = call()
        took.append(time.perf_counter() - started)
        worked.append(time.process_time() - work)
        if took[-1] > 2:
            break
    return statistics.median(took), statistics.median(worked), answer


class Clock:
    """Seconds that calls took in all."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call, timed."""

        def timed(*given: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return call(*given, **named)
            finally:
                self.seconds += time.perf_counter() - started

        return timed


def filled(ledger: Ledger, made: Iterator[Record], reports: int) -> None:
    """Add so many reports, many in one transaction, and tell what a tenth of them took."""
    step, done, started, work = max(BATCH, reports // 10), 0, time.perf_counter(), time.process_time()
    making, linking = 0.0, Clock()
    coding.placed = linking.around(coding.placed)
    while True:
        before = time.perf_counter()
        batch = [Ready.of(record) for record in islice(made, max(0, min(BATCH, reports - done)))]
        making += time.perf_counter() - before
        if not batch:
            return
        with ledger.store.writing() as connection:
            for ready in batch:
                added(connection, ready, ledger.store)
        done += len(batch)
        if done % step < BATCH:
            took = time.perf_counter() - started
            print(f"  {done:>9,} reports: {1000 * (took - making) / step:6.2f} ms a report in the transaction, of this "
                  f"{1000 * linking.seconds / step:6.2f} ms linking; {1000 * making / step:6.2f} ms written and made "
                  f"ready, {1000 * (time.process_time() - work) / step:6.2f} ms of processor in all",
                  flush=True)  # fmt: skip
            started, making, work, linking.seconds = time.perf_counter(), 0.0, time.process_time(), 0.0


def single(ledger: Ledger, made: Iterator[Record], count: int = 600) -> None:
    """Reports added one by one, as `tensionwire watch` does it."""
    took, work = [], time.process_time()
    for record in islice(made, count):
        started = time.perf_counter()
        ledger.add(record)
        took.append(1000 * (time.perf_counter() - started))
    work = 1000 * (time.process_time() - work) / count
    took.sort()
    print(
        f"add, one transaction a report: median {statistics.median(took):.2f} ms, mean {statistics.mean(took):.2f} ms"
    )
    print(f"  95% {took[int(0.95 * len(took))]:.2f} ms, {work:.2f} ms of processor with the making (limit 5 ms)")


def grouped(ledger: Ledger, made: Iterator[Record], count: int = 640) -> None:
    """Reports added in groups."""
    some = list(islice(made, count))
    started, work = time.perf_counter(), time.process_time()
    for _ in ledger.add_all(some):
        pass
    took, work = (1000 * (now - then) / count for now, then in (
        (time.perf_counter(), started), (time.process_time(), work)))  # fmt: skip
    print(f"add, in groups as `tensionwire add` does it: {took:.2f} ms, {work:.2f} ms of processor (limit 5 ms)")


def tension(ledger: Ledger, a: str, b: str) -> object:
    """The weekly tension of a pair over the ten years with band and change points, as `tensionwire tension` asks it."""
    from tensionwire.measure.contributions import Question
    from tensionwire.measure.series import tension as measured
    from tensionwire.measure.sides import side

    incidents = ledger.incidents(Filter(pair=(a, b)))
    series = measured(incidents, Question(a=side(a), b=side(b)), ledger.coverage(), weekly=True)
    return len(incidents), len(series.points), len(series.changes)


def asked(ledger: Ledger, world: World) -> None:
    """Questions, with the time that each may take."""
    one, two, rare = world.codes[0], world.codes[1], world.codes[150]
    middle, week = (FIRST_DAY + timedelta(days=DAYS // 2)), timedelta(days=7)
    dates = {"since": middle.isoformat(), "until": (middle + week).isoformat()}
    word = world.words
    cases: list[tuple[str, float, Callable[[], object]]] = [
        (f"tension {one} {two}, the busiest pair, over ten years: incidents, weeks, changes", 0.5,
         lambda: tension(ledger, one, two)),
        (f"tension {one} {world.codes[20]} over ten years: incidents, weeks, changes", 0.5,
         lambda: tension(ledger, one, world.codes[20])),
        ("incidents, 50 newest", 0.2, lambda: len(ledger.incidents(Filter(limit=50)))),
        (f"incidents of {one}, 50 newest", 0.2, lambda: len(ledger.incidents(Filter(actor=one, limit=50)))),
        (f"incidents of {rare} against {one}", 0.2, lambda: len(ledger.incidents(Filter(pair=(one, rare), limit=50)))),
        (f"incidents {one} {two}, ASSAULT, actual, 0.8 sure", 0.2, lambda: len(ledger.incidents(
            Filter(pair=(one, two), type="ASSAULT", status="actual", confidence=0.8, limit=50)))),
        ("incidents of one type in one week", 0.2, lambda: len(ledger.incidents(
            Filter(type="ASSAULT", limit=50, **dates)))),
        (f"incidents of {one} in one outlet", 0.2, lambda: len(ledger.incidents(
            Filter(actor=one, outlet="Outlet 7", limit=50)))),
        (f"incidents at a place, negated, {rare}", 0.2, lambda: len(ledger.incidents(
            Filter(actor=rare, status="negated", limit=50)))),
        (f"incidents of {one}, as known half way", 0.2, lambda: len(ledger.incidents(
            Filter(actor=one, limit=50), as_known_at=ledger.half))),  # type: ignore[attr-defined]
        (f"claims of {one}, 50 newest", 0.2, lambda: len(ledger.claims(Filter(actor=one, limit=50)))),
        ("incidents of NATO, 50 newest", 0.2, lambda: len(ledger.incidents(Filter(actor="NATO", limit=50)))),
        ("incidents of the West and Russia", 0.2, lambda: len(ledger.incidents(
            Filter(pair=("WEST", "RUS"), limit=50)))),
        ("incidents with Norway as the issue, 50 newest", 0.2, lambda: len(ledger.incidents(
            Filter(issue="Norway", limit=50)))),
        ("claims, 50 newest", 0.2, lambda: len(ledger.claims(Filter(limit=50)))),
        ("claims about an incident", 0.2, lambda: len(ledger.claims(Filter(incident="i1000")))),
        (f"figures about {one}, 50 newest", 0.2, lambda: len(ledger.figures(Filter(actor=one, limit=50)))),
        ("actors, 50 named most", 0.2, lambda: len(ledger.actors(Filter(limit=50)))),
        ("search for a rare word", 0.2, lambda: len(ledger.search(word[20_000]))),
        ("search for a common word", 0.2, lambda: len(ledger.search(word[10]))),
        ("search for two common words and not a third", 0.2, lambda: len(
            ledger.search(f"{word[0]} {word[5]} -{word[9]}"))),
        ("search for a phrase", 0.2, lambda: len(ledger.search(f'"{word[0]} {word[1]}"'))),
        ("search for a common word in one outlet", 0.2, lambda: len(
            ledger.search(word[10], Filter(outlet="Outlet 7")))),
        ("search for a common word in one month", 0.2, lambda: len(
            ledger.search(word[10], Filter(since=middle.isoformat(), until=(middle + 4 * week).isoformat())))),
        (f"search for a common word beside {rare}", 0.2, lambda: len(ledger.search(word[10], Filter(actor=rare)))),
        ("coverage of all days", 0.5, lambda: len(ledger.coverage())),
    ]  # fmt: skip
    for name, limit, call in cases:
        took, work, answer = timed(call)
        print(f"{'  ' if took <= limit else '!!'} {took * 1000:8.1f} ms ({work * 1000:6.1f} ms of processor, limit "
              f"{limit * 1000:.0f}) {name}: {answer}", flush=True)  # fmt: skip


def kept(ledger: Ledger) -> int:
    """The number of reports that the ledger holds."""
    from sqlalchemy import func, select

    from tensionwire.ledger.schema import reports

    with ledger.store.reading() as connection:
        return connection.execute(select(func.count()).select_from(reports)).scalar() or 0


def half_way(ledger: Ledger) -> str:
    """The moment at which half of the reports were there."""
    from sqlalchemy import func, select

    from tensionwire.ledger.clock import shown
    from tensionwire.ledger.schema import moments

    with ledger.store.reading() as connection:
        last = connection.execute(select(func.max(moments.c.id))).scalar() or 0
        at = connection.execute(select(moments.c.at).where(moments.c.id == last // 2)).scalar() or 0
    return shown(at)


def main() -> int:
    """Make it, measure it, print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--keep", metavar="FILE", help="where the ledger is made and stays; what is there is kept, and filled up"
    )
    parser.add_argument("--postgresql", metavar="URL", help="an empty database instead of a file")
    given = parser.parse_args()
    world, reports = World(given.seed), given.events // EVENTS_A_REPORT
    with tempfile.TemporaryDirectory() as folder:
        path = Path(given.keep or Path(folder) / "ledger.db")
        with Ledger.open(given.postgresql or path) as ledger:
            print(f"{given.events:,} events in {reports:,} reports, seed {given.seed}")
            done = kept(ledger)
            if done:
                print(f"{done:,} reports are there")
                world.random.seed(given.seed + done)  # the same words and places, other reports
            made = records(world, reports, first=done)
            filled(ledger, made, reports - done)
            ledger.half = half_way(ledger)  # type: ignore[attr-defined]
            asked(ledger, world)
            grouped(ledger, made)
            single(ledger, made)
        if not given.postgresql:
            size = path.stat().st_size
            with Ledger.open(path, read_only=True) as ledger:
                print(f"file: {size / 1e6:,.0f} MB, {size / kept(ledger):,.0f} bytes a report")
    return 0


if __name__ == "__main__":
    sys.exit(main())
