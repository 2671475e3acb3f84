"""What forms and filters call the types, permissions and statuses of submissions."""

from __future__ import annotations

from coder.domain.citation import TYPE_NAMES
from coder.domain.model import Permission, RespondentType, Status

TYPES = {**TYPE_NAMES, RespondentType.UNKNOWN: "Not known yet"}
PERMISSIONS = {
    Permission.NAMED: "Publish with the name",
    Permission.ANONYMOUS: "Publish without the name",
    Permission.WITHHELD: "Do not publish",
    Permission.UNKNOWN: "Not known yet",
}
PERMISSIONS_TOLD = {
    **{one: words.lower() for one, words in PERMISSIONS.items()},
    Permission.UNKNOWN: "permission not known yet",
}
"""The same within a line that says more of a submission."""

STATUSES = {
    Status.RECEIVED: "Received",
    Status.INCLUDED: "Included",
    Status.BLANK: "Blank",
    Status.DUPLICATE: "Duplicate of another",
    Status.JOINED: "Joined with another",
    Status.WITHDRAWN: "Withdrawn",
}
