"""Feeds, on a site of this machine: what is new, conditional requests, and everything that can be wrong with a feed."""

from __future__ import annotations

import gzip
import time
from typing import Any

import pytest

from watching import Desk, Site, source


def test_each_item_is_read_coded_and_kept_once(site: Site, desk: Desk) -> None:
    feed = site.feed("/feed", site.article("/1", "One"), site.article("/2", "Two"))
    assert desk.once(source(feed)).tally.added == 2
    assert sorted(desk.ledger.titles()) == ["One", "Two"]  # type: ignore[type-var]
    assert {record.url for record in desk.ledger.records} == {f"{site.url}/1", f"{site.url}/2"}
    assert all(len(record.events) == 5 for record in desk.ledger.records)
    site.feed("/feed", f"{site.url}/1", f"{site.url}/2", site.article("/3", "Three"))
    assert desk.once(source(feed)).tally.added == 1
    assert site.paths() == ["/feed", "/1", "/2", "/feed", "/3"]


def test_an_unchanged_feed_is_not_sent_again(site: Site, desk: Desk) -> None:
    feed = site.feed("/feed", site.article("/1", "One"), ETag='"a"', Last_Modified="Tue, 11 Apr 2017 00:00:00 GMT")
    desk.once(source(feed))
    desk.once(source(feed))
    last = site.asked[-1]
    assert last.headers["if-none-match"] == '"a"'
    assert last.headers["if-modified-since"] == "Tue, 11 Apr 2017 00:00:00 GMT"
    assert "detail feed: unchanged" in desk.told()


def test_the_text_in_the_feed_can_be_taken_instead_of_the_page(site: Site, desk: Desk) -> None:
    text = "<p>Norway condemned Iceland on Monday after the talks.</p>" * 3
    feed = site.feed(
        "/feed",
        f"<item><title>Talks &amp; blame</title><link>{site.url}/none</link><guid>g1</guid>"
        f"<pubDate>Tue, 11 Apr 2017 10:00:00 GMT</pubDate><description><![CDATA[{text}]]></description></item>",
    )
    desk.once(source(feed, content="feed", outlet="Adria Post"))
    (record,) = desk.ledger.records
    assert (record.title, record.outlet, record.url) == ("Talks & blame", "Adria Post", f"{site.url}/none")
    assert record.published == "2017-04-11T10:00:00+00:00"
    assert site.paths() == ["/feed"]


def test_the_day_of_the_feed_serves_a_page_without_one(site: Site, desk: Desk) -> None:
    url = site.article("/1", "One")
    item = f"<item><link>{url}</link><pubDate>Tue, 11 Apr 2017 10:00:00 +0200</pubDate></item>"
    desk.once(source(site.feed("/feed", item)))
    assert (desk.ledger.records[0].published or "")[:10] == "2017-04-11"


def test_atom_with_updates_is_read_again_a_few_times(site: Site, desk: Desk) -> None:
    def publish(minute: int) -> str:
        site.article("/1", f"Version {minute}")
        site.pages["/atom"] = (
            200,
            {},
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>urn:1</id><title>x</title>'
            f'<link href="/1"/><updated>2017-04-11T10:{minute:02}:00Z</updated></entry></feed>',
        )
        return f"{site.url}/atom"

    for minute in range(5):
        desk.once(source(publish(minute), revisits=2))
    assert desk.ledger.titles() == ["Version 0", "Version 1", "Version 2"]


def test_a_first_look_takes_a_few_and_the_next_the_rest(site: Site, desk: Desk) -> None:
    feed = site.feed("/feed", *(site.article(f"/{n}", f"T{n}") for n in range(5)), ETag='"a"')
    for added in (2, 2, 1, 0):
        assert desk.once(source(feed, limit=2)).tally.added == added


@pytest.mark.parametrize(("option", "titles"), [({"match": "/2$"}, ["Two"]), ({"skip": "/2$"}, ["One"])])
def test_addresses_that_are_not_wanted(site: Site, desk: Desk, option: dict[str, str], titles: list[str]) -> None:
    import re

    feed = site.feed("/feed", site.article("/1", "One"), site.article("/2", "Two"))
    desk.once(source(feed, **{key: re.compile(value) for key, value in option.items()}))
    assert desk.ledger.titles() == titles


def test_an_article_in_two_feeds_is_fetched_once(site: Site, desk: Desk) -> None:
    url = site.article("/1", "One")
    desk.once(source(site.feed("/a", url)), source(site.feed("/b", url)))
    assert site.paths().count("/1") == 1


BOMB = (
    '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'
)
PAGE = '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/real.xml"></head></html>'


