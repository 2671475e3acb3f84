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

    def given(self, submission_id: str = "") -> dict[str, list[str]]:
        """The names of those who are to code each submission, or this one, by its id; in order."""
        where = "WHERE a.submission_id = ?" if submission_id else ""
        rows = self._db.execute(
            "SELECT a.submission_id, k.name FROM assignments a"  # noqa: S608
            f" JOIN coders k ON k.id = a.coder_id {where} ORDER BY k.name",
            (submission_id,) if submission_id else (),
        )
        found: dict[str, list[str]] = {}
        for of, name in rows:
            found.setdefault(of, []).append(name)
        return found
