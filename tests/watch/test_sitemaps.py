"""Sitemaps of every kind, and what is new in them."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from watching import Desk, Site, source

NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def day(ago: int) -> str:
    return (datetime.now(UTC) - timedelta(days=ago)).strftime("%Y-%m-%d")


def urlset(*entries: str) -> str:
    inside = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {NEWS}>{inside}</urlset>'


def loc(url: str, changed: str | None = None) -> str:
    return f"<loc>{url}</loc>" + (f"<lastmod>{changed}</lastmod>" if changed else "")


def sitemap(site: Site, **options: object) -> object:
    return source(f"{site.url}/sitemap.xml", "sitemap", **{"newest": 3 * 86400.0, "backlog": False, **options})


def test_what_is_new_is_taken_and_what_is_old_is_noted(site: Site, desk: Desk) -> None:
    new, old = site.article("/new", "New"), site.article("/old", "Old")
    site.pages["/sitemap.xml"] = (200, {}, urlset(loc(new, day(1)), loc(old, day(30))))
    desk.once(sitemap(site))
    assert desk.ledger.titles() == ["New"]
    site.pages["/sitemap.xml"] = (200, {}, urlset(loc(new, day(1)), loc(old, day(0))))
    desk.once(sitemap(site))
    assert desk.ledger.titles() == ["New", "Old"]


def test_without_dates_only_what_comes_later_is_taken(site: Site, desk: Desk) -> None:
    first, second = site.article("/1", "One"), site.article("/2", "Two")
    site.pages["/sitemap.xml"] = (200, {}, urlset(loc(first)))
    desk.once(sitemap(site))
    site.pages["/sitemap.xml"] = (200, {}, urlset(loc(first), loc(second)))
    desk.once(sitemap(site))
    assert desk.ledger.titles() == ["Two"]


def test_a_backlog_is_taken_when_asked_for(site: Site, desk: Desk) -> None:
    site.pages["/sitemap.xml"] = (200, {}, urlset(loc(site.article("/1", "One"))))
    desk.once(sitemap(site, backlog=True))
    assert desk.ledger.titles() == ["One"]


def test_a_news_sitemap_tells_the_day_of_publication(site: Site, desk: Desk) -> None:
    when = f"{day(1)}T10:00:00Z"
    news = f"<news:news><news:publication_date>{when}</news:publication_date><news:title>T</news:title></news:news>"
    site.pages["/sitemap.xml"] = (200, {}, urlset(loc(site.article("/1", "One")) + news))
    desk.once(sitemap(site))
    assert (desk.ledger.records[0].published or "")[:10] == day(1)


def test_an_index_leads_to_its_sitemaps_packed_ones_too(site: Site, desk: Desk) -> None:
    packed = gzip.compress(urlset(loc(site.article("/1", "One"), day(1))).encode())
    site.pages["/a.xml.gz"] = (200, {"Content-Type": "application/x-gzip", "ETag": '"a"'}, packed)
    site.pages["/b.xml"] = (200, {}, urlset(loc(site.article("/2", "Two"), day(1))))
    maps = "".join(
        f"<sitemap>{loc(f'{site.url}/{n}', d)}</sitemap>"
        for n, d in (("a.xml.gz", day(1)), ("b.xml", day(0)), ("old.xml", day(99)))
    )
    site.pages["/sitemap.xml"] = (200, {}, f"<sitemapindex>{maps}</sitemapindex>")
    desk.once(sitemap(site))
    desk.once(sitemap(site))
    assert sorted(desk.ledger.titles()) == ["One", "Two"]  # type: ignore[type-var]
    assert "/old.xml" not in site.paths()
    assert next(one for one in reversed(site.asked) if one.path == "/a.xml.gz").headers["if-none-match"] == '"a"'


def test_an_index_that_holds_itself_ends(site: Site, desk: Desk) -> None:
    site.pages["/sitemap.xml"] = (
        200,
        {},
        f"<sitemapindex><sitemap>{loc(f'{site.url}/sitemap.xml')}</sitemap></sitemapindex>",
    )
    desk.once(sitemap(site))
    assert site.paths().count("/sitemap.xml") <= 4


def test_a_list_of_addresses_in_plain_text(site: Site, desk: Desk) -> None:
    site.pages["/sitemap.xml"] = (200, {}, site.article("/1", "One") + "\nno address\n")
    desk.once(sitemap(site, backlog=True))
    assert desk.ledger.titles() == ["One"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html><body>x", "it is <html>, not a sitemap"),
        (b"hello", "it is no sitemap"),
        (b"<rss><channel/></rss>", "it is <rss>"),
        (b"", "it is no sitemap"),
        (b"<", "it is no XML"),
        (b'<!DOCTYPE u [<!ENTITY x "y">]><urlset/>', "declares entities"),
        (gzip.compress(b"<urlset>" + b" " * 9_000_000), "larger than 8 MB"),
        (gzip.compress(b"<urlset/>")[:-12], "cut off"),
        (b"\x1f\x8bnot gzip", "damaged"),
    ],
)
def test_broken_sitemaps_are_told(site: Site, desk: Desk, body: bytes, why: str) -> None:
    site.pages["/sitemap.xml"] = (200, {}, body)
    assert desk.once(sitemap(site)).tally.failed == 1
    assert why in desk.told()
