"""The one family of errors: what was given, why it will not do, what to do."""

from __future__ import annotations


class TensionwireError(Exception):
    """Base of all errors that tensionwire raises on purpose."""

    def __init__(self, what: str, why: str, todo: str) -> None:
        super().__init__(f"{what}: {why}; {todo}")
        self.what, self.why, self.todo = what, why, todo

    def __reduce__(self) -> tuple[type[TensionwireError], tuple[str, str, str]]:
        """Errors cross from one process to another."""
        return type(self), (self.what, self.why, self.todo)


class InputError(TensionwireError):
    """One input cannot be read; the others go on."""


class UsageError(TensionwireError):
    """The command or call itself is wrong; nothing was done."""


class ModelError(TensionwireError):
    """The shipped model is missing, damaged or of another version."""


class LedgerError(TensionwireError):
    """The ledger cannot be opened, read or written; what was committed before is there."""


class ForgottenError(LedgerError):
    """The text was erased from the ledger for a reason that stands in it."""


class StaleError(LedgerError):
    """What was decided was decided on something that has changed since; nothing was stored."""
