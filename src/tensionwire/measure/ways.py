"""Two choices of who asks for a series. Apart, so that the command line names them without loading the rest."""

from __future__ import annotations

from enum import StrEnum


class Ways(StrEnum):
    """Which acts between the sides count; an act without direction (a meeting) counts in each."""

    both = "both"
    out = "out"
    back = "in"


class Undated(StrEnum):
    """What becomes of a telling without a date: left out, or put on the day it was published and marked so."""

    out = "out"
    published = "published"
