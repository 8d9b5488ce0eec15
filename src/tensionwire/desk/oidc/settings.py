"""Which provider to trust, and who becomes what: a TOML file, and a secret that only the environment holds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tensionwire.desk.identity import Role
from tensionwire.desk.settings import is_loopback
from tensionwire.errors import UsageError
from tensionwire.settings import Table, load

VARIABLE: Final = "TENSIONWIRE_OIDC_SECRET"
BACK: Final = "/oidc/back"
ROLES: Final = ("nobody", "reader", "reviewer", "editor", "administrator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider as the desk knows it. `address` is where browsers reach the desk, without a path.

    `hosts` are those that the provider's endpoints may lie on. `roles` maps values of the claim `claim` to roles;
    whoever has none of them becomes `default`, and is not let in where that is `Role.nobody`.
    """

    issuer: str
    client: str
    secret: str
    address: str
    name: str
    hosts: frozenset[str]
    scopes: tuple[str, ...] = ("openid", "profile")
    claim: str = "groups"
    roles: Mapping[str, Role]
    default: Role = Role.reader

    @property
    def back(self) -> str:
        """Where the provider sends people back to; it must be registered there."""
        return self.address + BACK

    def allows(self, address: str) -> bool:
        """Whether the desk may ask an address: by TLS (or on this machine), on a host of the provider."""
        parts = urlsplit(address)
        safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        return safe and parts.netloc in self.hosts and not parts.username

    def role(self, claims: Mapping[str, object]) -> Role:
        """The highest role that a person's claims give; the default where they give none."""
        given = claims.get(self.claim)
        values = given if isinstance(given, list) else [given]
        found = [self.roles[value] for value in values if isinstance(value, str) and value in self.roles]
        return max(found, default=self.default)


def read(path: Path) -> Provider:
    """The provider of a settings file; raises UsageError with the line that is wrong, or where there is no secret."""
    return provider(load(path), os.environ.get(VARIABLE, ""))


def provider(table: Table, secret: str) -> Provider:
    """The provider that a table tells of."""
    issuer = _address(table, "issuer", 'write the address of the provider: issuer = "https://id.example.org"')
    address = _address(table, "address", 'write where browsers reach the desk: address = "https://desk.example.org"')
    if urlsplit(address).path.strip("/"):
        table.refuse("address", "has a path", "write scheme and host only; the desk answers under / there")
    claims = table.table("roles")
    roles = {value: Role[claims.choice(value, ROLES[1:], "reader")] for value in claims.values}
    claims.done()
    found = Provider(
        issuer=issuer, client=table.need("client", 'write client = "..."'), secret=secret, address=address.rstrip("/"),
        name=table.text("name") or urlsplit(issuer).netloc,
        hosts=frozenset({urlsplit(issuer).netloc, *table.texts("hosts")}),
        scopes=tuple(dict.fromkeys(("openid", *(table.texts("scopes") or ("profile",))))),
        claim=table.text("claim") or "groups", roles=roles, default=Role[table.choice("default", ROLES, "reader")],
    )  # fmt: skip
    table.done()
    if not secret:
        raise UsageError(VARIABLE, "is not set", "put the client's secret there; it is read from nowhere else")
    return found


def _address(table: Table, key: str, todo: str) -> str:
    given = table.need(key, todo)
    parts = urlsplit(given)
    if not parts.netloc or parts.query or parts.fragment or parts.username:
        table.refuse(key, "is no address", todo)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        table.refuse(key, "is not https", "log-in needs TLS, but for a provider or desk on this machine")
    return given
