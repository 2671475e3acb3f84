"""Working together on one inquiry: who reads what, what was settled, dismissed and signed off."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

AGREED = "agreed"
"""The name of the coder whose codings are what the others settled on."""

_IDS = uuid.UUID("6e6f6f72-6164-4c65-9917-636f64657273")


def derived_id(*parts: str) -> str:
    """The id of a record that every copy of a project must give the same: made of what it is about,
    as a UUID of version 5 in 32 hexadecimal digits."""
    return uuid.uuid5(_IDS, "\x1f".join(parts)).hex


AGREED_ID = derived_id("coder", AGREED)
"""The id of that coder in every copy of a project."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A submission that a coder is to code. `twice` says that it was drawn to be coded by several,
    so that agreement can be told. Its id is derived from the two others, so that every copy of a
    project gives the same."""

    id: str
    submission_id: str
    coder_id: str
    given_by: str
    given_at: str
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What one merge brought into this copy: for each sitting whose steps came, by its id, the
    number of the last of them (`seen`); and the seal of all that came (`sealed`)."""

    id: str
    seen: tuple[tuple[str, int], ...]
    sealed: str


class Settled(StrEnum):
    """How a disagreement was settled: one side accepted, both kept, something else put instead, or
    left as it is."""

    ACCEPTED = "accepted"
    BOTH = "both"
    RECODED = "recoded"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Decision:
    """How the coders' disagreement over the passage `[start, end)` of a document was settled, and
    why. `codings` are the ids of those that differed, in order; `agreed` of those that the decision
    made, whose coder is the one named `agreed`. Its id is derived from the codings that differed,
    so that a disagreement is settled once in all copies. `state` is the SHA-256 of what they were,
    by which it can be told whether one was changed since."""

    id: str
    document_id: str
    start: int
    end: int
    coder_id: str
    decided_at: str
    how: Settled
    why: str = ""
    codings: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that somebody has looked at and wants to be told no more, and why. Its id is
    derived from `kind` and `about`, the ids that the finding is of (codings, codes, submissions …),
    in order. `state` and `size` are how that stood then; once it stands otherwise, the finding is
    told again. `submissions` are the ids of those whose text it rests on, with which it goes."""

    id: str
    kind: str
    about: tuple[str, ...]
    coder_id: str
    dismissed_at: str
    reason: str = ""
    state: str = ""
    size: int = 0
    submissions: tuple[str, ...] = ()


class Signed(StrEnum):
    """What can be signed off."""

    SUBMISSION = "submission"
    CODEBOOK = "codebook"


@dataclass(frozen=True, slots=True)
class SignOff:
    """Somebody's word that a submission is coded as it should be, or that the codebook stands.

    `of_id` is the submission's id, empty for the codebook; `state` the SHA-256 of what was signed,
    by which it can be told whether it is still the same; `version` how the codebook is called.
    """

    id: str
    about: Signed
    of_id: str
    coder_id: str
    signed_at: str
    state: str
    version: str = ""
    note: str = ""
