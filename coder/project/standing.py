"""Whether what is tagged still stands in its text, after an undo or redo has put rows back."""

from __future__ import annotations

from coder.domain.errors import Refused
from coder.domain.model import Document
from coder.store.journal import Step


def refuse_mismatch(tx: Step) -> None:
    """Raises Refused where a step that puts rows back would leave a tag on other words than it was
    put on: only the text of a transcript ever changes."""
    for transcript in _transcripts(tx):
        text = transcript.text
        for coding in tx.read.codings(transcript.id):
            if text[coding.start : coding.end] != coding.quote:
                raise Refused(
                    f"“{transcript.title}” was corrected or tagged since, so the tags on it would"
                    " no longer stand on their words.",
                    "Correct the sentence again, or tag it again, instead.",
                )


def _transcripts(tx: Step) -> list[Document]:
    """The transcripts whose lines or tags this step has changed, as they stand now."""
    found = tx.connection.execute(
        "SELECT DISTINCT d.id FROM changes c JOIN documents d"
        " ON d.id = json_extract(coalesce(c.after, c.before), '$.document_id')"
        " WHERE c.seq = ? AND c.table_name IN ('segments', 'codings') AND d.kind = 'transcript'",
        (tx.seq,),
    )
    return [tx.read.document(row[0]) for row in found.fetchall()]
