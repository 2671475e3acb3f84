"""What is signed when somebody signs off, as a hash; and whose sign-offs of a submission hold."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from coder.domain.model import Code, Document
from coder.domain.together import Signed, SignOff
from coder.store.reads import Reads
from coder.store.rows import dumps, to_row

_OF_CODES = [
    "id",
    "name",
    "parent_id",
    "position",
    "definition",
    "use_when",
    "not_when",
    "examples",
]
_OF_DOCUMENTS = ["id", "title", "kind", "question", "source_id", "machine_draft"]


@dataclass(frozen=True, slots=True)
class Signers:
    """The names of the coders who signed off a submission as it stands, and of those whose
    sign-offs are of `before` it changed."""

    now: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


def state_of(read: Reads, submission_id: str) -> str:
    """The SHA-256, in hexadecimal, of a submission's particulars, texts and codings as they stand.
    Raises NotFound."""
    documents = [read.document(one.id) for one in read.documents(submission_id)]
    content = [
        to_row(read.submission(submission_id)),
        *map(_document, sorted(documents, key=lambda one: one.id)),
        *sorted(dumps(to_row(coding)) for one in documents for coding in read.codings(one.id)),
    ]
    return _sha256(content)


def signers(read: Reads, submission_id: str = "") -> dict[str, Signers]:
    """Who has signed off each submission that anybody has, or this one, by its id."""
    names = {one.id: one.name for one in read.coders()}
    given: defaultdict[str, list[SignOff]] = defaultdict(list)
    for one in read.sign_offs(submission_id or None):
        if one.about is Signed.SUBMISSION and read.has("submissions", one.of_id):
            given[one.of_id].append(one)
    found = {}
    for of_id, several in given.items():
        state = state_of(read, of_id)
        holding = {names.get(one.coder_id, "somebody") for one in several if one.state == state}
        every = {names.get(one.coder_id, "somebody") for one in several}
        found[of_id] = Signers(tuple(sorted(holding)), tuple(sorted(every - holding)))
    return found


def state_of_codes(codes: Iterable[Code]) -> str:
    """The SHA-256, in hexadecimal, of what codes are called, where they stand and what they mean;
    colours and keys are no part of it."""
    rows = [to_row(code) for code in sorted(codes, key=lambda one: one.id)]
    return _sha256([[row[name] for name in _OF_CODES] for row in rows])


def _document(document: Document) -> list[Any]:
    row = to_row(document)
    return [*(row[name] for name in _OF_DOCUMENTS), document.text]


def _sha256(content: list[Any]) -> str:
    return hashlib.sha256(dumps(content).encode()).hexdigest()
