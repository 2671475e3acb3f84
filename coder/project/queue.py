"""The queue of recordings that wait to be transcribed: kept in the project, so that it outlives the
window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Document, DocumentKind, Hearing, Standing
from coder.domain.text import counted
from coder.project.manner import Manner, in_manner
from coder.project.taking import hearing_for, refuse_replacing, there_already, unfinished
from coder.store.journal import MACHINE, Step
from coder.store.store import Store


class Queue:
    """What is to be heard, in which order and how. Its steps are journaled, but not undone with
    undo: they change no evidence."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def all(self) -> list[Hearing]:
        """What waits, is held back or was given up, in order."""
        return self._store.read.queue()

    def one(self, hearing_id: str) -> Hearing:
        """A hearing as it stands. Raises NotFound."""
        found = self._store.read.hearing(hearing_id)
        if found is None:
            raise NotFound("This recording is no longer in the queue.")
        return found

    def of(self, transcript: Document) -> Hearing | None:
        """How a transcript was made, or is being made; None for one that was sent in."""
        return self._store.read.hearing_of(transcript.id)

    def add(
        self, media_ids: Sequence[str], manner: Manner, *, again: bool = False
    ) -> list[Hearing]:
        """Puts recordings at the end of the queue, as one step; gives them as they wait there.
        Raises as `add_each`."""
        return self.add_each([(one, manner) for one in media_ids], again=again)

    def add_each(
        self, wanted: Sequence[tuple[str, Manner]], *, again: bool = False
    ) -> list[Hearing]:
        """Puts recordings at the end of the queue, each in its own manner, as one step; gives them
        as they wait there.

        What is in the queue already waits again where it stands, in this manner unless it was
        begun. With `again`, the transcript there is gives way once the first of the new one is
        heard. Raises Refused for what is no recording, has no sound, or has its transcript; with
        `again`, where that transcript is tagged or was corrected.
        """
        label = f"Queue {counted(len(wanted), 'recording')} for transcription"
        added = []
        with self._step(label) as tx:
            last = max((one.position for one in tx.read.queue()), default=-1.0)
            for place, (media_id, manner) in enumerate(wanted, 1):
                media = self._recording(tx, media_id, again=again)
                known = _waiting_for(tx, media_id, again=again)
                if known is None:
                    hearing = hearing_for(media, manner, last + place)
                else:
                    hearing = replace(_in_manner(known, manner), standing=Standing.WAITING)
                tx.put(replace(hearing, problem="", again=again))
                added.append(hearing)
        return [self.one(hearing.id) for hearing in added]

    def change(self, hearing_id: str, manner: Manner) -> Hearing:
        """Gives a recording that waits another manner; one that was given up waits again. Raises
        Refused where it was begun, NotFound."""
        hearing = self.one(hearing_id)
        if hearing.transcript_id:
            raise Refused(
                "This transcript was begun already, and goes on as it was begun.",
                "Remove it from the queue, then choose “Transcribe again”.",
            )
        changed = _in_manner(hearing, manner)
        if changed.standing is Standing.FAILED:
            changed = replace(changed, standing=Standing.WAITING, problem="")
        with self._step("Change how a recording is transcribed") as tx:
            tx.put(changed)
        return changed

    def move(self, hearing_ids: Sequence[str], before: str = "") -> None:
        """Puts these, in this order, before another one; at the end where none is named."""
        order = [one for one in self.all() if one.id not in hearing_ids]
        places = [one.id for one in order]
        at = places.index(before) if before in places else len(order)
        order[at:at] = [self.one(one) for one in hearing_ids]
        with self._step(f"Move {counted(len(hearing_ids), 'recording')} in the queue") as tx:
            for position, hearing in enumerate(order):
                tx.put(replace(hearing, position=float(position)))

    def hold(self, hearing_ids: Iterable[str]) -> None:
        """Holds recordings back until they are released. One that was finished meanwhile stays
        out of the queue."""
        self._stand(hearing_ids, Standing.HELD, "Hold back")

    def release(self, hearing_ids: Iterable[str]) -> None:
        """Lets recordings wait for their turn again, also those that were given up."""
        self._stand(hearing_ids, Standing.WAITING, "Release")

    def remove(self, hearing_ids: Iterable[str]) -> None:
        """Takes recordings out of the queue. What was heard of them stays, and can be gone on with
        when they are put in again."""
        several = [self.one(one) for one in hearing_ids]
        with self._step(f"Take {counted(len(several), 'recording')} out of the queue") as tx:
            for hearing in several:
                if hearing.transcript_id:
                    tx.put(replace(hearing, standing=Standing.DONE))
                else:
                    tx.delete(hearing)

    def give_up(self, hearing_id: str, problem: str) -> None:
        """Notes why a recording could not be transcribed, where it still waits."""
        known = self._store.read.hearing(hearing_id)
        if known and known.standing is not Standing.DONE:
            with self._step("Note why a recording was not transcribed") as tx:
                tx.put(replace(known, standing=Standing.FAILED, problem=problem))

    def _stand(self, hearing_ids: Iterable[str], standing: Standing, verb: str) -> None:
        several = [self.one(one) for one in hearing_ids]
        several = [one for one in several if one.standing is not Standing.DONE]
        with self._step(f"{verb} {counted(len(several), 'recording')} in the queue") as tx:
            for hearing in several:
                tx.put(replace(hearing, standing=standing, problem=""))

    def _recording(self, tx: Step, media_id: str, *, again: bool) -> Document:
        media = tx.read.header(media_id)
        if media is None or media.kind is not DocumentKind.MEDIA:
            raise Refused("This is not a recording.")
        if media.silent:
            raise Refused(f"“{media.title}” has no sound track, so there is nothing to transcribe.")
        standing = tx.read.transcript_header(media_id)
        if standing and not unfinished(standing) and not again:
            raise there_already(media)
        if standing and again:
            refuse_replacing(tx.read, standing)
        return media

    def _step(self, label: str) -> AbstractContextManager[Step]:
        return self._store.step(label, self._who(), MACHINE)


def _waiting_for(tx: Step, media_id: str, *, again: bool) -> Hearing | None:
    """The hearing of a recording that can be gone on with, before all that was begun. One that was
    begun for a transcript that is to give way is not, and leaves the queue."""
    known = tx.read.hearings_for(media_id)
    for one in sorted(known, key=lambda one: not one.transcript_id):
        transcript = tx.read.header(one.transcript_id) if one.transcript_id else None
        begun = transcript is not None and unfinished(transcript)
        if begun and again:
            tx.put(replace(one, standing=Standing.DONE))
        elif begun or one.standing is not Standing.DONE:
            return one
    return None


def _in_manner(hearing: Hearing, manner: Manner) -> Hearing:
    """The hearing in this manner, unless it was begun in another."""
    return hearing if hearing.transcript_id else in_manner(hearing, manner)
