"""tensionwire: who did what to whom, who says so, and how tense things are.

>>> import tensionwire as tw
>>> tw.__version__.count(".")
2

What is named here is loaded when it is first asked for, so that the import costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tensionwire.errors import InputError, ModelError, TensionwireError, UsageError
    from tensionwire.pipeline import Coder, load
    from tensionwire.read import read
    from tensionwire.records import (
        Actor,
        AgendaItem,
        Claim,
        CustomEvent,
        Event,
        Figure,
        KnownActor,
        Place,
        Record,
        Relation,
        Report,
        Span,
        decode,
        encode,
        json_schema,
        misquotes,
    )

__version__ = "0.1.0"

__all__ = [
    "Actor", "AgendaItem", "Claim", "Coder", "CustomEvent", "Event", "Figure", "InputError", "KnownActor",
    "ModelError", "Place", "Record", "Relation", "Report", "Span", "TensionwireError", "UsageError", "decode", "encode",
    "json_schema", "load", "misquotes", "read",
]  # fmt: skip

_HOMES = {
    "tensionwire.errors": ("InputError", "ModelError", "TensionwireError", "UsageError"),
    "tensionwire.pipeline": ("Coder", "load"),
    "tensionwire.read": ("read",),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = next((module for module, names in _HOMES.items() if name in names), "tensionwire.records")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
