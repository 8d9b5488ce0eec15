"""Plain English text without labels: for the groundwork's masked words, and for students to learn from teachers.

The unlabelled articles, ECB+, RAMS and WikiEvents, whose own labels are not read. What stands in a dev set is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tensionwire.annotate.sentences import sentences
from tensionwire.annotate.windows import parts
from training import corpus, standoff
from training.auxiliary import packed_rows
from training.examples import Text

# Archives of which every text is read.
WHOLE = (
    "ecbplus/ecbplus",
    *(f"doc_events/{name}_{part}" for part in ("dev", "test") for name in ("rams", "wikievents")),
)
BRIEFINGS = 0.1  # spoken questions and answers are most of the text, and little like a report


def plain_texts(shared: Path) -> Iterator[Text]:
    """All of it; none where the shared folder is absent."""
    if not shared.exists():
        return
    kept_out = [d["text"][:200] for d in corpus.load(shared / "gold/records/dev.jsonl")]
    for name in ("articles", "rferl_blurbs"):
        for row in packed_rows(shared / f"corpora/articles/{name}.jsonl.gz"):
            body = " ".join(row["text"].split())
            title = row.get("title") if name == "rferl_blurbs" else None
            told = f"{title} {body}" if title else body
            if row["lang"] == "en" and not any(_same(told, text) for text in kept_out):
                yield _text(told, BRIEFINGS if row["genre"] == "briefing" else 1.0, title)
    for name in WHOLE:
        yield from (_text(told) for told in standoff.archive(name, shared / "corpora").values())


def _text(told: str, often: float = 1.0, title: str | None = None) -> Text:
    return Text(parts=parts(told, sentences(told, title)), tagged={}, often=often)


def _same(text: str, other: str) -> bool:
    """Whether a text holds the opening words of another."""
    return other[:60] in text or text[:60] in other or other[80:140] in text
