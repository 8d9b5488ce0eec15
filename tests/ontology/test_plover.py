"""The PLOVER tables hang together, and the misprints of the manual are mended."""

from __future__ import annotations

import pytest

from tensionwire.ontology.plover import plover


def test_sixteen_types_in_four_quads() -> None:
    onto = plover()
    assert len(onto.types) == 16
    assert sorted(onto.quads) == [1, 2, 3, 4]
    assert {t.quad for t in onto.types.values()} == set(onto.quads)


def test_every_mode_belongs_to_a_type_and_shares_its_sign() -> None:
    onto = plover()
    for (event_type, mode), score in onto.modes.items():
        base = onto.types[event_type]
        assert -10 <= score <= 10, (event_type, mode)
        assert base.quad <= 2 or score <= 0.5, (event_type, mode)
        assert base.quad > 2 or score > 0, (event_type, mode)


@pytest.mark.parametrize(
    ("event_type", "mode", "score"),
    [
        ("ACCUSE", None, -3),
        ("PROTEST", "vandalize", -5),
        ("SANCTION", "expel", -5.5),
        ("CONSULT", "visit", 4),
        ("CONSULT", None, 2.5),
        ("AGREE", "", 2.5),
        ("ASSAULT", "no such mode", -9),
    ],
)
def test_score(event_type: str, mode: str | None, score: float) -> None:
    assert plover().score(event_type, mode) == score


def test_sanction_is_material_conflict() -> None:
    assert plover().quad("SANCTION") == 4


def test_unknown_type_is_an_error() -> None:
    with pytest.raises(KeyError):
        plover().quad("STATEMENT")


def test_contexts_and_sectors() -> None:
    assert len(plover().contexts) == len(set(plover().contexts)) == 37
    assert plover().sectors["MIL"].armed
    assert not plover().sectors["GOV"].armed
    assert {t.name for t in plover().types.values() if t.symmetric} == {"AGREE", "CONSULT", "COOPERATE"}
