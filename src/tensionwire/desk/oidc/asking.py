"""What the desk asks a provider for: where its endpoints are, its keys, and what a code stands for."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

import httpx

from tensionwire.desk.oidc.settings import Provider
from tensionwire.errors import UsageError

PATIENCE: Final = 10.0  # seconds
LARGEST: Final = 1_000_000  # bytes of an answer
KEPT: Final = 3600.0  # seconds that endpoints and keys are taken as they were
AGAIN: Final = 30.0  # seconds between two looks for a key that is not known


def distrusted(why: str) -> UsageError:
    """The error for an answer that will not do."""
    return UsageError("The log-in elsewhere", why, "try again; if it stays so, tell an administrator of this desk")


@dataclass(slots=True)
class Asked:
    """A provider and what it has told. Safe for threads."""

    provider: Provider
    _lock: Lock = field(default_factory=Lock)
    _found: dict[str, Any] = field(default_factory=dict)
    _keys: dict[str, Any] = field(default_factory=dict)
    _found_at: float = -KEPT
    _keys_at: float = -KEPT

    def endpoint(self, name: str) -> str:
        """An endpoint by its name in the provider's discovery document, on a host that is configured."""
        address = self.discovered().get(name)
        if not isinstance(address, str) or not self.provider.allows(address):
            raise distrusted(f"failed: the provider's {name} is missing, or on a host that is not configured")
        return address

    def discovered(self) -> dict[str, Any]:
        """The discovery document; it must be that of the issuer."""
        with self._lock:
            if time.monotonic() - self._found_at > KEPT:
                found = self._json("GET", self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
                if found.get("issuer") != self.provider.issuer:
                    raise distrusted("failed: the provider calls itself by another name than the one configured")
                self._found, self._found_at = found, time.monotonic()
            return self._found

    def keys(self, *, anew: bool = False) -> dict[str, Any]:
        """The provider's public keys; `anew`: look again, since one that is not known was used."""
        address = self.endpoint("jwks_uri")
        with self._lock:
            age = time.monotonic() - self._keys_at
            if age > KEPT or (anew and age > AGAIN):
                self._keys, self._keys_at = self._json("GET", address), time.monotonic()
            return self._keys

    def exchange(self, code: str, verifier: str) -> str:
        """The ID token that a code stands for."""
        client, secret = self.provider.client, self.provider.secret
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.provider.back,
            "code_verifier": verifier,
        }  # fmt: skip
        methods = self.discovered().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        auth = None
        if "client_secret_basic" in methods:
            auth = httpx.BasicAuth(_form(client), _form(secret))
        else:
            form |= {"client_id": client, "client_secret": secret}
        token = self._json("POST", self.endpoint("token_endpoint"), data=form, auth=auth).get("id_token")
        if not isinstance(token, str):
            raise distrusted("failed: the provider gave no ID token")
        return token

    def _json(self, method: str, address: str, **more: Any) -> dict[str, Any]:
        if not self.provider.allows(address):
            raise distrusted("failed: an address of the provider is not among those configured")
        try:
            with (
                httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client,
                client.stream(method, address, headers={"accept": "application/json"}, **more) as answer,
            ):
                body = b""
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > LARGEST:
                        raise distrusted("failed: the provider's answer is far too long")
                status = answer.status_code
            found = httpx.Response(200, content=body).json()
        except (httpx.HTTPError, ValueError) as error:
            raise distrusted(f"failed: the provider cannot be reached ({type(error).__name__})") from error
        if status != 200 or not isinstance(found, dict):
            raise distrusted(f"failed: the provider refused it ({status})")
        return found


def _form(text: str) -> str:
    """As RFC 6749, 2.3.1 wants the two in the header."""
    from urllib.parse import quote_plus

    return quote_plus(text)
