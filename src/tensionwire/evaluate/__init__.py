"""The coder held against hand-made benchmark sets: predictions, measures, intervals, one table.

One module a set says how the set's rows become reports, how our record is mapped on the set's fields, and
what is counted; `docs/explanation/benchmarks.md` tells the same in words.
"""

from tensionwire.evaluate.benchmark import Benchmark, Row, Subject
from tensionwire.evaluate.counts import Count, Tally
from tensionwire.evaluate.measures import Estimate, Measure, estimates
from tensionwire.evaluate.run import BENCHMARKS, Outcome, evaluate

__all__ = [
    "BENCHMARKS", "Benchmark", "Count", "Estimate", "Measure", "Outcome", "Row", "Subject", "Tally",
    "estimates", "evaluate",
]  # fmt: skip
