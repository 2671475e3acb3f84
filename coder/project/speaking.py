"""Finds who speaks in a transcript from the sound of its recording, as one act of a person."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count, groupby

from coder import places
from coder.domain import segments
from coder.domain.errors import Refused
from coder.domain.model import Coder, Document, Segment
from coder.domain.text import counted
from coder.jobs import Job
from coder.project.correcting import part
from coder.project.received import as_received
from coder.project.taking import unfinished
from coder.store.journal import Step
from coder.store.store import Store
from coder.transcribe import voices
from coder.transcribe.voices import MOST, SpeakerTurn

__all__ = ["MOST", "Found", "Speaking"]

_GIVEN = re.compile(r"Speaker \d+")
"""Names that this gives. Any other was given by a person, and stays."""
_SHORTEST_MS = 700
"""A voice that is heard for less within a sentence does not part it: a breath, a yes, an error."""
_MIXED = 0.25
"""From which share of a sentence without word times on a second voice is told of."""

_BREATH_MS = 500
"""How far from a sentence a voice may be heard and still be the one that speaks it."""

Run = tuple[int, int | None]
"""Words of one voice: where they begin in the sentence (code points), and the voice; None where
nobody was heard."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it: how many sentences each speaker has now, in the order in which they first
    speak; how many sentences were parted where the voice changes; how many hold two voices and
    could not be parted, having no word times; in how many nobody was heard, so that they have no
    name; how many bear a name given by a person, which stays; and what a person must know of the
    recording."""

    speakers: dict[str, int]
    parted: int = 0
    mixed: int = 0
    unheard: int = 0
    kept: int = 0
    problems: tuple[str, ...] = ()

    def told(self) -> list[str]:
        """What a person should know beside the names, a sentence each."""
        lines = [
            (self.parted, "sentence was", "sentences were", "parted where the voice changes"),
            (self.mixed, "sentence holds", "sentences hold", "two voices and could not be parted"),
            (self.unheard, "sentence has", "sentences have", "no name: nobody was heard there"),
            (self.kept, "sentence keeps", "sentences keep", "the name that a person gave"),
        ]
        return [f"{counted(n, one, several)} {rest}." for n, one, several, rest in lines if n]


class Speaking:
    """Names the speakers of transcripts."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def find(
        self, transcript: Document, number: int, job: Job | None = None, model: str = ""
    ) -> Found:
        """Gives each sentence the one of `number` speakers (1…20) who speaks most of it, in one
        step of this person; a sentence in which the voice changes is parted there.

        They are called “Speaker 1”, “Speaker 2” … in the order in which they first speak. A
        sentence whose speaker a person has named keeps the name; and where most of what bears a
        name, and most of what is named in a voice, is the same voice, all of the voice gets the
        name: whoever names one sentence of Ann means Ann. `model` is a name or folder, empty for
        the one installed. Raises Refused for what has no recording, is not finished, or a wrong
        number, and otherwise as `voices.find_voices` does; then nothing is changed.
        """
        job = job or Job()
        self._refuse(transcript, number)
        voices.refuse_missing()
        home = places.user_data()
        chosen = voices.model_for(home, model)
        notes: list[str] = []
        media = self._store.read.document(transcript.source_id or "")
        hearing = self._store.read.hearing_of(transcript.id)
        turns = voices.find_voices(
            as_received(self._store, media, job),
            chosen,
            number,
            job=job,
            home=home,
            tell=notes.append,
            name=media.title,
            track=hearing.track if hearing else 0,
        )
        if not turns:
            raise Refused(f"Nobody was heard speaking in “{media.title}”.", "Name them by hand.")
        heard = len({turn.voice for turn in turns})
        if heard < number:
            notes.append(f"Only {counted(heard, 'voice was', 'voices were')} heard, not {number}.")
        job.check()
        with self._store.step(f"Find the speakers of “{transcript.title}”", self._who()) as tx:
            return replace(_name(tx, transcript, _Heard(turns)), problems=tuple(notes))

    def _refuse(self, transcript: Document, number: int) -> None:
        if not 1 <= number <= MOST:
            raise Refused(
                f"{number} speakers cannot be told apart.", f"Give a number from 1 to {MOST}."
            )
        if not transcript.source_id:
            raise Refused(
                f"“{transcript.title}” has no recording in which voices could be told apart.",
                "Name its speakers by hand.",
            )
        if unfinished(transcript):
            raise Refused(
                f"“{transcript.title}” is not finished.",
                "Transcribe the recording to its end first.",
            )


