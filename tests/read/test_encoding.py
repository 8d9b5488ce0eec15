"""Bytes to text."""

from __future__ import annotations

import gzip
import zlib

import pytest

from tensionwire.errors import InputError
from tensionwire.read.encoding import decoded, decoded_page, refuse_binary, stream_encoding
from tensionwire.read.formats import format_of
from tensionwire.read.tags import slimmed

TEXT = "Zürich – “nein”, sagte Çelik. "


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_files_in_common_encodings(encoding: str) -> None:
    assert decoded((TEXT * 5).encode(encoding), "a.txt").lstrip("\ufeff") == TEXT * 5


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (TEXT.encode() + b"\xff\xfe\xfd", "is not UTF-8"),
        (TEXT.encode()[:-3] + b"\xe2\x80", "is not UTF-8"),
        (b"Z\x81rich \x8d", "is neither UTF-8 nor cp1252"),
        (b"\xff\xfeA", "is neither UTF-8 nor utf-16"),
    ],
)
def test_files_that_cannot_be_decoded(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        decoded(data, "a.txt")


@pytest.mark.parametrize(
    ("data", "header"),
    [
        ('<meta charset="windows-1251"><p>Мир и война'.encode("cp1251"), None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Мир и война'.encode("koi8-r"), None),
        ('<?xml version="1.0" encoding="windows-1251"?><p>Мир и война'.encode("cp1251"), None),
        ("<p>Мир и война".encode("cp1251"), "windows-1251"),
        ("<p>Мир и война".encode("utf-16"), None),
        ('<meta charset="windows-1251"><p>Мир и война'.encode(), None),
        ('<meta charset="no-such-set"><p>Мир и война'.encode(), "rot13"),
    ],
)
def test_pages_in_what_they_declare(data: bytes, header: str | None) -> None:
    assert decoded_page(data, "a.html", header).endswith("<p>Мир и война")


def test_a_page_may_have_a_few_broken_bytes() -> None:
    data = ("<p>" + "Мир и война. " * 50).encode() + b"\xd0"
    assert decoded_page(data, "a.html").count("\ufffd") == 1
    with pytest.raises(InputError, match="fit neither"):
        decoded_page(b"\x81\x8d\x8f\x90" * 50, "a.html")


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip archive or an office document"),
        (b"\x89PNG\r\n", "picture"),
        (gzip.compress(b"x"), "gzip"),
        (b"\x7fELF\x02\x01", "program"),
        (bytes(range(256)) * 4, "binary"),
        (b"\0" * 100, "binary"),
        (zlib.compress(bytes(range(256)) * 50), "binary"),
    ],
)
def test_what_is_no_text(head: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        refuse_binary(head, "a")


def test_a_stray_zero_is_no_binary() -> None:
    refuse_binary(b"The envoy left the capital on Monday.\0 " * 5 + b"He said no more. " * 40, "a.txt")


def test_a_character_cut_in_two_by_the_look_ahead_is_no_fault() -> None:
    assert stream_encoding(("a" * 4095 + "ü").encode()[:4096]) == "utf-8"
    assert stream_encoding("üü".encode("cp1252") * 3000) == "cp1252"


@pytest.mark.parametrize(
    ("name", "head", "media", "kind"),
    [
        ("a.txt", b"Envoy left.", None, "text"),
        ("a.txt", b"\n<!-- x --><!DOCTYPE html><p>", None, "html"),
        ("a.HTM", b"Envoy left.", None, "html"),
        ("a.md", b"Envoy left.", None, "markdown"),
        ("a.jsonl.gz", b"{}", None, "lines"),
        ("a.xml", b"<?xml version='1.0'?><html>", None, "html"),
        ("a.xml", b"<Sentences>", None, "petrarch"),
        ("-", b'{"text": "x"}', None, "json"),
        ("-", b' [ {"text": "x"}]', None, "json"),
        ("-", b"[Update] The envoy left.", None, "text"),
        ("-", b"id,text\n1,x", None, "csv"),
        ("-", b"id\ttext\n1\tx", None, "tsv"),
        ("-", b"In a text, words follow words.\nMore.", None, "text"),
        ("-", b"# Envoy left\n\nHe did.", None, "markdown"),
        ("-", b"---\ntitle: Envoy\n---\nHe left.", None, "markdown"),
        ("-", b"<?xml version='1.0'?><Sentences>", None, "petrarch"),
        ("-", "<html>".encode("utf-16"), None, "html"),
        ("https://a.example/b", b"Envoy left.", "text/plain", "text"),
        ("https://a.example/b", b"Envoy left.", "text/html", "html"),
        ("https://a.example/b.php", b"<html>", "application/unknown", "html"),
        ("https://a.example/b.csv", b"id,text", "text/plain", "csv"),
        ("https://a.example/b", b"{}", "application/json", "json"),
    ],
)
def test_formats(name: str, head: bytes, media: str | None, kind: str) -> None:
    assert format_of(name, head, media) == kind


@pytest.mark.parametrize(
    ("name", "media"), [("a.docx", None), ("a.png", None), ("https://a.example/b", "application/pdf")]
)
def test_what_is_not_news_text(name: str, media: str | None) -> None:
    with pytest.raises(InputError, match="not news text"):
        format_of(name, b"", media)


def test_only_crowded_tags_lose_their_attributes() -> None:
    crowd = "<p " + " ".join(f"a{n}='>'" for n in range(20_000)) + ">"
    picture = f'<img src="data:image/png;base64,{"A" * 100_000}" alt=x>'
    script = "<script>" + "if (a<b) {c = 'it'} " * 5_000 + "</script>"
    source = f"<!-- {crowd} --><b c=d>{picture}{script}{crowd}Talks</p>"
    assert slimmed(source) == f"<!-- {crowd} --><b c=d>{picture}{script}<p>Talks</p>"
