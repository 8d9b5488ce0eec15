"""Sentences a second from text to record, by the command line as a user runs it.

    python benchmarks/speed.py [--jobs 2] [--reports 1000]

Writes the reports to a JSON Lines file, codes it with `tensionwire code --jobs N`, and divides the sentences
of the records by the time; the start of the processes is measured with one report and taken off beside it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import texts


def coded(source: Path, target: Path, jobs: int) -> float:
    """Seconds that the command takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "tensionwire", "code", source, "-j", str(jobs), "-o", target], check=True)
    return time.perf_counter() - started


def written(path: Path, count: int) -> Path:
    """So many reports as JSON Lines."""
    with path.open("w", encoding="utf-8") as lines:
        for report in texts.reports(count):
            row = {"id": report.doc_id, "text": report.text, "published": report.published, "language": "en"}
            lines.write(json.dumps(row) + "\n")
    return path


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--reports", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "records.jsonl"
        start = coded(written(Path(folder) / "one.jsonl", 1), target, asked.jobs)
        took = coded(written(Path(folder) / "many.jsonl", asked.reports), target, asked.jobs)
        with target.open(encoding="utf-8") as lines:
            sentences = sum(len(json.loads(row)["sentences"]) for row in lines)
    print(f"{texts.origin()}: {asked.reports:,} reports, {sentences:,} sentences, --jobs {asked.jobs}")
    print(f"{sentences / took:7.0f} sentences a second, start included ({took:.1f} s)")
    print(f"{sentences / max(took - start, 1e-9):7.0f} sentences a second after a start of {start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
