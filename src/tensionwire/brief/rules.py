"""The file that says what to be told of, and by which way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from tensionwire import settings
from tensionwire.settings import Table

KINDS: Final = ("change", "denial", "count", "agenda", "incident")
WAYS: Final = ("print", "mail", "webhook", "rss")
OUTCOMES: Final = ("held", "moved", "cancelled")
_DAY: Final = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to be told of. `pair`, `issue` and the rest narrow it; `channels` are names, empty for all.

    `direction`, `least` (confidence) and `newest` (seconds before the last covered day) are about change points,
    `factor` and `at_least` about counts, `outcomes` about the agenda.
    """

    name: str
    kind: str
    channels: tuple[str, ...] = ()
    pair: tuple[str, str] | None = None
    actor: str | None = None
    issue: str | None = None
    type: str | None = None
    status: str | None = None
    place: str | None = None
    outlet: str | None = None
    confidence: float = 0.0
    direction: str = "both"
    least: float = 0.9
    newest: float = 60 * _DAY
    factor: float = 1.5
    at_least: float = 5.0
    outcomes: tuple[str, ...] = ("held", "cancelled")
    backlog: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to be told. `secret` is a password, or the key that signs a webhook; it came from the environment."""

    name: str
    way: str
    url: str | None = None
    path: Path | None = None
    title: str = "tensionwire alerts"
    keep: int = 100
    server: str = ""
    port: int = 0
    security: str = "starttls"
    user: str | None = None
    secret: str | None = None
    sender: str = ""
    to: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Without what is secret."""
        return f"Channel({self.name!r}, {self.way!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """All rules and channels; `every` is in seconds."""

    rules: tuple[Rule, ...]
    channels: tuple[Channel, ...]
    every: float = 900.0


def example() -> str:
    """A commented file to begin with."""
    return (resources.files("tensionwire.brief") / "data" / "example.toml").read_text(encoding="utf-8")


def load(path: Path) -> Orders:
    """The orders in a file; raises `UsageError` that names the line and what to write there."""
    top = settings.load(path)
    general = top.table("alerts")
    every = general.seconds("every", 900.0, low=1.0)
    general.done()
    channels = tuple(_channels(top, path.parent)) or (Channel(name="print", way="print"),)
    rules = tuple(_rules(top, {channel.name for channel in channels}))
    top.done()
    if not rules:
        top.refuse("rule", "is missing", "name at least one: [[rule]] with a kind below")
    return Orders(rules=rules, channels=channels, every=every)


def _rules(top: Table, channels: set[str]) -> Iterator[Rule]:
    taken: set[str] = set()
    for table in top.tables("rule"):
        rule = _rule(table)
        if rule.name in taken:
            table.refuse("name", "is given twice", "give each rule a name of its own: what was sent is kept under it")
        for channel in rule.channels:
            if channel not in channels:
                table.refuse(
                    "channels", f"names {channel}, which is no channel", f"known are {', '.join(sorted(channels))}"
                )
        if rule.kind == "change" and rule.pair is None:
            table.refuse("pair", "is missing", 'a change is one of a pair: write pair = ["USA", "RUS"]')
        table.done()
        taken.add(rule.name)
        yield rule


def _rule(table: Table) -> Rule:
    usual = Rule(name="", kind="")
    name = table.need("name", "give the rule a name: what was sent is kept under it")
    kind = table.need("kind", f"write one of {', '.join(KINDS)}")
    if kind not in KINDS:
        table.refuse("kind", "is none of those known", f"write one of {', '.join(KINDS)}")
    return Rule(
        name=name, kind=kind, channels=table.texts("channels"), pair=_pair(table), actor=table.text("actor"),
        issue=table.text("issue"), type=table.text("type"), status=table.text("status"), place=table.text("place"),
        outlet=table.text("outlet"), confidence=table.number("confidence", 0.0, high=1.0),
        direction=table.choice("direction", ("both", "rises", "falls"), "both"),
        least=table.number("least", usual.least, high=1.0), newest=table.seconds("newest", usual.newest),
        factor=table.number("factor", usual.factor, low=1.0), at_least=table.number("at_least", usual.at_least),
        outcomes=_outcomes(table), backlog=table.flag("backlog"),
    )  # fmt: skip


def _pair(table: Table) -> tuple[str, str] | None:
    found = table.texts("pair")
    if found and len(found) != 2:
        table.refuse("pair", "is not two", 'write pair = ["USA", "RUS"]')
    return (found[0], found[1]) if found else None


def _outcomes(table: Table) -> tuple[str, ...]:
    found = table.texts("outcomes") or Rule(name="", kind="").outcomes
    if not set(found) <= set(OUTCOMES):
        table.refuse("outcomes", "holds others than those known", f"known are {', '.join(OUTCOMES)}")
    return found


def _channels(top: Table, base: Path) -> Iterator[Channel]:
    taken: set[str] = set()
    for table in top.tables("channel"):
        name, way = table.need("name", "give the channel a name"), table.choice("way", WAYS, "print")
        if name in taken:
            table.refuse("name", "is given twice", "give each channel a name of its own")
        taken.add(name)
        yield {"mail": _mail, "webhook": _webhook, "rss": _rss}.get(way, _print)(table, name, base)
        table.done()


def _print(table: Table, name: str, base: Path) -> Channel:
    return Channel(name=name, way="print")


def _rss(table: Table, name: str, base: Path) -> Channel:
    path = base / Path(table.need("path", 'write path = "alerts.xml"')).expanduser()
    keep = int(table.number("keep", 100, low=1, high=10_000))
    return Channel(name=name, way="rss", path=path, keep=keep, title=table.text("title") or "tensionwire alerts")


def _webhook(table: Table, name: str, base: Path) -> Channel:
    hidden, url = _environment(table, "url_env"), table.text("url")
    if (url is None) == (hidden is None):
        table.refuse(
            "url", "is missing, or given twice", "write url, or url_env with the name of a variable that holds it"
        )
    return Channel(name=name, way="webhook", url=hidden or url, secret=_environment(table, "secret_env"))


def _mail(table: Table, name: str, base: Path) -> Channel:
    server = table.need("server", 'write server = "smtp.example.org"')
    host, _, port = server.partition(":")
    security = table.choice("security", ("starttls", "tls", "none"), "starttls")
    user, secret = table.text("user"), _environment(table, "password_env")
    if user and (secret is None or security == "none"):
        why = "is given, but no password" if secret is None else "would be sent unencrypted"
        table.refuse("user", why, "write password_env, and leave security at starttls or tls")
    usual = {"starttls": 587, "tls": 465, "none": 25}[security]
    if port and not port.isdigit():
        table.refuse("server", "has a port that is no number", 'write server = "smtp.example.org:587"')
    return Channel(
        name=name, way="mail", server=host, port=int(port or usual), security=security, user=user, secret=secret,
        sender=_address(table, "from", table.need("from", 'write from = "desk@example.org"')),
        to=_addresses(table),
    )  # fmt: skip


def _addresses(table: Table) -> tuple[str, ...]:
    found = tuple(_address(table, "to", one) for one in table.texts("to"))
    return found or (table.need("to", "say whom to write to"),)


def _address(table: Table, key: str, text: str) -> str:
    if not (text.isprintable() and "@" in text and text.isascii()):
        table.refuse(key, "is no mail address", 'write it as "desk@example.org"')
    return text


def _environment(table: Table, key: str) -> str | None:
    """A secret: the file names the variable of the environment that holds it."""
    name = table.text(key)
    if name is None:
        return None
    found = os.environ.get(name)
    if not found:
        table.refuse(key, "names a variable that is not set", f"set {name} in the environment")
    return found
