"""What forms and filters call the types, permissions and statuses of submissions."""

from __future__ import annotations

from coder.domain.asked import PERMISSIONS, TYPES
from coder.domain.model import Permission, Status

__all__ = ["PERMISSIONS", "PERMISSIONS_TOLD", "STATUSES", "TYPES"]

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
