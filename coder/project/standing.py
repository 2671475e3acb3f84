"""Whether what is tagged still stands in its text, and what was checked is still what was checked,
after an undo or redo has put rows back."""

from __future__ import annotations

from coder.domain.errors import Refused
from coder.domain.model import Document
from coder.store.journal import Step


def refuse_mismatch(tx: Step) -> None:
    """Raises Refused where a step that puts rows back would leave a tag, or a quote in a basket, on
    other words than it was put on: only the text of a transcript ever changes."""
    for transcript in _transcripts(tx):
        text = transcript.text
        for coding in tx.read.codings(transcript.id):
            if text[coding.start : coding.end] != coding.quote:
                raise Refused(
                    f"“{transcript.title}” was corrected or tagged since, so the tags on it would"
                    " no longer stand on their words.",
                    "Correct the sentence again, or tag it again, instead.",
                )
        for item in tx.read.quoted(transcript.id):
            if text[item.start : item.end] != item.quote:
                raise Refused(
                    f"“{transcript.title}” was corrected or quoted since, so its quotes in a basket"
                    " would no longer be its words.",
                    "Correct the sentence again, or put the quote in again, instead.",
                )


_CHECKED = """
SELECT DISTINCT d.id FROM changes c JOIN documents d ON d.id = CASE c.table_name
WHEN 'documents' THEN c.row_id ELSE json_extract(coalesce(c.after, c.before), '$.document_id') END
WHERE c.seq = ? AND c.table_name IN ('segments', 'documents')
AND d.source_id IS NOT NULL AND d.machine_draft = 0
"""

_WHEN = """
SELECT s.seq FROM changes c JOIN steps s USING (seq)
WHERE c.table_name = 'documents' AND c.row_id = ? AND (s.kind IN ('act', 'merge') OR s.seq = ?)
AND json_extract(c.after, '$.machine_draft') = 0
AND json_extract(c.before, '$.machine_draft') = 1
"""


def refuse_unchecked(tx: Step) -> None:
    """Raises Refused where a step that puts rows back would leave other words in a transcript that
    counts as checked than those that were."""
    (target,) = tx.connection.execute(
        "SELECT t.seq FROM steps s JOIN steps t ON t.id = s.reverses WHERE s.seq = ?", (tx.seq,)
    ).fetchone()
    for (document_id,) in tx.connection.execute(_CHECKED, (tx.seq,)).fetchall():
        title = tx.read.title_of(document_id)
        checked = {row[0] for row in tx.connection.execute(_WHEN, (document_id, tx.seq))}
        if tx.seq in checked and tx.read.changed_since(document_id, target):
            raise Refused(
                f"“{title}” has been changed since it was checked.",
                "Compare it with its recording, and mark it as checked then.",
            )
        if any(target < one < tx.seq for one in checked):
            raise Refused(
                f"“{title}” has been checked by a person since.", "Mark it as a draft again first."
            )


def _transcripts(tx: Step) -> list[Document]:
    """The transcripts whose lines or tags this step has changed, as they stand now."""
    found = tx.connection.execute(
        "SELECT DISTINCT d.id FROM changes c JOIN documents d"
        " ON d.id = json_extract(coalesce(c.after, c.before), '$.document_id')"
        " WHERE c.seq = ? AND c.table_name IN ('segments', 'codings', 'basket_items')"
        " AND d.kind = 'transcript'",
        (tx.seq,),
    )
    return [tx.read.document(row[0]) for row in found.fetchall()]
