"""How well saved pages are read: text, title and day of publication against pages with ground truth.

Needs `../shared/corpora/articles/html` beside the repository. Run:

    python benchmarks/read_pages.py [--json FILE] [--misses]

The manifest holds up to three ground truths a page, of different versions of it; the one whose words stand
in the page's own source is the right one. Text is compared as a bag of words (characters in Chinese,
Japanese and Thai), the standfirst and the sub-headings included; titles without regard to white space and
kinds of quotation marks and dashes; days as written.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tensionwire.read import read_html
from tensionwire.read.encoding import decoded_page

PAGES = Path(__file__).resolve().parents[2] / "shared/corpora/articles/html"
FLOORS = {"text": 0.92, "title": 0.85, "day": 0.85}
_WIDE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_WIDE}]|[^\W_{_WIDE}]+")
_ALIKE = {
    0x2018: "'",
    0x2019: "'",
    0x201C: '"',
    0x201D: '"',
    0x201E: '"',
    0x2013: "-",
    0x2014: "-",
    0x2015: "-",
}


def tokens(text: str) -> Counter[str]:
    """The words of a text with their counts."""
    return Counter(_TOKEN.findall(text.lower()))


def f1(found: str, truth: str) -> float:
    """Harmonic mean of the shares of words that two texts have in common."""
    one, other = tokens(found), tokens(truth)
    common = sum((one & other).values())
    return 2 * common / max(1, sum(one.values()) + sum(other.values()))


def title_key(title: str | None) -> str:
    """A title to compare: compatible forms, one kind of quotation mark and dash, one space."""
    text = unicodedata.normalize("NFKC", html.unescape(title or "")).translate(_ALIKE)
    return " ".join(text.split())


def body(truth: dict[str, Any]) -> str:
    """The text of a ground truth."""
    parts = list(truth["body"]["summary"])
    for section in truth["body"]["sections"]:
        parts += section["headline"] + section["paragraphs"]
    return "\n\n".join(parts)


def right_truth(truths: dict[str, Any], source: str) -> dict[str, Any] | None:
    """The ground truth of this version of the page: the one whose words the source holds."""
    there = tokens(html.unescape(source))
    fitting = [truth for truth in truths.values() if isinstance(truth, dict) and truth.get("body")]

    def share(truth: dict[str, Any]) -> float:
        wanted = tokens(body(truth))
        return sum((wanted & there).values()) / max(1, sum(wanted.values()))

    return max(fitting, key=share, default=None)


def measured() -> Iterator[dict[str, Any]]:
    """One row a page that has ground truth."""
    with gzip.open(PAGES / "manifest.jsonl.gz", "rt", encoding="utf-8") as lines:
        manifest = [json.loads(line) for line in lines]
    for entry in manifest:
        source = decoded_page(gzip.decompress((PAGES / entry["file"]).read_bytes()), entry["file"])
        truth = right_truth(entry["ground_truth"], source)
        if truth is None:
            continue
        start = time.perf_counter()
        report = read_html(source, source=entry["file"])
        yield {
            "page": entry["file"].removesuffix(".html.gz"),
            "text": f1(report.text, body(truth)),
            "title": title_key(report.title) == title_key(truth["title"]),
            "day": (report.published or "")[:10] == str(truth["publishing_date"])[:10],
            "seconds": time.perf_counter() - start,
            "got": (report.title, report.published),
            "wanted": (truth["title"], truth["publishing_date"]),
        }


def main() -> int:
    """Print the table; 1 when a figure lies below its floor."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--misses", action="store_true", help="list the pages that were read worst")
    options = parser.parse_args()
    if not PAGES.is_dir():
        print(f"skipped: {PAGES} is not there (the pages are not ours to pass on)")
        return 0
    rows = list(measured())
    figures = {name: sum(float(row[name]) for row in rows) / len(rows) for name in FLOORS}
    print(f"{'measure':34} {'pages':>5} {'figure':>7} {'floor':>6}")
    labels = {"text": "mean token F1 of the text", "title": "title right", "day": "day of publication right"}
    for name, floor in FLOORS.items():
        print(f"{labels[name]:34} {len(rows):5} {figures[name]:7.3f} {floor:6.2f}")
    print(f"{'seconds a page':34} {len(rows):5} {sum(row['seconds'] for row in rows) / len(rows):7.3f}")
    for row in rows if options.misses else []:
        if row["text"] < 0.95 or not row["title"] or not row["day"]:
            print(f"{row['page']:32} text {row['text']:.3f} title {row['title']:d} day {row['day']:d}")
            print(f"    got    {row['got']}\n    wanted {row['wanted']}")
    if options.json:
        options.json.write_text(json.dumps({"pages": len(rows), **figures}, indent=1) + "\n", encoding="utf-8")
    return int(any(figures[name] < floor for name, floor in FLOORS.items()))


if __name__ == "__main__":
    sys.exit(main())
