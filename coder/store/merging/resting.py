"""What rests on what: a row that stands keeps alive what it cannot be without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coder.store.merging.beside import Beside
from coder.store.merging.deeds import Deed
from coder.store.merging.rowwise import Clash, Op, Stand
from coder.store.merging.rules import FIRM, LOOSE, MEMO_ON, PARTS
from coder.store.merging.transcripts import Transcript

Key = tuple[str, str]

USED, FOLLOWED, CYCLE = "used", "followed", "cycle"
"""Kinds of clashes: something was removed that others went on using, and stays; a tag (memo, code)
follows a code that was merged into another; two codes were each moved below the other."""


class Resting:
    """Sees to it that whatever a row needs stands with it."""

    def __init__(
        self,
        stands: Mapping[str, dict[str, Stand]],
        texts: Mapping[str, Transcript],
        codes: Mapping[str, Sequence[Op]],
    ) -> None:
        self._stands = stands
        self._beside = Beside("codes", codes, stands.get("codes", {}))
        self.texts = dict(texts)
        self.clashes: list[Clash] = []

    def stands(self, table: str, row_id: str | None) -> bool:
        """Whether a row stands."""
        found = self._stands.get(table, {}).get(row_id or "")
        return found is not None and found.alive

    def settle(self) -> None:
        """Lets tags follow merged codes, brings back what is used, and takes away what has nothing
        to rest on."""
        self._keep_one_of_a_ring()
        self._keep_corrected()
        self._keep_spoken_of()
        self._follow()
        self._keep_used()
        self._hide()
        self._part_rings()
        self._keep_parted()
        self._part_rings()
        self._ignore_removals()

    def _keep_one_of_a_ring(self) -> None:
        """Where codes were merged into each other, the latest of those merges does not hold."""
        codes = self._stands.get("codes", {})
        for row_id in sorted(codes):
            ring = self._ring(row_id)
            if ring:
                last = max(ring, key=lambda one: codes[one].ended[-1].deed.order)
                first = min(ring, key=lambda one: codes[one].ended[-1].deed.order)
                codes[last].alive = True
                codes[last].values = {**codes[last].values, "merged_into": ""}
                kept, lost = codes[first].ended[-1].deed, codes[last].ended[-1].deed
                self.clashes.append(Clash(USED, "codes", last, "", kept.id, lost.id))

    def _ring(self, code_id: str) -> list[str]:
        """The codes from this one back to it, each merged into the next; none where it is not one
        of a ring."""
        path = [code_id]
        while (into := self._into(path[-1])) is not None:
            if into == code_id:
                return path
            if into in path:
                return []
            path.append(into)
        return []

    def _into(self, code_id: str) -> str | None:
        """The code into which a code that has gone was merged."""
        code = self._stands.get("codes", {}).get(code_id)
        if code is None or code.alive or not code.ended:
            return None
        return code.values["merged_into"] or None

    def _target(self, code_id: str) -> str:
        """The code that stands for one that was merged away."""
        while (into := self._into(code_id)) is not None:
            code_id = into
        return code_id

    def _keep_corrected(self) -> None:
        """A transcript that one removed and another went on correcting stays."""
        for document_id, transcript in self.texts.items():
            document = self._stands.get("documents", {}).get(document_id)
            if document is None or document.alive:
                continue
            for work in transcript.works:
                rivals = [end for end in document.ended if end.deed.beside(work.deed)]
                if work.touched and len(rivals) == len(document.ended):
                    self._revive("documents", document_id, work.deed)
                    break

    def _keep_spoken_of(self) -> None:
        """A memo on a submission or document, and one that is the same as another, keep it where
        whoever removed it did not know of them."""
        for _, stand in sorted(self._stands.get("memos", {}).items()):
            self._keep(stand, MEMO_ON.get(stand.values["about"], ""), "of_id")
        for _, stand in sorted(self._stands.get("submissions", {}).items()):
            self._keep(stand, "submissions", "of_id", "status")

    def _keep(self, stand: Stand, table: str, name: str, group: str = "") -> None:
        if not stand.alive or table in ("", "codes"):
            return
        other = self._stands.get(table, {}).get(stand.values[name])
        deed = stand.writer(group or name).deed
        if other and not other.alive and all(end.deed.beside(deed) for end in other.ended):
            self._revive(table, stand.values[name], deed)

    def _follow(self) -> None:
        """What was put on a code that others merged into another goes on to that. It stays where
        whoever put it there knew of the merge, since then the code stood in spite of it."""
        for table, name in (
            ("codings", "code_id"),
            ("basket_items", "code_id"),
            ("codes", "parent_id"),
            ("memos", "of_id"),
        ):
            for row_id, stand in self._stands.get(table, {}).items():
                gone = stand.values[name]
                if not stand.alive or not gone or self._into(gone) is None:
                    continue
                code, target = self._stands["codes"][gone], self._target(gone)
                writer = stand.writer(name).deed
                knowing = all(writer.saw(end.deed) for end in code.ended)
                if target == row_id or knowing:
                    continue
                stand.values = {**stand.values, name: target}
                self.clashes.append(
                    Clash(FOLLOWED, table, row_id, name, code.ended[-1].deed.id, writer.id)
                )

    def _keep_used(self) -> None:
        fresh = [
            (table, row_id)
            for table in FIRM
            for row_id, stand in self._stands.get(table, {}).items()
            if stand.alive
        ]
        while fresh:
            used: dict[Key, Deed] = {}
            for table, row_id in fresh:
                stand = self._stands[table][row_id]
                for name, other in FIRM[table].items():
                    wanted = stand.values[name] or ""
                    known = self._stands.get(other, {}).get(wanted)
                    if known and not known.alive:
                        deed, key = stand.writer(name).deed, (other, wanted)
                        used[key] = max(used.get(key, deed), deed, key=lambda one: one.order)
            fresh = [key for wanted in sorted(used) for key in self._revive(*wanted, used[wanted])]

    def _revive(self, table: str, row_id: str, because: Deed) -> list[Key]:
        """Lets a row stand that was removed, with its parts that were removed by the same act;
        gives those that stand again."""
        back: list[Key] = []
        waiting = [(table, row_id)]
        while waiting:
            table, row_id = waiting.pop()
            stand = self._stands[table][row_id]
            if stand.alive:
                continue
            stand.alive = True
            if table == "codes":
                stand.values = {**stand.values, "merged_into": ""}
            back.append((table, row_id))
            ends = {end.deed.id for end in stand.ended}
            if len(back) == 1:
                for end in stand.ended:
                    self.clashes.append(Clash(USED, table, row_id, "", because.id, end.deed.id))
            if table in ("submissions", "documents"):
                waiting += self._parts(table, row_id, ends)
        return [key for key in back if key[0] in FIRM]

    def _parts(self, table: str, row_id: str, ends: set[str]) -> list[Key]:
        found = [
            (part, one)
            for part, names in PARTS.items()
            for one, stand in self._stands.get(part, {}).items()
            if not stand.alive
            and any(stand.values[n] == row_id for n, other in names.items() if other == table)
            and ends & {end.deed.id for end in stand.ended}
        ]
        if table == "documents":
            owner = self._stands["documents"][row_id].values["submission_id"]
            of = self._stands.get("submissions", {}).get(owner)
            if of and not of.alive and ends & {end.deed.id for end in of.ended}:
                found.append(("submissions", owner))
        return found

    def _hide(self) -> None:
        """Takes away what rests on nothing."""
        rules = {
            table: {**FIRM.get(table, {}), **LOOSE.get(table, {})} for table in (*FIRM, *LOOSE)
        }
        again = True
        while again:
            again = False
            there = {
                table: {row_id for row_id, stand in several.items() if stand.alive}
                for table, several in self._stands.items()
            }
            for table, names in rules.items():
                needs = [(name, there.get(other, set())) for name, other in names.items()]
                for stand in self._stands.get(table, {}).values():
                    if not stand.alive:
                        continue
                    for name, known in needs:
                        if stand.values[name] and stand.values[name] not in known:
                            stand.alive, again = False, True

    def _part_rings(self) -> None:
        """Where two codes were each moved below the other, the later move does not hold."""
        codes = {row_id: one for row_id, one in self._stands.get("codes", {}).items() if one.alive}
        for row_id in sorted(codes):
            while ring := self._above(codes, row_id):
                last = max(ring, key=lambda one: (codes[one].writer("parent_id").deed.order, one))
                move = self._move_back(codes, last)
                first = min(ring, key=lambda one: (codes[one].writer("parent_id").deed.order, one))
                kept = codes[first].writer("parent_id").deed.id
                self.clashes.append(Clash(CYCLE, "codes", last, "parent_id", kept, move.deed.id))

    def _keep_parted(self) -> None:
        """A move that did not hold does not come to hold when the other code is moved away by
        somebody who saw how that was settled."""
        codes = {row_id: one for row_id, one in self._stands.get("codes", {}).items() if one.alive}
        for row_id in sorted(codes):
            move = codes[row_id].writer("parent_id").deed
            path, order = [row_id], (move.order, row_id)
            first = move
            above = codes[row_id].values["parent_id"]
            while above and above not in path and order == (move.order, row_id):
                stand = self._beside.row(above, move)
                path.append(above)
                above = None
                if stand:
                    other = stand.writer("parent_id").deed
                    first = min(first, other, key=lambda one: one.order)
                    order = max(order, (other.order, path[-1]))
                    above = stand.values["parent_id"]
            if above == row_id and order == (move.order, row_id):
                self._move_back(codes, row_id)
                self.clashes.append(Clash(CYCLE, "codes", row_id, "parent_id", first.id, move.id))

    def _move_back(self, codes: Mapping[str, Stand], row_id: str) -> Op:
        """Puts a code where it was before it was moved; gives the move."""
        move = codes[row_id].writer("parent_id")
        former = (move.before or {}).get("parent_id")
        stays = former in codes and codes[row_id].values["parent_id"] != former
        codes[row_id].values = {**codes[row_id].values, "parent_id": former if stays else None}
        return move

    def _above(self, codes: Mapping[str, Stand], row_id: str) -> list[str]:
        """The codes from this one up to itself again; none where it hangs in no ring."""
        path = [row_id]
        while (above := codes[path[-1]].values["parent_id"]) is not None:
            if above == row_id:
                return path
            if above in path:
                return []
            path.append(above)
        return []

    def _ignore_removals(self) -> None:
        """A transcript that stays, although one removed it, keeps its sentences."""
        for document_id, transcript in list(self.texts.items()):
            document = self._stands.get("documents", {}).get(document_id)
            if document is None or not document.alive or not document.ended:
                continue
            ends = {end.deed.id for end in document.ended}
            kept = [work for work in transcript.works if work.deed.id not in ends]
            self.texts[document_id] = Transcript(document_id, kept)
