"""Typed reads about who is to code what."""

from __future__ import annotations

from coder.domain.together import Assignment
from coder.store.baskets import BasketReads


class AssignmentReads(BasketReads):
    """Reads over one connection. Each gives records, never rows."""

    def assignments(self) -> list[Assignment]:
        """Who is to code which submission, in the order in which it was given."""
        return self._all(Assignment, "ORDER BY given_at, id")

    def assignment(self, assignment_id: str) -> Assignment | None:
        """The assignment with this id, or None."""
        return self._one(Assignment, "WHERE id = ?", assignment_id)
