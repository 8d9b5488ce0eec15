"""Logging in through a provider, on both kinds of database: the right way once, and every wrong way that we know."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from desk.asking import PASSWORD, Browser, Desk, opened
from tensionwire.desk.identity import Role
from tensionwire.errors import UsageError

pytest.importorskip("joserfc")
from joserfc import jwt
from joserfc.jwk import RSAKey

from desk.provider import CLIENT, SECRET, Provider
from tensionwire.desk.oidc import asking, settings

HOME = "http://127.0.0.1:8710"
FILE = """issuer = "{issuer}"
client = "desk"
address = "http://127.0.0.1:8710"
name = "Example & Sons"
claim = "groups"
default = "{default}"
{more}
[roles]
chiefs = "administrator"
desk-editors = "editor"
"""
Making = Callable[..., Desk]


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider that does as it should."""
    found = Provider()
    yield found
    found.close()


@pytest.fixture
def making(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: Provider) -> Iterator[Making]:
    """Make a desk that lets people log in through it."""
    monkeypatch.setenv(settings.VARIABLE, SECRET)
    desks: list[Desk] = []

    def made(url: str = "", *, default: str = "reader", more: str = "", issuer: str = "") -> Desk:
        file = tmp_path / "provider.toml"
        file.write_text(FILE.format(issuer=issuer or provider.issuer, default=default, more=more))
        desks.append(opened(url or str(tmp_path / "ledger.db"), tmp_path / "desk", oidc=file))
        return desks[-1]

    yield made
    for desk in desks:
        desk.app.state.desk.close()


def log_in(browser: Browser, next: str = "/") -> Any:
    """Through the provider and back, as a browser goes; the answer of the desk to the way back."""
    there = browser.get("/oidc/start", params={"next": next})
    if there.status_code != 303:
        return there
    return browser.get(_back(there.headers["location"]))


def _back(there: str) -> str:
    location: str = httpx.get(there).headers["location"]
    assert location.startswith(f"{HOME}/oidc/back?")
    return location.removeprefix(HOME)


def test_new_people_come_in_with_the_default_role_and_go_on_where_they_wanted_to(url: str, making: Making) -> None:
    desk = making(url)
    browser = desk.client()
    page = browser.get("/log-in?next=/map%3Fa%3D1").text
    assert "log in with" in page
    assert "Example &amp; Sons" in page
    assert 'href="/oidc/start?next=%2Fmap%3Fa%3D1"' in page
    answer = log_in(browser, "/map?a=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/map?a=1")
    assert "Ada · reader" in browser.get("/").text
    again = desk.client()
    log_in(again)
    assert [(one.name, one.role) for one in desk.gate.people.all()] == [("Ada", Role.reader)]


