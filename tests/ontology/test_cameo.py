"""PLOVER to CAMEO and back."""

from __future__ import annotations

import itertools

import pytest

from tensionwire.ontology.cameo import cameo_codes, code_of, reading_of
from tensionwire.ontology.plover import plover

ROOTS = {
    "AGREE": {"03"},
    "CONSULT": {"04"},
    "SUPPORT": {"05"},
    "CONCEDE": {"08", "05"},
    "COOPERATE": {"06"},
    "AID": {"07"},
    "RETREAT": {"08"},
    "REQUEST": {"10"},
    "ACCUSE": {"11", "09"},
    "REJECT": {"12"},
    "THREATEN": {"13"},
    "PROTEST": {"14"},
    "SANCTION": {"16", "11"},
    "MOBILIZE": {"15"},
    "COERCE": {"17", "19"},
    "ASSAULT": {"18", "19", "20", "17"},
}


def test_every_code_has_an_answer() -> None:
    onto = plover()
    for code, entry in cameo_codes().items():
        if entry.root in ("01", "02"):
            assert entry.type is None, code
            continue
        assert entry.type in onto.types, code
        assert entry.mode is None or (entry.type, entry.mode) in onto.modes, code
        assert entry.context is None or entry.context in onto.contexts, code


def test_every_event_gets_a_code_of_a_right_root() -> None:
    onto = plover()
    for event_type in onto.types:
        for mode, context in itertools.product((None, *onto.modes_of(event_type)), ("", *onto.contexts)):
            code = code_of(event_type, mode, [context])
            assert code in cameo_codes(), (event_type, mode, context)
            assert code[:2] in ROOTS[event_type], (event_type, mode, context)


def test_there_and_back_keeps_the_type() -> None:
    for event_type in plover().types:
        for mode in (None, *plover().modes_of(event_type)):
            back = reading_of(code_of(event_type, mode) or "")
            assert back is not None
            assert back.type == event_type, (event_type, mode, back.code)


@pytest.mark.parametrize(
    ("event_type", "mode", "contexts", "trigger", "near", "code"),
    [
        ("AGREE", None, [], "would receive", "would receive the envoys for talks", "036"),
        ("AGREE", None, ["economic"], "promised", "promised a loan", "0331"),
        ("AGREE", None, ["legal"], "agreed", "agreed on judges", "0313"),
        ("CONSULT", "visit", ["diplomatic"], "flew", "", "042"),
        ("CONSULT", None, [], "negotiated", "", "046"),
        ("SUPPORT", None, [], "praised", "praised the signing", "051"),
        ("SUPPORT", None, [], "ratified", "", "057"),
        ("CONCEDE", None, [], "apologised", "", "055"),
        ("CONCEDE", None, ["military"], "announced", "announced the withdrawal", "0874"),
        ("REQUEST", "change", [], "urged", "", "104"),
        ("REQUEST", "change", [], "urged", "urged him to resign", "1041"),
        ("ACCUSE", "investigate", ["corruption"], "charged", "", "091"),
        ("ACCUSE", "disapprove", [], "condemned", "", "111"),
        ("ACCUSE", None, [], "faulted", "", "110"),
        ("REJECT", None, [], "vetoed", "", "129"),
        ("SANCTION", "expel", ["diplomatic"], "expelled", "", "161"),
        ("SANCTION", "convict", [], "found guilty", "", "116"),
        ("COERCE", "seize", ["territory"], "annexed", "", "192"),
        ("COERCE", "arrest", [], "detained", "", "173"),
        ("ASSAULT", "drone", [], "struck", "", "1952"),
        ("ASSAULT", None, ["terrorism"], "attack", "", "180"),
    ],
)  # fmt: skip
def test_code_of(event_type: str, mode: str | None, contexts: list[str], trigger: str, near: str, code: str) -> None:
    assert code_of(event_type, mode, contexts, trigger, near) == code


@pytest.mark.parametrize(
    ("code", "event_type", "mode"),
    [
        ("010", None, None),
        ("0256", None, None),
        ("0356", "CONCEDE", None),
        ("055", "CONCEDE", None),
        ("112", "ACCUSE", "allege"),
        ("163", "SANCTION", "discontinue"),
        ("190", "ASSAULT", None),
        ("203", "ASSAULT", "unconventional"),
        ("1952", "ASSAULT", "drone"),
        ("19521", "ASSAULT", "drone"),
    ],
)
def test_reading_of(code: str, event_type: str | None, mode: str | None) -> None:
    found = reading_of(code)
    assert found is not None
    assert (found.type, found.mode) == (event_type, mode)


@pytest.mark.parametrize("code", ["", "1", "99", "x"])
def test_no_cameo_code(code: str) -> None:
    assert reading_of(code) is None


def test_host_is_swapped() -> None:
    host, guest = reading_of("043"), reading_of("042")
    assert host is not None
    assert guest is not None
    assert host.swapped
    assert not guest.swapped


def test_unknown_type_has_no_code() -> None:
    assert code_of("STATEMENT") is None
