"""What holds for any input: spans quote the text, the hash fits it, nothing hides in it, nothing crashes."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from tensionwire.errors import InputError
from tensionwire.read import article, read_html, read_text
from tensionwire.read.blocks import Block, joined
from tensionwire.read.language import language
from tensionwire.read.markdown import read_markdown
from tensionwire.read.results import report_of
from tensionwire.records import Report, content_hash

HIDDEN = set("\0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u00ad")
LINES = st.sampled_from(
    [
        "The envoy left the capital on Monday.",
        '"Never," he said.',
        "Envoy Leaves",
        "Talks Resume In Senn",
        "please wait",
        "0:00 0:01:59 0:00",
        "WATCH: Envoy Leaves",
        "Share",
        "",
        "",
        "By Mira Tal",
        "April 11, 2017",
        "With reporting by AFP",
        "• 16x9 Image",
        "###",
        "The demands were:",
        "- peace",
        "日本政府は声明を発表した。",
        "Переговоры возобновились в Сенне.",
        "All rights reserved.",
        "a\u202eb\u00ad\u0301.",
        "\ud83d",
        "(Photo by A/Getty Images)",
        "# Talks",
        "---",
        "> so",
        "```",
    ]
)
PAGES = st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=25).map("\n".join)
TAGS = st.sampled_from("p div h1 h2 li ul a br span article script title table td b blockquote time meta".split())


@st.composite
def html(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 25))):
        tag = draw(TAGS)
        parts.append(
            draw(
                st.sampled_from(
                    [f"<{tag}>", f"</{tag}>", f'<{tag} href="x" class="date" content="2017-04-11">', "<!--", "-->"]
                )
            )
        )
        parts.append(draw(st.one_of(LINES, st.text(max_size=30))))
    return "".join(parts)


def check(report: Report) -> None:
    assert report.text.strip()
    assert report.content_hash == content_hash(report.text)
    assert not HIDDEN & set(report.text)
    report.text.encode("utf-8")
    lines = report.text.split("\n\n")
    for span in report.subheads:
        assert 0 <= span.start < span.end <= len(report.text)
        assert report.text[span.start : span.end] in lines
    assert list(report.subheads) == sorted(report.subheads)
    assert (report.published is None) == (report.published_reason is not None)
    assert report.title is None or report.title.strip() == report.title != ""


@given(PAGES)
@settings(max_examples=60, deadline=None)
def test_any_text(text: str) -> None:
    with suppress(InputError):
        check(read_text(text))


@given(PAGES)
@settings(max_examples=40, deadline=None)
def test_any_markdown(text: str) -> None:
    with suppress(InputError):
        check(report_of(read_markdown(text), doc_id="x", source=None, published=None))


@given(html())
@settings(max_examples=60, deadline=None)
def test_any_page(source: str) -> None:
    with suppress(InputError):
        check(read_html(source))


@given(st.text(), st.text(max_size=20), st.one_of(st.none(), st.text(max_size=20)))
@settings(max_examples=60, deadline=None)
def test_any_article_keeps_its_text(text: str, doc_id: str, date: str | None) -> None:
    with suppress(InputError):
        report = article({"doc_id": doc_id, "text": text, "published": date}, what="x:1", doc_id="x:1")
        assert report.text == text
        assert report.doc_id == (doc_id if doc_id.strip() else "x:1")


@given(st.lists(st.tuples(st.text(min_size=1), st.sampled_from(["prose", "head", "item"]))))
def test_joined_blocks_and_their_headings(pairs: list[tuple[str, str]]) -> None:
    blocks = [Block(text=text, kind=kind) for text, kind in pairs]
    text, heads = joined(blocks)
    assert [span.of(text) for span in heads] == [block.text for block in blocks if block.kind == "head"]


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_text_has_a_language(text: str) -> None:
    assert 2 <= len(language(text)) <= 3
