"""No escape from a report reaches a terminal or a page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.exchange import writer
from tensionwire.exchange.plain import ascii_controls, line, visible

HOSTILE = [*map(chr, range(32)), *map(chr, range(127, 160)), *"\u202a\u202e\u2066\u2069\u2028\u2029\ufff9"]
KEPT = "\t\n"


@pytest.mark.parametrize("character", [c for c in HOSTILE if c not in KEPT])
def test_hostile_characters_are_replaced(character: str) -> None:
    assert character not in visible(f"a{character}b")
    assert character not in line(f"a{character}b")


@given(st.text())
def test_visible_keeps_offsets_and_can_be_encoded(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    shown.encode()


@given(st.text())
def test_line_is_one_line(text: str) -> None:
    assert len(line(text).splitlines()) <= 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_json_says_the_same(text: str) -> None:
    encoded = ascii_controls(json.dumps(text, ensure_ascii=False).encode())
    assert json.loads(encoded) == text
    assert not set(encoded.decode()) & {*map(chr, range(32)), *map(chr, range(127, 160)), "\u202e"}


@pytest.mark.parametrize("text", ["Привет, мир", "نزاع على الميناء", "港口爆炸", "Đà Nẵng – “quoted”", "👩‍👩‍👧"])
def test_ordinary_text_of_any_script_stays(text: str) -> None:
    assert visible(text) == line(text) == text


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "html", "plover", "view"])
def test_no_format_lets_an_escape_through(name: str, hostile_text: str) -> None:
    assert not set(hostile_text) & {"\x1b", "\x9b", "\x07", "\x00", "\u202e", "\u2066"}, writer(name)
