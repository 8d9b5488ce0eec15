"""The gate of the desk that was asked, and the account of whoever is logged in, as dependencies of routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request

from tensionwire.desk.identity import current_user
from tensionwire.desk.people.accounts import Person
from tensionwire.desk.people.asking import Gate, person_of


def gate_of(request: Request) -> Gate:
    """The gate; 404 on a desk without accounts."""
    gate = request.app.state.identify
    if not isinstance(gate, Gate):
        raise HTTPException(404, "This desk has no accounts.")
    current_user(request)
    return gate


def logged_in(request: Request) -> Person:
    """The account; 401 for whoever is not logged in, and for programs, which may not change accounts."""
    current_user(request)
    person = person_of(request)
    if person is None:
        raise HTTPException(401, "Log in first.")
    return person


Here = Annotated[Gate, Depends(gate_of)]
Me = Annotated[Person, Depends(logged_in)]
