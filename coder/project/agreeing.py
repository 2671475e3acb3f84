"""The codings of the coder `agreed`: what the others agree on or have settled on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from coder.analysis.disagreements import Disagreement, Put
from coder.domain.errors import Refused
from coder.domain.model import Coder, Coding, now
from coder.domain.together import AGREED, AGREED_ID, Decision, derived_id
from coder.project.decisions import stands
from coder.store import settled
from coder.store.journal import Step


class Agreed:
    """The agreed codings of one document while a step changes them."""

    def __init__(self, tx: Step, document_id: str) -> None:
        self._tx = tx
        self._document_id = document_id
        self._codings = tx.read.codings(document_id)
        self._decisions = settled.decisions(tx.connection, document_id)

    def make_room(self, place: Disagreement) -> None:
        """Takes away what was decided on these codings before, and what was adopted over the
        passage although not all agree on it now."""
        ids = {one.id for one in place.codings}
        self.drop([one for one in self._decisions if ids & set(one.codings)], place.coders)
        for one in self._adopted():
            meets = one.start < place.end and place.start < one.end
            if meets and not self._backed(one, place.coders):
                self._tx.delete(one)

    def drop(self, decisions: Sequence[Decision], coders: Collection[str]) -> None:
        """Takes decisions away, with those of their agreed codings that no other decision made and
        on which not all of these coders agree anyway."""
        gone = {one.id for one in decisions}
        self._decisions = [one for one in self._decisions if one.id not in gone]
        kept = {one for decision in self._decisions for one in decision.agreed}
        for decision in decisions:
            self._tx.delete(decision)
            for one in self._agreed():
                if one.id in set(decision.agreed) - kept and not self._backed(one, coders):
                    self._tx.delete(one)

    def put(self, put: Put, codings: Sequence[Coding]) -> Coding:
        """An agreed coding that says this, made of those of `codings` that say the same, or the one
        that is there. It is sensitive where any of them on its passage is, and marked where one
        that says the same is."""
        code_id, start, end = put
        same = [one for one in codings if (one.code_id, one.start, one.end) == put]
        standing = self._tx.read.coding_at(self._document_id, code_id, AGREED_ID, start, end)
        if standing is None:
            self._tx.put(_coder(self._tx))
            text = same[0].quote if same else self._tx.read.text_of(self._document_id)[start:end]
            own = self._free(
                derived_id("agreed", code_id, *sorted(one.id for one in same or codings))
            )
            standing = Coding(own, self._document_id, code_id, AGREED_ID, start, end, text, now())
        made = replace(
            standing,
            marked=standing.marked or any(one.marked for one in same),
            sensitive=standing.sensitive
            or any(one.sensitive for one in codings if one.start < end and start < one.end),
        )
        self._tx.put(made)
        return made

    def adopt(self, alike: Sequence[Sequence[Coding]]) -> tuple[int, int, int]:
        """Makes the agreed codings those that `alike` are, beside those that were decided; gives
        how many were made, how many went, and how many stood already."""
        self._forget_agreed_by_now({one.id for codings in alike for one in codings})
        wanted = {_says(codings[0]): codings for codings in alike}
        standing = {_says(one) for one in self._agreed()}
        stale = [one for one in self._adopted() if _says(one) not in wanted]
        for one in stale:
            self._tx.delete(one)
        fresh = [put for put in wanted if put not in standing]
        for put in fresh:
            self.put(put, wanted[put])
        return len(fresh), len(stale), len(wanted) - len(fresh)

    # Below: how it is done

    def _forget_agreed_by_now(self, alike: Collection[str]) -> None:
        """Takes away decisions that no longer stand since all codings they were on are alike."""
        there = {one.id: one for one in self._codings}
        for decision in self._decisions:
            left = [there[one] for one in decision.codings if one in there]
            if left and not stands(decision, there) and all(one.id in alike for one in left):
                self.drop([decision], ())

    def _agreed(self) -> list[Coding]:
        """The agreed codings as they stand in the step."""
        codings = self._tx.read.codings(self._document_id)
        return [one for one in codings if one.coder_id == AGREED_ID]

    def _adopted(self) -> list[Coding]:
        """The agreed codings that no decision made."""
        decided = {one for decision in self._decisions for one in decision.agreed}
        return [one for one in self._agreed() if one.id not in decided]

    def _backed(self, agreed: Coding, coders: Collection[str]) -> bool:
        """Whether all of these coders say what an agreed coding says."""
        saying = {one.coder_id for one in self._codings if _says(one) == _says(agreed)}
        return bool(coders) and set(coders) <= saying

    def _free(self, coding_id: str) -> str:
        """The id, or one made of it where another coding has it."""
        while self._tx.read.coding(coding_id) is not None:
            coding_id = derived_id("agreed", coding_id)
        return coding_id


def _says(coding: Coding) -> Put:
    return coding.code_id, coding.start, coding.end


def _coder(tx: Step) -> Coder:
    """The coder whose codings are agreed, the same in every copy. Raises Refused where somebody
    else has the name."""
    named = tx.read.coder_named(AGREED)
    if named is not None and named.id != AGREED_ID:
        raise Refused(
            f"Somebody in this inquiry codes under the name “{AGREED}”, which is kept for what the"
            " coders settle on.",
            "Bring their work in under another name first.",
        )
    return named or Coder(AGREED_ID, AGREED)
