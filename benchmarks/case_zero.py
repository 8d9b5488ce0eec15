"""The case that the project began with: one saved page, coded by the command line and held against a reading.

    python benchmarks/case_zero.py [--misses]

Runs `tensionwire code article.txt --published 2017-04-11 --format json` and the scorer that lies beside the
article in `../shared/case-zero`. Without that folder it says so and does nothing.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

CASE = Path(__file__).resolve().parents[2] / "shared" / "case-zero"
PUBLISHED = "2017-04-11"
COMMAND = f"tensionwire code article.txt --published {PUBLISHED} --format json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What the scorer prints: points, of how many, and its whole text."""

    points: int
    of: int
    text: str


def code(article: Path, record: Path) -> None:
    """The record of the article, as the command line writes it."""
    arguments = [*shlex.split(COMMAND)[1:], "--output", str(record)]
    arguments[arguments.index(article.name)] = str(article)
    subprocess.run([sys.executable, "-m", "tensionwire", *arguments], check=True)


def score(*options: str) -> Score:
    """The article coded and scored; raises `FileNotFoundError` where the folder is absent."""
    if not (CASE / "article.txt").is_file():
        raise FileNotFoundError(f"no {CASE}: the article does not come with the project")
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.json"
        code(CASE / "article.txt", record)
        command = [sys.executable, str(CASE / "score_case_zero.py"), str(record), *options]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    total = re.search(r"^total (\d+)/(\d+)", text, re.MULTILINE)
    if total is None:
        raise ValueError(f"the scorer printed no total: {text!r}")
    return Score(points=int(total[1]), of=int(total[2]), text=text)


def main() -> int:
    parser = argparse.ArgumentParser(description="Code case zero and score the record.")
    parser.add_argument("--misses", action="store_true", help="list what was missed")
    options = parser.parse_args()
    try:
        print(score(*["--misses"] * options.misses).text, end="")
    except FileNotFoundError as error:
        print(f"skipped: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
