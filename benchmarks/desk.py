"""How fast the desk is while people read it and reports come in, and how much memory its server takes.

    python benchmarks/desk.py --ledger FILE [--readers 20] [--pause 1] [--seconds 60] [--rate 2] [--workers N]

FILE is a ledger that `benchmarks/ledger.py --keep FILE` has made; reports and an account are added to it, so give a
copy. A server is started as a user starts it. Every reader asks for page after page, of a kind drawn at random,
each another one (a pair, an incident, a day ...), and reads each for a while: `--pause` seconds on average, 0 for
readers who never read. Meanwhile another process adds reports, `--rate` a second, as `tensionwire watch` does. A time
is that from asking to the last byte. What is first asked after the start is told apart: it fills caches.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import func, select

from tensionwire.desk.identity import Role
from tensionwire.desk.people import tokens
from tensionwire.desk.people.accounts import People
from tensionwire.ledger import Filter, Ledger
from tensionwire.ledger.schema import reports, tellings

MEDIAN, LATE = 150, 500  # ms: what no page may exceed
Draw = Callable[[random.Random], str]


@dataclass(slots=True)
class Taken:
    """Times in ms by kind of page, of the first answers and of all others; `faults` are answers that were none."""

    first: dict[str, float] = field(default_factory=dict)
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    size: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def pages(ledger: Ledger) -> Mapping[str, Draw]:
    """The kinds of pages, each with how one of them is drawn."""
    with ledger.store.reading() as connection:
        most = connection.execute(select(func.max(reports.c.id))).scalar() or 1
        telling = connection.execute(select(func.max(tellings.c.id))).scalar() or 1
    days = sorted(ledger.coverage())[-400:]
    codes = [one.code for one in ledger.actors(Filter(limit=120)) if one.code]
    keys = [one.id for one in ledger.incidents(Filter(since=days[len(days) // 2], limit=2000))]
    words = [w for hit in ledger.incidents(Filter(limit=200)) for w in hit.tellings[0].sentence.split() if len(w) > 5]

    def pair(draw: random.Random) -> str:
        one, other = draw.sample(codes, 2) if draw.random() < 0.5 else draw.sample(codes[:20], 2)
        return f"/pair/{one}/{other}"

    return {
        "Today": lambda draw: "/",
        "Today, another day": lambda draw: f"/?day={draw.choice(days[-30:])}",
        "Pairs": lambda draw: "/pairs",
        "Pair": pair,
        "Incident": lambda draw: f"/incident/{draw.choice(keys)}",
        "Report": lambda draw: f"/report/r{draw.randint(1, most)}",
        "Actor": lambda draw: f"/actor/{draw.choice(codes)}",
        "Actors": lambda draw: "/actors",
        "Agenda": lambda draw: f"/agenda?month={draw.choice(days)[:7]}",
        "Map": lambda draw: "/map",
        "Map, other days": lambda draw: "/map?since={0}&until={0}".format(draw.choice(days)),
        "Search, words": lambda draw: f"/search?q={quote(draw.choice(words))}",
        "Search, incidents": lambda draw: f"/search?what=incidents&actor={draw.choice(codes)}",
        "Search, claims": lambda draw: f"/search?what=claims&status=denies&actor={draw.choice(codes)}",
        "Add": lambda draw: "/add",
        "Review": lambda draw: "/review",
        "Review of a report": lambda draw: f"/review/r{draw.randint(1, most)}",
        "API, incidents": lambda draw: f"/api/v1/incidents?actor={draw.choice(codes)}&limit=20",
        "API, tension": lambda draw: pair(draw).replace("/pair/", "/api/v1/tension/"),
    } if telling else {}  # fmt: skip


def read(home: tuple[str, int], drawn: Mapping[str, Draw], token: str, until: float, pause: float, seed: int,
         taken: Taken) -> None:  # fmt: skip
    """One reader."""
    draw, kinds = random.Random(seed), list(drawn)
    time.sleep(draw.random() * pause)
    connection = http.client.HTTPConnection(*home, timeout=120)
    while time.monotonic() < until:
        kind = draw.choice(kinds)
        path = drawn[kind](draw)
        began = time.perf_counter()
        try:
            connection.request("GET", path, headers={"authorization": f"Bearer {token}"})
            answer = connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):  # the server ends those that are silent for long
            connection.close()
            continue
        body = answer.read()
        taken.times[kind].append(1000 * (time.perf_counter() - began))
        taken.size[kind] = len(body)
        if answer.status != 200:
            taken.faults.append(f"{answer.status} {path}")
        if pause:
            time.sleep(draw.expovariate(1 / pause))


def first(home: tuple[str, int], drawn: Mapping[str, Draw], token: str, taken: Taken) -> None:
    """One page of each kind, before anybody else reads."""
    draw = random.Random(0)
    for kind, one in drawn.items():
        connection = http.client.HTTPConnection(*home, timeout=300)
        began = time.perf_counter()
        connection.request("GET", one(draw), headers={"authorization": f"Bearer {token}"})
        connection.getresponse().read()
        taken.first[kind] = 1000 * (time.perf_counter() - began)


def write(path: str, rate: float, seed: int) -> None:
    """Add a report so many times a second until stopped, one in a transaction."""
    sys.path.insert(0, str(Path(__file__).parent))
    from ledger import World, records

    count, began = 0, time.monotonic()
    with Ledger.open(path) as ledger:
        day = max(ledger.coverage())
        for record in islice(records(World(seed), 1_000_000), 1, None):
            from dataclasses import replace

            ledger.add(replace(record, published=day, doc_id=f"{seed}-{count}"))
            count += 1
            print(count, flush=True)
            time.sleep(max(0.0, began + count / rate - time.monotonic()))


def memory(pid: int) -> tuple[float, float]:
    """MB that a process and its children take now, and took at most (each page that they share counted for each)."""
    now = most = 0.0
    for one in [pid, *_children(pid)]:
        told = Path(f"/proc/{one}/status").read_text()
        now += int(told.partition("VmRSS:")[2].split()[0]) / 1000
        most += int(told.partition("VmHWM:")[2].split()[0]) / 1000
    return now, most


def work(pid: int) -> float:
    """Seconds of processor that a process and its children have taken."""
    ticks = 0
    for one in [pid, *_children(pid)]:
        ticks += sum(int(part) for part in Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    found = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [below for one in found for below in _children(one)]


def served(path: str, folder: str, more: list[str]) -> tuple[subprocess.Popen[bytes], int]:
    """A server as a user starts it, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "tensionwire", "serve", "--ledger", path, "--port", str(port), *more],
        env={**os.environ, "XDG_DATA_HOME": folder}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/log-in")
            connection.getresponse().read()
            return process, port
        except OSError:
            time.sleep(0.2)


