"""Whether a confidence means something: how often items of each confidence are right, and what each threshold keeps.

    python benchmarks/reliability.py [--write]

On `gold/records` dev. An event is right where a gold act of the same type shares a character of its trigger, a claim
where half of its content is shared, a role where its act is right and its words are near the gold's (Jaccard 0.4, as in
the scorer). `--write` puts the tables into docs/explanation/confidence.md and the diagram into docs/images.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from oracle import SHARED, Document, documents, report
from tensionwire.evaluate.counts import jaccard
from tensionwire.evaluate.records_tally import SAME_CONTENT, SAME_PARTY
from tensionwire.pipeline import Coder
from tensionwire.records import Actor, Event, Record, Span

ROOT = Path(__file__).resolve().parents[1]
PAGE, PICTURE = ROOT / "docs/explanation/confidence.md", ROOT / "docs/images/reliability.svg"
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
BINS = 10
Item = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Tally:
    """Items found, each with its confidence and whether it is right, and how many the gold has."""

    name: str
    items: list[Item]
    gold: int

    def at(self, threshold: float) -> tuple[float, float, int]:
        """Precision, recall and number of what is at least so sure."""
        kept = [right for sure, right in self.items if sure >= threshold]
        return sum(kept) / max(1, len(kept)), sum(kept) / max(1, self.gold), len(kept)

    def bins(self) -> Iterator[tuple[float, float, int]]:
        """Mean confidence, share right and number of each tenth that holds anything."""
        for n in range(BINS):
            here = [i for i in self.items if n / BINS <= i[0] < (n + 1) / BINS or (n == BINS - 1 and i[0] == 1.0)]
            if here:
                yield sum(s for s, _ in here) / len(here), sum(r for _, r in here) / len(here), len(here)

    def error(self) -> float:
        """Expected calibration error: how far confidence and truth lie apart, weighted by number."""
        return sum(abs(sure - right) * count for sure, right, count in self.bins()) / max(1, len(self.items))


def matched(record: Record, gold: Document) -> dict[str, Document]:
    """For each right event its gold act."""
    left, pairs = list(gold["events"]), {}
    for event in sorted(record.events, key=lambda e: -e.confidence):
        same = (g for g in left if g["type"] == event.type and event.trigger_span.overlap(Span(*g["trigger_span"])))
        hit = next(same, None)
        if hit:
            left.remove(hit)
            pairs[event.id] = hit
    return pairs


def roles(event: Event, act: Document) -> Iterator[Item]:
    """The roles of a right event, each with whether the gold has it."""
    sides: tuple[tuple[tuple[Actor, ...], str], ...] = ((event.actor, "actor"), (event.recipient, "recipient"))
    for side, role in sides:
        wanted = [Span(*x["span"]) for x in act[role]]
        for actor in side:
            yield actor.confidence, any(jaccard(w, actor.span) >= SAME_PARTY for w in wanted)


def measured(coder: Coder, path: Path) -> list[Tally]:
    """Events, claims, and roles of right events."""
    events, claims, parties, of_events, of_claims, of_roles = [], [], [], 0, 0, 0
    for gold in documents(path):
        record = coder(report(gold))
        right = matched(record, gold)
        events += [(e.confidence, e.id in right) for e in record.events]
        contents = [Span(*c["content_span"]) for c in gold["claims"]]
        near = [any(jaccard(c.content_span, w) >= SAME_CONTENT for w in contents) for c in record.claims]
        claims += zip((c.confidence for c in record.claims), near, strict=True)
        parties += [item for e in record.events if e.id in right for item in roles(e, right[e.id])]
        of_events, of_claims = of_events + len(gold["events"]), of_claims + len(contents)
        of_roles += sum(len(act["actor"]) + len(act["recipient"]) for act in right.values())
    return [
        Tally("events", events, of_events),
        Tally("claims", claims, of_claims),
        Tally("roles of right events", parties, of_roles),
    ]


def tables(found: list[Tally]) -> str:
    """Both tables as Markdown."""
    lines = ["| at least so sure | " + " | ".join(f"{t.name}: precision / recall (kept)" for t in found) + " |"]
    lines.append("| ---: |" + " ---: |" * len(found))
    for threshold in THRESHOLDS:
        cells = [f"{p:.2f} / {r:.2f} ({n})" for p, r, n in (t.at(threshold) for t in found)]
        lines.append(f"| {threshold or 'all'} | " + " | ".join(cells) + " |")
    errors = ", ".join(f"{t.name} {t.error():.3f}" for t in found)
    return "\n".join([*lines, "", f"Expected calibration error over ten bins: {errors}."])


def picture(found: list[Tally]) -> str:
    """A reliability diagram: confidence across, share right upward; the size of a dot is the number of items."""
    size, pad, marks = 260, 34, []
    shapes = ("circle", "square", "diamond")
    for tally, shape in zip(found, shapes, strict=True):
        for sure, right, count in tally.bins():
            x, y, r = pad + sure * size, pad + (1 - right) * size, 2.5 + min(7.0, count**0.5 / 2)
            marks.append(_mark(shape, x, y, r, f"{tally.name}: {sure:.2f} sure, {right:.2f} right, {count} items"))
    ticks = "".join(
        f'<text x="{pad + v * size:.0f}" y="{pad + size + 16}" text-anchor="middle">{v:g}</text>'
        f'<text x="{pad - 6}" y="{pad + (1 - v) * size + 4:.0f}" text-anchor="end">{v:g}</text>'
        for v in (0, 0.25, 0.5, 0.75, 1)
    )
    key = "".join(
        _mark(shape, pad + 12, pad + 14 + 18 * n, 5, t.name)
        + f'<text x="{pad + 24}" y="{pad + 18 + 18 * n}">{t.name}</text>'
        for n, (t, shape) in enumerate(zip(found, shapes, strict=True))
    )
    wide = size + 2 * pad
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {wide + 14}" width="{wide * 2}" role="img" '
        f'aria-label="Confidence against share right" font-family="system-ui, sans-serif" font-size="10" fill="#445">'
        f'<rect width="100%" height="100%" fill="#fff"/>'
        f'<rect x="{pad}" y="{pad}" width="{size}" height="{size}" fill="none" stroke="#bbc"/>'
        f'<path d="M{pad} {pad + size} L{pad + size} {pad}" stroke="#99a" stroke-dasharray="4 4"/>'
        f'{ticks}<text x="{pad + size / 2}" y="{pad + size + 32}" text-anchor="middle">confidence</text>'
        f'<text x="{pad - 24}" y="{pad - 10}">share right</text>{"".join(marks)}{key}</svg>\n'
    )


def _mark(shape: str, x: float, y: float, r: float, title: str) -> str:
    fill = {"circle": "#1f6fb2", "square": "#c2571a", "diamond": "#3b8a4a"}[shape]
    style = f'fill="{fill}" fill-opacity=".65" stroke="{fill}"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {style}><title>{title}</title></circle>'
    turn = f' transform="rotate(45 {x:.1f} {y:.1f})"' if shape == "diamond" else ""
    box = f'x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}"'
    return f"<rect {box}{turn} {style}><title>{title}</title></rect>"


def main() -> None:
    """Measure, print and, if asked, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    path = SHARED / "gold/records/dev.jsonl"
    if not path.exists():
        raise SystemExit(f"{path} is not here: this needs the shared gold beside the project")
    found = measured(Coder.load(threads=2), path)
    print(tables(found))
    if options.write:
        text = PAGE.read_text(encoding="utf-8")
        block = f"<!-- reliability:begin -->\n{tables(found)}\n<!-- reliability:end -->"
        PAGE.write_text(
            re.sub(r"<!-- reliability:begin -->.*<!-- reliability:end -->", lambda _: block, text, flags=re.S),
            encoding="utf-8",
        )
        PICTURE.write_text(picture(found), encoding="utf-8")


if __name__ == "__main__":
    main()
