"""Recordings as a person chooses among them: what sound they hold, which of them wait and how far
each was heard, and which names and terms to expect in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from coder.domain.model import Coder, Hearing
from coder.project.manner import HOTWORDS
from coder.project.taking import UNFINISHED
from coder.store.store import Store
from coder.transcribe import tracks
from coder.transcribe.tracks import Recording, Track

__all__ = ["HOTWORDS", "Listed", "Recording", "Recordings", "Track", "joined"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A hearing with what it is of: the submission and its reference, the recording's title and
    length in milliseconds (0 where it is not known), how far it was heard by now, and what a person
    must know of its transcript."""

    hearing: Hearing
    submission_id: str
    ref: str
    title: str
    media_ms: int = 0
    heard_ms: int = 0
    notes: tuple[str, ...] = ()


class Recordings:
    """Looks into recordings, and keeps what to expect in them."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def sound(self, media_id: str) -> Recording:
        """How long a recording is, and its sound tracks. Opens the file, which can take a moment.
        Raises NotFound, Unreadable."""
        media = self._store.read.document(media_id)
        return tracks.probe(self._store.original_file(media), media.title)

    def listed(self, also: Iterable[str] = ()) -> list[Listed]:
        """What waits, is held back or was given up, in order, with those of the hearings `also`
        that are done by now."""
        read = self._store.read
        waiting = read.queue()
        known = {one.id for one in waiting}
        done = [read.hearing(one) for one in also if one not in known]
        return [self._of(hearing) for hearing in (*waiting, *(one for one in done if one))]

    def said(self, transcript_id: str, last: int = 40) -> list[str]:
        """The last sentences of a transcript, as far as it has come."""
        return [text for _, _, text in self._store.read.lines(transcript_id)[-last:]]

    @property
    def terms(self) -> str:
        """The names and terms that the inquiry expects, parted by commas."""
        return self._store.read.inquiry().terms

    def keep_terms(self, terms: str) -> str:
        """Lets the inquiry expect these names and terms, and gives them as they are kept. Raises
        Refused where the project is open for reading only."""
        kept = joined(terms, most=0)
        with self._store.step("Change the names and terms to expect", self._who()) as tx:
            tx.put(replace(tx.read.inquiry(), terms=kept))
        return kept

    def names(self, media_id: str) -> str:
        """The names in the submission that a recording belongs to: respondent and organisation."""
        media = self._store.read.document(media_id)
        submission = self._store.read.submission(media.submission_id)
        return joined(submission.respondent, submission.organisation)

    def expected(self, media_id: str) -> str:
        """A proposal of what to expect in a recording: the names of its submission, then the terms
        of the inquiry, at most `HOTWORDS` characters."""
        return joined(self.names(media_id), self.terms)

    def _of(self, hearing: Hearing) -> Listed:
        read = self._store.read
        media = read.header(hearing.media_id)
        if media is None:
            return Listed(hearing, "", "", "")
        ref = read.submission(media.submission_id).ref
        begun = read.header(hearing.transcript_id) if hearing.transcript_id else None
        heard = read.heard_until(begun.id) if begun else 0
        return Listed(
            hearing,
            media.submission_id,
            ref,
            media.title,
            media.media_ms or 0,
            heard,
            tuple(one for one in begun.problems if one != UNFINISHED) if begun else (),
        )


def joined(*lists: str, most: int = HOTWORDS) -> str:
    """The names and terms of several lists as one, parted by commas, each once. What comes last is
    left out where it is more than `most` characters; 0 for any number."""
    kept: dict[str, str] = {}
    for term in (part for several in lists for part in re.split(r"[,;\n]", several)):
        words = " ".join(term.split())
        longer = len(", ".join((*kept.values(), words)))
        if words and (not most or longer <= most):
            kept.setdefault(words.casefold(), words)
    return ", ".join(kept.values())