def shown(taken: Taken) -> None:
    """The table."""
    print(f"{'page':24}{'asked':>7}{'median':>9}{'99 %':>9}{'worst':>9}{'first':>9}{'kB':>7}   (ms)")
    for kind, times in taken.times.items():
        times.sort()
        median, late = statistics.median(times), times[int(0.99 * (len(times) - 1) + 0.5)]
        mark = "" if median <= MEDIAN and late <= LATE else " !"
        print(f"{kind:24}{len(times):7}{median:9.0f}{late:9.0f}{times[-1]:9.0f}{taken.first[kind]:9.0f}"
              f"{taken.size[kind] / 1000:7.0f}{mark}")  # fmt: skip
    whole = sorted(time for times in taken.times.values() for time in times)
    print(f"{'all':24}{len(whole):7}{statistics.median(whole):9.0f}{whole[int(0.99 * (len(whole) - 1))]:9.0f}"
          f"{whole[-1]:9.0f}")  # fmt: skip
    if taken.faults:
        print(f"{len(taken.faults)} answers were none: {', '.join(taken.faults[:5])}")


def main() -> int:
    """Start, ask, add, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", metavar="FILE", required=True, help="a copy: reports are added to it")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that a reader reads a page, on average")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=2.0, help="reports a second that are added; 0: none")
    parser.add_argument("--workers", type=int, help="passed on to `tensionwire serve`")
    parser.add_argument("--only", metavar="KIND", action="append", help="only pages of this kind")
    parser.add_argument("--json", metavar="FILE", help="also write the times there")
    parser.add_argument("--write", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write is not None:
        write(given.ledger, given.rate, given.write)
        return 0
    seed, taken = time.time_ns() % 1_000_000, Taken()
    with Ledger.open(given.ledger) as ledger:
        people = People(ledger.store)
        person = people.accept(people.invite(Role.administrator), name=f"reader {seed}", password=f"password {seed}")
        token = tokens.make(people, person, label="benchmark", role=Role.administrator)
        drawn = {kind: draw for kind, draw in pages(ledger).items() if not given.only or kind in given.only}
    more = ["--workers", str(given.workers)] if given.workers else []
    with tempfile.TemporaryDirectory() as folder:
        process, port = served(given.ledger, folder, more)
        home = ("127.0.0.1", port)
        writer = None
        try:
            began, _ = memory(process.pid)
            first(home, drawn, token, taken)
            if given.rate:
                options = ["--ledger", given.ledger, "--rate", str(given.rate), "--write", str(seed)]
                writer = subprocess.Popen(
                    [sys.executable, __file__, *options],
                    stdout=subprocess.PIPE, text=True,
                )  # fmt: skip
            until, busy = time.monotonic() + given.seconds, work(process.pid)
            readers = [
                threading.Thread(target=read, args=(home, drawn, token, until, given.pause, seed + n, taken))
                for n in range(given.readers)
            ]
            for one in readers:
                one.start()
            for one in readers:
                one.join()
            now, most, busy = *memory(process.pid), work(process.pid) - busy
        finally:
            process.terminate()
            process.wait(30)
            added = _ended(writer)
    size = Path(given.ledger).stat().st_size / 1e6
    print(
        f"{given.readers} readers, a page read for {given.pause:g} s on average, {given.seconds:g} s, {added} reports"
    )
    print(f"added meanwhile; ledger of {size:,.0f} MB; {os.cpu_count()} cores for server, readers and writer")
    shown(taken)
    asked = sum(len(times) for times in taken.times.values())
    print(f"processor of the server: {1000 * busy / max(1, asked):.0f} ms a page, {busy / given.seconds:.2f} cores; "
          f"load of the machine {os.getloadavg()[0]:.1f}")  # fmt: skip
    print(f"memory of the server: {began:.0f} MB at its start, {now:.0f} MB at the end, {most:.0f} MB at most")
    if given.json:
        Path(given.json).write_text(json.dumps({"times": taken.times, "first": taken.first}))
    return 0


def _ended(writer: subprocess.Popen[str] | None) -> int:
    if writer is None:
        return 0
    writer.terminate()
    said, _ = writer.communicate(timeout=60)
    return int(said.split()[-1]) if said.split() else 0


if __name__ == "__main__":
    sys.exit(main())
