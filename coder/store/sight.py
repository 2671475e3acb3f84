"""Which codings a coder looks at, as a condition in SQL."""

from __future__ import annotations

import sqlite3

from coder.domain.sight import Others, Sight

Condition = tuple[str, tuple[str, ...]]
"""SQL that is true or false of a row, and the values of its placeholders."""

_DECLARED = (
    "EXISTS (SELECT 1 FROM readings r WHERE r.document_id = {coding}.document_id"
    " AND r.coder_id = ? AND r.coded_at <> '')"
)

_UNSEEN_MEMOS = (
    "SELECT m.id FROM memos m JOIN documents d"
    " ON (m.about = 'document' AND d.id = m.of_id)"
    " OR (m.about = 'submission' AND d.submission_id IN (m.of_id,"
    "   (SELECT s.of_id FROM submissions s WHERE s.id = m.of_id AND s.status = 'joined'))"
    "  AND NOT EXISTS (SELECT 1 FROM documents t WHERE t.source_id = d.id))"
    " WHERE m.coder_id <> :coder"
    " AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.document_id = d.id"
    "  AND r.coder_id = :coder AND r.coded_at <> '')"
)


def seen(sight: Sight, coding: str = "c") -> Condition:
    """What is true of a coding that is seen; `coding` is what the query calls its row."""
    if sight.others is Others.SHOWN:
        return "1", ()
    if sight.others is Others.HIDDEN:
        return f"{coding}.coder_id = ?", (sight.coder_id,)
    declared = _DECLARED.format(coding=coding)
    return f"({coding}.coder_id = ? OR {declared})", (sight.coder_id,) * 2


def unseen_memos(connection: sqlite3.Connection, sight: Sight) -> set[str]:
    """The ids of the memos, apart from those in codings, that are not seen. Blind, these are what
    others wrote on a document that this coder has not declared coded, and on a submission of which
    any document to be read is not."""
    if sight.others is not Others.BLIND:
        return set()
    rows = connection.execute(_UNSEEN_MEMOS, {"coder": sight.coder_id})
    return {row[0] for row in rows}
