"""What becomes of codings, examples and memos when codes are merged, split or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.domain.baskets import BasketItem
from coder.domain.errors import Refused
from coder.domain.model import Code, Coding
from coder.project.codings import put_or_join
from coder.store.journal import Step


def merge(tx: Step, gone: Sequence[Code], into_id: str) -> None:
    """Moves codings, examples, memos and what is below the codes `gone` to another, and removes
    them."""
    leaving = {code.id for code in gone}
    for code in gone:
        moved = _move(tx, tx.read.codings_of_code(code.id), into_id)
        _follow(tx, tx.read.found_under(code.id), into_id)
        _hand_on(tx, code.examples, moved, into_id)
        for memo in tx.read.memos(code.id):
            tx.put(replace(memo, of_id=into_id))
        every = tx.read.codes()
        last = max((one.position for one in every if one.parent_id == into_id), default=-1)
        children = [one for one in every if one.parent_id == code.id]
        staying = [one for one in children if one.id not in leaving]
        for place, child in enumerate(staying, last + 1):
            tx.put(replace(child, parent_id=into_id, position=place))
        for child in children:
            if child.id in leaving:
                tx.put(replace(child, parent_id=None))
        _give_way(tx, code.id, into_id)


def split(tx: Step, code_id: str, codings: Sequence[Coding], into_id: str) -> None:
    """Moves these codings of a code, and the examples among them, to another. Raises Refused where
    one no longer has the code."""
    standing = []
    for coding in codings:
        now = tx.read.coding(coding.id)
        if now is None or now.code_id != code_id:
            raise Refused(
                f"“{coding.quote[:60]}” no longer has this code.", "Look at its passages again."
            )
        standing.append(now)
    moved = _move(tx, standing, into_id)
    places = {(one.document_id, one.start, one.end) for one in standing}
    _follow(tx, [one for one in tx.read.found_under(code_id) if one.place in places], into_id)
    code = tx.read.code(code_id)
    if code is not None and any(one in moved for one in code.examples):
        left = tuple(one for one in code.examples if one not in moved)
        tx.put(replace(code, examples=left))
        _hand_on(tx, [one for one in code.examples if one in moved], moved, into_id)


def delete(tx: Step, family: Sequence[str], keep_in: str | None) -> int:
    """Removes these codes, each named before those below it. Their codings go too, or move with
    their examples and the memos on the codes to the code `keep_in`. Gives how many. Memos are not
    removed: somebody's thoughts are not the codebook's to throw away. Nor are quotes in baskets,
    which were found under a code and stand by themselves."""
    codings = [coding for code_id in family for coding in tx.read.codings_of_code(code_id)]
    if keep_in:
        moved = _move(tx, codings, keep_in)
        for code_id in family:
            _follow(tx, tx.read.found_under(code_id), keep_in)
        pinned = [one for code in _codes(tx, family) for one in code.examples]
        _hand_on(tx, pinned, moved, keep_in)
        for memo in (memo for code_id in family for memo in tx.read.memos(code_id)):
            tx.put(replace(memo, of_id=keep_in))
    else:
        for coding in codings:
            tx.delete(coding)
    for code in _codes(tx, [*reversed(family)]):
        if keep_in:
            _give_way(tx, code.id, keep_in)
        else:
            tx.delete(code)
    return len(codings)


def _give_way(tx: Step, code_id: str, into_id: str) -> None:
    """Removes a code, and says in whose favour: in another copy people may go on tagging with it,
    and those tags follow."""
    for code in _codes(tx, [code_id]):
        tx.put(replace(code, merged_into=into_id))
        tx.delete(code)


def _codes(tx: Step, ids: Sequence[str]) -> list[Code]:
    """Those of these codes that are there, in this order."""
    return [code for code in map(tx.read.code, ids) if code is not None]


def _move(tx: Step, codings: Sequence[Coding], into_id: str) -> dict[str, str]:
    """Puts another code on these codings; gives by id which coding stands for each now."""
    return {coding.id: put_or_join(tx, replace(coding, code_id=into_id)).id for coding in codings}


def _follow(tx: Step, items: Sequence[BasketItem], into_id: str) -> None:
    """Lets quotes in baskets say that they were found under another code."""
    for item in items:
        tx.put(replace(item, code_id=into_id))


def _hand_on(tx: Step, examples: Sequence[str], moved: dict[str, str], into_id: str) -> None:
    into = tx.read.code(into_id)
    if into is not None and examples:
        fresh = [moved[one] for one in examples if one in moved]
        tx.put(replace(into, examples=tuple(dict.fromkeys((*into.examples, *fresh)))))