def endless(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel>")
    while True:
        handler.wfile.write(b"<item><title>more and more</title></item>" * 50)


def silent(handler: Any) -> None:
    time.sleep(3)


def cut(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss><channel>")


BROKEN: dict[str, tuple[Any, str]] = {
    "a page": ((200, {"Content-Type": "text/html"}, PAGE), "a web page, not a feed; it names this feed: /real.xml"),
    "a page without": ((200, {}, "<html><p>x"), "look for the address of its feed"),
    "a text": ((200, {}, "hello"), "neither RSS nor Atom"),
    "nothing": ((200, {}, ""), "neither RSS nor Atom"),
    "a picture": ((200, {}, b"\x89PNG\r\n\x1a\n\x00\x00"), "neither RSS nor Atom"),
    "a bomb": ((200, {}, BOMB), "it declares entities"),
    "a bomb in UTF-16": ((200, {}, BOMB.encode("utf-16")), "it declares entities"),
    "endless": (endless, "larger than 1 MB"),
    "huge": ((200, {}, "<rss>" + " " * 1_000_001), "larger than 1 MB"),
    "a small huge one": ((200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 9_000_000)), "larger than 1 MB"),
    "all tags": ((200, {}, "<rss>" + "<a>" * 200_000), "more than 100,000 tags"),
    "silent": (silent, "did not answer in time"),
    "cut off": (cut, "cannot be reached"),
    "404": ((404, {}, "x"), "answered 404"),
    "410": ((410, {}, "x"), "answered 410"),
    "500": ((500, {}, "x"), "answered 500"),
    "a loop": ((302, {"Location": "/feed"}, ""), "redirects more than 5 times"),
    "a way to a file": ((302, {"Location": "file:///etc/passwd"}, ""), "no web address"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_feed_is_told_and_stops_no_other(
    site: Site, desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tensionwire.read.fetch.PATIENCE", 0.5)
    page, why = BROKEN[name]
    site.pages["/feed"] = page
    good = source(site.feed("/good", site.article("/1", "One")))
    bad = source(f"{site.url}/feed", name="bad", max_bytes=1_000_000)
    tally = desk.once(bad, good).tally
    assert (tally.failed, tally.added) == (1, 1)
    (told,) = [one for one in desk.notices if one.level == "warning"]
    assert why in told.told
    assert told.source == "bad"


MENDED: dict[str, Any] = {
    "broken XML": "<rss version='2.0'><channel><item><title>a & b <b></title><link>{}</link></item><item>",
    "no UTF-8": "<?xml version='1.0' encoding='windows-1251'?><rss version='2.0'><channel><title>Новости</title><item><title>Мир</title><link>{}</link></item></channel></rss>",
    "another charset than it says": b"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><item><title>caf\xe9 \xff</title><link>%s</link></item></channel></rss>",
    "control characters": "<rss version='2.0'><channel><item><title>\x1b[31m red</title><link>{}</link></item></channel></rss>",
    "RSS 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/><item><title>x</title><link>{}</link></item></rdf:RDF>',
    "items without anything": "<rss version='2.0'><channel><item/><item><title>x</title></item><item><link>{}</link></item><item><link>javascript:alert(1)</link></item></channel></rss>",
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_read_of_a_poor_feed_is_read(site: Site, desk: Desk, name: str) -> None:
    url, body = site.article("/1", "One"), MENDED[name]
    body = body % url.encode() if isinstance(body, bytes) else body.format(url)
    body = body.encode("windows-1251") if name == "no UTF-8" else body
    site.pages["/feed"] = (200, {"Content-Type": "text/xml"}, body)
    desk.once(source(f"{site.url}/feed"))
    assert desk.ledger.titles() == ["One"], desk.told()


def test_pages_that_cannot_be_had_are_tried_again_unless_they_are_gone(site: Site, desk: Desk) -> None:
    site.pages["/later"] = (503, {}, "")
    site.pages["/paper"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.4")
    items = (f"{site.url}/gone", f"{site.url}/later", f"{site.url}/paper", site.article("/1", "One"))
    feed = source(site.feed("/feed", *items, ETag='"a"'))
    tally = desk.once(feed).tally
    assert (tally.added, tally.failed) == (1, 3)
    assert "/gone: the server answered 404 (left out)" in desk.told()
    assert "/later: the server answered 503 (asked again at the next run)" in desk.told()
    site.article("/later", "Late")
    desk.once(feed)
    assert desk.ledger.titles() == ["One", "Late"]
    assert site.paths().count("/gone") == 1


def test_a_report_that_cannot_be_coded_is_left_out(site: Site, desk: Desk) -> None:
    feed = source(site.feed("/feed", site.article("/1", "raise"), site.article("/2", "Two")))
    tally = desk.once(feed).tally
    assert (tally.added, tally.failed) == (1, 1)
    assert "could not be coded (ValueError: asked to fail)" in desk.told()
    assert desk.once(feed).tally.failed == 0


def test_private_addresses_are_refused(site: Site, desk: Desk) -> None:
    feed = source(site.feed("/feed", site.article("/1", "One")))
    assert desk.once(feed, allow_private=False).tally.failed == 1
    assert "private address 127.0.0.1" in desk.told()
    assert not site.asked


def test_no_secret_comes_into_a_log(site: Site, desk: Desk) -> None:
    site.pages["/feed?key=hush"] = (500, {}, "")
    desk.once(source(f"{site.url}/feed?key=hush", name="feed"))
    assert "answered 500" in desk.told()
    assert "hush" not in desk.told()
    desk.once(source(site.feed("/list", site.url.replace("//", "//me:hush@") + "/x?key=hush")))
    assert "user name or password" in desk.told()
    assert "hush" not in desk.told()
