"""The model's file: what was saved comes back, and no file of anybody's does harm."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire import custom
from tensionwire.custom import CustomType, Model, Ontology
from tensionwire.custom.fitting import Weights
from tensionwire.errors import ModelError, UsageError

TYPES = Ontology(
    name="n", version="1", types=(CustomType(name="A", description="a", like=("AID",), quad=2, score=3.0),)
)


def model(features: int = 4) -> Model:
    weights = Weights(matrix=np.arange(features, dtype=float)[:, None], bias=np.array([-1.5]), like=2.0)
    return Model.of(TYPES, weights, threshold=0.3, base="b" * 64, base_version="v")


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def parts(**changes: object) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(model().encode())) as file:
        found = {name: file.read(name) for name in file.namelist()}
    about = json.loads(found["model.json"]) | changes
    return found | {"model.json": json.dumps(about).encode()}


def type_(**changes: object) -> dict[str, object]:
    return {"name": "n", "version": "1", "types": [{"name": "A", "description": "a"} | changes]}


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    model().save(tmp_path / "m.twm")
    found = Model.read(tmp_path / "m.twm")
    assert found.ontology == TYPES
    assert found.about == model().about
    assert found.weights.matrix.tolist() == [[0.0], [1.0], [2.0], [3.0]]
    assert (found.weights.bias.tolist(), found.weights.like) == ([-1.5], 2.0)
    assert found.hash == model().hash


def test_the_same_model_is_the_same_bytes() -> None:
    assert model().encode() == model().encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"\x80\x04\x95",
        model().encode()[:-30],
        packed({}),
        packed({"model.json": b"{}"}),
        packed(parts() | {"../more": b""}),
        packed(parts() | {"model.json": b"[" * 100_000}),
        packed(parts() | {"model.json": b'{"format":1}'}),
        packed(parts() | {"weights.f32": b"\0" * 16}),
        packed(parts() | {"weights.f32": b"\0" * 17_000_000}),
        packed(parts() | {"weights.f32": np.full(5, np.nan, "<f4").tobytes()}),
        packed(parts() | {"weights.f32": np.full(5, np.inf, "<f4").tobytes()}),
        packed(parts(format=2)),
        packed(parts(features=10**9)),
        packed(parts(features=-1)),
        packed(parts(features=2**70)),
        packed(parts(threshold=0)),
        packed(parts(like=1e300)),
        packed(parts(ontology=type_(name="\x1b[31m"))),
        packed(parts(ontology=type_(name="ASSAULT"))),
        packed(parts(ontology=type_(quad=7))),
        packed(parts(ontology=type_(score=99))),
        packed(parts(ontology={"name": "n", "version": "1", "types": []})),
        packed(parts(ontology=type_() | {"name": "<b>"})),
    ],
)
def test_a_hostile_or_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(ModelError, match=r"no custom model|is damaged"):
        Model.decode(data)


def test_a_size_that_lies_is_not_believed() -> None:
    data = bytearray(packed(parts() | {"weights.f32": b"\0" * 1_000_000}))
    at = data.rfind(b"PK\x01\x02")  # the last entry of the directory: weights.f32
    data[at + 24 : at + 28] = (20).to_bytes(4, "little")
    with pytest.raises(ModelError):
        Model.decode(bytes(data))


@given(st.integers(0, len(model().encode()) - 1), st.integers(1, 255))
def test_any_byte_may_be_wrong(at: int, by: int) -> None:
    data = bytearray(model().encode())
    data[at] ^= by
    try:
        found = Model.decode(bytes(data))
    except ModelError:
        return
    assert found.numbers.shape == (5, 1)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        Model.read(tmp_path / "no.twm")
    with pytest.raises(UsageError, match="cannot be written"):
        model().save(tmp_path)


def test_another_encoder_is_told(coder: custom.CustomCoder) -> None:
    from tensionwire.custom.coder import on_top

    with pytest.raises(ModelError, match="train it anew"):
        on_top(coder, model())
    small = replace(model().about, base=coder.model.about.base)
    with pytest.raises(ModelError, match="has 4 features"):
        on_top(coder, replace(model(), about=small))
