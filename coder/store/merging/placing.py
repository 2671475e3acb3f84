"""Tags and quotes in baskets put where their words stand in the transcript as it is now."""

from __future__ import annotations

from collections.abc import Mapping

from coder.domain.baskets import BasketItem, ItemKind
from coder.domain.carrying import placed_item
from coder.store.merging.places import Moved
from coder.store.merging.rowwise import Clash, Op, Stand
from coder.store.merging.rules import PLACE
from coder.store.merging.transcripts import Transcript
from coder.store.rows import Row, from_row, to_row

UNSURE = "unsure"
"""Kind of a clash: a passage could not be placed for certain."""


def place_all(
    stands: Mapping[str, Mapping[str, Stand]], texts: Mapping[str, Transcript]
) -> list[Clash]:
    """Places all passages that stand in transcripts; gives those of which it is not certain."""
    moves: dict[tuple[str, frozenset[int]], Moved] = {}
    clashes = []
    for table, name in PLACE.items():
        for row_id, stand in stands.get(table, {}).items():
            document_id = stand.values["document_id"] if stand.alive else None
            transcript = texts.get(document_id or "")
            if transcript is None:
                continue
            op = stand.writer(name)
            if _is_as_it_was(stand, op, transcript):
                continue
            key = (transcript.document_id, transcript.seen_by(op.deed))
            if key not in moves:
                lines = (transcript.lines(key[1]), transcript.lines(transcript.all()))
                moves[key] = Moved(*lines)
            values, sure = _placed(table, stand.values, moves[key])
            stand.values = values
            if not sure:
                clashes.append(
                    Clash(UNSURE, table, row_id, name, _rival(transcript, op), op.deed.id)
                )
    return clashes


def _is_as_it_was(stand: Stand, op: Op, transcript: Transcript) -> bool:
    """Whether whoever corrected the text knew of the passage, so that it lies where it is said to.
    They did not where they had removed it."""
    if transcript.rivals(op.deed) or stand.ended:
        return False
    start, end, quote = (stand.values[name] for name in ("start", "end", "quote"))
    return bool(transcript.text[start:end] == quote)


def _rival(transcript: Transcript, op: Op) -> str:
    """The latest act on the text that whoever placed the passage had not seen."""
    unseen = [one.deed.id for one in transcript.works if not op.deed.saw(one.deed)]
    return unseen[-1] if unseen else op.deed.id


def _placed(table: str, row: Row, moved: Moved) -> tuple[Row, bool]:
    if table == "basket_items" and row["kind"] != ItemKind.QUOTE:
        return row, True
    span, sure = moved.place((row["start"], row["end"]), row["quote"])
    if table == "codings":
        return {**row, "start": span[0], "end": span[1], "quote": moved.new[slice(*span)]}, sure
    item = from_row(BasketItem, row)
    parts = [part for part in map(moved.part, item.omitted) if part]
    return to_row(placed_item(item, span, parts, moved.new)), sure
