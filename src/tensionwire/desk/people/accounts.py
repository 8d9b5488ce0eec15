"""Accounts: invited, opened, logged in to, given another role, closed."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from tensionwire.desk.identity import Role
from tensionwire.desk.people.hashing import new_secret, password_fits, password_hash, secret_hash
from tensionwire.desk.people.tables import invitations, metadata, people, sessions
from tensionwire.errors import UsageError
from tensionwire.ledger.store import Store

INVITED: Final = 72 * 3600  # seconds that a one-time link is good for
LOGGED_IN: Final = 14 * 24 * 3600  # seconds that a session lasts
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with an account. `made` and `closed` are seconds since 1970."""

    id: int
    name: str
    role: Role
    made: int
    closed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What a one-time link is good for; `person` is whose password it sets anew, None: it opens an account."""

    role: Role
    person: Person | None = None


class People:
    """The accounts of a desk. Safe for threads and for several servers on one ledger."""

    def __init__(self, store: Store, *, now: Callable[[], float] = time.time) -> None:
        self.store = store
        self.clock = now
        self.make_tables()

    def make_tables(self) -> None:
        """Make those that are not there."""
        with self.store.writing() as connection:
            metadata.create_all(connection)

    def now(self) -> int:
        """Seconds since 1970."""
        return int(self.clock())

    # -- one-time links -------------------------------------------------------------------------------------------

    def first_link(self) -> str | None:
        """A one-time secret for the first administrator, None where there is one; the one before no longer works."""
        with self.store.writing() as connection:
            if _administrators(connection):
                return None
            connection.execute(delete(invitations).where(invitations.c.role == int(Role.administrator)))
            return self._invited(connection, Role.administrator, None)

    def invite(self, role: Role) -> str:
        """A one-time secret that opens an account."""
        if role is Role.nobody:
            raise UsageError("nobody", "is no role that can be given", "give reader, reviewer, editor or administrator")
        with self.store.writing() as connection:
            return self._invited(connection, role, None)

    def reset(self, id: int) -> str:
        """A one-time secret that sets the password of an account anew."""
        with self.store.writing() as connection:
            person = _person(connection, id)
            return self._invited(connection, person.role, id)

    def invitation(self, secret: str) -> Invitation | None:
        """What a secret is good for now; None: it was used, is too old, or never was."""
        with self.store.reading() as connection:
            return self._open(connection, secret)

    def accept(self, secret: str, *, name: str, password: str) -> Person:
        """Open the account, or set the password anew, that a secret is good for; it works once.

        Raises UsageError where the secret, the name or the password will not do.
        """
        kept = password_hash(password)
        with self.store.writing() as connection:
            invited = self._open(connection, secret)
            if invited is None:
                raise UsageError("the link", "was used already or is too old", "ask an administrator for a new one")
            here = invitations.c.hash == secret_hash(secret)
            connection.execute(update(invitations).where(here).values(used=self.now()))
            if invited.person is None:
                return self._opened(connection, name, invited.role, kept)
            connection.execute(update(people).where(people.c.id == invited.person.id).values(password=kept))
            connection.execute(delete(sessions).where(sessions.c.person == invited.person.id))
            return invited.person

    def _invited(self, connection: Connection, role: Role, person: int | None) -> str:
        secret, now = new_secret(), self.now()
        connection.execute(delete(invitations).where(invitations.c.ends < now))
        connection.execute(insert(invitations), {
            "hash": secret_hash(secret), "role": int(role), "person": person, "made": now, "ends": now + INVITED,
        })  # fmt: skip
        return secret

    def _open(self, connection: Connection, secret: str) -> Invitation | None:
        row = connection.execute(select(invitations).where(invitations.c.hash == secret_hash(secret))).first()
        if row is None or row.used is not None or row.ends <= self.now():
            return None
        if row.person is None:
            return Invitation(role=Role(row.role))
        person = _person(connection, row.person)
        return None if person.closed else Invitation(role=person.role, person=person)

    def _opened(self, connection: Connection, name: str, role: Role, password: str) -> Person:
        shown = tidy(name)
        if connection.execute(select(people.c.id).where(people.c.folded == folded(shown))).first():
            raise UsageError(shown, "is somebody's name already", "take another; judgements are signed with it")
        row = {"name": shown, "folded": folded(shown), "role": int(role), "password": password, "made": self.now()}
        id = connection.execute(insert(people).returning(people.c.id), row).scalar_one()
        return Person(id=id, name=shown, role=role, made=row["made"])  # type: ignore[arg-type]

    # -- logging in -----------------------------------------------------------------------------------------------

    def log_in(self, name: str, password: str) -> str | None:
        """The secret of a new session; None where name or password is wrong. No session lives on from before."""
        with self.store.reading() as connection:
            row = connection.execute(select(people).where(people.c.folded == folded(name))).first()
        if not password_fits(row.password if row else None, password) or row is None or row.closed is not None:
            return None
        return self.begin(row.id)

    def begin(self, id: int) -> str:
        """A new session of a person."""
        secret, now = new_secret(), self.now()
        with self.store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.ends <= now))
            row = {"hash": secret_hash(secret), "person": id, "made": now, "ends": now + LOGGED_IN}
            connection.execute(insert(sessions), row)
        return secret

    def who(self, secret: str) -> Person | None:
        """Whose session it is."""
        here = (sessions.c.hash == secret_hash(secret)) & (sessions.c.ends > self.now()) & people.c.closed.is_(None)
        with self.store.reading() as connection:
            row = connection.execute(
                select(people).join(sessions, sessions.c.person == people.c.id).where(here)
            ).first()
        return None if row is None else _of(row)

    def log_out(self, secret: str) -> None:
        """End one session."""
        with self.store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.hash == secret_hash(secret)))

    def log_out_everywhere(self, id: int) -> None:
        """End all sessions of a person."""
        with self.store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.person == id))

    def change_password(self, id: int, old: str, new: str) -> None:
        """Raises UsageError where the old one is wrong or the new one will not do; all sessions end."""
        with self.store.reading() as connection:
            kept = connection.execute(select(people.c.password).where(people.c.id == id)).scalar()
        if not password_fits(kept, old):
            raise UsageError("the old password", "is wrong", "type it again")
        hashed = password_hash(new)
        with self.store.writing() as connection:
            connection.execute(update(people).where(people.c.id == id).values(password=hashed))
            connection.execute(delete(sessions).where(sessions.c.person == id))

    # -- what administrators do -----------------------------------------------------------------------------------

    def all(self) -> tuple[Person, ...]:
        """Everybody, by name."""
        with self.store.reading() as connection:
            return tuple(_of(row) for row in connection.execute(select(people).order_by(people.c.folded)))

    def set_role(self, id: int, role: Role) -> None:
        """Give another role; the last administrator stays one."""
        with self.store.writing() as connection:
            before = _person(connection, id)
            connection.execute(update(people).where(people.c.id == id).values(role=int(role)))
            _one_is_left(connection, before)

    def close(self, id: int) -> None:
        """Close an account: its sessions end and its tokens no longer work; what it judged stays."""
        with self.store.writing() as connection:
            before = _person(connection, id)
            connection.execute(update(people).where(people.c.id == id).values(closed=self.now()))
            connection.execute(delete(sessions).where(sessions.c.person == id))
            _one_is_left(connection, before)

    def reopen(self, id: int) -> None:
        """Open a closed account again."""
        with self.store.writing() as connection:
            connection.execute(update(people).where(people.c.id == id).values(closed=None))


def tidy(name: str) -> str:
    """A name as it is shown; raises UsageError for what is none.

    >>> tidy("  Ada   Lovelace ")
    'Ada Lovelace'
    """
    words = " ".join(unicodedata.normalize("NFC", name).split())
    if not words or len(words) > LONGEST_NAME:
        raise UsageError("the name", "is empty or very long", f"take 1 to {LONGEST_NAME} characters")
    if any(unicodedata.category(sign)[0] == "C" for sign in words):
        raise UsageError("the name", "holds characters that cannot be seen", "leave them out")
    return words


def folded(name: str) -> str:
    """What two names that look alike have in common.

    >>> folded("Ａda") == folded("ada")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _of(row: Any) -> Person:
    return Person(id=row.id, name=row.name, role=Role(row.role), made=row.made, closed=row.closed)


def _person(connection: Connection, id: int) -> Person:
    row = connection.execute(select(people).where(people.c.id == id)).first()
    if row is None:
        raise UsageError(f"account {id}", "is not there", "go back to the list of people")
    return _of(row)


def _administrators(connection: Connection) -> int:
    standing = (people.c.role == int(Role.administrator)) & people.c.closed.is_(None)
    return int(connection.execute(select(func.count()).select_from(people).where(standing)).scalar_one())


def _one_is_left(connection: Connection, before: Person) -> None:
    if before.role is Role.administrator and not _administrators(connection):
        raise UsageError(before.name, "is the only administrator", "make somebody else one first")
