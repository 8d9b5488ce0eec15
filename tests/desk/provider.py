"""An OpenID Connect provider on this machine, which does as it should until a test lets it not."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "desk", "s3cret & more"
Claims = dict[str, Any]


@dataclass
class Provider:
    """A provider. `change` makes other claims of the right ones, `sign` another token; `document` changes discovery."""

    who: Claims = field(default_factory=lambda: {"sub": "248289761001", "preferred_username": "Ada"})
    change: Callable[[Claims], Claims] = dict
    sign: Callable[[Claims], str] | None = None
    document: Claims = field(default_factory=dict)
    algorithm: str = "RS256"
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.renew()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        """No longer answer."""
        self.server.shutdown()
        self.server.server_close()

    def renew(self) -> None:
        """Sign with another key from now on."""
        kid = secrets.token_hex(4)
        self.key: RSAKey | ECKey = (
            ECKey.generate_key("P-256", {"kid": kid}) if self.algorithm == "ES256" else RSAKey.generate_key(2048, {"kid": kid})
        )  # fmt: skip

    def token(self, asked: dict[str, str]) -> str:
        """The ID token of a log-in."""
        now = int(time.time())
        right = {
            "iss": self.issuer, "aud": asked["client_id"], "exp": now + 300, "iat": now, "nonce": asked["nonce"], **self.who,
        }  # fmt: skip
        claims = self.change(right)
        if self.sign is not None:
            return self.sign(claims)
        return jwt.encode({"alg": self.algorithm, "kid": self.key.kid}, claims, self.key, algorithms=[self.algorithm])

    def discovery(self) -> Claims:
        """The discovery document."""
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys", **self.document,
        }  # fmt: skip

    def redeemed(self, form: dict[str, str], authorisation: str) -> tuple[int, Claims]:
        """What a code brings: only to the client, for the right verifier and address, and once."""
        kind, _, given = authorisation.partition(" ")
        client, _, secret = base64.b64decode(given).decode().partition(":") if kind == "Basic" else ("", "", "")
        asked = self.codes.pop(form.get("code", ""), None)
        if (unquote_plus(client), unquote_plus(secret)) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or challenge != asked["code_challenge"]
            or asked["code_challenge_method"] != "S256"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or form.get("grant_type") != "authorization_code"
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"token_type": "Bearer", "access_token": "unused", "id_token": self.token(asked)}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                provider.asked.append(parts.path)
                if parts.path == "/.well-known/openid-configuration":
                    self._json(200, provider.discovery())
                elif parts.path == "/keys":
                    self._json(200, {"keys": [provider.key.as_dict(private=False)]})
                elif parts.path == "/authorize":
                    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                    code = secrets.token_hex(8)
                    provider.codes[code] = asked
                    answer = urlencode({"code": code, "state": asked["state"], "iss": provider.issuer})
                    self.send_response(302)
                    self.send_header("location", f"{asked['redirect_uri']}?{answer}")
                    self.end_headers()
                else:
                    self._json(404, {})

            def do_POST(self) -> None:
                provider.asked.append(self.path)
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                self._json(*provider.redeemed(form, self.headers.get("authorization", "")))

            def _json(self, status: int, told: Claims) -> None:
                body = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler
