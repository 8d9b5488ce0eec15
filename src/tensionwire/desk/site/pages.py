"""A page of the desk made to stand alone: no script, no form, links to other files of the site or to nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import lxml.html
from lxml import etree

from tensionwire.desk.site.addresses import between, page_file, static_file, tidy

# "file:" for a folder that is opened without a server, 'self' for one that is put on the web.
POLICY: Final = (
    "default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'"
)
_GONE: Final = ("script", "form", "iframe", "object", "embed", "base", "noscript")
Leads = Callable[[str], str | None]
_LINKS: Final = ("href", "src", "{http://www.w3.org/1999/xlink}href", "xlink:href")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A page as it stands in the site, and the addresses of the styles and pictures that it shows."""

    html: bytes
    statics: tuple[str, ...]


def links(html: bytes) -> tuple[str, ...]:
    """The addresses of other pages of the desk that a page leads to."""
    found = (tidy(value) for _, _, value in _links(_document(html)))
    return tuple(dict.fromkeys(one for one in found if one is not None and static_file(one) is None))


def standing(html: bytes, address: str, leads: Leads, note: str) -> Standing:
    """The page of an address with its links made into ways between files.

    `leads` gives the page of the site that an address leads to, None for those that it has not: links to them are no
    links any more. `note` goes into the foot.
    """
    document, source = _document(html), page_file(address)
    for element in list(document.iter(*_GONE)):
        element.drop_tree()
    for element in document.iter():
        for name in list(element.attrib):
            if str(name).lower().startswith(("on", "hx-", "data-hx")):
                del element.attrib[name]
    statics: list[str] = []
    for element, name, value in list(_links(document)):
        _lead(element, name, value, source, leads, statics)
    _head(document)
    _foot(document, note)
    made = lxml.html.tostring(document, encoding="utf-8", doctype="<!DOCTYPE html>")
    return Standing(html=made, statics=tuple(dict.fromkeys(statics)))


def _document(html: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))


def _links(document: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str, str]]:
    for element in document.iter():
        for name in _LINKS:
            if isinstance(element.tag, str) and (value := element.get(name)) is not None:
                yield element, name, value


def _lead(
    element: lxml.html.HtmlElement, name: str, value: str, source: str, leads: Leads, statics: list[str]
) -> None:  # fmt: skip
    if value.startswith("#") or (element.tag == "a" and value.lower().startswith(("http://", "https://"))):
        return  # a place on the page, or a report's own address, which nothing follows by itself
    if (static := static_file(value)) is not None:
        statics.append(value)
        element.set(name, between(source, static))
        return
    address = tidy(value)
    page = leads(address) if address is not None and element.tag == "a" else None
    if page is None:
        del element.attrib[name]
        return
    _, mark, fragment = value.partition("#")
    element.set(name, between(source, page_file(page)) + mark + fragment)


def _head(document: lxml.html.HtmlElement) -> None:
    head = document.find("head")
    if head is None:
        return
    for meta in head.findall("meta"):
        if meta.get("name") == "htmx-config":
            meta.drop_tree()
    policy = etree.Element("meta")
    policy.set("http-equiv", "Content-Security-Policy")
    policy.set("content", POLICY)
    referrer = etree.Element("meta", name="referrer", content="no-referrer")
    head.insert(1, policy)
    head.insert(2, referrer)


def _foot(document: lxml.html.HtmlElement, note: str) -> None:
    for foot in document.find_class("foot"):
        told = etree.SubElement(foot, "p")
        told.text = note
