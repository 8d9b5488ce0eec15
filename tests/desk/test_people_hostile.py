"""What somebody with bad intent may try on accounts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.asking import PASSWORD, Desk
from tensionwire.desk.identity import Role
from tensionwire.desk.people.limits import OF_ADDRESS, OF_PAIR, WINDOW, Limit
from tensionwire.desk.people.log_in import local

CHANGES = ("/account/tokens", "/account/password", "/account/log-out-everywhere", "/people/invite", "/log-out")


@pytest.mark.parametrize("to", CHANGES)
@pytest.mark.parametrize("token", [{}, {"csrf": ""}, {"csrf": "0" * 64}], ids=["none", "empty", "wrong"])
def test_a_form_without_its_token_changes_nothing(desk: Desk, to: str, token: dict[str, str]) -> None:
    admin = desk.member("Root", Role.administrator)
    answer = admin.post(to, data={"label": "x", "role": "administrator", "old": PASSWORD, **token})
    assert answer.status_code == 403
    assert "Not stored yet" in answer.text
    assert "link" not in answer.text or "/welcome/" not in answer.text
    assert admin.get("/account").status_code == 200


def test_a_token_of_another_session_will_not_do(desk: Desk) -> None:
    ada, eve = desk.member("Ada"), desk.member("Eve")
    answer = ada.post("/account/tokens", data={"csrf": eve.form("/account"), "label": "x", "role": "reader"})
    assert answer.status_code == 403


def test_a_form_sent_by_another_site_is_refused_even_with_a_token(desk: Desk) -> None:
    ada = desk.member("Ada")
    data = {"csrf": ada.form("/account"), "label": "x", "role": "reader"}
    answer = ada.post("/account/tokens", data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_form_from_before_is_shown_without_passwords(desk: Desk) -> None:
    ada = desk.member("Ada")
    answer = ada.post("/account/password", data={"csrf": "", "old": PASSWORD, "password": "secret new password"})
    assert PASSWORD not in answer.text
    assert "secret new password" not in answer.text


def test_what_a_forged_form_holds_is_escaped(desk: Desk) -> None:
    ada = desk.member("Ada")
    answer = ada.post("/account/tokens", data={"<img src=x>": "<script>alert(1)</script>", "csrf": "x"})
    assert "<script>alert" not in answer.text
    assert "<img src=x>" not in answer.text


@pytest.mark.parametrize("change", ["cut", "flip", "other key", "other name", "bare"])
def test_a_forged_cookie_opens_nothing(desk: Desk, change: str) -> None:
    cookie = desk.member("Ada").cookies["tensionwire"]
    other = desk.client()
    other.get("/log-in")
    forged = {
        "cut": cookie[:-2],
        "flip": ("B" if cookie[0] != "B" else "C") + cookie[1:],
        "other key": cookie.rsplit(".", 1)[0] + "." + "A" * 43,
        "other name": other.cookies["tensionwire_form"],
        "bare": cookie.split(".")[0],
    }[change]
    thief = desk.client()
    thief.cookies.set("tensionwire", forged)
    assert thief.get("/account").status_code == 303


def test_a_session_that_was_there_before_is_not_taken_over(desk: Desk) -> None:
    """Session fixation: a cookie that somebody planted is not the one that is logged in afterwards."""
    eve = desk.member("Eve")
    planted = eve.cookies["tensionwire"]
    desk.member("Ada")
    victim = desk.client()
    victim.cookies.set("tensionwire", planted, domain="127.0.0.1", path="/")
    victim.log_in("Ada")
    assert "Ada" in victim.get("/account").text
    thief = desk.client()
    thief.cookies.set("tensionwire", planted)
    assert "Ada" not in thief.get("/account").text
    assert thief.get("/account").status_code == 303


def test_cookies_are_for_this_desk_only(desk: Desk) -> None:
    browser = desk.client()
    browser.get("/log-in")
    desk.gate.people.accept(desk.gate.people.invite(Role.reader), name="Ada", password=PASSWORD)
    given = browser.log_in("Ada").headers["set-cookie"].lower()
    assert "httponly" in given
    assert "samesite=lax" in given
    assert "path=/" in given


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [(Role.reader, "/people", 403), (Role.reviewer, "/people", 403), (Role.editor, "/people", 403)],
)
def test_too_low_a_role(desk: Desk, role: Role, path: str, status: int) -> None:
    browser = desk.member("Ada", role)
    assert browser.get(path).status_code == status
    token = browser.form("/account")
    for to in ("/people/invite", "/people/1/role", "/people/1/close", "/people/1/reset"):
        assert browser.post(to, data={"csrf": token, "role": "administrator"}).status_code == 403
    assert desk.gate.people.all()[0].role is role


def test_a_program_may_not_change_accounts(desk: Desk) -> None:
    from tensionwire.desk.people import tokens

    desk.member("Root", Role.administrator)
    (root,) = desk.gate.people.all()
    secret = tokens.make(desk.gate.people, root, label="x", role=Role.administrator)
    headers = {"Authorization": f"Bearer {secret}"}
    assert desk.client().post("/people/invite", data={"role": "administrator"}, headers=headers).status_code == 401
    assert desk.client().post("/account/tokens", data={"label": "more"}, headers=headers).status_code == 401


@pytest.mark.parametrize("bearer", ["", "tw_", "tw_" + "x" * 43, "x" * 10_000, "tw_\xe9"])
def test_a_token_that_was_never_given(desk: Desk, bearer: str) -> None:
    answer = desk.client().get("/", headers={"Authorization": b"Bearer " + bearer.encode("latin-1")})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_passwords_cannot_be_tried_without_end(desk: Desk) -> None:
    desk.member("Ada")
    browser = desk.client()
    for _ in range(OF_PAIR):
        assert browser.log_in("Ada", "wrong wrong wrong").status_code == 401
    answer = browser.log_in("Ada")
    assert answer.status_code == 429
    assert browser.log_in(" ＡDA ", "wrong wrong wrong").status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert browser.log_in("Eve", "wrong wrong wrong").status_code == 401
    desk.time[0] += WINDOW + 1
    assert browser.log_in("Ada").status_code == 303


def test_names_cannot_be_tried_from_one_address_without_end() -> None:
    now = [0.0]
    limit = Limit(now=lambda: now[0])
    for n in range(OF_ADDRESS):
        assert limit.wait(f"name {n}", "10.0.0.1") == 0
        limit.failed(f"name {n}", "10.0.0.1")
    assert limit.wait("another", "10.0.0.1") > 0
    assert limit.wait("another", "10.0.0.2") == 0
    now[0] += WINDOW + 1
    assert limit.wait("another", "10.0.0.1") == 0


def test_a_name_that_is_not_there_answers_like_one_that_is(desk: Desk) -> None:
    desk.member("Ada")
    known, unknown = desk.client().log_in("Ada", "wrong wrong wrong"), desk.client().log_in("Eve", "wrong wrong wrong")
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace("Ada", "").count("Name or password is wrong.") == 1
    assert "Name or password is wrong." in unknown.text


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
                                "/\t/evil.example", "http:evil.example", "\\\\evil.example", ""])  # fmt: skip
def test_logging_in_leads_nowhere_else(desk: Desk, to: str) -> None:
    desk.gate.people.accept(desk.gate.people.invite(Role.reader), name="Ada", password=PASSWORD)
    answer = desk.client().log_in("Ada", next=to)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


@given(st.text(alphabet="/\\.:@? \t\nae", max_size=12))
def test_where_it_leads_is_always_a_page_of_the_desk(target: str) -> None:
    from urllib.parse import urljoin

    assert urljoin("http://desk.example/log-in", local(target)).startswith("http://desk.example/")


def test_a_huge_form_is_refused(desk: Desk) -> None:
    browser = desk.client()
    token = browser.form("/log-in")
    answer = browser.post("/log-in", data={"csrf": token, "name": "x" * 3_000, "password": "y"})
    assert answer.status_code == 422
