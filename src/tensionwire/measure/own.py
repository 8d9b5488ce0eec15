"""Where a user's own blocs and issues are kept: one TOML file in the folder of settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from tensionwire.measure.definitions import Definitions, definitions
from tensionwire.settings import load

VARIABLE: Final = "TENSIONWIRE_DEFINITIONS"


def place() -> Path:
    """Where the file is: `TENSIONWIRE_DEFINITIONS`, else `definitions.toml` in the user's folder of settings."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("tensionwire", appauthor=False) / "definitions.toml"


def kept() -> Definitions:
    """What the user has defined; raises UsageError where the file was spoilt by hand."""
    path = place()
    return definitions(load(path)) if path.exists() else Definitions(blocs={}, issues={})
