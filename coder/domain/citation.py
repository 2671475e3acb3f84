"""How evidence is cited and attributed, and what its permission and status allow.

The forms follow parliamentary practice: `(SIC0012)`, `(SIC0012, para 7)`, `(SIC0031, 02:14)`, and
for a file in pages whose paragraphs have no numbers of their own `(SIC0012, p. 4, para 7)`.
"""

from __future__ import annotations

import re

from coder.domain.model import Permission, RespondentType, Status, Submission
from coder.domain.text import clock

TYPE_NAMES = {
    RespondentType.INDIVIDUAL: "Individual",
    RespondentType.CHARITY: "Charity or community group",
    RespondentType.FAITH: "Faith group",
    RespondentType.COUNCIL: "Council",
    RespondentType.PUBLIC_BODY: "Public body",
    RespondentType.BUSINESS: "Business",
    RespondentType.ACADEMIC: "Academic",
    RespondentType.OTHER: "Other",
    RespondentType.UNKNOWN: "Respondent",
}

PUBLISHABLE = frozenset({Permission.NAMED, Permission.ANONYMOUS})
"""Permissions under which a passage may leave the project. Anything else stays in: what is unknown
counts as not publishable until someone says otherwise."""

STANDING = frozenset({Status.RECEIVED, Status.INCLUDED})
"""Statuses of evidence that stands. Of any other submission, one withdrawn for instance, no passage
may leave the project whatever its permission says."""

UNCHECKED = "unchecked machine transcript"
"""What is said of every quote from a text that a machine wrote and nobody has checked."""

_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}")


def valid_prefix(prefix: str) -> bool:
    """Whether references can be made with this prefix: one to eight capitals or digits."""
    return _PREFIX.fullmatch(prefix) is not None


def reference(prefix: str, number: int) -> str:
    """A submission's permanent reference: the prefix and at least four digits, `SIC0012`."""
    return f"{prefix}{number:04}"


def cite(ref: str, paragraph: str = "", time_ms: int | None = None, page: str = "") -> str:
    """The citation in brackets; a time wins over page and paragraph, and each may be absent."""
    if time_ms is not None:
        return f"({ref}, {clock(time_ms)})"
    places = [f"{'pp.' if '–' in page else 'p.'} {page}"] if page else []
    if paragraph:
        places.append(f"{'paras' if '–' in paragraph else 'para'} {paragraph}")
    return f"({', '.join((ref, *places))})"


def barred(permission: Permission, status: Status) -> str:
    """Why nothing of a submission may be published, in a word: its status (`withdrawn`, `blank`,
    `duplicate`) or its permission (`withheld`, `unknown`); empty where it may."""
    if status not in STANDING:
        return status.value
    return "" if permission in PUBLISHABLE else permission.value


def attribution(submission: Submission) -> str:
    """Who a quote is by, as far as the permission lets it be said; empty where it may not be
    published at all."""
    if barred(submission.permission, submission.status):
        return ""
    if submission.permission is Permission.NAMED:
        named = ", ".join(filter(None, (submission.respondent, submission.organisation)))
        return named or TYPE_NAMES[submission.type]
    return _anonymous(submission)


def _anonymous(submission: Submission) -> str:
    if submission.type in (RespondentType.INDIVIDUAL, RespondentType.UNKNOWN):
        who = TYPE_NAMES[submission.type]
    else:
        who = f"{TYPE_NAMES[submission.type]}, anonymous"
    return f"{who}, {submission.region}" if submission.region else who
