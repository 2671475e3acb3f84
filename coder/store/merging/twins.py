"""Tags that two copies put on the same words by themselves: one coder, one code, one passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from coder.store.merging.rowwise import Op

_WORDS = itemgetter("document_id", "code_id", "coder_id", "start", "end", "quote")


def twins(codings: Mapping[str, Sequence[Op]]) -> dict[str, str]:
    """For each coding that is the same as one made before without knowledge of it, the id of that
    one, under which both go on."""
    by_words: dict[tuple[object, ...], list[tuple[str, Op]]] = {}
    for row_id, ops in codings.items():
        made = ops[0].after
        if ops[0].before is None and made is not None:
            by_words.setdefault(_WORDS(made), []).append((row_id, ops[0]))
    found: dict[str, str] = {}
    for alike in by_words.values():
        if len(alike) == 1:
            continue
        heads: list[tuple[str, Op]] = []
        for row_id, op in sorted(alike, key=lambda one: (one[1].deed.order, one[0])):
            near = next((head for head, made in heads if made.deed.beside(op.deed)), None)
            if near is None:
                heads.append((row_id, op))
            else:
                found[row_id] = near
    return found
