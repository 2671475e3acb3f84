"""Withdrawal: a respondent takes evidence back, and it is erased for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coder.domain.model import Coder, Status
from coder.project.evidence import CAMPAIGN
from coder.project.joining import Joining
from coder.store.erasure import Erased
from coder.store.store import Store

__all__ = ["Erased", "Withdrawal", "sentences"]


class Withdrawal:
    """Takes submissions out of a project."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def withdraw(self, ref: str) -> Erased:
        """Erases a submission and all that was made of it, and says what went.

        Texts, tags, memos, names, originals and what backups hold of them go for good, and undo
        does not bring them back. The reference stays, with the status *withdrawn*, the type, the
        channel and the day of receipt; another letter stands for its campaign then. Raises
        NotFound, or Refused where it was withdrawn so before or the project is open for reading
        only.
        """
        one = self._store.read.submission(ref)
        if CAMPAIGN in one.flags and one.status not in (Status.WITHDRAWN, Status.JOINED):
            Joining(self._store, self._who).stand_alone(one.ref)
        return self._store.erase(one.id, self._who())


def sentences(gone: Erased) -> list[str]:
    """What a withdrawal took and what it left, for people."""
    told = []
    if gone.refs:
        told.append(
            f"{_all(gone.refs)} withdrawn: {_count(gone.documents, 'document')} of"
            f" {_count(gone.characters, 'character')}, {_count(gone.codings, 'tag')} and"
            f" {_count(gone.originals, 'original')} erased."
        )
    if gone.quoted:
        told.append(f"Taken out of baskets: {_count(gone.quoted, 'quote')}.")
    if gone.rewritten:
        told.append(f"Erased from {_count(gone.rewritten, 'backup')} too.")
    if gone.removed:
        told.append(f"Removed, since they could not be read: backups {_all(gone.removed)}.")
    if gone.shared:
        names = _all([f"“{name}”" for name in gone.shared])
        told.append(f"Kept, since other submissions have the same file: {names}.")
    if gone.twins:
        told.append(f"Not withdrawn, though declared the same: {_all(gone.twins)}.")
    if gone.originals:
        told.append("Not reached: the files as they were sent, in the inbox or elsewhere.")
    return told + gone.unfinished


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _all(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