def _name(tx: Step, transcript: Document, heard: _Heard) -> Found:
    standing = tx.read.segments(transcript.id)
    if not standing:
        raise Refused(
            f"“{transcript.title}” was removed while its speakers were looked for.",
            "Transcribe the recording again, then find them.",
        )
    named = [one for one in standing if one.speaker and not _GIVEN.fullmatch(one.speaker)]
    kept = {one.id for one in named}
    names = _names(named, heard)
    parted = mixed = 0
    for segment in (one for one in standing if one.id not in kept):
        pieces = _parted(tx, segment, _runs(segment, heard))
        parted += len(pieces) > 1
        mixed += not segment.words and heard.is_mixed(segment)
        for piece, voice in pieces:
            name = "" if voice is None else names[voice]
            if piece.speaker != name:
                tx.put(replace(piece, speaker=name))
    now = Counter(one.speaker for one in tx.read.segments(transcript.id))
    unheard = now.pop("", 0)
    return Found(dict(now), parted, mixed, unheard, len(named))


class _Heard:
    """The turns, in order, to be asked for what lies within a stretch."""

    def __init__(self, turns: Sequence[SpeakerTurn]) -> None:
        self._turns = turns
        self._starts = [turn.start_ms for turn in turns]
        self._reach = list(accumulate((turn.end_ms for turn in turns), max))
        self.voices = sorted({turn.voice for turn in turns})

    def shares(self, start_ms: int, end_ms: int) -> Counter[int]:
        """How many ms each voice speaks within a stretch."""
        shares: Counter[int] = Counter()
        first = bisect_right(self._reach, start_ms)
        for turn in self._turns[first : bisect_left(self._starts, end_ms)]:
            ms = min(end_ms, turn.end_ms) - max(start_ms, turn.start_ms)
            if ms > 0:
                shares[turn.voice] += ms
        return shares

    def voice(self, start_ms: int, end_ms: int) -> int | None:
        """The voice that speaks most of a stretch, or within a breath of it; None where nobody
        does."""
        for breath in (0, _BREATH_MS):
            for voice, _ in self.shares(start_ms - breath, end_ms + breath).most_common(1):
                return voice
        return None

    def is_mixed(self, segment: Segment) -> bool:
        """Whether a second voice speaks a good part of a segment."""
        shares = sorted(self.shares(segment.start_ms, segment.end_ms).values())
        length = segment.end_ms - segment.start_ms
        return len(shares) > 1 and shares[-2] >= _MIXED * length


def _names(named: Sequence[Segment], heard: _Heard) -> dict[int, str]:
    """What each voice is called: as a person did, or by number."""
    shares: Counter[tuple[str, int]] = Counter()
    for segment in named:
        for voice, ms in heard.shares(segment.start_ms, segment.end_ms).items():
            shares[segment.speaker, voice] += ms
    called = {voice: _called(voice, shares) for voice in heard.voices}
    numbers = count(1)
    return {voice: name or f"Speaker {next(numbers)}" for voice, name in called.items()}


def _called(voice: int, shares: Counter[tuple[str, int]]) -> str:
    """The name that has most of what is named in a voice, if the voice has most of that name."""
    here = Counter({name: ms for (name, one), ms in shares.items() if one == voice})
    for name, ms in here.most_common(1):
        whole = sum(other for (one, _), other in shares.items() if one == name)
        if 2 * ms > here.total() and 2 * ms > whole:
            return name
    return ""


def _runs(segment: Segment, heard: _Heard) -> list[Run]:
    """The voices of a sentence, each with where it begins; short ones belong to their neighbour."""
    whole = (0, heard.voice(segment.start_ms, segment.end_ms))
    if len(heard.shares(segment.start_ms, segment.end_ms)) < 2:
        return [whole]
    spoken = [(word, heard.voice(word.start_ms, word.end_ms)) for word in segment.words]
    known = [(word, voice) for word, voice in spoken if voice is not None]
    runs: list[Run] = []
    for voice, group in groupby(known, key=lambda pair: pair[1]):
        words = [word for word, _ in group]
        if words[-1].end_ms - words[0].start_ms < _SHORTEST_MS:
            continue
        if not runs:
            runs.append((0, voice))
        elif runs[-1][1] != voice:
            runs.append((words[0].start, voice))
    return runs or [whole]


def _parted(tx: Step, segment: Segment, runs: Sequence[Run]) -> list[tuple[Segment, int | None]]:
    """The segment in a part for each run, with its voice."""
    made: list[tuple[Segment, int | None]] = []
    for at, voice in reversed(runs[1:]):
        parts = segments.parted(segment, at)
        if parts is not None:
            segment, behind = part(tx, segment, parts).segments
            made.append((behind, voice))
    return [(segment, runs[0][1]), *reversed(made)]
