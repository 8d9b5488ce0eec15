"""The table of types: what is right is read, each mistake is told with its line and key."""

from __future__ import annotations

from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.custom import Mistakes, Ontology
from tensionwire.custom.ontology import NAME, parse_ontology
from tensionwire.errors import UsageError
from tensionwire.ontology.plover import plover

HEAD = "name: n\nversion: 1\ntypes:\n"


def mistakes(text: str) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        parse_ontology(text, "my.yaml")
    return [str(one) for one in caught.value.each]


def test_the_starter_is_read(ontology: Ontology) -> None:
    assert ontology.label == "infrastructure 1"
    assert ontology.names == ("OUTAGE", "SABOTAGE", "CYBERATTACK")
    sabotage = ontology.types[1]
    assert (sabotage.like, sabotage.quad, sabotage.score) == (("ASSAULT.destroy",), 4, -8.0)
    assert ontology.types[0].quad is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: is empty"),
        ("- a\n- b", "line 1: is no mapping"),
        ("name: [a\nversion: 1", "is no YAML"),
        ("name: n\n\tversion: 1", "line 2: is no YAML"),
        ("version: 1\ntypes: [{name: A, description: d}]", "line 1, name: is missing"),
        ("name: n\nversion: 1", "line 1, types: has no entry"),
        (HEAD.strip() + " []", "line 3, types: has no entry"),
        (HEAD.strip() + " A", "line 3, types: is no list"),
        (HEAD + "  - name: A\n", "line 4, description: is missing"),
        (HEAD + "  - A\n", "line 4, types: is no mapping"),
        (HEAD + "  - {name: A, description: d, colour: red}\n", "line 4, 'colour': is no key"),
        (HEAD + "  - name: A\n    name: B\n    description: d\n", "line 5, name: stands twice"),
        (HEAD + "  - {name: A, description: d}\n  - {name: a, description: d}\n", "line 5, name: 'a' stands in line 4"),
        (HEAD + "  - {name: ASSAULT, description: d}\n", "line 4, name: ASSAULT is a PLOVER type"),
        (HEAD + "  - {name: A B, description: d}\n", "line 4, name: 'A B' will not do"),
        (HEAD + "  - {name: A, description: [d]}\n", "line 4, description: is no text"),
        (HEAD + f"  - {{name: A, description: {'d' * 501}}}\n", "line 4, description: is over 500"),
        (HEAD + "  - {name: A, description: d, like: [WAR]}\n", "line 4, like: 'WAR' is no PLOVER type"),
        (HEAD + "  - {name: A, description: d, like: [AID.phone]}\n", "line 4, like: 'AID.phone' is no mode of AID"),
        (HEAD + "  - {name: A, description: d, like: AID}\n", "line 4, like: is no list"),
        (HEAD + "  - {name: A, description: d, quad: 5}\n", "line 4, quad: is no such number"),
        (HEAD + "  - {name: A, description: d, quad: 1.5}\n", "line 4, quad: is no such number"),
        (HEAD + "  - {name: A, description: d, score: -11}\n", "line 4, score: is no such number"),
        (HEAD + "  - {name: A, description: d, score: .nan}\n", "line 4, score: is no such number"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_key(text: str, told: str) -> None:
    (only,) = mistakes(text)
    assert only.startswith("my.yaml, ")
    assert told in only


def test_all_mistakes_are_told_at_once() -> None:
    assert len(mistakes(HEAD + "  - {name: A B, quad: 9}\n  - {name: C, description: d, like: [X]}\n")) == 4


def test_no_tag_is_obeyed() -> None:
    assert mistakes('!!python/object/apply:os.system ["true"]')


def test_aliases_are_not_unfolded() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert len(mistakes(bomb)) < 50


def test_depth_is_no_crash() -> None:
    assert mistakes("name: " + "[" * 5000)


def test_a_file_that_is_not_there(tmp_path) -> None:
    from tensionwire.custom import read_ontology

    with pytest.raises(UsageError, match="No such file"):
        read_ontology(tmp_path / "no.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"name: \xe9")
    with pytest.raises(UsageError, match="is not UTF-8"):
        read_ontology(tmp_path / "latin.yaml")


LIKE = st.sampled_from([*plover().types, *(f"{t}.{m}" for t, m in plover().modes)])
TYPES = st.fixed_dictionaries(
    {
        "name": st.from_regex(NAME, fullmatch=True).filter(lambda name: name not in plover().types),
        "description": st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=30),
    },
    optional={
        "like": st.lists(LIKE, min_size=1, max_size=3),
        "quad": st.integers(1, 4),
        "score": st.integers(-10, 10),
    },
)


@given(st.lists(TYPES, min_size=1, max_size=5, unique_by=lambda one: one["name"].casefold()), st.integers(1, 99))
def test_what_yaml_writes_is_read_back(types: list[dict[str, object]], version: int) -> None:
    text = yaml.safe_dump({"name": "n", "version": version, "types": types}, allow_unicode=True)
    found = parse_ontology(text)
    assert found.names == tuple(one["name"] for one in types)
    assert [one.like for one in found.types] == [tuple(one.get("like", ())) for one in types]  # type: ignore[arg-type]
    assert [one.score for one in found.types] == [one.get("score") for one in types]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Mistakes):
        parse_ontology(text)
