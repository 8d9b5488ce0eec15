"""The user's own blocs and issues: one TOML file in the folder of settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tensionwire.measure.definitions import Definitions

VARIABLE: Final = "TENSIONWIRE_DEFINITIONS"
_HEADER: Final = "# Blocs and issues of tensionwire; change them here or by `tensionwire bloc set`, `issue set`.\n\n"


def place() -> Path:
    """Where the file is: `TENSIONWIRE_DEFINITIONS`, else `definitions.toml` in the user's folder of settings."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("tensionwire", appauthor=False) / "definitions.toml"


def kept() -> Definitions:
    """What the user has defined; raises UsageError where the file was spoilt by hand."""
    from tensionwire.measure.definitions import Definitions, definitions
    from tensionwire.settings import load

    path = place()
    return definitions(load(path)) if path.exists() else Definitions(blocs={}, issues={})


def keep(own: Definitions) -> Path:
    """Write the file, whole or not at all."""
    from tensionwire.cli.output import to_file
    from tensionwire.measure.definitions import toml

    path = place()
    to_file(path, [_HEADER, toml(own)])
    return path
