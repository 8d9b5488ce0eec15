"""The file of a custom model (`.twm`): a zip of `model.json` and `weights.f32`; nothing in it is ever executed."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from tensionwire.custom.fitting import Weights
from tensionwire.custom.ontology import MOST_TYPES, NAME, VERSION, CustomType, Ontology
from tensionwire.errors import ModelError, UsageError
from tensionwire.ontology.plover import plover

FORMAT: Final = 1
LARGEST: Final = 16_000_000
_MOST_FEATURES: Final = 8192
_ABOUT, _NUMBERS = "model.json", "weights.f32"
_TODO: Final = "make it anew with: tensionwire train"
# The same bytes from the same training, whenever it is done.
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What `model.json` holds. `base` is the hash of the encoder that the weights belong to."""

    format: int
    base: str
    base_version: str
    ontology: Ontology
    threshold: float
    like: float
    features: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A trained model: `numbers` are [features + 1, types], the bias in the last row, as 32-bit floats."""

    about: About
    numbers: NDArray[np.float32]

    @classmethod
    def of(cls, ontology: Ontology, weights: Weights, *, threshold: float, base: str, base_version: str) -> Model:
        """A model of fitted weights."""
        numbers = np.concatenate([weights.matrix, weights.bias[None]]).astype("<f4")
        about = About(
            format=FORMAT,
            base=base,
            base_version=base_version,
            ontology=ontology,
            threshold=threshold,
            like=weights.like,
            features=len(weights.matrix),
        )
        return cls(about=about, numbers=numbers)

    @property
    def ontology(self) -> Ontology:
        """The user's types."""
        return self.about.ontology

    @property
    def weights(self) -> Weights:
        """What the types are told by."""
        numbers = self.numbers.astype(float)
        return Weights(matrix=numbers[:-1], bias=numbers[-1], like=self.about.like)

    @property
    def hash(self) -> str:
        """SHA-256 of the file's two parts, in hex."""
        return hashlib.sha256(msgspec.json.encode(self.about) + self.numbers.tobytes()).hexdigest()

    def encode(self) -> bytes:
        """The bytes of its file."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(zipfile.ZipInfo(_ABOUT, _LONG_AGO), msgspec.json.encode(self.about))
            file.writestr(zipfile.ZipInfo(_NUMBERS, _LONG_AGO), self.numbers.tobytes())
        return out.getvalue()

    def save(self, path: Path | str) -> None:
        """Write its file, which is there whole or not at all; raises UsageError where that cannot be done."""
        target = Path(path)
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            part.write_bytes(self.encode())
            part.replace(target)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise UsageError(str(path), f"cannot be written ({error.strerror})", "name another file") from error

    @classmethod
    def read(cls, path: Path | str) -> Model:
        """The model of a file, which may come from anybody.

        Raises UsageError where there is no such file, ModelError where it is no model or a damaged one.
        """
        try:
            with Path(path).open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except OSError as error:
            raise UsageError(str(path), error.strerror or str(error), "check the name") from error
        return cls.decode(data, str(path))

    @classmethod
    def decode(cls, data: bytes, name: str = "the model") -> Model:
        """The model of a file's bytes; raises ModelError."""
        try:
            about, numbers = _parts(data)
            found = msgspec.json.decode(about, type=About)
            return cls(about=_checked(found), numbers=_numbers(numbers, found))
        except _Bad as error:
            raise ModelError(name, f"is no custom model that can be read ({error})", _TODO) from error
        except (zipfile.BadZipFile, msgspec.MsgspecError, ValueError, RecursionError, OSError, EOFError) as error:
            raise ModelError(name, f"is no custom model, or a damaged one ({error})", _TODO) from error
        except Exception as error:  # zlib and zipfile have kinds of their own for what is damaged
            raise ModelError(name, f"is damaged ({type(error).__name__})", _TODO) from error


class _Bad(ValueError):
    """Why a file will not do."""


def _parts(data: bytes) -> tuple[bytes, bytes]:
    """Both parts of a file, none read that says to be too large."""
    if len(data) > LARGEST:
        raise _Bad(f"larger than {LARGEST // 1_000_000} MB")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sizes = {one.filename: one.file_size for one in file.infolist()}
        if sorted(one.filename for one in file.infolist()) != sorted((_ABOUT, _NUMBERS)):
            raise _Bad(f"it does not hold just {_ABOUT} and {_NUMBERS}")
        if sum(sizes.values()) > LARGEST:
            raise _Bad(f"unpacked it is larger than {LARGEST // 1_000_000} MB")
        return _member(file, _ABOUT, sizes), _member(file, _NUMBERS, sizes)


def _member(file: zipfile.ZipFile, name: str, sizes: dict[str, int]) -> bytes:
    with file.open(name) as stream:  # what says to be small may be large
        return stream.read(sizes[name])


def _checked(about: About) -> About:
    """The same, if it is in order: it came from a file, past the checks of the YAML."""
    types = about.ontology.types
    if about.format != FORMAT:
        raise _Bad(f"it has format {about.format}, this program reads {FORMAT}")
    if not 0 < len(types) <= MOST_TYPES or not 0 < about.features <= _MOST_FEATURES:
        raise _Bad("its sizes make no sense")
    if not (0 < about.threshold < 1 and abs(about.like) < 1e6):
        raise _Bad("its threshold or weights make no sense")
    names = [one.name.casefold() for one in types]
    if len(set(names)) != len(names) or not all(map(_in_order, types)):
        raise _Bad("its types are not in order")
    if not (NAME.fullmatch(about.ontology.name) and VERSION.fullmatch(about.ontology.version)):
        raise _Bad("its ontology has no proper name and version")
    return about


def _in_order(one: CustomType) -> bool:
    score = one.score is None or -10 <= one.score <= 10
    quad = one.quad is None or 1 <= one.quad <= 4
    return bool(NAME.fullmatch(one.name)) and one.name not in plover().types and score and quad


def _numbers(data: bytes, about: About) -> NDArray[np.float32]:
    shape = (about.features + 1, len(about.ontology.types))
    if len(data) != 4 * shape[0] * shape[1]:
        raise _Bad("its weights are not as many as it says")
    numbers: NDArray[Any] = np.frombuffer(data, dtype="<f4").reshape(shape)
    if not np.isfinite(numbers).all() or np.abs(numbers).max() > 1e6:
        raise _Bad("some of its weights are no numbers")
    return numbers
