"""What a model is asked: the codebook, from a data file and the ontology's tables, then numbered sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from tensionwire.llm.parts import Part
from tensionwire.ontology.plover import plover

_HEADER = re.compile(r"\A<!--(.*?)-->\s*", re.DOTALL)
_VERSION = re.compile(r"^version: (\S+)$", re.MULTILINE)


@cache
def version() -> str:
    """The version of the prompt, which stands in every record that it helped to make.

    >>> version().isdigit()
    True
    """
    found = _VERSION.search(_file("prompt.md"))
    assert found is not None
    return found[1]


@cache
def instructions() -> str:
    """What the model is told before any report.

    >>> "ASSAULT (deliberate physical force): abduct" in instructions(), "{{" in instructions()
    (True, False)
    """
    known = plover()
    types = (f"- {t.name} ({t.meaning}){_modes(known.modes_of(t.name))}" for t in known.types.values())
    sectors = (f"{s.code} ({s.meaning})" for s in known.sectors.values() if s.code != "UNK")
    filled = {
        "types": "\n".join(types),
        "contexts": " ".join(known.contexts),
        "sectors": ", ".join(sectors),
        "example": _example(),
    }
    text = _HEADER.sub("", _file("prompt.md"))
    for name, words in filled.items():
        text = text.replace("{{" + name + "}}", words)
    return text


def question(part: Part) -> str:
    """A part of a report as it is shown to the model."""
    return "\n".join((*_head(part), *_sentences(part))).encode("utf-8", "replace").decode()


@cache
def example() -> dict[str, Any]:
    """The invented report of the prompt and its answer."""
    found: dict[str, Any] = json.loads(_file("example.json"))
    return found


def _example() -> str:
    shown = example()
    lines = [f"Title: {shown['title']}", f"Published: {shown['published']}", ""]
    lines += [f"[{n}] {sentence}" for n, sentence in enumerate(shown["sentences"])]
    return "\n".join((*lines, "", json.dumps(shown["answer"], ensure_ascii=False)))


def _modes(modes: tuple[str, ...]) -> str:
    return f": {', '.join(modes)}" if modes else ""


def _head(part: Part) -> Iterator[str]:
    report = part.report
    for name, value in (("Title", report.title), ("Outlet", report.outlet), ("Published", report.published)):
        if value:
            yield f"{name}: {' '.join(value.split())[:300]}"
    if not report.published:
        yield "Published: unknown, so that only dates with their own year can be told"
    if part.lead < part.first:
        yield f"Sentences {part.lead} to {part.first - 1} are shown for context only: code from {part.first} on."
    yield ""


def _sentences(part: Part) -> Iterator[str]:
    for number in range(part.lead, part.end):
        yield f"[{number}] {part.shown(number)}"


def _file(name: str) -> str:
    return files("tensionwire.llm").joinpath(f"data/{name}").read_text(encoding="utf-8")
