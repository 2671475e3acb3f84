"""The account of evidence of a project: as a table, as a file, and file by file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from coder.domain.account import NOTHING, AccountTable, Standing, account, standings
from coder.domain.model import Receipt, Status, Submission
from coder.domain.text import one_line
from coder.store.store import Store


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One thing that was given: where it came from, when, and what became of it, in words.

    `ref` is the submission that its evidence is in now, empty where it is in none. `counts_as` says
    what it counts as in the account where it made no submission, and is empty where it is not
    counted by itself. `evidence` says what is in that submission, by which it is looked for too:
    respondent, organisation and the titles of its documents, a line each.
    """

    path: str
    inside: str
    at: str
    outcome: str
    ref: str
    what: str
    became: str
    counts_as: str
    evidence: str = ""


class Account:
    """What became of everything that was received."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def table(self) -> AccountTable:
        """The account as it stands; its rows add up."""
        return account(self._store.read.submissions(), self._store.read.receipts())

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        from coder.export.account_lines import as_json

        return as_json(self.table())

    def lines(self) -> list[tuple[str, ...]]:
        """The table for people: headings, the rows that are not empty, and what they add up to."""
        from coder.export.account_lines import lines

        return lines(self.table())

    def export(self, path: Path) -> None:
        """Writes the table to `path`; its ending says the format: `.csv`, `.docx`, `.md` or
        `.json`. Raises EvidenceError for another ending or a file that cannot be written."""
        from coder.export.account import write_account

        today = datetime.now().astimezone().date()
        write_account(self.table(), self._store.read.inquiry().title, today, path)

    def files(self) -> list[FileEntry]:
        """Every thing that was given with what became of it, oldest first."""
        receipts = self._store.read.receipts()
        submissions = self._store.read.submissions()
        known = {one.id: one for one in submissions}
        counted = standings(receipts, submissions)
        came = _arrivals(receipts, known)
        evidence = self._evidence(submissions)
        entries = (
            _entry(receipt, known, counted.get(receipt.id), came.get(receipt.original))
            for receipt in receipts
        )
        return [replace(one, evidence=evidence.get(one.ref, "")) for one in entries]

    def _evidence(self, submissions: list[Submission]) -> dict[str, str]:
        """By reference, who speaks in a submission and what its documents are called."""
        titles: dict[str, list[str]] = {}
        for document in self._store.read.documents():
            titles.setdefault(document.submission_id, []).append(one_line(document.title))
        return {
            one.ref: "\n".join(
                filter(None, (one.respondent, one.organisation, *titles.get(one.id, ())))
            )
            for one in submissions
        }


def files_as_json(entries: list[FileEntry]) -> list[dict[str, Any]]:
    """The fields that scripts rely on, by their fixed names."""
    return [asdict(one) for one in entries]


def _arrivals(receipts: list[Receipt], known: dict[str, Submission]) -> dict[str, Submission]:
    """By the SHA-256 of bytes, the submission that they first became part of."""
    came: dict[str, Submission] = {}
    for receipt in receipts:
        if receipt.original not in ("", NOTHING) and receipt.submission_id in known:
            came.setdefault(receipt.original, known[receipt.submission_id])
    return came


def _entry(
    receipt: Receipt,
    known: dict[str, Submission],
    standing: Standing | None,
    arrived: Submission | None,
) -> FileEntry:
    own = known.get(receipt.submission_id or "")
    evidence = own or arrived
    return FileEntry(
        path=receipt.path,
        inside=receipt.inside,
        at=receipt.at,
        outcome=receipt.outcome,
        ref=_whole(evidence, known).ref if evidence else "",
        what=receipt.what,
        became=" ".join(_became(receipt, own, arrived, known)),
        counts_as=str(standing or ""),
    )


def _whole(one: Submission, known: dict[str, Submission]) -> Submission:
    """The submission in which the evidence of this one is now."""
    return known.get(one.of_id, one) if one.status is Status.JOINED else one


def _became(
    receipt: Receipt,
    own: Submission | None,
    arrived: Submission | None,
    known: dict[str, Submission],
) -> Iterator[str]:
    if own:
        verb = "Attached to" if receipt.outcome == "attached" else "Imported as"
        yield f"{verb} {own.ref}{_since(own, known)}."
    elif receipt.outcome == "duplicate":
        same = f"the same bytes as {arrived.ref}" if arrived else receipt.what or "given twice"
        yield f"Not imported: {same}."
    elif receipt.outcome == "opened":
        yield "Opened; what it holds is accounted for by itself."
    elif receipt.what:
        yield receipt.what
    else:
        yield f"{receipt.outcome.capitalize()}."
    if arrived and not own and receipt.outcome != "duplicate":
        yield f"The same bytes came in as {arrived.ref}{_since(arrived, known)}."


def _since(one: Submission, known: dict[str, Submission]) -> str:
    of = known.get(one.of_id)
    if one.status is Status.WITHDRAWN:
        return ", withdrawn since"
    if of and one.status is Status.JOINED:
        return f", joined with {of.ref}"
    if of and one.status is Status.DUPLICATE:
        return f", a duplicate of {of.ref}"
    if of and "campaign" in one.flags:
        return f", a letter of the campaign of {of.ref}"
    return ""
