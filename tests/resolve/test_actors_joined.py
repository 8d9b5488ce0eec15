"""Actors that a text joins, one by one."""

from __future__ import annotations

import pytest

from tensionwire.resolve.coordination import joined


@pytest.mark.parametrize(
    ("text", "phrase", "actors"),
    [
        ("Chile and Peru signed the treaty.", "Chile and Peru", {"Chile", "Peru"}),
        ("Envoys of Chile, Peru, and Bolivia met.", "Peru", {"Chile", "Peru", "Bolivia"}),
        ("Shells hit Kenyan and Somali soldiers.", "Somali soldiers", {"Kenyan soldiers", "Somali soldiers"}),
        ("Norwegian soldiers left Mali.", "Norwegian soldiers", {"Norwegian soldiers"}),
        ("Later, Aino Salmi and Kari Lund met the strikers.", "Kari Lund", {"Aino Salmi", "Kari Lund"}),
        ("Nothing here.", "Oslo", {"Oslo"}),
    ],
)
def test_joined(text: str, phrase: str, actors: set[str]) -> None:
    assert set(joined(text, phrase)) == actors
