"""Accounts of people whom a provider vouches for: known by issuer and subject, never by a name or address."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Column, ForeignKey, Table, Text, insert, select

from tensionwire.desk.identity import Role
from tensionwire.desk.oidc.asking import distrusted
from tensionwire.desk.oidc.settings import Provider
from tensionwire.desk.people.accounts import LONGEST_NAME, People, Person, folded, tidy
from tensionwire.desk.people.tables import metadata, people
from tensionwire.errors import UsageError

NO_PASSWORD: Final = "!"  # no hash: nothing that is typed fits it

subjects = Table(
    "desk_subjects", metadata,
    Column("issuer", Text, primary_key=True), Column("subject", Text, primary_key=True),
    Column("person", people.c.id.type, ForeignKey("desk_people.id"), nullable=False),
)  # fmt: skip


def person_of(accounts: People, provider: Provider, claims: Mapping[str, Any]) -> Person:
    """The account of who has logged in, opened where there is none yet, with the role that their claims give.

    Raises UsageError for people who may not come in.
    """
    role, subject = provider.role(claims), str(claims["sub"])
    found = _known(accounts, provider.issuer, subject)
    if role is Role.nobody or (found is not None and found.closed is not None):
        raise distrusted("was right, but you have no account on this desk")
    if found is None:
        return _opened(accounts, provider.issuer, subject, role, _name(claims))
    if provider.roles and found.role is not role:
        try:
            accounts.set_role(found.id, role)
        except UsageError:
            return found  # the last administrator stays one
        return Person(id=found.id, name=found.name, role=role, made=found.made)
    return found


def _known(accounts: People, issuer: str, subject: str) -> Person | None:
    here = (subjects.c.issuer == issuer) & (subjects.c.subject == subject)
    query = select(people).join(subjects, subjects.c.person == people.c.id).where(here)
    with accounts.store.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    return Person(id=row.id, name=row.name, role=Role(row.role), made=row.made, closed=row.closed)


def _opened(accounts: People, issuer: str, subject: str, role: Role, wanted: str) -> Person:
    """A new account. A name that somebody has is not theirs: it gets a number, so that nobody signs as another."""
    with accounts.store.writing() as connection:
        taken = set(connection.execute(select(people.c.folded)).scalars())
        name, number = wanted, 1
        while folded(name) in taken:
            number += 1
            name = f"{wanted[: LONGEST_NAME - 8]} ({number})"
        row = {
            "name": name, "folded": folded(name), "role": int(role), "password": NO_PASSWORD, "made": accounts.now(),
        }  # fmt: skip
        id = connection.execute(insert(people).returning(people.c.id), row).scalar_one()
        connection.execute(insert(subjects), {"issuer": issuer, "subject": subject, "person": id})
    return Person(id=id, name=name, role=role, made=accounts.now())


def _name(claims: Mapping[str, Any]) -> str:
    """What the provider calls them, made fit to sign with."""
    given = (claims.get(key) for key in ("preferred_username", "name", "nickname"))
    for text in given:
        if isinstance(text, str):
            seen = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)[:LONGEST_NAME]
            try:
                return tidy(seen)
            except UsageError:
                continue
    return "somebody"
