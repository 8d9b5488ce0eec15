"""A table of types as a user writes it in YAML (see docs/how-to/your-own-types.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from tensionwire.custom.faults import Faults, shown, text_of
from tensionwire.ontology.plover import plover

NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")
VERSION: Final = re.compile(r"[A-Za-z0-9_.-]{1,20}")
LONGEST_DESCRIPTION: Final = 500
MOST_TYPES: Final = 200
_KEYS: Final = ("name", "version", "types")
_TYPE_KEYS: Final = ("name", "description", "like", "quad", "score")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomType:
    """One type of the user's. `like` are PLOVER types ("COERCE") or modes ("COERCE.cyber") that come nearest.

    `quad` (1 to 4) and `score` (-10 to 10) are passed on to the record; None where the user does not give them.
    """

    name: str
    description: str
    like: tuple[str, ...] = ()
    quad: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """The user's types in their order, with the name and version that records carry."""

    name: str
    version: str
    types: tuple[CustomType, ...]

    @property
    def label(self) -> str:
        """Name and version in one word: "infrastructure 1"."""
        return f"{self.name} {self.version}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the types, in order."""
        return tuple(one.name for one in self.types)


def read_ontology(path: Path | str) -> Ontology:
    """The ontology of a YAML file; raises `Mistakes` with every mistake, or UsageError for an unreadable file."""
    return parse_ontology(text_of(Path(path)), str(path))


def parse_ontology(text: str, file: str = "ontology") -> Ontology:
    """The ontology of a YAML text.

    >>> parse_ontology("name: x\\nversion: 1\\ntypes: [{name: FLOOD, description: Water where none should be.}]").names
    ('FLOOD',)
    """
    reader = _Reader(Faults(file))
    top = reader.mapping(_composed(text, reader.faults), "", _KEYS)
    name = reader.matched(top, "name", NAME, "letters, digits, _ . -")
    version = reader.matched(top, "version", VERSION, "such as 1 or 2026.1")
    types = reader.types(top)
    reader.faults.close()
    return Ontology(name=name, version=version, types=types)


def _composed(text: str, faults: Faults) -> yaml.Node:
    """The tree of a YAML text with its lines; nothing is constructed from it, so no tag can do harm."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(mark.line + 1 if mark else 1, "", f"is no YAML ({error.problem})", "mend the line")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        faults.add(1, "", f"is no YAML ({str(error).splitlines()[0]})", "mend it")
    else:
        if node is not None:
            return node
        faults.add(1, "", "is empty", "print a starter with: tensionwire train --example ontology")
    faults.close()
    raise AssertionError("unreachable: the mistakes were raised")


Fields = Mapping[str, yaml.Node]


class _Reader:
    """Reads nodes and notes what is wrong with them; what is returned counts only if nothing was wrong."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def wrong(self, node: yaml.Node, key: str, why: str, todo: str) -> None:
        self.faults.add(node.start_mark.line + 1, key, why, todo)

    def mapping(self, node: yaml.Node, key: str, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        """The fields of a mapping; unknown and repeated keys are mistakes. The node itself stands under ""."""
        fields: dict[str, yaml.Node] = {"": node}
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, key, "is no mapping", f"write keys and values: {', '.join(known)}")
            return fields
        for name, value in node.value:
            word = name.value if isinstance(name, yaml.ScalarNode) else ""
            if word not in known:
                self.wrong(name, shown(word), "is no key that is known here", f"use {', '.join(known)}")
            elif word in fields:
                self.wrong(name, word, "stands twice", "keep one")
            else:
                fields[word] = value
        return fields

    def string(self, fields: Fields, key: str) -> str | None:
        """A string, or None with a mistake noted where there is none."""
        node = fields.get(key)
        if node is None:
            if isinstance(fields[""], yaml.MappingNode):
                self.wrong(fields[""], key, "is missing", f"add a line `{key}: ...`")
        elif isinstance(node, yaml.ScalarNode) and node.value.strip():
            return str(node.value).strip()
        else:
            self.wrong(node, key, "is no text", "write one line of text")
        return None

    def matched(self, fields: Fields, key: str, pattern: re.Pattern[str], allowed: str) -> str:
        word = self.string(fields, key)
        if word is not None and not pattern.fullmatch(word):
            self.wrong(fields[key], key, f"{shown(word)} will not do", f"use {allowed}")
        return word or ""

    def items(self, fields: Fields, key: str) -> list[yaml.Node]:
        node = fields.get(key)
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if node is not None:
            self.wrong(node, key, "is no list", "write one entry a line, each after a dash")
        return []

    def types(self, top: Fields) -> tuple[CustomType, ...]:
        nodes, given = self.items(top, "types"), top.get("types", top[""])
        if not nodes and isinstance(given, yaml.MappingNode if "types" not in top else yaml.SequenceNode):
            self.wrong(given, "types", "has no entry", "write at least one type")
        if len(nodes) > MOST_TYPES:
            self.wrong(nodes[MOST_TYPES], "types", f"are more than {MOST_TYPES}", "make several ontologies")
        seen: dict[str, int] = {}
        found = []
        for node in nodes[:MOST_TYPES]:
            fields = self.mapping(node, "types", _TYPE_KEYS)
            found.append(self.type(fields))
            name, line = found[-1].name, node.start_mark.line + 1
            if name and seen.setdefault(name.casefold(), line) != line:
                why = f"{shown(name)} stands in line {seen[name.casefold()]} already"
                self.wrong(node, "name", why, "give each type a name of its own")
        return tuple(found)

    def type(self, fields: Fields) -> CustomType:
        name = self.matched(fields, "name", NAME, "letters, digits, _ . -")
        if name in plover().types:
            self.wrong(fields["name"], "name", f"{name} is a PLOVER type", "choose another name, and say `like`")
        description = self.string(fields, "description") or ""
        if len(description) > LONGEST_DESCRIPTION:
            self.wrong(fields["description"], "description", f"is over {LONGEST_DESCRIPTION} characters", "shorten it")
        return CustomType(
            name=name,
            description=description,
            like=tuple(self.like(fields)),
            quad=_whole(self.number(fields, "quad", 1, 4, whole=True)),
            score=self.number(fields, "score", -10, 10),
        )

    def like(self, fields: Fields) -> Iterator[str]:
        for node in self.items(fields, "like"):
            word = node.value if isinstance(node, yaml.ScalarNode) else ""
            kind, _, mode = str(word).partition(".")
            if kind not in plover().types:
                self.wrong(node, "like", f"{shown(word)} is no PLOVER type", f"use {', '.join(plover().types)}")
            elif mode and mode not in plover().modes_of(kind):
                modes = ", ".join(f"{kind}.{one}" for one in plover().modes_of(kind)) or "the type alone"
                self.wrong(node, "like", f"{shown(word)} is no mode of {kind}", f"use {modes}")
            else:
                yield str(word)

    def number(self, fields: Fields, key: str, least: int, most: int, *, whole: bool = False) -> float | None:
        node = fields.get(key)
        if node is None:
            return None
        pattern = r"[0-9]" if whole else r"[+-]?[0-9]{1,2}(\.[0-9]{1,6})?"
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(pattern, node.value):
            value = float(node.value)
            if least <= value <= most:
                return value
        self.wrong(node, key, "is no such number", f"write one from {least} to {most}")
        return None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
