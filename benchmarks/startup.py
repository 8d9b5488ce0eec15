"""How long a start takes: the import, `--help`, and the first record of a fresh process.

    python benchmarks/startup.py [--times 5]

Prints the median of several fresh processes, and exits 1 above a limit (0.3 s for the import, 2 s for the
first record).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

LIMITS = {"import": 0.3, "help": 1.0, "first record": 2.0}
COMMANDS = {
    "import": ["-c", "import tensionwire"],
    "help": ["-m", "tensionwire", "--help"],
    "first record": ["-m", "tensionwire", "code", "--sample", "--format", "jsonl"],
}


def seconds(arguments: list[str]) -> float:
    """Wall time of a fresh process, less that of an interpreter that does nothing."""
    took = []
    for command in (arguments, ["-c", "pass"]):
        started = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - started)
    return took[0] - took[1]


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    slow = False
    for name, command in COMMANDS.items():
        median = statistics.median(seconds(command) for _ in range(times))
        slow |= median > LIMITS[name]
        print(f"{name:14} {median:6.2f} s  (limit {LIMITS[name]} s)")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
