"""Sign-offs: somebody's word that a submission is coded as it should be, or that the codebook
stands; and whether that is still so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coder.domain.dates import day_shown
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, new_id, now
from coder.domain.sight import Sight
from coder.domain.text import counted
from coder.domain.together import Signed, SignOff
from coder.project.evidence import refuse_withdrawn
from coder.project.moment import at_one_moment
from coder.project.signed_state import state_of, state_of_codes
from coder.project.trail import Difference, Trail
from coder.store import replay
from coder.store.store import Store


@dataclass(frozen=True, slots=True)
class SignedView:
    """A sign-off with who gave it and for what. `holds` says that what was signed is the same now;
    `changed` counts what is different where that can be told."""

    record: SignOff
    coder: str
    ref: str
    holds: bool
    changed: int = 0

    @property
    def what(self) -> str:
        """What was signed off, as a list calls it."""
        if self.record.about is Signed.SUBMISSION:
            return self.ref or "A submission that has gone"
        version = f", version {self.record.version}" if self.record.version else ""
        return f"The codebook{version}"

    def __str__(self) -> str:
        by = f"signed by {self.coder} on {day_shown(self.record.signed_at)}"
        if self.holds:
            return f"{by[0].upper()}{by[1:]}; unchanged since"
        more = f" ({counted(self.changed, 'change')})" if self.changed else ""
        return f"Changed since it was {by}{more}"

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        one = self.record
        return {
            "id": one.id,
            "about": one.about.value,
            "ref": self.ref,
            "version": one.version,
            "coder": self.coder,
            "at": one.signed_at,
            "note": one.note,
            "holds": self.holds,
            "changed": self.changed,
        }


class Signing:
    """Signs off and takes back; each is a step of the trail. A coder takes back only their own."""

    def __init__(self, store: Store, who: Callable[[], Coder], trail: Trail) -> None:
        self._store = store
        self._who = who
        self._trail = trail

    def sign(self, ref: str, note: str = "") -> SignOff:
        """Signs off a submission as it stands: its particulars, its texts and everyone's codings.
        Raises NotFound; Refused for a withdrawn one and where this coder has signed just that."""
        submission = self._store.read.submission(ref)
        refuse_withdrawn(self._store.read, submission)
        return self._sign(Signed.SUBMISSION, submission.id, submission.ref, "", note)

    def sign_codebook(self, version: str, note: str = "") -> SignOff:
        """Signs off the codebook as it stands, under the name of a version. Raises Refused for an
        empty name, and where this coder has signed just that."""
        if not version.strip():
            raise Refused("The version has no name.", "Call it 1.0, or by a day.")
        called = f"the codebook, version {version.strip()}"
        return self._sign(Signed.CODEBOOK, "", called, version.strip(), note)

    def take_back(self, sign_off_id: str) -> None:
        """Takes back this coder's sign-off. Raises NotFound, and Refused where it is another's."""
        found = self._store.read.sign_off(sign_off_id)
        if found is None:
            raise NotFound("This sign-off is no longer there.", "It may have been taken back.")
        view = self._view(found)
        if found.coder_id != self._who().id:
            raise Refused(
                f"This is {view.coder}’s sign-off and stays.", "Whoever gave it can take it back."
            )
        what = view.ref or "the codebook"
        with self._store.step(f"Take back the sign-off of {what}", self._who()) as tx:
            tx.delete(found)

    @at_one_moment
    def all(self) -> list[SignedView]:
        """Every sign-off, the latest first."""
        return [self._view(one) for one in self._store.read.sign_offs()]

    @at_one_moment
    def of(self, ref: str) -> list[SignedView]:
        """The sign-offs of a submission, the latest first. Raises NotFound."""
        submission = self._store.read.submission(ref)
        return [self._view(one) for one in self._store.read.sign_offs(submission.id)]

    @at_one_moment
    def of_codebook(self) -> list[SignedView]:
        """The sign-offs of the codebook, the latest first."""
        found = self._store.read.sign_offs("")
        return [self._view(one) for one in found if one.about is Signed.CODEBOOK]

    @at_one_moment
    def changes(self, signed: SignOff, sight: Sight = Sight()) -> list[Difference]:  # noqa: B008
        """What is different now from what was signed, as far as it is in sight. One that came from
        another copy is compared with what stood here when it came."""
        if signed.of_id and not self._store.read.has("submissions", signed.of_id):
            return []
        seq = replay.made_by(self._store.reader, "sign_offs", signed.id)
        if signed.about is Signed.CODEBOOK:
            return self._trail.codebook_after(seq)[1]
        return self._trail.since(self._trail.after_step(signed.of_id, seq, sight), sight)

    # Below: how it is done

    def _sign(self, about: Signed, of_id: str, what: str, version: str, note: str) -> SignOff:
        who, state = self._who(), self._state(about, of_id)
        for one in self._store.read.sign_offs(of_id):
            if (one.about, one.coder_id, one.version, one.state) == (about, who.id, version, state):
                raise Refused(f"You have signed off {what} as it stands.", "Nothing has changed.")
        made = SignOff(new_id(), about, of_id, who.id, now(), state, version, note.strip())
        with self._store.step(f"Sign off {what}", who) as tx:
            tx.put(made)
        return made

    def _view(self, one: SignOff) -> SignedView:
        read = self._store.read
        coder = next((who.name for who in read.coders() if who.id == one.coder_id), "somebody")
        if one.of_id and not read.has("submissions", one.of_id):
            return SignedView(one, coder, "", holds=False)
        ref = read.submission(one.of_id).ref if one.of_id else ""
        holds = one.state == self._state(one.about, one.of_id)
        changed = 0 if holds else len(self.changes(one))
        return SignedView(one, coder, ref, holds, changed)

    def _state(self, about: Signed, of_id: str) -> str:
        """The SHA-256, in hexadecimal, of what is signed as it stands now."""
        read = self._store.read
        if about is Signed.CODEBOOK:
            return state_of_codes(read.codes())
        return state_of(read, of_id)