def test_what_is_asked_of_the_provider(making: Making, provider: Provider) -> None:
    browser = making().client()
    there = browser.get("/oidc/start").headers["location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    assert asked["client_id"] == CLIENT
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == f"{HOME}/oidc/back"
    assert asked["code_challenge_method"] == "S256"
    assert "openid" in asked["scope"].split()
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert SECRET not in there
    cookie = browser.get("/oidc/start").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_roles_follow_the_claim_at_every_log_in(making: Making, provider: Provider) -> None:
    desk = making()
    provider.who |= {"groups": ["others", "desk-editors"]}
    log_in(desk.client())
    assert desk.gate.people.all()[0].role is Role.editor
    provider.who |= {"groups": "chiefs"}
    log_in(desk.client())
    assert desk.gate.people.all()[0].role is Role.administrator
    provider.who |= {"groups": []}
    log_in(desk.client())
    assert desk.gate.people.all()[0].role is Role.administrator  # the last administrator stays one
    desk.member("Root", Role.administrator)
    log_in(desk.client())
    assert {one.name: one.role for one in desk.gate.people.all()}["Ada"] is Role.reader


def test_nobody_comes_in_by_default_where_that_is_said(making: Making, provider: Provider) -> None:
    desk = making(default="nobody")
    answer = log_in(desk.client())
    assert answer.status_code == 400
    assert "no account on this desk" in answer.text
    assert desk.gate.people.all() == ()
    provider.who |= {"groups": ["desk-editors"]}
    assert log_in(desk.client()).status_code == 303


def test_a_name_that_is_taken_is_not_taken_over(making: Making, provider: Provider) -> None:
    desk = making()
    desk.member("Ada", Role.administrator)
    browser = desk.client()
    log_in(browser)
    assert "Ada (2) · reader" in browser.get("/").text
    provider.who |= {"sub": "another"}
    log_in(desk.client())
    assert {one.name for one in desk.gate.people.all()} == {"Ada", "Ada (2)", "Ada (3)"}
    assert desk.client().log_in("Ada (2)", PASSWORD).status_code == 401
    assert desk.client().log_in("Ada (2)", "!").status_code == 401


@pytest.mark.parametrize("name", ["", "x" * 500, "Ada\u202e\x00", None, 7, "<script>alert(1)</script>"])
def test_names_that_cannot_be_signed_with_are_made_fit(making: Making, provider: Provider, name: Any) -> None:
    desk = making()
    provider.who |= {"preferred_username": name}
    browser = desk.client()
    assert log_in(browser).status_code == 303
    assert "<script>alert" not in browser.get("/").text


def test_a_closed_account_stays_closed(making: Making) -> None:
    desk = making()
    log_in(desk.client())
    desk.member("Root", Role.administrator)
    desk.gate.people.close(next(one.id for one in desk.gate.people.all() if one.name == "Ada"))
    assert log_in(desk.client()).status_code == 400


def other(**claims: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The claims with others in their place."""
    return lambda right: {name: value for name, value in (right | claims).items() if value is not ...}


@pytest.mark.parametrize(("change", "why"), [
    (other(nonce="another"), "of another log-in"), (other(nonce=...), "of another log-in"),
    (other(aud="somebody-else"), "for somebody else"), (other(aud=["desk", "other"]), "for somebody else"),
    (other(azp="other"), "for somebody else"), (other(aud=...), "for somebody else"),
    (other(iss="https://evil.example"), "of another issuer"), (other(iss=...), "of another issuer"),
    (other(exp=1_000_000_000), "has expired"), (other(exp=...), "has no exp"), (other(exp="soon"), "has no exp"),
    (other(iat=1_000_000_000), "not made now"), (other(iat=9_000_000_000), "not made now"), (other(iat=True), "has no iat"),
    (other(sub=...), "names nobody"), (other(sub=""), "names nobody"), (other(sub=["x"]), "names nobody"),
])  # fmt: skip
def test_tokens_that_are_not_for_this_log_in(making: Making, provider: Provider, change: Any, why: str) -> None:
    desk, provider.change = making(), change
    _refused(desk, log_in(desk.client()), why)


def _plain(claims: dict[str, Any], header: dict[str, str]) -> str:
    parts = (json.dumps(header).encode(), json.dumps(claims).encode())
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


def _by_secret(claims: dict[str, Any], key: bytes) -> str:
    """Signed by HMAC with what is no secret of ours alone; by hand, since libraries refuse to."""
    signed = _plain(claims, {"alg": "HS256"}).rstrip(".")
    mark = hmac.new(key, signed.encode(), "sha256").digest()
    return f"{signed}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def test_tokens_that_nobody_signed(making: Making, provider: Provider) -> None:
    desk = making()
    public = provider.key.as_pem(private=False)
    stranger = RSAKey.generate_key(2048, {"kid": provider.key.kid})
    forged: list[Callable[[dict[str, Any]], str]] = [
        lambda claims: _plain(claims, {"alg": "none"}),
        lambda claims: _plain(claims, {"alg": "none", "kid": str(provider.key.kid)}),
        lambda claims: _by_secret(claims, public), lambda claims: _by_secret(claims, SECRET.encode()),
        lambda claims: jwt.encode({"alg": "RS256", "kid": stranger.kid}, claims, stranger, algorithms=["RS256"]),
        lambda claims: provider.token({"client_id": CLIENT, "nonce": "x"})[:-4] + "AAAA",
        lambda claims: "no token at all", lambda claims: "", lambda claims: "....",
    ]  # fmt: skip
    for sign in forged:
        provider.sign = None

        def signed(claims: dict[str, Any], sign: Callable[[dict[str, Any]], str] = sign) -> str:
            provider.sign = None
            return sign(claims)

        provider.sign = signed
        _refused(desk, log_in(desk.client()), "signature does not hold")


def test_a_provider_may_change_its_keys_and_sign_by_curves(
    making: Making, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = making()
    assert log_in(desk.client()).status_code == 303
    monkeypatch.setattr(asking, "AGAIN", 0.0)
    provider.renew()
    assert log_in(desk.client()).status_code == 303
    provider.algorithm = "ES256"
    provider.renew()
    assert log_in(desk.client()).status_code == 303
    assert provider.asked.count("/keys") == 3
    assert provider.asked.count("/.well-known/openid-configuration") == 1


def test_only_the_browser_that_began_comes_back_and_once(making: Making, provider: Provider) -> None:
    desk = making()
    browser, stranger = desk.client(), desk.client()
    back = _back(browser.get("/oidc/start").headers["location"])
    _refused(desk, stranger.get(back), "not one that this browser began")
    stranger.get("/oidc/start")
    _refused(desk, stranger.get(back), "not one that this browser began")
    _refused(desk, browser.get(back.replace("state=", "state=x")), "not one that this browser began")
    _refused(desk, browser.get(back.replace("iss=http", "iss=https")), "of another provider")
    _refused(desk, browser.get(back.partition("?")[0] + "?error=access_denied&state=" + _state(back)), "refused")
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 400


def _state(back: str) -> str:
    return parse_qs(urlsplit(back).query)["state"][0]


def test_a_code_of_somebody_else_brings_nothing(making: Making, provider: Provider) -> None:
    """Somebody else's code in one's own way back: PKCE ties it to the browser that began."""
    desk = making()
    browser, victim = desk.client(), desk.client()
    mine = _back(browser.get("/oidc/start").headers["location"])
    theirs = _back(victim.get("/oidc/start").headers["location"])
    code = parse_qs(urlsplit(theirs).query)["code"][0]
    _refused(desk, browser.get(f"/oidc/back?code={code}&state={_state(mine)}"), "the provider refused it (400)")


@pytest.mark.parametrize("document", [
    {"token_endpoint": "http://127.0.0.1:1/token"}, {"jwks_uri": "https://evil.example/keys"},
    {"authorization_endpoint": "https://evil.example/"}, {"token_endpoint": "file:///etc/passwd"},
    {"token_endpoint": None}, {"issuer": "https://evil.example"},
])  # fmt: skip
def test_only_addresses_that_are_configured_are_asked(making: Making, provider: Provider, document: Any) -> None:
    desk, provider.document = making(), document
    _refused(desk, log_in(desk.client()), "failed")


def test_a_provider_that_is_not_there_is_told(making: Making, provider: Provider) -> None:
    desk = making(issuer="http://127.0.0.1:1")
    answer = desk.client().get("/oidc/start")
    assert answer.status_code == 400
    assert "cannot be reached" in answer.text


def test_a_wrong_secret_is_told(making: Making, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.VARIABLE, "wrong")
    desk = making()
    _refused(desk, log_in(desk.client()), "refused it (401)")


def test_where_to_go_on_is_a_page_of_the_desk(making: Making) -> None:
    assert log_in(making().client(), "https://evil.example/").headers["location"] == "/"


def test_a_desk_without_a_provider_has_no_way_there(desk: Desk) -> None:
    assert desk.client().get("/oidc/start").status_code == 404
    assert "log in with" not in desk.client().get("/log-in").text


@pytest.mark.parametrize(("text", "why"), [
    ('client = "x"\naddress = "https://desk.example"', "issuer: is missing"),
    ('issuer = "http://id.example"\nclient = "x"\naddress = "https://desk.example"', "is not https"),
    ('issuer = "https://id.example"\nclient = "x"\naddress = "https://desk.example/sub"', "has a path"),
    ('issuer = "https://id.example"\nclient = "x"\naddress = "https://desk.example"\nsecret = "y"', "is not known here"),
    ('issuer = "https://id.example"\nclient = "x"\naddress = "https://desk.example"\ndefault = "king"', "is none of those"),
    ('issuer = "https://id.example"\nclient = "x"\naddress = "https://desk.example"\n[roles]\na = "king"', "is none of those"),
])  # fmt: skip
def test_settings_that_will_not_do(text: str, why: str) -> None:
    from tensionwire.settings import loads

    with pytest.raises(UsageError, match=why):
        settings.provider(loads(text.encode(), "provider.toml"), "secret")


def test_the_secret_comes_from_the_environment(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(settings.VARIABLE)
    with pytest.raises(UsageError, match="is not set"):
        making()


def _refused(desk: Desk, answer: Any, why: str) -> None:
    """Told why, no account made, and nobody logged in."""
    assert answer.status_code == 400, answer.text
    assert why in answer.text
    assert desk.gate.people.all() == ()
    assert "tensionwire=" not in answer.headers.get("set-cookie", "")
