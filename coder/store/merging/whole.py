"""What stands after a set of acts: a function of the set alone, whatever copies they were done in
and whichever way they came together.

Rows are first settled each by itself (`rowwise`); then what rests on what is seen to (`resting`),
transcripts and the places in them (`transcripts`, `placing`), and what may be there only once
(`naming`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coder.store.merging import naming
from coder.store.merging.deeds import Deed
from coder.store.merging.placing import place_all
from coder.store.merging.resting import Resting
from coder.store.merging.rowwise import Clash, Op, Stand, renamed, stand_of
from coder.store.merging.transcripts import Transcript, Work
from coder.store.merging.twins import twins
from coder.store.rows import Row, dumps

Ops = Mapping[str, Mapping[str, list[Op]]]
"""By table and row what acts made of each row, in the order of the acts."""

Given = Iterable[tuple[str, str, Deed]]
"""Every reference that was ever given: to which submission (its id), which, and by which act."""

UNCHECKED = "unchecked"
"""Kind of a clash: a transcript was checked while others corrected it."""


@dataclass(slots=True)
class Whole:
    """The rows that stand, by table and id, and where not all could be kept."""

    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)


def whole_of(ops: Ops, given: Given = ()) -> Whole:
    """What stands after these acts."""
    stands, same = _settled(ops)
    texts = _transcripts(ops)
    resting = Resting(stands, texts, ops.get("codes", {}))
    resting.settle()
    texts = resting.texts
    found = Whole()
    for row_id, transcript in texts.items():
        _recheck(stands.get("documents", {}).get(row_id), transcript, found.clashes)
    segments = {
        line: row
        for row_id, transcript in texts.items()
        if resting.stands("documents", row_id)
        for line, row in transcript.final().items()
    }
    found.clashes += place_all(stands, texts)
    for table in ("codes", "coders", "baskets", "filters"):
        found.clashes += naming.name_apart(table, stands.get(table, {}), ops.get(table, {}))
    found.clashes += naming.keys_apart(stands.get("codes", {}), ops.get("codes", {}))
    found.clashes += naming.refs_apart(stands.get("submissions", {}), given)
    for table, several in stands.items():
        found.rows[table] = {
            row_id: stand.values for row_id, stand in several.items() if stand.alive
        }
        for stand in several.values():
            found.clashes += stand.clashes
    found.rows["segments"] = segments
    _examples(found.rows.get("codes", {}), same)
    found.clashes += resting.clashes
    for row_id, transcript in texts.items():
        if resting.stands("documents", row_id):
            found.clashes += _unsettled(transcript)
    found.clashes = list(dict.fromkeys(found.clashes))
    return found


def _settled(ops: Ops) -> tuple[dict[str, dict[str, Stand]], dict[str, str]]:
    """What became of each row by itself, segments aside; and which codings are one with others."""
    same = twins(ops.get("codings", {}))
    stands: dict[str, dict[str, Stand]] = {}
    for table, rows in ops.items():
        if table == "segments":
            continue
        known = stands.setdefault(table, {})
        joint = _joint(rows, same) if table == "codings" and same else rows
        for row_id, several in joint.items():
            stand = stand_of(table, row_id, several)
            if stand is not None:
                known[row_id] = stand
    return stands, same


def _joint(rows: Mapping[str, list[Op]], same: Mapping[str, str]) -> dict[str, list[Op]]:
    """Codings with what was done to their twins."""
    found = {row_id: several for row_id, several in rows.items() if row_id not in same}
    for row_id, head in sorted(same.items()):
        found[head] = [*found[head], *(renamed(op, head) for op in rows[row_id])]
    for head in set(same.values()):
        found[head].sort(key=lambda op: (op.deed.order, op.of))
    return found


def _transcripts(ops: Ops) -> dict[str, Transcript]:
    """The transcripts by the ids of their documents."""
    works: dict[str, dict[str, Work]] = {}
    for row_id, several in ops.get("segments", {}).items():
        for op in several:
            image = op.after or op.before or {}
            mine = works.setdefault(image["document_id"], {})
            mine.setdefault(op.deed.id, Work(op.deed, {})).ops[row_id] = op
    return {row_id: Transcript(row_id, mine.values()) for row_id, mine in works.items()}


def _recheck(stand: Stand | None, transcript: Transcript, clashes: list[Clash]) -> None:
    """A transcript that was checked while somebody corrected it elsewhere is a draft again."""
    if stand is None or not stand.alive or stand.values["machine_draft"]:
        return
    check = stand.wrote.get("machine_draft")
    if check is None or check.before is None:
        return
    rivals = [one for one in transcript.works if one.touched and one.deed.beside(check.deed)]
    if rivals:
        stand.values = {**stand.values, "machine_draft": 1}
        lost, kept = check.deed.id, rivals[-1].deed.id
        clashes.append(Clash(UNCHECKED, "documents", stand.values["id"], "", kept, lost))


def _unsettled(transcript: Transcript) -> list[Clash]:
    """The clashes over a transcript's sentences that no later act on the sentence has settled."""
    if not transcript.clashes:
        return []
    deeds = {work.deed.id: work for work in transcript.works}

    def is_open(clash: Clash) -> bool:
        sides = [deeds[clash.kept].deed, deeds[clash.lost].deed]
        return not any(
            clash.row_id in work.touched and all(work.deed.saw(side) for side in sides)
            for work in transcript.works
        )

    return [clash for clash in transcript.clashes if is_open(clash)]


def _examples(codes: dict[str, Row], same: Mapping[str, str]) -> None:
    """Pinned examples that are one with others are those."""
    for row_id, row in codes.items():
        pinned = json.loads(row["examples"])
        if any(one in same for one in pinned):
            fresh = dumps(list(dict.fromkeys(same.get(one, one) for one in pinned)))
            codes[row_id] = {**row, "examples": fresh}
