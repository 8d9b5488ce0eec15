"""To the provider and back: authorisation code flow with PKCE, state and nonce."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from tensionwire.desk.oidc import people, tokens
from tensionwire.desk.oidc.asking import Asked, distrusted
from tensionwire.desk.oidc.settings import BACK
from tensionwire.desk.people.cookies import same
from tensionwire.desk.people.gates import Here
from tensionwire.desk.people.hashing import new_secret
from tensionwire.desk.people.log_in import begun, local

router = APIRouter(include_in_schema=False)
COOKIE: Final = "tensionwire_oidc"
ENDS: Final = 600  # seconds that somebody has to log in there
Words = Annotated[str, Query(max_length=4_000)]


def provider_of(request: Request) -> Asked:
    """The provider of the desk; 404 where it has none."""
    found = getattr(request.app.state, "oidc", None)
    if not isinstance(found, Asked):
        raise HTTPException(404, "This desk knows no log-in elsewhere.")
    return found


Elsewhere = Annotated[Asked, Depends(provider_of)]


@router.get("/oidc/start")
def start(request: Request, gate: Here, asked: Elsewhere, next: Words = "/") -> Response:
    """To the provider. What the answer must fit stays in a cookie of this browser."""
    held = {name: new_secret() for name in ("state", "nonce", "verifier")}
    question = {
        "response_type": "code", "client_id": asked.provider.client, "redirect_uri": asked.provider.back,
        "scope": " ".join(asked.provider.scopes), "state": held["state"], "nonce": held["nonce"],
        "code_challenge": challenge(held["verifier"]), "code_challenge_method": "S256",
    }  # fmt: skip
    address = asked.endpoint("authorization_endpoint")
    answer = RedirectResponse(f"{address}{'&' if '?' in address else '?'}{urlencode(question)}", 303)
    gate.cookies.write_short(request, answer, COOKIE, _packed(held | {"next": local(next)}), ENDS)
    answer.headers["cache-control"] = "no-store"
    return answer


@router.get(BACK)
def back(
    request: Request, gate: Here, asked: Elsewhere, code: Words = "", state: Words = "", iss: Words = "",
    error: Words = "",
) -> Response:  # fmt: skip
    """Back from the provider: a session of the account, or why not."""
    held = _unpacked(gate.cookies.read_short(request, COOKIE, ENDS))
    if not held or not same(held["state"], state):
        raise distrusted("is not one that this browser began here, or it took too long")
    if iss and iss != asked.provider.issuer:
        raise distrusted("failed: the answer is of another provider")
    if error or not code:
        raise distrusted("was refused by the provider" if error else "brought no code")
    said = tokens.claims(asked, asked.exchange(code, held["verifier"]), held["nonce"])
    person = people.person_of(gate.people, asked.provider, said)
    answer = begun(request, gate, gate.people.begin(person.id), local(held["next"]))
    gate.cookies.forget(request, answer, COOKIE)
    return answer


def challenge(verifier: str) -> str:
    """The challenge of a verifier (RFC 7636, S256).

    >>> challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _packed(held: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(held).encode()).decode()


def _unpacked(text: str | None) -> dict[str, str]:
    """What was packed; it was signed by us."""
    found: dict[str, str] = json.loads(base64.urlsafe_b64decode(text)) if text else {}
    return found
