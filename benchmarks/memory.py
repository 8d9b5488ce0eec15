"""Memory of one process that codes many reports: it must stay flat.

    python benchmarks/memory.py [--reports 5000]

Prints the resident memory as it goes; exits 1 when it passes 600 MB, or grows by more than 10 % (and 20 MB)
between the first fifth of the reports and the last.
"""

from __future__ import annotations

import argparse
import resource
import sys
from pathlib import Path

import tensionwire
import texts

LIMIT = 600
GROWTH = 1.10
SLACK = 20


def resident() -> float:
    """Megabytes in memory now (on Linux), else the most there ever were."""
    status = Path("/proc/self/statm")
    if status.is_file():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=5000)
    count = parser.parse_args().reports
    coder = tensionwire.load()
    step, seen = max(1, count // 20), []
    for n, _ in enumerate(coder.pipe(texts.reports(count)), 1):
        if n % step == 0:
            seen.append(resident())
            print(f"{n:7,} reports {seen[-1]:7.0f} MB", flush=True)
    fifth = max(1, len(seen) // 5)
    early, late = max(seen[:fifth]), max(seen[-fifth:])
    flat = late <= max(early * GROWTH, early + SLACK)
    print(f"{texts.origin()}: most {max(seen):.0f} MB (limit {LIMIT}), {early:.0f} -> {late:.0f} MB")
    return int(not flat or max(seen) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
