"""API tokens: shown once, kept as hashes, revoked at will."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, select, update

from tensionwire.desk.identity import Role
from tensionwire.desk.people.accounts import People, Person, tidy
from tensionwire.desk.people.hashing import new_secret, secret_hash
from tensionwire.desk.people.tables import people, tokens
from tensionwire.errors import UsageError

PREFIX: Final = "tw_"  # so that one that leaks is known for what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token without its secret. `made` and `revoked` are seconds since 1970."""

    id: int
    label: str
    role: Role
    made: int
    revoked: int | None = None


def make(accounts: People, person: Person, *, label: str, role: Role) -> str:
    """The secret of a new token; it can never be shown again. Raises UsageError for a role above the owner's."""
    if not Role.nobody < role <= person.role:
        raise UsageError(role.name, "is no role that a token of yours can have", f"choose up to {person.role.name}")
    secret, words = new_secret(PREFIX), tidy(label)
    row = {
        "hash": secret_hash(secret), "person": person.id, "label": words, "role": int(role), "made": accounts.now(),
    }  # fmt: skip
    with accounts.store.writing() as connection:
        connection.execute(insert(tokens), row)
    return secret


def owner(accounts: People, secret: str) -> tuple[Person, Role] | None:
    """Whose token it is and what it may do: no more than its owner may today."""
    if not secret.startswith(PREFIX):
        return None
    here = (tokens.c.hash == secret_hash(secret)) & tokens.c.revoked.is_(None) & people.c.closed.is_(None)
    columns = (people.c.id, people.c.name, people.c.role, people.c.made, tokens.c.role.label("own"))
    with accounts.store.reading() as connection:
        row = connection.execute(select(*columns).join(people, people.c.id == tokens.c.person).where(here)).first()
    if row is None:
        return None
    person = Person(id=row.id, name=row.name, role=Role(row.role), made=row.made)
    return person, min(person.role, Role(row.own))


def of_person(accounts: People, id: int) -> tuple[Token, ...]:
    """The tokens of a person, newest first."""
    query = select(tokens).where(tokens.c.person == id).order_by(tokens.c.id.desc())
    with accounts.store.reading() as connection:
        return tuple(
            Token(id=row.id, label=row.label, role=Role(row.role), made=row.made, revoked=row.revoked)
            for row in connection.execute(query)
        )


def revoke(accounts: People, person: int, id: int) -> None:
    """Let a person's token work no longer."""
    own = (tokens.c.id == id) & (tokens.c.person == person) & tokens.c.revoked.is_(None)
    with accounts.store.writing() as connection:
        connection.execute(update(tokens).where(own).values(revoked=accounts.now()))
