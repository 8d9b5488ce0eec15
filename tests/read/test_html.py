"""Saved pages: text, and what a page says about itself in its many ways."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from tensionwire.errors import InputError
from tensionwire.read import read_html
from tensionwire.read.html import read_page
from tensionwire.read.metadata import clean_address
from tensionwire.records import Report

PARAGRAPHS = (
    "The government of Adria recalled its ambassador from Belmark on Monday after a quarrel over the lower river.",
    "Belmark's foreign minister called the step childish, and said that the border would stay open to everybody.",
    "Two rounds of talks had failed since March, when a patrol boat of Belmark was fired upon near the town of Senn.",
    "Nobody was hurt then, but the insurer of the boat has gone to court, and the hearing is to begin next week.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(
    head: str = "", body: str = BODY, heading: str = "<h1>Adria Recalls Envoy</h1>", html: str = "<html lang=en>"
) -> Report:
    return read_html(f"<!doctype html>{html}<head>{head}</head><body><article>{heading}{body}</article></body></html>")


OWN = "Adria Recalls Envoy"


def linked_data(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def test_the_text_is_the_paragraphs() -> None:
    report = page()
    assert report.text.split("\n\n") == list(PARAGRAPHS)
    assert (report.title, report.language) == ("Adria Recalls Envoy", "en")


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Adria Recalls Envoy | The Post</title>" + meta("og:site_name", "The Post"), "", OWN),
        (
            "<title>Adria Recalls Envoy - World - The Post</title>",
            "<h1>Adria Recalls Envoy</h1>",
            "Adria Recalls Envoy",
        ),
        (
            meta("og:title", "Adria Recalls Envoy – POST – 13.06.2023"),
            "<h1>Adria Recalls Envoy</h1>",
            "Adria Recalls Envoy",
        ),
        (
            meta("og:title", "Envoy row") + linked_data(headline=OWN),
            "<h1>Adria Recalls Envoy</h1>",
            "Adria Recalls Envoy",
        ),
        (linked_data(headline="Adria &amp; Belmark: &quot;no&quot;"), "", 'Adria & Belmark: "no"'),
        ("", "<h1>Adria Recalls Envoy</h1><h1>Most popular</h1><h1>You might like</h1>", OWN),
        ("<title>The Post: Adria Recalls Envoy</title>", "<h1> </h1>", "The Post: Adria Recalls Envoy"),
        ("<title>Post | Adria Recalls Envoy</title>" + meta("og:site_name", "Post"), "", OWN),
        (
            meta("og:title", "Why A - and only A - can win this war of words"),
            "",
            "Why A - and only A - can win this war of words",
        ),
        ("", "", None),
    ],
)
def test_titles(head: str, heading: str, title: str | None) -> None:
    assert page(head, heading=heading).title == title


def test_a_headline_that_was_cut_off_gives_way_to_the_whole() -> None:
    whole = (
        "Adria recalls its envoy from Belmark after a long and bitter quarrel over the lower river and the boats on it"
    )
    assert (
        page(linked_data(headline=whole[:60] + "…") + meta("og:title", whole), heading=f"<h1>{whole}</h1>").title
        == whole
    )


@pytest.mark.parametrize(
    ("head", "above", "published"),
    [
        (meta("article:published_time", "2017-04-11T08:30:00Z"), "", "2017-04-11T08:30:00+00:00"),
        (linked_data(headline="x", datePublished="2017-04-11T23:30:00-04:00"), "", "2017-04-11T23:30:00-04:00"),
        (linked_data(headline="x", datePublished="soon") + meta("date", "2017-04-11"), "", "2017-04-11"),
        ('<meta name="DC.date.issued" content="2017-04-11">', "", "2017-04-11"),
        ("", '<time datetime="2017-04-11T08:30">Tuesday</time>', "2017-04-11T08:30:00"),
        ("", '<span class="article-date">April 11, 2017</span>', "2017-04-11"),
        ("", '<p class="published">Опубликовано 11 апреля 2017</p>', "2017-04-11"),
        ("", '<span itemprop="datePublished" content="2017-04-11">x</span>', "2017-04-11"),
        ('<link rel="canonical" href="https://post.example/2017/04/11/envoy">', "", "2017-04-11"),
        ("", '<span class="date">04/05/2017</span>', None),
        ("", "<footer>Copyright 2017. Page made 11 April 2017.</footer>", None),
        ("", "", None),
    ],
)
def test_dates_of_publication(head: str, above: str, published: str | None) -> None:
    report = page(head, heading=f"<h1>Adria Recalls Envoy</h1>{above}")
    assert report.published == published
    assert (report.published_reason is None) == (published is not None)


def test_a_date_far_from_the_heading_is_another_reports() -> None:
    filler = "<div>" * 40 + "</div>" * 40
    assert page(body=BODY + filler * 4 + '<time datetime="2001-01-01">old</time>').published is None


def test_what_the_page_says_goes_before_the_option() -> None:
    given = f"<body>{meta('date', '2017-04-11')}<h1>A</h1>{BODY}"
    assert read_html(given, published="2020-01-01").published == "2017-04-11"
    assert read_html(f"<body><h1>A</h1>{BODY}", published="2020-01-01").published == "2020-01-01"


def test_linked_data_in_all_its_shapes() -> None:
    article = {
        "@type": ["Article", "NewsArticle"],
        "headline": "Adria Recalls Envoy",
        "author": [{"@type": "Person", "name": "Mira Tal"}, "Jon Ek"],
        "publisher": {"@type": "Organization", "name": "The Post"},
        "dateModified": "2017-04-12",
    }
    for value in (article, [article], {"@graph": [{"@type": "WebPage"}, article]}, {"mainEntity": article}):
        report = page(f'<script type="application/ld+json">{json.dumps(value)}</script>')
        assert (report.byline, report.outlet, report.modified) == ("Mira Tal, Jon Ek", "The Post", "2017-04-12")


@pytest.mark.parametrize(
    "script",
    [
        "<!-- {'not': json} -->",
        '{"@type": "NewsArticle", "headline": "Adria Recalls Envoy",}',
        '/* <![CDATA[ */ {"@type": "NewsArticle", "headline": "Adria Recalls Envoy"}',
        "[" * 5000,
        '{"@type": 7, "headline": ["x"], "author": {"name": {"name": 3}}, "datePublished": {"a": 1}}',
        '{"@type": "NewsArticle", "headline": "' + "x" * 100_000,
        "null",
    ],
)
def test_broken_linked_data_does_no_harm(script: str) -> None:
    assert page(f'<script type="application/ld+json">{script}</script>').title == "Adria Recalls Envoy"


def test_the_linked_article_is_chosen_among_several() -> None:
    others = [{"@type": "NewsArticle", "headline": f"Other {n}", "datePublished": "2001-01-01"} for n in range(3)]
    own = {"@type": "NewsArticle", "headline": "Adria Recalls Envoy", "datePublished": "2017-04-11"}
    script = f'<script type="application/ld+json">{json.dumps([*others, own])}</script>'
    report = page(script + meta("og:title", "Adria Recalls Envoy"))
    assert (report.title, report.published) == ("Adria Recalls Envoy", "2017-04-11")


def test_the_article_body_of_the_linked_data_shows_what_is_furniture() -> None:
    noise = "<p>Ten boats that you can buy this summer without a licence, tried out by our own crew of amateurs.</p>"
    report = page(linked_data(headline="A", articleBody=" ".join(PARAGRAPHS)), body=BODY + noise)
    assert "Ten boats" not in report.text
    assert report.text.split("\n\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "card",
    [
        '<h2>More from The Post</h2><h3><a href="/b">Senn votes</a></h3><p>The town elects a mayor in the rain.</p>',
        '<a href="/b"><div><h3>Senn votes</h3><p>The town elects a mayor in the rain this Sunday.</p></div></a>',
        '<p><a href="/b">SENN VOTES: TOWN ELECTS A MAYOR IN THE RAIN</a></p>',
        "<p>Read more: Senn votes</p>",
        "<h3>Sign up for our newsletter</h3><p>Senn votes, and more, each day.</p>",
        "<p>The mayor of Senn votes</p><p>Photo: Ed Roe</p>",
        "<p>Copyright 2017 The Post. Senn votes. All rights reserved.</p>",
    ],
)
def test_what_leads_elsewhere_is_gone(card: str) -> None:
    report = page(body=BODY + card)
    assert "enn votes" not in report.text
    assert "SENN" not in report.text
    assert report.text.split("\n\n") == list(PARAGRAPHS)


def test_a_teaser_in_the_middle_takes_nothing_with_it() -> None:
    half = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:2])
    rest = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[2:])
    report = page(body=f'{half}<h2>Related</h2><ul><li><a href="/b">Senn votes</a></li></ul>{rest}')
    assert [part for part in report.text.split("\n\n") if part in PARAGRAPHS] == list(PARAGRAPHS)
    assert "Senn votes" not in report.text


def test_sub_headings_are_kept_and_marked() -> None:
    body = f"<p>{PARAGRAPHS[0]}</p><h2>Reactions</h2><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p><h2>Comments</h2>"
    report = page(body=body)
    assert [span.of(report.text) for span in report.subheads] == ["Reactions"]


def test_the_standfirst_is_put_on_top_where_the_page_shows_it() -> None:
    lead = "A quarrel over the lower river has been simmering for years, and now it boils over."
    head = meta("og:description", lead[:60] + "…")
    shown = page(head, heading=f"<header><h1>Adria Recalls Envoy</h1><div class=x>{lead}</div></header>")
    assert shown.text.split("\n\n")[0] == lead
    assert page(head).text.split("\n\n")[0] == PARAGRAPHS[0]


def test_credits_are_found_and_kept() -> None:
    report = page(body=BODY + "<p>With reporting by AFP and dpa</p>")
    assert report.agencies == ("AFP", "dpa")


def test_line_breaks_end_paragraphs() -> None:
    report = page(body="<div>" + "<br><br>".join(PARAGRAPHS) + "</div>")
    assert report.text.split("\n\n") == list(PARAGRAPHS)


def test_the_address_is_the_canonical_one() -> None:
    assert page('<link rel="canonical" href="https://post.example/a#b">').url == "https://post.example/a"
    assert page(meta("og:url", "https://post.example/a")).outlet == "post.example"
    assert (
        read_html(f'<link rel="canonical" href="/a">{BODY}', url="https://post.example/b?c").url
        == "https://post.example/a"
    )
    assert page('<link rel="canonical" href="javascript:alert(1)">').url is None


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "https://", "http://[::1", "x" * 3000, "ftp://a/b"]
)
def test_addresses_that_are_none(url: str) -> None:
    assert clean_address(url) is None


HOSTILE = {
    "nested": "<div>" * 20_000 + "deep",
    "formatted": "<b>" * 20_000 + "deep",
    "tables": "<table><tr><td>" * 5_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x</p>",
    "one line": f"<p>{'word ' * 100_000}.</p>",
    "one word": f"<p>{'w' * 500_000}</p>",
    "markup": "<" * 200_000,
    "comment": "<!--" + "-" * 200_000,
    "zeros": "<p>The \0 envoy\0 left.</p>" * 5,
    "bidi": "<p>The \u202eyovne\u202c left \u2066now\u2069.</p>" * 5,
    "surrogates": "<p>The envoy \ud83d left \udc00.</p>" * 5,
    "entities": '<!DOCTYPE html [<!ENTITY a "xxxxxxxx"><!ENTITY b "&a;&a;">]><p>&b;</p>',
    "links": '<a href="x"><div>' * 5_000,
    "empty": "<html></html>",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_or_refused(name: str) -> None:
    with suppress(InputError):
        report = read_html(HOSTILE[name])
        assert report.text
        assert not set(report.text) & set("\0\u202e\u2066\u2069\u202c\ud83d\udc00")
        report.text.encode("utf-8")


def test_a_page_with_too_many_elements_is_read_by_its_lines() -> None:
    draft = read_page(
        "<h1>Adria Recalls Envoy</h1>" + "<i></i>" * 41_000 + BODY + "<script>var a = 'Ten boats.';</script>"
    )
    assert [block.text for block in draft.blocks] == list(PARAGRAPHS)
