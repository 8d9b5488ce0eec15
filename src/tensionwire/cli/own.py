"""The user's own blocs and issues: one TOML file in the folder of settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tensionwire.measure.definitions import Definitions

_HEADER: Final = "# Blocs and issues of tensionwire; change them here or by `tensionwire bloc set`, `issue set`.\n\n"


def place() -> Path:
    """See `measure.own.place`."""
    from tensionwire.measure import own

    return own.place()


def kept() -> Definitions:
    """See `measure.own.kept`."""
    from tensionwire.measure import own

    return own.kept()


def keep(own: Definitions) -> Path:
    """Write the file, whole or not at all."""
    from tensionwire.cli.output import to_file
    from tensionwire.measure.definitions import toml

    path = place()
    to_file(path, [_HEADER, toml(own)])
    return path
