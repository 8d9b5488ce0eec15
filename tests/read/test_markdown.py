"""Markdown."""

from __future__ import annotations

import pytest

from tensionwire.read.markdown import front_matter, inline, read_markdown

PAGE = """---
title: "Talks at the lake"
date: 2019-05-02
author: Mira Tal
outlet: Lake Post
url: https://lake.example/talks
lang: en
tags: [a, b]
---

# Talks at the lake

![Envoys](envoys.jpg)

Envoys of **Adria** and _Belmark_ met at the [lake](https://lake.example/map "Map") on
Thursday.

> "We agreed on nothing,"
> one of them said.

Reactions
---------

Both sides published:

* a map,
* a list of names.

```
print("not a report")
```

### What comes next

They meet again in June.[^1]

---

Subscribe to our newsletter

[^1]: A note.
"""


def test_a_page_with_front_matter() -> None:
    draft = read_markdown(PAGE)
    assert (draft.title, draft.byline, draft.published) == ("Talks at the lake", "Mira Tal", "2019-05-02")
    assert (draft.outlet, draft.url, draft.language) == ("Lake Post", "https://lake.example/talks", "en")
    assert [(block.kind, block.text) for block in draft.blocks] == [
        ("prose", "Envoys of Adria and Belmark met at the lake on Thursday."),
        ("prose", '"We agreed on nothing," one of them said.'),
        ("head", "Reactions"),
        ("prose", "Both sides published:"),
        ("item", "a map,"),
        ("item", "a list of names."),
        ("head", "What comes next"),
        ("prose", "They meet again in June."),
    ]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a **b** c", "a b c"),
        ("***a*** b", "a b"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("[a](b) and [c][d]", "a and c"),
        ("<https://a.example/x>", "https://a.example/x"),
        (r"\*not emphasis\*", "*not emphasis*"),
        ("`code` and <b>bold</b>", "code and bold"),
        ("~~gone~~", "gone"),
        ("[unclosed](", "[unclosed]("),
        ("**unclosed", "**unclosed"),
    ],
)
def test_inline_marks(marked: str, plain: str) -> None:
    assert inline(marked) == plain


def test_a_rule_is_no_front_matter() -> None:
    assert front_matter("A.\n\n---\n\nB.") == ({}, "A.\n\n---\n\nB.")


def test_an_unclosed_fence_ends_with_the_text() -> None:
    assert [block.text for block in read_markdown("A man left.\n\n```\ncode").blocks] == ["A man left."]
