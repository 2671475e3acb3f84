"""Transcripts of meetings that were saved as a text or Word file, told by their lines with times.

Forms as video services write them: Teams (`0:0:1.0 --> 0:0:3.9`, then the name, then the words; or
`Jane Smith   0:03`, then the words), Zoom (`[Jane Smith] 14:02:11`), Otter and typists
(`[00:00:03] Jane: words`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coder.domain.draft import Draft, DraftSegment
from coder.domain.model import DocumentKind
from coder.ingest.timed.cue_text import Said, Spoken, with_speakers
from coder.ingest.timed.subtitles import timing

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_NAME = r"[^\W\d_][^\n:\[\]<>?!]{0,60}?"
_FORMS = (
    re.compile(rf"(?P<name>{_NAME})(?:\s{{2,}}|\t\s*|\s+[|·–—-]\s+)(?P<time>{_CLOCK})(?P<words>)"),
    re.compile(rf"\[(?P<name>{_NAME})\]\s+(?P<time>\d{{1,2}}:\d{{2}}:\d{{2}})(?P<words>)"),
    re.compile(rf"[\[(](?P<time>{_CLOCK})[\])]\s*(?P<name>{_NAME}):\s+(?P<words>\S.*)"),
    re.compile(rf"(?P<time>\d{{1,2}}:\d{{2}}:\d{{2}})\s+(?P<name>{_NAME}):\s+(?P<words>\S.*)"),
    re.compile(rf"(?P<name>{_NAME})\s*[\[(](?P<time>{_CLOCK})[\])]:?\s*(?P<words>.*)"),
    re.compile(rf"[\[(](?P<time>{_CLOCK})[\])]\s*(?P<name>)(?P<words>\S.*)"),
)
_ZOOM = _FORMS[1]
_TIMED = re.compile(r"\d:\d")
_HEAD = 160
_FEWEST = 3
_LATEST_START = 8


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where a turn begins: which line, when in milliseconds, and who speaks; `end` where told."""

    line: int
    start: int
    end: int | None
    speaker: str
    words: str


def as_transcript(draft: Draft) -> Draft:
    """The draft with its document as a timed transcript where that is what it is; else as it was.

    Every word is kept; a line above the first turn stands at the beginning.
    """
    if len(draft.documents) != 1 or draft.documents[0].kind is not DocumentKind.DOCUMENT:
        return draft
    (document,) = draft.documents
    lines = [line.strip() for line in document.text.split("\n")]
    segments, clock = segments_of([line for line in lines if line])
    if not segments:
        return draft
    told = ("Its times are those of a clock on the wall and count here from the first.",)
    transcript = replace(
        document,
        kind=DocumentKind.TRANSCRIPT,
        text="",
        paragraphs=(),
        segments=segments,
        problems=(*document.problems, *(told if clock else ())),
    )
    return replace(draft, documents=(transcript,))


def segments_of(lines: Sequence[str]) -> tuple[tuple[DraftSegment, ...], bool]:
    """The segments of a transcript's lines, and whether its times were those of a clock on the
    wall (Zoom). Empty where the lines are no transcript: turns must be at least three, begin near
    the top, be a quarter of the lines, go up in time, and have words under names that come again,
    where an agenda has none."""
    if 4 * sum(_TIMED.search(line[:_HEAD]) is not None for line in lines) < len(lines):
        return (), False
    form, turns = _turns(lines)
    if len(turns) < _FEWEST or turns[0].line > _LATEST_START or 4 * len(turns) < len(lines):
        return (), False
    if form is _ZOOM:
        turns = [replace(turn, start=max(0, turn.start - turns[0].start)) for turn in turns]
    cues = _cues(lines, turns)
    if not _believable(turns, cues):
        return (), False
    head = (DraftSegment(0, turns[0].start, line) for line in lines[: turns[0].line])
    said = (
        DraftSegment(cue.start, cue.end, line.text, line.speaker)
        for cue in _names_on_lines(with_speakers(cues))
        for line in cue.lines
    )
    return (*head, *said), form is _ZOOM


def _believable(turns: Sequence[_Turn], cues: Sequence[Spoken]) -> bool:
    back = sum(after.start < before.start for before, after in pairwise(turns))
    empty = sum(not cue.lines for cue in cues)
    names = {turn.speaker for turn in turns}
    return 10 * (back + empty) <= len(turns) and 4 * len(names) <= 3 * len(turns)


def _turns(lines: Sequence[str]) -> tuple[re.Pattern[str] | None, list[_Turn]]:
    """The turns by the form that finds the most."""
    found: list[tuple[re.Pattern[str] | None, list[_Turn]]] = [(None, _by_cue(lines))]
    found += [(form, list(_by_form(lines, form))) for form in _FORMS]
    return max(found, key=lambda one: len(one[1]))


def _by_cue(lines: Sequence[str]) -> list[_Turn]:
    times = [timing(line) for line in lines]
    return [
        _Turn(place, time[0], time[1], "", "")
        for place, time in enumerate(times)
        if time is not None and time[0] is not None
    ]


def _by_form(lines: Sequence[str], form: re.Pattern[str]) -> Iterator[_Turn]:
    for place, line in enumerate(lines):
        found = form.fullmatch(line)
        if found:
            name = " ".join((found["name"] or "").split())
            yield _Turn(place, _milliseconds(found["time"]), None, name, found["words"].strip())


def _milliseconds(time: str) -> int:
    *higher, seconds = time.replace(",", ".").split(":")
    minutes = 0
    for part in higher:
        minutes = minutes * 60 + int(part)
    return minutes * 60_000 + round(float(seconds) * 1000)


def _cues(lines: Sequence[str], turns: Sequence[_Turn]) -> list[Spoken]:
    """What is said in each turn, from its start to its end or else to the next one's start."""
    following = [*turns[1:], None]
    return [
        Spoken(
            turn.start,
            _end(turn, after),
            _said(turn, lines[turn.line + 1 : after.line if after else None]),
        )
        for turn, after in zip(turns, following, strict=True)
    ]


def _end(turn: _Turn, after: _Turn | None) -> int:
    told = turn.end if turn.end is not None else after.start if after else turn.start
    return max(turn.start, told)


def _said(turn: _Turn, rest: Sequence[str]) -> tuple[Said, ...]:
    return tuple(
        Said(" ".join(words.split()), turn.speaker) for words in (turn.words, *rest) if words
    )


def _names_on_lines(cues: Sequence[Spoken]) -> list[Spoken]:
    """The cues with the name that stands alone on the first line of each taken as the speaker, as
    Teams writes it."""
    firsts = [cue.lines[0].text for cue in cues if len(cue.lines) > 1]
    if (
        len(firsts) < len(cues)
        or len(set(firsts)) == len(firsts)
        or not all(map(_name_alone, firsts))
    ):
        return list(cues)
    return [
        replace(
            cue, lines=tuple(replace(said, speaker=cue.lines[0].text) for said in cue.lines[1:])
        )
        for cue in cues
    ]


def _name_alone(line: str) -> bool:
    words = line.split()
    capitals = sum(word[0].isupper() or not word[0].isalpha() for word in words)
    return len(words) <= 6 and 2 * capitals > len(words) and line[-1] not in ".?!,;:"
