"""Accounts: opened by a link, logged in to, given a role, closed; on both kinds of database."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from desk.asking import PASSWORD, Desk, opened
from tensionwire.desk.identity import Role
from tensionwire.desk.people import tokens
from tensionwire.desk.people.accounts import INVITED, LOGGED_IN
from tensionwire.desk.people.installing import first_address
from tensionwire.errors import UsageError


def test_the_first_link_makes_an_administrator_once(accounts: Desk) -> None:
    address = first_address(accounts.app)
    assert address is not None
    path = "/" + address.split("/", 3)[3]
    browser = accounts.client()
    assert "administrator" in browser.get(path).text
    assert browser.fill(path, name="Ada", password=PASSWORD, again=PASSWORD).status_code == 303
    assert browser.get("/people").status_code == 200
    assert accounts.client().get(path).status_code == 410
    assert first_address(accounts.app) is None


def test_a_first_link_that_nobody_used_is_replaced_by_the_next(desk: Desk) -> None:
    old, new = first_address(desk.app), first_address(desk.app)
    assert old != new
    assert desk.client().get(str(old)).status_code == 410
    assert desk.client().get(str(new)).status_code == 200


def test_a_link_is_too_old_after_three_days(desk: Desk) -> None:
    secret = desk.gate.people.invite(Role.reader)
    desk.time[0] += INVITED
    assert desk.client().get(f"/welcome/{secret}").status_code == 410
    with pytest.raises(UsageError, match="too old"):
        desk.gate.people.accept(secret, name="Ada", password=PASSWORD)


def test_a_name_is_nobody_elses_however_it_is_written(accounts: Desk) -> None:
    accounts.member("Ada Lovelace")
    secret = accounts.gate.people.invite(Role.reader)
    with pytest.raises(UsageError, match="somebody's name"):
        accounts.gate.people.accept(secret, name=" ＡDA  lovelace", password=PASSWORD)
    assert accounts.gate.people.accept(secret, name="Grace", password=PASSWORD).name == "Grace"


@pytest.mark.parametrize("name", ["", "x" * 61, "Ada\u202eevil", "Ada\x00"])
def test_a_name_that_cannot_be_read_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(UsageError, match="the name"):
        desk.gate.people.accept(desk.gate.people.invite(Role.reader), name=name, password=PASSWORD)


@pytest.mark.parametrize("password", ["short", "x" * 20, "y" * 600])
def test_a_password_that_will_not_do_is_refused_and_the_link_still_works(desk: Desk, password: str) -> None:
    secret = desk.gate.people.invite(Role.reader)
    with pytest.raises(UsageError, match="the password"):
        desk.gate.people.accept(secret, name="Ada", password=password)
    assert desk.gate.people.invitation(secret) is not None


def test_two_passwords_that_differ_are_told(desk: Desk) -> None:
    path = f"/welcome/{desk.gate.people.invite(Role.reader)}"
    answer = desk.client().fill(path, name="Ada", password=PASSWORD, again=PASSWORD + "!")
    assert answer.status_code == 400
    assert "differ" in answer.text


def test_logging_in_and_out(accounts: Desk) -> None:
    browser = accounts.member("Ada")
    assert browser.get("/account").status_code == 200
    assert browser.fill("/account", "/log-out").status_code == 303
    answer = browser.get("/account?x=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/log-in?next=%2Faccount%3Fx%3D1"


def test_logging_out_ends_the_session_even_for_a_copied_cookie(desk: Desk) -> None:
    browser, thief = desk.member("Ada"), desk.client()
    thief.cookies.update(browser.cookies)
    assert thief.get("/account").status_code == 200
    browser.fill("/account", "/log-out")
    assert thief.get("/account").status_code == 303


def test_a_session_ends_by_itself(desk: Desk) -> None:
    browser = desk.member("Ada")
    desk.time[0] += LOGGED_IN + 1
    assert browser.get("/account").status_code == 303


def test_logging_out_everywhere(accounts: Desk) -> None:
    here, there = accounts.member("Ada"), accounts.client()
    there.log_in("Ada")
    assert there.get("/account").status_code == 200
    assert here.fill("/account", "/account/log-out-everywhere").status_code == 303
    assert here.get("/account").status_code == there.get("/account").status_code == 303


def test_another_password_ends_all_sessions_but_this(desk: Desk) -> None:
    here, there = desk.member("Ada"), desk.client()
    there.log_in("Ada")
    new = {"password": "another long one", "again": "another long one"}
    assert here.fill("/account", "/account/password", old="wrong wrong wrong", **new).status_code == 400
    assert here.fill("/account", "/account/password", old=PASSWORD, **new).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert desk.client().log_in("Ada").status_code == 401
    assert desk.client().log_in("Ada", "another long one").status_code == 303


def test_an_administrator_invites_and_resets(accounts: Desk) -> None:
    admin = accounts.member("Root", Role.administrator)
    link = _link(admin.fill("/people", "/people/invite", role="reviewer").text)
    assert accounts.client().fill(link, name="Ada", password=PASSWORD, again=PASSWORD).status_code == 303
    ada = next(person for person in accounts.gate.people.all() if person.name == "Ada")
    assert ada.role is Role.reviewer
    browser = accounts.client()
    browser.log_in("Ada")
    link = _link(admin.fill("/people", f"/people/{ada.id}/reset").text)
    assert accounts.client().fill(link, password="a wholly new one", again="a wholly new one").status_code == 303
    assert browser.get("/account").status_code == 303
    assert accounts.client().log_in("Ada", "a wholly new one").status_code == 303


def test_a_closed_account_lets_nobody_in_until_it_is_opened_again(accounts: Desk) -> None:
    admin, browser = accounts.member("Root", Role.administrator), accounts.member("Ada")
    ada = next(person for person in accounts.gate.people.all() if person.name == "Ada")
    secret = tokens.make(accounts.gate.people, ada, label="script", role=Role.reader)
    assert admin.fill("/people", f"/people/{ada.id}/close").status_code == 303
    assert browser.get("/account").status_code == 303
    assert accounts.client().log_in("Ada").status_code == 401
    assert tokens.owner(accounts.gate.people, secret) is None
    admin.fill("/people", f"/people/{ada.id}/reopen")
    assert accounts.client().log_in("Ada").status_code == 303


def test_the_last_administrator_stays(accounts: Desk) -> None:
    admin = accounts.member("Root", Role.administrator)
    (root,) = accounts.gate.people.all()
    for to in (f"/people/{root.id}/close", f"/people/{root.id}/role"):
        answer = admin.fill("/people", to, role="reader")
        assert answer.status_code == 400
        assert "only administrator" in answer.text
    assert accounts.gate.people.all()[0].role is Role.administrator


def test_a_token_is_shown_once_works_and_is_revoked(accounts: Desk) -> None:
    browser = accounts.member("Ada", Role.reviewer)
    answer = browser.fill("/account", "/account/tokens", label="my script", role="reader")
    secret = re.search(r"tw_[\w-]{43}", answer.text)
    assert secret
    assert secret[0] not in browser.get("/account").text
    program = accounts.client()
    program.headers["Authorization"] = f"Bearer {secret[0]}"
    assert program.get("/").status_code == 200
    assert program.get("/account").status_code in (401, 303)
    browser.fill("/account", "/account/tokens/1/revoke")
    assert program.get("/").status_code == 401
    assert "revoked" in browser.get("/account").text


def test_a_token_never_does_more_than_its_owner(desk: Desk) -> None:
    browser = desk.member("Ada", Role.reviewer)
    assert browser.fill("/account", "/account/tokens", label="x", role="editor").status_code == 400
    (ada,) = desk.gate.people.all()
    secret = tokens.make(desk.gate.people, ada, label="x", role=Role.reviewer)
    desk.gate.people.set_role(ada.id, Role.reader)
    owner = tokens.owner(desk.gate.people, secret)
    assert owner is not None
    assert owner[1] is Role.reader


def test_a_token_of_somebody_else_cannot_be_revoked(desk: Desk) -> None:
    ada, eve = desk.member("Ada"), desk.member("Eve")
    ada.fill("/account", "/account/tokens", label="x", role="reader")
    eve.fill("/account", "/account/tokens/1/revoke")
    assert tokens.of_person(desk.gate.people, 1)[0].revoked is None


def test_whoever_comes_may_read_an_open_desk_and_no_more(tmp_path: Path) -> None:
    desk = opened(str(tmp_path / "ledger.db"), tmp_path / "desk", public_read=True)
    browser = desk.client()
    assert browser.get("/").status_code == 200
    assert browser.get("/people").status_code == 303
    assert not browser.cookies
    desk.app.state.desk.close()


def test_a_closed_desk_shows_nobody_anything(desk: Desk) -> None:
    answer = desk.client().get("/")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/log-in")


def test_no_secret_stands_in_the_database(desk: Desk, tmp_path: Path) -> None:
    browser = desk.member("Ada")
    token = re.search(r"tw_[\w-]{43}", browser.fill("/account", "/account/tokens", label="x", role="reader").text)
    invited = desk.gate.people.invite(Role.reader)
    session = browser.cookies["tensionwire"].split(".")[0]
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        held = "\n".join(connection.iterdump())
    assert token
    for secret in (PASSWORD, token[0], token[0][3:], invited, session):
        assert secret not in held
    assert "$argon2id$" in held


def _link(text: str) -> str:
    found = re.search(r'<code id="link">http://127\.0\.0\.1:8710(/welcome/[\w-]+)</code>', text)
    assert found, text
    return found[1]
