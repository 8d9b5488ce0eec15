"""Where a page of the desk lies in the static site. No address leads out of its folder."""

from __future__ import annotations

import hashlib
import posixpath
import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_ODD = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST: Final = 60
_STATIC: Final = "/static/"
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)


def page_file(address: str) -> str:
    """The file of a page's address (path and query), with forward slashes.

    >>> page_file("/"), page_file("/incident/i12"), page_file("/actor/%2E%2E%2Fetc")[:10], page_file("/?day=2017-04-11")
    ('index.html', 'incident/i12.html', 'actor/etc-', 'index-day-2017-04-11.html')
    """
    parts = urlsplit(address)
    words = [unquote(step) for step in parts.path.split("/") if step]
    steps = [_step(word, first=number == 0) for number, word in enumerate(words)] or ["index"]
    if parts.query:
        steps[-1] = f"{steps[-1]}-{_step('-'.join(f'{name}-{value}' for name, value in parse_qsl(parts.query)))}"
    return "/".join(steps) + ".html"


def static_file(address: str) -> str | None:
    """The file of a style or picture; None for an address that is none of ours.

    >>> static_file("/static/desk.css?v=1"), static_file("/static/../x.css"), static_file("/report/r1")
    ('static/desk.css', None, None)
    """
    path = unquote(urlsplit(address).path)
    name = path.removeprefix(_STATIC)
    if not path.startswith(_STATIC) or not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", name):
        return None
    return f"static/{name}"


def tidy(address: str) -> str | None:
    """An address of the desk in one spelling, without its fragment; None where it leads elsewhere.

    >>> tidy("/pair/a/b?x=1#top"), tidy("https://x.example/"), tidy("//x.example/"), tidy("javascript:alert(1)")
    ('/pair/a/b?x=1', None, None, None)
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return None
    query = urlencode(sorted(parse_qsl(parts.query)))
    return parts.path + (f"?{query}" if query else "")


def between(source: str, target: str) -> str:
    """The way from one file of the site to another.

    >>> between("incident/i1.html", "static/desk.css"), between("index.html", "pair/a/b.html")
    ('../static/desk.css', 'pair/a/b.html')
    """
    return posixpath.relpath(target, posixpath.dirname(source) or ".")


def _step(words: str, *, first: bool = True) -> str:
    """One step of a path that every file system takes; what had to be changed is told apart by a hash."""
    plain = _ODD.sub("-", words).strip("-")[:_LONGEST]
    # File systems that do not tell capitals apart would let two pages be one file: of words of three letters, the codes
    # of countries, those in capitals stay as they are; of all others, and in the names of routes, those in small ones.
    code = len(plain) <= 3 and plain.isalpha() and not first
    if plain == words and plain.lower() not in _RESERVED and plain == (plain.upper() if code else plain.lower()):
        return plain
    mark = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain}-{mark}" if plain else mark
