"""Resolving: who, when and where the spans of an annotated report mean."""

from tensionwire.resolve.resolver import Resolver

__all__ = ["Resolver"]
