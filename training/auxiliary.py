"""Openly licensed corpora that teach what annotated reports are too few for: roles of verbs, factuality, names.

PropBank over EWT (CC BY-SA 4.0), UDS factuality (CC BY-SA 4.0), re3d without BBC and EU texts, and the GUM documents
whose text is CC BY, CC BY-SA or public domain.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tensionwire.annotate.sentences import sentences
from tensionwire.annotate.windows import parts
from tensionwire.records import Span
from training import labels
from training.examples import Chars, Focus, Text

_NO_BLANK_BEFORE = re.compile(r" (?=(?:[.,;:!?%)\]]|'s|n't|'re|'ve|'ll|'d|'m)(?: |$))")


def predicates(corpora: Path) -> Iterator[Text]:
    """EWT sentences with PropBank arguments and, where UDS has it, the factuality of each verb (-3 to 3)."""
    factuality = _factuality(corpora / "factuality_uds/uds2_factuality_joined.tsv.gz")
    for row in packed_rows(corpora / "srl_ewt/propbank3_ewt_train.jsonl.gz"):
        yield _predicate_text(row, factuality)


def packed_rows(path: Path) -> Iterator[Any]:
    """The rows of a packed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _factuality(path: Path) -> dict[tuple[str, int], float]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        table = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(r["sent_id"], int(r["token_id"])): float(r["factuality"]) for r in table if r["split"] == "train"}


def _predicate_text(sentence: dict, factuality: dict[tuple[str, int], float]) -> Text:
    body, spans = joined(sentence["tokens"])
    foci = []
    for prop in sentence["props"]:
        roles = defaultdict(list)
        for label, first, last in prop["args"]:
            if label in labels.PREDICATE:
                roles[label].append((spans[first - 1][0], spans[last - 1][1]))
        classes = {}
        if (sentence["sent_id"], prop["pred"]) in factuality:
            classes["factuality"] = factuality[sentence["sent_id"], prop["pred"]] / 3.0
        foci.append(Focus(kind="predicate", span=spans[prop["pred"] - 1], roles=dict(roles), classes=classes))
    return Text(parts=parts(body, [Span(0, len(body))]), tagged={}, foci=foci)


def joined(tokens: list[str]) -> tuple[str, list[Chars]]:
    body, spans = "", []
    for token in tokens:
        glue = "" if not body or _NO_BLANK_BEFORE.match(f" {token}") else " "
        body += glue
        spans.append((len(body), len(body) + len(token)))
        body += token
    return body, spans


_RE3D_KINDS = {"Person": "person", "Organisation": "body", "Location": "place"}


def names_re3d(gold: Path) -> Iterator[Text]:
    """Names in openly licensed defence and government texts."""
    with (gold / "re3d/train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if "BBC" in document["source"] or "European" in document["source"]:
                continue
            sure = [e for e in document["entities"] if e["confidence"] >= 0.5 and e["type"] in _RE3D_KINDS]
            named = [e for e in sure if re.search(r"[A-Z]", e["text"])]
            yield _named(document["text"], [((e["start"], e["end"]), _RE3D_KINDS[e["type"]]) for e in named])


_GUM_KINDS = {"person": "person", "organization": "body", "place": "place"}
_OPEN_LICENCES = re.compile(r"^(CC BY(-SA)?( \d.\d)?|public domain|PD|CC0)$", re.IGNORECASE)


def names_gum(corpora: Path) -> Iterator[Text]:
    """Names in the openly licensed documents of GUM's training half."""
    for block in open_gum_blocks(corpora):
        yield _gum_sentence(block)


def open_gum_blocks(corpora: Path) -> Iterator[str]:
    """CoNLL-U sentences of GUM's training half whose documents are openly licensed."""
    with (corpora / "treebanks_en/gum_docs.tsv").open(encoding="utf-8") as rows:
        free = {
            r["doc"]
            for r in csv.DictReader(rows, delimiter="\t")
            if r["split"] == "train" and _OPEN_LICENCES.match(r["text_licence"].strip())
        }
    with gzip.open(corpora / "treebanks_en/en_gum-ud-train.conllu.gz", "rt", encoding="utf-8") as lines:
        document = ""
        for block in lines.read().split("\n\n"):
            if "# newdoc id = " in block:
                document = block.split("# newdoc id = ")[1].split("\n")[0].strip()
            if document in free and block.strip():
                yield block


def conllu(block: str) -> tuple[str, list[list[str]], list[Chars]]:
    """A sentence of CoNLL-U as text, its words' rows and their spans; words of several tokens are left out."""
    rows = [line.split("\t") for line in block.split("\n") if line and line[0].isdigit()]
    rows = [r for r in rows if r[0].isdigit()]
    body, spans = "", []
    for row in rows:
        spans.append((len(body), len(body) + len(row[1])))
        body += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
    return body, rows, spans


def _gum_sentence(block: str) -> Text:
    body, rows, spans = conllu(block)
    opened: list[tuple[str, int]] = []
    found: list[tuple[Chars, str]] = []
    for at, row in enumerate(rows):
        entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for mark in re.findall(r"\([^()]+\)?|[^()]+\)", entity):
            if mark.startswith("("):
                opened.append((mark.strip("()").split("-")[1], at))
            if mark.endswith(")") and opened:
                kind, begin = opened.pop()
                proper = any(r[3] == "PROPN" for r in rows[begin : at + 1])
                if kind in _GUM_KINDS and proper and at - begin < 6:
                    found.append(((spans[begin][0], spans[at][1]), _GUM_KINDS[kind]))
    return _named(body.rstrip(), found)


def _named(body: str, found: list[tuple[Chars, str]]) -> Text:
    longest = sorted(found, key=lambda f: (f[0][0], -f[0][1]))
    classed = [("kind", span, labels.KINDS.index(kind)) for span, kind in longest]
    return Text(parts=parts(body, sentences(body)), tagged={"name": [s for s, _ in longest]}, classed=classed)
