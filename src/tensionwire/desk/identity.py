"""Who is asking, and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated

from fastapi import Depends, HTTPException, Request


class Role(IntEnum):
    """What somebody may do; each may do what those before it may."""

    nobody = 0
    reader = 1
    reviewer = 2
    editor = 3
    administrator = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Whoever asks. `name` None: not signed in."""

    name: str | None = None
    role: Role = Role.reader

    @property
    def signed_in(self) -> bool:
        """Whether we know who it is."""
        return self.name is not None


Identify = Callable[[Request], User]


def everybody_reads(request: Request) -> User:
    """A desk without accounts: all may read."""
    return User()


def current_user(request: Request) -> User:
    """Who asks; found out once a request."""
    found = getattr(request.state, "user", None)
    if not isinstance(found, User):
        identify: Identify = request.app.state.identify
        request.state.user = found = identify(request)
    return found


def require(role: Role) -> Callable[[Request], User]:
    """A dependency that lets only those pass who have at least a role; gives the user."""

    def required(request: Request) -> User:
        user = current_user(request)
        if user.role >= role:
            return user
        if user.signed_in:
            raise HTTPException(403, f"You may not do this: it needs the role {role.name}, you are {user.role.name}.")
        raise HTTPException(401, "Log in first.")

    return required


Reader = Annotated[User, Depends(require(Role.reader))]
Reviewer = Annotated[User, Depends(require(Role.reviewer))]
Editor = Annotated[User, Depends(require(Role.editor))]
Administrator = Annotated[User, Depends(require(Role.administrator))]
