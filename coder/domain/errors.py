"""Errors a person can read: what happened, to which file, and what to do about it."""

from __future__ import annotations


class EvidenceError(Exception):
    """A known failure, told in one plain sentence and, where there is one, a next step.

    `what` names the file or thing concerned; `remedy` says what to do. Both are full sentences.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class Unreadable(EvidenceError):
    """A file or a part of one that cannot be read as what it claims to be."""


class Blank(Unreadable):
    """A file that can be read and says nothing."""


class NotFound(EvidenceError):
    """Something asked for by name or reference that is not in the project."""


class Refused(EvidenceError):
    """An act that is understood but not allowed as things stand."""


class WrongPassphrase(Refused):
    """A sealed file does not open with the passphrase that was given."""


class InUse(Refused):
    """A project that another program is writing to; it can still be read."""


class Outdated(Refused):
    """A project of an older version of the program, not to be read before it is brought up to
    date."""


class Cancelled(EvidenceError):
    """Long work that a person stopped."""

    def __init__(self) -> None:
        super().__init__("Stopped.", "What was finished stays.")

    def __reduce__(self) -> tuple[type[Cancelled], tuple[()]]:
        return type(self), ()
