"""Rules and feeds files: what is wrong with them is said with its line and what to write there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensionwire.brief import rules
from tensionwire.errors import UsageError
from tensionwire.watch import config

RULE = '[[rule]]\nname = "r"\nkind = "denial"\n'
MAIL = '[[channel]]\nname = "m"\nway = "mail"\nserver = "smtp.example"\nfrom = "a@b.example"\nto = ["c@d.example"]\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_examples_are_valid(tmp_path: Path) -> None:
    orders = rules.load(written(tmp_path, rules.example()))
    assert {rule.kind for rule in orders.rules} == set(rules.KINDS) - {"incident"}
    plan = config.load(written(tmp_path, config.example()))
    assert [source.kind for source in plan.sources] == ["feed"]


@pytest.mark.parametrize("example", [rules.example, config.example])
def test_every_key_of_the_examples_that_is_commented_out_is_known(tmp_path: Path, example: object) -> None:
    import re

    text = re.sub(r"^# (\[\[|\w+ = )", r"\1", example(), flags=re.MULTILINE)  # type: ignore[operator]
    text = re.sub(r"(?:password|secret)_env = .*|user = .*", "", text)
    text = re.sub(r'content = "feed"', "", text)
    load = rules.load if example is rules.example else config.load
    load(written(tmp_path, text))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"line 1: rule: is missing; name at least one: \[\[rule\]\]"),
        ("[[rule]]\nkind = \"denial\"\n", r"line 1: \[\[rule\]\] name: is missing"),
        ('[[rule]]\nname = "r"\nkind = "denail"\n', r'line 3: \[\[rule\]\] kind = "denail": is none of those known; write one of change'),
        (RULE + 'pairs = ["A", "B"]\n', r"line 4: \[\[rule\]\] pairs = ...: is not known here; did you mean pair\?"),
        (RULE + RULE, r"line 5: \[\[rule\]\] name = \"r\": is given twice"),
        (RULE + 'channels = ["x"]\n', r"line 4: .* names x, which is no channel; known are print"),
        (RULE + "confidence = 2\n", r"line 4: .* is out of bounds; write a number from 0 to 1"),
        (RULE + 'confidence = "high"\n', r"is no number"),
        (RULE + 'newest = "soon"\n', r'is no length of time; write "90s"'),
        (RULE + "backlog = 1\n", r"is neither; write true or false"),
        (RULE + 'pair = ["USA"]\n', r"is not two"),
        ('[[rule]]\nname = "r"\nkind = "change"\n', r"pair: is missing"),
        (RULE + 'outcomes = ["hold"]\n', r"known are held"),
        ("rule = 3\n", r"is no list of tables; write it as \[\[rule\]\]"),
        (RULE.replace('"r"', "r"), r"is no valid TOML .*line 2"),
        (RULE + MAIL + 'user = "u"\n', r"line 10: .* user = \"u\": is given, but no password"),
        (RULE + MAIL + 'password_env = "NO_SUCH_THING"\n', r"set NO_SUCH_THING in the environment"),
        (RULE + MAIL.replace("a@b.example", "a"), r'from = "a": is no mail address'),
        (RULE + '[[channel]]\nname = "w"\nway = "webhook"\n', r"url: is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_rules(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        rules.load(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"line 1: feed: is missing, and so are sitemap and folder"),
        ("[[feed]]\n", r"line 1: \[\[feed\]\] url: is missing"),
        ('[[feed]]\nurl = "example.org"\n', r"line 2: .* is no web address; write it whole"),
        ('[[feed]]\nurl = "https://me:hush@a.example/"\n', r'url = "https://a.example/": holds a user name or password'),
        ('[[feed]]\nurl = "https://a.example/"\nevery = "1s"\n', r"is too short"),
        ('[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "https://a.example/"\n', r"line 4: .* is named twice"),
        ('[[feed]]\nurl = "https://a.example/"\nmatch = "("\n', r"is no regular expression"),
        ('[[feed]]\nurl = "https://a.example/"\ncontent = "all"\n', r"write one of page, feed"),
        ('[watch]\ncontact = "naïve"\n[[folder]]\npath = "x"\n', r"line 2: .* cannot carry"),
        ('[[folder]]\npath = "x"\nurl = "y"\n', r"line 3: \[\[folder\]\] url = \"y\": is not known here"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_feeds(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        config.load(written(tmp_path, text))
    assert "hush" not in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        rules.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(UsageError, match="not in UTF-8"):
        rules.load(tmp_path / "latin.toml")


def test_secrets_come_from_the_environment_and_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "hush")
    orders = rules.load(written(tmp_path, RULE + MAIL + 'user = "u"\npassword_env = "SMTP_PASSWORD"\n'))
    assert orders.channels[0].secret == "hush"
    assert (orders.channels[0].server, orders.channels[0].port) == ("smtp.example", 587)
    assert "hush" not in repr(orders)
