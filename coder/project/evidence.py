"""Submissions and their particulars: who is speaking, what they allow, and what is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coder.domain.errors import NotFound, Refused
from coder.domain.model import (
    Coder,
    Document,
    Permission,
    Receipt,
    RespondentType,
    Status,
    Submission,
)
from coder.domain.text import occurrence
from coder.store.store import Store

_CHOICES = {"type": RespondentType, "permission": Permission, "status": Status}


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission with its documents (without texts), their lengths in characters by document id,
    and how many codings it has."""

    submission: Submission
    documents: tuple[Document, ...]
    lengths: dict[str, int]
    codings: int

    @property
    def title(self) -> str:
        """How lists call it: the organisation, the respondent, or its first document."""
        named = self.submission.organisation or self.submission.respondent
        return named or (self.documents[0].title if self.documents else "")

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        names = "ref respondent organisation type permission region received channel status"
        answer: dict[str, Any] = {name: getattr(self.submission, name) for name in names.split()}
        answer["flags"] = list(self.submission.flags)
        answer["documents"] = [
            {
                "id": document.id,
                "title": document.title,
                "kind": document.kind,
                "characters": self.lengths.get(document.id, 0),
                "media_ms": document.media_ms,
                "problems": list(document.problems),
            }
            for document in self.documents
        ]
        return answer


class Evidence:
    """The submissions of a project."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def all(self) -> list[SubmissionView]:
        """Every submission, in the order of references."""
        read = self._store.read
        lengths, counts = read.lengths(), read.codings_per_submission()
        documents: dict[str, list[Document]] = {}
        for document in read.documents():
            documents.setdefault(document.submission_id, []).append(document)
        return [
            SubmissionView(
                submission,
                tuple(documents.get(submission.id, ())),
                lengths,
                counts.get(submission.id, 0),
            )
            for submission in read.submissions()
        ]

    def tags(self) -> dict[str, int]:
        """How many codings each submission has that has any, by id."""
        return self._store.read.codings_per_submission()

    def one(self, ref: str) -> SubmissionView:
        """The submission with this reference or id. Raises NotFound."""
        read = self._store.read
        submission = read.submission(ref)
        return SubmissionView(
            submission,
            tuple(read.documents(submission.id)),
            read.lengths(),
            read.codings_per_submission().get(submission.id, 0),
        )

    def document_titled(self, ref: str, title: str = "") -> Document:
        """A document of a submission, with its text, by title or kind; the first one with a text
        where no title is given. Raises NotFound."""
        view = self.one(ref)
        wanted = title.casefold()
        for document in view.documents:
            named = wanted in (document.title.casefold(), str(document.kind))
            if named if title else view.lengths.get(document.id):
                return self._store.read.document(document.id)
        titles = ", ".join(f"“{document.title}”" for document in view.documents)
        raise NotFound(
            f"{view.submission.ref} has no document “{title}”."
            if title
            else f"{view.submission.ref} has no text yet.",
            f"It has {titles}." if titles else "",
        )

    def document_saying(self, ref: str, words: str, title: str = "", nth: int = 1) -> Document:
        """The document of that title, or where none is given the first one of the submission that
        has these words `nth` times. Raises NotFound."""
        if title:
            return self.document_titled(ref, title)
        view = self.one(ref)
        for header in view.documents:
            document = self._store.read.document(header.id)
            if words.strip() and occurrence(document.text, words, nth) >= 0:
                return document
        times = f" {nth} times in one document" if nth > 1 else ""
        raise NotFound(
            f"{view.submission.ref} does not contain “{words}”{times}.",
            "Copy them from `show`; spelling, quotation marks and spaces must be the same.",
        )

    def change(self, ref: str, **particulars: str) -> Submission:
        """Changes a submission's particulars, given by their names in the record.

        Raises NotFound, or Refused for a type, permission or status that is not one.
        """
        submission = self._store.read.submission(ref)
        changed = replace(submission, **_checked(particulars))
        what = ", ".join(name.replace("_", " ") for name in particulars)
        with self._store.step(f"Change the {what} of {submission.ref}", self._who()) as tx:
            tx.put(changed)
        return changed

    def set_flags(self, ref: str, flags: tuple[str, ...]) -> None:
        """Sets what lists show beside the submission: late, campaign, duplicate …"""
        submission = self._store.read.submission(ref)
        with self._store.step(f"Change the flags of {submission.ref}", self._who()) as tx:
            tx.put(replace(submission, flags=flags))

    def receipts(self) -> list[Receipt]:
        """The account of every file given to the project, oldest first."""
        return self._store.read.receipts()

    def original_path(self, document: Document) -> Path:
        """Where the document's original lies. Raises NotFound where it has gone."""
        original = self._store.read.original(document.original)
        path = self._store.original_path(original) if original else None
        if path is None or not path.is_file():
            raise NotFound(
                f"The original of “{document.title}” is missing from the project folder.",
                "Copy it back from where the project was copied from.",
            )
        return path


def _checked(particulars: dict[str, str]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for name, value in particulars.items():
        choices = _CHOICES.get(name)
        if choices and value not in list(choices):
            raise Refused(
                f"“{value}” is not a {name}.", f"Choose from: {', '.join(map(str, choices))}."
            )
        checked[name] = choices(value) if choices else value
    return checked
