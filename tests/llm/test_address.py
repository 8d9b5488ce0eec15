"""Where reports and keys may go."""

from __future__ import annotations

import pytest

from tensionwire.errors import UsageError
from tensionwire.llm import Settings
from tensionwire.llm.address import checked
from tensionwire.llm.settings import Key, cache_folder, key_for

HOSTS = {"gpu": ["10.0.0.5"], "both": ["10.0.0.5", "93.184.216.34"], "none": []}


def found(host: str, port: int) -> list[str]:
    return HOSTS[host]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://llm.example/v1", "https://llm.example/v1"),
        ("https://llm.example", "https://llm.example"),
        ("https://llm.example/v1/chat/completions/", "https://llm.example/v1"),
        ("https://10.0.0.5:8443/v1", "https://10.0.0.5:8443/v1"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        ("http://127.9.9.9/v1", "http://127.9.9.9/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1"),
    ],
)
def test_good_addresses(given: str, address: str) -> None:
    assert checked(given) == address


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("llm.example/v1", "no http or https"),
        ("", "no http or https"),
        ("ftp://llm.example", "no http or https"),
        ("file:///etc/passwd", "no http or https"),
        ("https://", "no http or https"),
        ("https://[::1", "no http or https"),
        ("https://a:99999/v1", "no http or https"),
        ("https://me:secret@llm.example/v1", "user name or password"),
        ("https://llm.example/v1?key=secret", "query"),
        ("https://llm.example/v1#secret", "fragment"),
        ("http://llm.example/v1", "in the clear"),
        ("http://localhost.evil.example/v1", "in the clear"),
        ("http://127.0.0.1.evil.example/v1", "in the clear"),
        ("http://10.0.0.5/v1", "in the clear"),
    ],
)
def test_addresses_that_will_not_do(given: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as caught:
        checked(given)
    assert "secret" not in str(caught.value)


def test_plain_http_in_a_private_network_where_that_is_allowed() -> None:
    assert checked("http://gpu:8000/v1", allow_private=True, resolve=found) == "http://gpu:8000/v1"
    for host in ("both", "none"):
        with pytest.raises(UsageError, match="public internet"):
            checked(f"http://{host}/v1", allow_private=True, resolve=found)


def test_settings_check_themselves() -> None:
    assert Settings(model="m", base_url="https://llm.example/v1/").base_url == "https://llm.example/v1"
    for model in ("", " ", "m\n", "m\ud800"):
        with pytest.raises(UsageError, match="names no model"):
            Settings(model=model, base_url="https://llm.example/v1")


def test_which_key_goes_where() -> None:
    both = {"TENSIONWIRE_API_KEY": "ours", "OPENAI_API_KEY": "theirs"}
    for url in ("https://llm.example/v1", "http://127.0.0.1/v1", "http://10.0.0.5/v1"):
        assert key_for(url, both).header() == {"Authorization": "Bearer ours"}  # type: ignore[union-attr]
    theirs = {"OPENAI_API_KEY": " theirs\n", "TENSIONWIRE_API_KEY": " "}
    assert key_for("https://llm.example/v1", theirs).header() == {"Authorization": "Bearer theirs"}  # type: ignore[union-attr]
    assert key_for("http://10.0.0.5/v1", theirs) is None
    assert key_for("https://llm.example/v1", {}) is None


@pytest.mark.parametrize("value", ["sk 1", "sk\n1", "sk\x00", "schlüssel"])
def test_a_key_that_cannot_be_sent_is_not_shown(value: str) -> None:
    with pytest.raises(UsageError) as caught:
        key_for("https://llm.example/v1", {"OPENAI_API_KEY": value})
    assert value not in str(caught.value)
    assert "OPENAI_API_KEY" in str(caught.value)


def test_a_key_shows_itself_to_nobody() -> None:
    key = Key("sk-secret")
    assert "secret" not in f"{key} {key!r} {[key]} {vars(type(key))}"


def test_where_answers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder({}).parts[-4:] == ("Library", "Caches", "tensionwire", "answers")
    monkeypatch.setattr("sys.platform", "win32")
    assert cache_folder({"LOCALAPPDATA": "/l"}).as_posix() == "/l/tensionwire/answers"
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder({}).parts[-3:] == (".cache", "tensionwire", "answers")
