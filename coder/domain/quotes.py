"""Quotes: coded passages ready to be cited, and how they are chosen, grouped and ordered."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from coder.domain.model import Permission, RespondentType, Status
from coder.domain.quote_id import QuoteId
from coder.domain.text import listed


@dataclass(frozen=True, slots=True)
class Quote:
    """A coded passage with everything that is needed to cite it.

    `attribution` obeys permission and status and is empty where nothing may be published.
    `context` is not kept here: it is read when asked for. `time_ms` is set for transcripts.
    `speakers` are those who are told to speak in it (`citation.speaking`), in JSON `speaker`.
    Where several tagged the passage alike, `coder` names them all, parted by semicolons, and
    `coding_ids` are all their codings. `omitted` are spans of the document inside the passage that
    a writer leaves out (`[…]`); `quote` holds their words nevertheless.
    """

    id: str
    submission_id: str
    document_id: str
    code_id: str
    ref: str
    attribution: str
    citation: str
    quote: str
    code: str
    coder: str
    document: str
    start: int
    end: int
    paragraph: str
    time_ms: int | None
    permission: Permission
    type: RespondentType
    status: Status
    memo: str = ""
    marked: bool = False
    sensitive: bool = False
    machine_draft: bool = False
    speakers: tuple[str, ...] = ()
    region: str = ""
    question: str = ""
    created_at: str = ""
    coding_ids: tuple[str, ...] = ()
    omitted: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> QuoteId:
        """The short id by which the quote is found again."""
        return QuoteId.of(self.ref, self.document_id, self.start, self.end)

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        hidden = (
            "id",
            "submission_id",
            "document_id",
            "code_id",
            "speakers",
            "coding_ids",
            "omitted",
        )
        told = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in hidden}
        return {"id": str(self.key), **told, "speaker": listed(self.speakers)}


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which coded passages are wanted. Empty fields ask for nothing.

    `codes` are code ids and take in their children; with `every` a passage must carry all of them.
    `without` are codes that no overlapping passage may carry, `overlapping` those that one must,
    and `near` those that must stand within `within` code points of it in the same document; each
    of several is asked for. `questions` are texts of survey questions or ids of codes that stand
    for a question. `since` and `until` are days (`YYYY-MM-DD`, both included) on which the passage
    was tagged, `received_since` and `received_until` those on which its submission was received; of
    one without such a day nothing is wanted then. `shortest` and `longest` are lengths in code
    points, 0 for any. `documents` are ids.
    `unused` leaves out passages that overlap one in a basket; `basket` is the id of the only basket
    wanted, whose quotes come in its own order, whether or not they are coded.
    `blind_to` is the id of a coder who codes blind: others' codings are left out, but for those of
    documents that this coder has declared coded. `hidden_to` is the id of a coder who has others'
    codings hidden: all of them are left out.
    """

    codes: tuple[str, ...] = ()
    every: bool = False
    without: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    submissions: tuple[str, ...] = ()
    text: str = ""
    marked: bool = False
    overlapping: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    within: int = 500
    regions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    received_since: str = ""
    received_until: str = ""
    shortest: int = 0
    longest: int = 0
    unused: bool = False
    basket: str = ""
    blind_to: str = ""
    hidden_to: str = ""


class Grouping(StrEnum):
    """By what the quotes are put under headings. A question is a survey's, or the theme that the
    call for evidence asked about."""

    NONE = "none"
    THEME = "theme"
    QUESTION = "question"
    SUBMISSION = "submission"
    TYPE = "type"
    REGION = "region"


class Order(StrEnum):
    """In which order quotes stand (inside their group)."""

    REFERENCE = "reference"
    SHORTEST = "shortest"
    LONGEST = "longest"
    NEWEST = "newest"
    MARKED = "marked"
