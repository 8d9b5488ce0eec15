"""What can go wrong with an endpoint, as errors of the one family."""

from __future__ import annotations

from tensionwire.errors import TensionwireError


class EndpointError(TensionwireError):
    """The endpoint gave no answer for one report; the others go on."""


class AnswerError(EndpointError):
    """The endpoint answered, but not with what was asked for."""


class EndpointLost(TensionwireError):
    """The endpoint will answer for no report: nothing to reach, a refused key, no such model."""


class BudgetSpent(TensionwireError):
    """The requests or tokens that the user allowed are used up."""
