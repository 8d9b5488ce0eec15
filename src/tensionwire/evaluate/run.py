"""All benchmark sets of a folder, one after the other: read, predict, write, count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import msgspec

from tensionwire.errors import UsageError
from tensionwire.evaluate.benchmark import Benchmark, Row, Subject, identifier, rows
from tensionwire.evaluate.cameo_class import CAMEO_CLASS
from tensionwire.evaluate.cameo_ner import CAMEO_NER
from tensionwire.evaluate.counts import Tally
from tensionwire.evaluate.measures import Estimate, estimates
from tensionwire.evaluate.ngec_actors import NGEC_ACTORS
from tensionwire.evaluate.plover_gsr import PLOVER_GSR
from tensionwire.evaluate.plv import PLV
from tensionwire.evaluate.polnear import POLNEAR
from tensionwire.evaluate.re3d import RE3D
from tensionwire.evaluate.records import RECORDS

BENCHMARKS: tuple[Benchmark, ...] = (
    RECORDS, PLOVER_GSR, PLV, CAMEO_CLASS, CAMEO_NER, POLNEAR, RE3D, NGEC_ACTORS,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one set. `scored` is the number of rows that hold a gold answer, one tally each."""

    benchmark: Benchmark
    rows: int
    scored: int
    estimates: tuple[Estimate, ...]
    predictions: Path | None
    seconds: float
    tallies: tuple[Tally, ...] = ()


def evaluate(
    gold: Path,
    load: Callable[[], Subject],
    *,
    split: str = "dev",
    predictions: Path | None = None,
    resamples: int = 0,
    before: Callable[[Benchmark], None] = lambda _: None,
) -> Iterator[Outcome]:
    """The outcome of each set that has a `SET/{split}.jsonl` under `gold`; `before` hears which is next.

    `load` is called once it is known that there is something to do.
    Raises `UsageError` where there is none, `InputError` for a line that is no row.
    """
    benchmarks = standing(gold, split)
    subject = load()
    for benchmark in benchmarks:
        before(benchmark)
        yield _outcome(benchmark, rows(_file(gold, benchmark, split)), subject, predictions, resamples)


def standing(gold: Path, split: str) -> list[Benchmark]:
    """The sets that a folder holds, in the order of `BENCHMARKS`; raises `UsageError` when it holds none."""
    found = [b for b in BENCHMARKS if _file(gold, b, split).is_file()]
    if not found:
        names = ", ".join(b.name for b in BENCHMARKS)
        raise UsageError(
            str(gold),
            f"no benchmark set in it has a {split}.jsonl",
            f"give a folder that holds some of: {names}",
        )
    return found


def _file(gold: Path, benchmark: Benchmark, split: str) -> Path:
    return gold / benchmark.name / f"{split}.jsonl"


def _outcome(
    benchmark: Benchmark, gold: Sequence[Row], subject: Subject, folder: Path | None, resamples: int
) -> Outcome:
    start = perf_counter()
    answers = list(benchmark.predict(gold, subject))
    seconds = perf_counter() - start
    path = _written(answers, folder / f"{benchmark.name}.jsonl") if folder else None
    known = {identifier(a): a for a in answers}
    scored = [row for row in gold if benchmark.answered(row)]
    tallies = [benchmark.tally(row, known.get(identifier(row), {})) for row in scored]
    return Outcome(
        benchmark=benchmark,
        rows=len(gold),
        scored=len(scored),
        estimates=tuple(estimates(benchmark.measures, tallies, resamples=resamples)) if scored else (),
        predictions=path,
        seconds=seconds,
        tallies=tuple(tallies),
    )


def _written(answers: Sequence[Row], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        for answer in answers:
            out.write(msgspec.json.encode(answer) + b"\n")
    return path
