"""HTML elements out of text that nobody trusts: what is not Markup is escaped, always."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from tensionwire.exchange.plain import visible

_VOID: Final = frozenset({"meta", "link", "br"})


class Markup(str):
    """Text that is HTML already. Only `el` and `join` make it, and constants of ours."""

    __slots__ = ()


def esc(text: str) -> Markup:
    """The text as HTML shows it, hostile characters replaced.

    >>> esc('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return text if isinstance(text, Markup) else Markup(escape(visible(text), quote=True))


def el(name: str, *inside: str | None, **attributes: str | None) -> Markup:
    """An element. `class_` stands for class and `_` for a hyphen; what is None is left out.

    >>> el("a", "e1 & c2", href="#e1", class_="ref")
    '<a href="#e1" class="ref">e1 &amp; c2</a>'
    """
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    open_tag = name + "".join(f' {key}="{esc(value)}"' for key, value in pairs if value is not None)
    return Markup(f"<{open_tag}>" + ("" if name in _VOID else f"{join(inside)}</{name}>"))


def join(parts: Iterable[str | None], between: str = "") -> Markup:
    """Parts one after the other, those that are None left out.

    >>> join(["a", None, "<"], ", ")
    'a, &lt;'
    """
    return Markup(esc(between).join(esc(part) for part in parts if part is not None))
