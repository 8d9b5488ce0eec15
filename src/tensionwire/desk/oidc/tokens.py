"""ID tokens: signed by a key of the provider, for this desk, for this log-in, now; or refused."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from tensionwire.desk.oidc.asking import Asked, distrusted

# Only signatures by a private key: with "none" or HMAC whoever knows the public key could sign.
ALGORITHMS: Final = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
]
LEEWAY: Final = 60  # seconds that clocks may differ
OLDEST: Final = 600  # seconds since a token was made


def claims(asked: Asked, token: str, nonce: str, *, now: float | None = None) -> Mapping[str, Any]:
    """What a token says, once all of it has been checked (OpenID Connect Core 1.0, 3.1.3.7)."""
    found = _signed(asked, token)
    provider, moment = asked.provider, time.time() if now is None else now
    audience = found.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if found.get("iss") != provider.issuer:
        raise distrusted("failed: the token is of another issuer")
    if provider.client not in audiences or (len(audiences) > 1 and found.get("azp") != provider.client):
        raise distrusted("failed: the token is for somebody else")
    if found.get("azp", provider.client) != provider.client:
        raise distrusted("failed: the token is for somebody else")
    if not _number(found, "exp") > moment - LEEWAY:
        raise distrusted("failed: the token has expired")
    if not moment - OLDEST - LEEWAY < _number(found, "iat") < moment + LEEWAY:
        raise distrusted("failed: the token was not made now")
    if found.get("nonce") != nonce:
        raise distrusted("failed: the token is of another log-in")
    if not isinstance(found.get("sub"), str) or not 0 < len(found["sub"]) <= 255:
        raise distrusted("failed: the token names nobody")
    return found


def _signed(asked: Asked, token: str) -> dict[str, Any]:
    """The claims of a token whose signature holds, by a key that is looked for again where it is not known."""
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
        keys = asked.keys()
        if kid is not None and kid not in {one.get("kid") for one in keys.get("keys", ())}:
            keys = asked.keys(anew=True)
        return dict(jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims)  # type: ignore[arg-type]
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise distrusted("failed: the token's signature does not hold") from error


def _number(found: Mapping[str, Any], name: str) -> float:
    value = found.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise distrusted(f"failed: the token has no {name}")
    return float(value)
