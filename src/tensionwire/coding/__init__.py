"""Coding: from a resolved report to its record; one file each for events, claims, relations and so on."""

from tensionwire.coding.record import code

__all__ = ["code"]
