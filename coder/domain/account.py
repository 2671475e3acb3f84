"""The account of evidence: what each submission and each file that made none counts as, once each,
so that the rows add up to what was received."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.model import Receipt, RespondentType, Status, Submission


class Standing(StrEnum):
    """What something that was received counts as, in the order of the table."""

    INCLUDED = "included"
    UNDECIDED = "undecided"
    CAMPAIGN = "campaign"
    LATE = "late"
    DUPLICATE = "duplicate"
    JOINED = "joined"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    LEFT_OUT = "left-out"
    WITHDRAWN = "withdrawn"


NAMES = {
    Standing.INCLUDED: "Included",
    Standing.UNDECIDED: "Not decided yet",
    Standing.CAMPAIGN: "Campaign letter, read once",
    Standing.LATE: "Late",
    Standing.DUPLICATE: "Duplicate",
    Standing.JOINED: "Joined with another",
    Standing.BLANK: "Blank",
    Standing.UNREADABLE: "Unreadable",
    Standing.LEFT_OUT: "Left out by hand",
    Standing.WITHDRAWN: "Withdrawn",
}
"""How tables for people call them."""

NOTHING = hashlib.sha256(b"").hexdigest()
"""What all empty files have for a SHA-256, so that it does not say that two are the same."""

_BY_STATUS = {
    Status.INCLUDED: Standing.INCLUDED,
    Status.BLANK: Standing.BLANK,
    Status.DUPLICATE: Standing.DUPLICATE,
    Status.JOINED: Standing.JOINED,
    Status.WITHDRAWN: Standing.WITHDRAWN,
}
_BY_OUTCOME = {
    "unreadable": Standing.UNREADABLE,
    "blank": Standing.BLANK,
    "duplicate": Standing.DUPLICATE,
    "left-out": Standing.LEFT_OUT,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: how many submissions and how many other files count as this, and the submissions by
    type of respondent (types without any are not there)."""

    standing: Standing
    submissions: int
    files: int
    types: Mapping[RespondentType, int]

    @property
    def total(self) -> int:
        """Submissions and files together."""
        return self.submissions + self.files


@dataclass(frozen=True, slots=True)
class AccountTable:
    """The whole account: a row for each standing, also where nothing counts as it."""

    rows: tuple[Row, ...]

    @property
    def submissions(self) -> int:
        """How many submissions there are."""
        return sum(row.submissions for row in self.rows)

    @property
    def files(self) -> int:
        """How many files were received that made no submission."""
        return sum(row.files for row in self.rows)

    @property
    def received(self) -> int:
        """Everything that was received: what the rows add up to."""
        return sum(row.total for row in self.rows)

    @property
    def types(self) -> Mapping[RespondentType, int]:
        """All submissions by type of respondent."""
        return sum((Counter(row.types) for row in self.rows), Counter[RespondentType]())


def standing_of(submission: Submission) -> Standing:
    """What a submission counts as: what its status says, else a campaign's letter (not the one that
    stands for it), else late, else not decided yet."""
    if standing := _BY_STATUS.get(submission.status):
        return standing
    if "campaign" in submission.flags and submission.of_id:
        return Standing.CAMPAIGN
    return Standing.LATE if "late" in submission.flags else Standing.UNDECIDED


def standings(
    receipts: Iterable[Receipt], submissions: Iterable[Submission]
) -> dict[str, Standing]:
    """What the files that made no submission count as, by the id of the receipt that counts.

    A file is its bytes; a duplicate also the place it came from, since it is one more of the same,
    and so an empty file, whose bytes tell nothing.
    Given again it counts once, as it fared last. It does not count where it became part of a
    submission, before or since, nor where it only held others or was left out as a matter of
    course.
    """
    there = {submission.id for submission in submissions}
    arrived: set[tuple[str, ...]] = set()
    last: dict[tuple[str, ...], tuple[str, Standing]] = {}
    for receipt in sorted(receipts, key=lambda one: one.at):
        place: tuple[str, ...] = (receipt.original, receipt.path, receipt.inside)
        if not any(place):
            place = (receipt.id, "")
        if receipt.submission_id in there:
            arrived |= {place} if receipt.original == NOTHING else {place, (receipt.original,)}
        elif standing := _BY_OUTCOME.get(receipt.outcome):
            bytes_tell = receipt.original not in ("", NOTHING)
            alone = bytes_tell and standing is not Standing.DUPLICATE
            last[(receipt.original,) if alone else place] = (receipt.id, standing)
    return {receipt: standing for key, (receipt, standing) in last.items() if key not in arrived}


def account(submissions: Iterable[Submission], receipts: Iterable[Receipt]) -> AccountTable:
    """The account of these submissions and of all files that were given."""
    every = list(submissions)
    own = Counter(map(standing_of, every))
    types = Counter((standing_of(one), one.type) for one in every)
    files = Counter(standings(receipts, every).values())
    return AccountTable(
        tuple(
            Row(
                standing,
                own[standing],
                files[standing],
                {kind: types[standing, kind] for kind in RespondentType if types[standing, kind]},
            )
            for standing in Standing
        )
    )
