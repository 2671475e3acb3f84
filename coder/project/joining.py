"""Submissions that belong together: joined into one, or declared the same as another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from coder.domain.errors import Refused
from coder.domain.model import Coder, Permission, RespondentType, Status, Submission
from coder.project.evidence import CAMPAIGN
from coder.store.journal import Step, row_of
from coder.store.store import Store

_STRICT = (Permission.WITHHELD, Permission.ANONYMOUS, Permission.NAMED, Permission.UNKNOWN)
"""Of two permissions the one that comes first here is kept: the known one, then the stricter."""

_ITS_OWN = {CAMPAIGN, "late", "duplicate"}
"""Flags that speak of one submission and not of the evidence in it."""


class Joining:
    """Acts on submissions that have to do with one another; each is one undoable step."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def join(self, ref: str, other: str) -> Submission:
        """Moves the documents of `other`, with their codings, behind those of `ref`; gives that.

        The other keeps its reference, as joined with this one. What this one does not say of the
        respondent it takes from the other; where both say what they permit, the stricter holds.
        Raises NotFound, and Refused for itself and for one that is withdrawn or already joined.
        """
        first, second = self._both(ref, other)
        with self._store.step(f"Join {second.ref} with {first.ref}", self._who()) as tx:
            joined = _filled(first, second)
            documents = tx.read.documents(second.id)
            place = max((one.position for one in tx.read.documents(first.id)), default=-1) + 1
            lowest = min((one.position for one in documents), default=0)
            for document in documents:
                position = place + document.position - lowest
                _change(tx, document.id, submission_id=first.id, position=position)
            tx.put(replace(second, status=Status.JOINED, of_id=first.id, flags=()))
            _point(tx, second.id, first.id, joined.of_id or first.id)
            letters = [one for one in tx.read.submissions_of(first.id) if CAMPAIGN in one.flags]
            if letters and not joined.of_id:
                joined = replace(joined, flags=_with(joined.flags, CAMPAIGN))
            tx.put(joined)
            self._settle(tx, second.of_id)
            return joined

    def set_same(self, ref: str, of: str, *, campaign: bool = False) -> Submission:
        """Declares that `ref` repeats `of`: as a duplicate, or with `campaign` as a letter of the
        same campaign, which the other then stands for. Gives the changed submission.

        Those that were the same as `ref` are now the same as `of`. Raises NotFound, and Refused for
        itself and for one that is withdrawn or joined.
        """
        head, one = self._both(of, ref)
        head = self._standing_for(head, one)
        what = "letter of the campaign of" if campaign else "duplicate of"
        with self._store.step(f"Mark {one.ref} as a {what} {head.ref}", self._who()) as tx:
            if campaign:
                head = replace(head, flags=_with(head.flags, CAMPAIGN))
                one = replace(one, flags=_with(one.flags, CAMPAIGN), status=_free(one))
            else:
                one = replace(one, flags=_without(one.flags), status=Status.DUPLICATE)
            former = one.of_id
            one = replace(one, of_id=head.id)
            tx.put(head)
            tx.put(one)
            _point(tx, one.id, one.id, head.id)
            self._settle(tx, former)
            return one

    def stand_alone(self, ref: str) -> Submission:
        """Takes back that a submission is a duplicate or a campaign's letter, or stands for one;
        gives it as it is now. The letters that it stood for have the first of them instead.

        Raises NotFound, and Refused where it stands by itself, or is withdrawn or joined.
        """
        one = self._store.read.submission(ref)
        _refuse_gone(one)
        if not one.of_id and CAMPAIGN not in one.flags:
            raise Refused(f"{one.ref} stands by itself already.")
        with self._store.step(f"Let {one.ref} stand by itself", self._who()) as tx:
            alone = replace(one, of_id="", status=_free(one), flags=_without(one.flags))
            tx.put(alone)
            letters = [
                letter
                for letter in tx.read.submissions_of(one.id)
                if CAMPAIGN in letter.flags and letter.status is not Status.JOINED
            ]
            if letters:
                head = replace(letters[0], of_id="")
                tx.put(head)
                for letter in letters[1:]:
                    tx.put(replace(letter, of_id=head.id))
                self._settle(tx, head.id)
            self._settle(tx, one.of_id)
            return alone

    def _both(self, ref: str, other: str) -> tuple[Submission, Submission]:
        read = self._store.read
        first, second = read.submission(ref), read.submission(other)
        if first.id == second.id:
            raise Refused(f"{first.ref} is one submission.", "Name two different ones.")
        _refuse_gone(first)
        _refuse_gone(second)
        return first, second

    def _standing_for(self, head: Submission, one: Submission) -> Submission:
        """The submission that `head` is the same as, or itself where that is `one` or has gone."""
        known = self._store.read.submission(head.of_id) if head.of_id else head
        if known.id != one.id and known.status is not Status.WITHDRAWN:
            return known
        return replace(head, of_id="", status=_free(head))

    def _settle(self, tx: Step, *heads: str) -> None:
        """A letter that no other is like any more stands for no campaign."""
        for head_id in filter(None, heads):
            head = tx.read.submission(head_id)
            letters = [one for one in tx.read.submissions_of(head_id) if CAMPAIGN in one.flags]
            if not letters and not head.of_id and CAMPAIGN in head.flags:
                tx.put(replace(head, flags=_without(head.flags)))


def _refuse_gone(one: Submission) -> None:
    if one.status is Status.WITHDRAWN:
        raise Refused(f"{one.ref} was withdrawn.", "Nothing of it is left but its reference.")
    if one.status is Status.JOINED:
        raise Refused(f"{one.ref} was joined with another already.", "`show` says with which.")


def _filled(first: Submission, second: Submission) -> Submission:
    """The first with what only the second says; the evidence of both is in it."""
    kind = second.type if first.type is RespondentType.UNKNOWN else first.type
    taken = [flag for flag in second.flags if flag not in _ITS_OWN]
    repeats = first.of_id == second.id
    flags = _without(first.flags) if repeats else first.flags
    status = first.status
    if status is Status.BLANK or (repeats and status is Status.DUPLICATE):
        status = Status.RECEIVED
    return replace(
        first,
        respondent=first.respondent or second.respondent,
        organisation=first.organisation or second.organisation,
        type=kind,
        permission=min(first.permission, second.permission, key=_STRICT.index),
        region=first.region or second.region,
        received=first.received or second.received,
        flags=_with(flags, *taken),
        status=status,
        of_id="" if repeats else first.of_id,
        pseudonym=first.pseudonym or second.pseudonym,
    )


def _point(tx: Step, former: str, whole: str, head: str) -> None:
    """Lets what referred to a submission refer to another: what was joined with it to `whole`, and
    what is the same as it to `head`."""
    for one in tx.read.submissions_of(former):
        target = whole if one.status is Status.JOINED else head
        if target not in (one.id, former):
            tx.put(replace(one, of_id=target))


def _change(tx: Step, document_id: str, **values: object) -> None:
    row = row_of(tx.connection, "documents", document_id)
    tx.set_row("documents", document_id, {**(row or {}), **values})


def _free(one: Submission) -> Status:
    return Status.RECEIVED if one.status is Status.DUPLICATE else one.status


def _with(flags: Sequence[str], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*flags, *more)))


def _without(flags: Sequence[str]) -> tuple[str, ...]:
    return tuple(flag for flag in flags if flag not in (CAMPAIGN, "duplicate"))
