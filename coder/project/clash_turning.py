"""Clashes turned round: the other side holds, by an ordinary act."""

from __future__ import annotations

from collections.abc import Callable

from coder.domain.errors import Refused
from coder.domain.model import Coder
from coder.project.clash_words import remedy, submission_of
from coder.project.codebook import Codebook, refuse_ambiguity
from coder.project.correcting import Correcting
from coder.project.evidence import refuse_withdrawn
from coder.project.standing import refuse_mismatch
from coder.project.transcripts import Transcripts
from coder.store.journal import row_of
from coder.store.merging import clashing, naming, resting, rowwise, transcripts, whole
from coder.store.merging.clashing import Listed
from coder.store.merging.history import as_worked_on
from coder.store.merging.rules import GROUPS
from coder.store.store import Store

_LABEL = "Turn a clash round"
_ANYONES = {"marked", "sensitive"}


def turn(store: Store, who: Callable[[], Coder], one: Listed) -> None:
    """Writes what was lost. Raises Refused where that takes more than one act, or cannot be."""
    clash = one.clash
    if by_hand := remedy(clash.kind):
        raise Refused("This cannot be turned round with one act.", by_hand)
    owner = submission_of(store.read, one)
    if owner and store.read.has("submissions", owner):
        refuse_withdrawn(store.read, store.read.submission(owner))
    lost = one.lost.after
    codebook = Codebook(store, who)
    code = store.read.code(clash.row_id) if clash.table == "codes" else None
    match clash.kind:
        case whole.UNCHECKED:
            Transcripts(store, who).set_checked(clash.row_id, checked=True)
        case transcripts.REWORDED if lost:
            Correcting(store, who).rewrite(clash.row_id, lost["text"])
        case naming.SAME_KEY if lost and code:
            codebook.set_key(code, lost["key"])
        case resting.CYCLE if lost and code:
            codebook.move(code, store.read.code(lost["parent_id"] or ""))
        case rowwise.DELETED if code:
            codebook.delete(code)
        case rowwise.DELETED:
            _refuse_anothers(store, who(), one)
            with store.step(_LABEL, who()) as tx:
                tx.set_row(clash.table, clash.row_id, None)
        case rowwise.FIELD if lost and (clash.table, clash.field) == ("segments", "text"):
            fresh = {name: lost[name] for name in GROUPS[clash.table][clash.field]}
            Correcting(store, who).put_back(clash.row_id, fresh)
        case rowwise.FIELD | rowwise.MERGED if lost:
            _refuse_anothers(store, who(), one)
            _write(store, who(), one)
        case _:
            raise Refused("What was lost is not known any more.", "It was erased meanwhile.")


def _write(store: Store, coder: Coder, one: Listed) -> None:
    clash = one.clash
    with store.step(_LABEL, coder) as tx:
        standing = row_of(tx.connection, clash.table, clash.row_id)
        if standing is None:
            row = as_worked_on(store.reader, clash.table, clash.row_id) or one.lost.after or {}
            tx.set_row(clash.table, clash.row_id, {**row, "merged_into": ""})
            for table, row_id, name in clashing.that_followed(tx.connection, clash.row_id):
                moved = row_of(tx.connection, table, row_id)
                tx.set_row(table, row_id, moved and {**moved, name: clash.row_id})
        else:
            lost = one.lost.after or {}
            group = GROUPS[clash.table][clash.field]
            fresh = {name: lost[name] for name in group}
            tx.set_row(clash.table, clash.row_id, {**standing, **fresh})
        refuse_ambiguity(tx)
        refuse_mismatch(tx)


def _refuse_anothers(store: Store, coder: Coder, one: Listed) -> None:
    """Raises Refused where it is another coder's tag: that stays as they left it."""
    row = row_of(store.reader, one.clash.table, one.clash.row_id)
    if one.clash.table != "codings" or one.clash.field in _ANYONES or row is None:
        return
    if row["coder_id"] != coder.id:
        raise Refused("This tag is another coder’s and stays as it is.", "Ask them to turn it.")
