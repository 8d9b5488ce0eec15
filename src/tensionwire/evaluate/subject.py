"""The shipped coder as what is put to the test."""

from __future__ import annotations

from tensionwire.evaluate.benchmark import Subject


def shipped() -> Subject:
    """The coder that `tensionwire.load()` gives, with the resolver and the encoder inside it."""
    raise NotImplementedError
