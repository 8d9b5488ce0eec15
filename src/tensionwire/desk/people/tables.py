"""The tables of accounts. They lie in the ledger's database, and hold no word of any report.

Secrets stand in them as hashes only: a copy of the database opens no session. Nothing is written when somebody reads.
Times are seconds since 1970.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, SmallInteger, Table, Text

metadata: Final = MetaData()
_Number = BigInteger().with_variant(Integer, "sqlite")

people = Table(
    "desk_people", metadata,
    Column("id", _Number, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),  # what no two may share
    Column("role", SmallInteger, nullable=False),  # identity.Role
    Column("password", Text, nullable=False),  # argon2id
    Column("made", BigInteger, nullable=False),
    Column("closed", BigInteger),  # when the account was closed
)  # fmt: skip

sessions = Table(
    "desk_sessions", metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of what the cookie holds
    Column("person", _Number, ForeignKey("desk_people.id"), nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Index("desk_sessions_person", "person"),
)  # fmt: skip

tokens = Table(
    "desk_tokens", metadata,
    Column("id", _Number, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("person", _Number, ForeignKey("desk_people.id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("role", SmallInteger, nullable=False),  # no more than its owner's counts
    Column("made", BigInteger, nullable=False),
    Column("revoked", BigInteger),
    Index("desk_tokens_person", "person"),
)  # fmt: skip

invitations = Table(
    "desk_invitations", metadata,
    Column("hash", Text, primary_key=True),
    Column("role", SmallInteger, nullable=False),
    Column("person", _Number, ForeignKey("desk_people.id")),  # whose password is set anew; NULL: a new account
    Column("made", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Column("used", BigInteger),
)  # fmt: skip
