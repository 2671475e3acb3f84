"""Reads subtitles with their times: WebVTT (W3C, 4 April 2019), SubRip and SubViewer as found.

Nothing that is said is lost where times are damaged: words keep their place, and what had no time
of its own is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from textwrap import shorten

from coder.domain.draft import Draft, DraftDocument, DraftSegment, Source
from coder.domain.errors import Blank
from coder.domain.model import DocumentKind
from coder.domain.text import counted
from coder.ingest.single import text_bytes
from coder.ingest.timed.cue_text import Spoken, by_speaker, rolled, said_in, with_speakers

_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,9}))?")
_ARROW = re.compile(r"[-–—]{1,2}\s?-?>")
_PAIR = re.compile(r"\s*(\d[\d:.]*),(\d[\d:.]*)\s*")
_HEADER = re.compile(r"\s*WEBVTT(?:\s|$)", re.IGNORECASE)
_HEADER_MARK = re.compile(
    r"\s*WEBVTT\s*-?|(?:Kind|Language|X-TIMESTAMP-MAP|##|Style):?.*", re.IGNORECASE
)
_ASIDE = re.compile(r"(?:NOTE(?:[ \t]|$)|STYLE[ \t]*$|REGION[ \t]*$)")
_MACHINE_NOTE = re.compile(
    r"NOTE\s+(?:confidence|duration|language|recognizability)\b", re.IGNORECASE
)
_COUNT = re.compile(r"\s*\d+\s*")
_MOST_TOLD = 20


@dataclass(slots=True)
class Cue:
    """Lines of words and when they show, in milliseconds. What the file does not tell, or not so
    that it can be read, is None."""

    start: int | None
    end: int | None
    lines: list[str] = field(default_factory=list)
    timed: bool = True


@dataclass(slots=True)
class _File:
    """What was met while reading one file."""

    cues: list[Cue] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    header: str = ""


def read_subtitles(source: Source) -> Draft:
    """A timed transcript, one segment for what a speaker says in a cue; captions that roll up come
    once. Raises Unreadable, and Blank where nothing is said."""
    from coder.ingest.text import decode

    found = _parse(decode(text_bytes(source)).replace("\0", "\ufffd"))
    problems = _short([*_timing_problems(found.cues), *_note_problems(found)])
    _settle_times(found.cues)
    found.cues.sort(key=lambda cue: cue.start or 0)
    cues = [
        Spoken(cue.start or 0, cue.end or 0, said_in("\n".join(cue.lines))) for cue in found.cues
    ]
    segments = tuple(
        DraftSegment(cue.start, cue.end, said.text, said.speaker)
        for cue in with_speakers(rolled(cues))
        for said in by_speaker(cue)
        if said.text
    )
    if not segments:
        raise Blank(f"“{source.name}” holds no words with times.", " ".join(problems))
    kind = DocumentKind.TRANSCRIPT
    return Draft((DraftDocument(source.name, kind, source, segments=segments, problems=problems),))


def is_timing(line: str) -> bool:
    """Whether a line tells when a cue shows: `00:01.000 --> 00:04.000`, `0:00:01.0,0:00:04.0`."""
    return timing(line) is not None


def _parse(text: str) -> _File:
    """Blocks of lines between blank ones. A line with times begins a cue wherever it stands."""
    found = _File()
    web, lines, found.header = _without_header(text.removeprefix("\ufeff").split("\n"))
    closed = web or any(_PAIR.fullmatch(line) and is_timing(line) for line in lines)
    for block in _blocks(lines):
        if web and _ASIDE.match(block[0]) and not any(map(is_timing, block)):
            found.notes.append("\n".join(block))
        else:
            _take_block(found.cues, block, web, closed)
    return found


def _without_header(lines: list[str]) -> tuple[bool, list[str], str]:
    """Whether the file is WebVTT, its lines without the header, which ends at a blank line or at
    the first cue, and what the header says in words."""
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    if not lines or not _HEADER.match(lines[first]):
        return False, lines, ""
    end = first
    while end < len(lines) and lines[end].strip() and not is_timing(lines[end]):
        end += 1
    said = (_HEADER_MARK.sub("", line).strip() for line in lines[first:end])
    return True, lines[end:], " ".join(line for line in said if line)


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
        elif block:
            yield block
            block = []


def _take_block(cues: list[Cue], block: list[str], web: bool, closed: bool) -> None:
    """The cues of a block. Before a cue's time stands its identifier: in WebVTT any line, else a
    number."""
    places = [place for place, line in enumerate(block) if is_timing(line)]
    before = block[: places[0]] if places else block
    if places and before and (web or _COUNT.fullmatch(before[-1])):
        before.pop()
    if before:
        _take_untimed(cues, before, closed)
    for place, until in pairwise([*places, len(block)]):
        lines = block[place + 1 : until]
        if until < len(block) and lines and _COUNT.fullmatch(lines[-1]):
            lines.pop()
        start, end = timing(block[place]) or (None, None)
        cues.append(Cue(start, end, lines))


def _take_untimed(cues: list[Cue], block: list[str], closed: bool) -> None:
    """Words after a blank line. They belong to the cue before where that is empty still, or is not
    `closed` by a blank line, as in SubRip; else they stand for themselves, without a time."""
    numbered = len(block) > 1 and _COUNT.fullmatch(block[0]) is not None
    if cues and cues[-1].timed and not numbered and not (closed and any(cues[-1].lines)):
        cues[-1].lines += block
    elif len(block) > 1 or not _COUNT.fullmatch(block[0]):
        cues.append(Cue(None, None, block[1:] if numbered else block, timed=False))


def timing(line: str) -> tuple[int | None, int | None] | None:
    """When a cue begins and ends, in milliseconds; None for a line that is no timing. What follows
    the times places the cue on a screen and says nothing."""
    if ">" in line:
        begin, *rest = _ARROW.split(line, maxsplit=1)
        end = rest[0].split(maxsplit=1)[0] if rest and rest[0].strip() else ""
    elif pair := _PAIR.fullmatch(line):
        begin, end = pair.groups()
    else:
        return None
    begin = begin.strip()
    if not begin[:1].isdigit() or not (end[:1].isdigit() or not end):
        return None
    times = _ms(begin), _ms(end)
    return None if times == (None, None) else times


def _ms(time: str) -> int | None:
    found = _TIME.fullmatch(time)
    if found is None:
        return None
    whole = (int(found[1] or 0) * 60 + int(found[2])) * 60 + int(found[3])
    return whole * 1000 + int((found[4] or "0").ljust(3, "0")[:3])


def _settle_times(cues: list[Cue]) -> None:
    """Fills what is not told: a cue begins where the one before ends, and ends where the next one
    begins; none ends before it begins."""
    before = 0
    for cue in cues:
        cue.start = before if cue.start is None else cue.start
        before = max(cue.start, cue.end or 0)
    for cue, after in zip_longest(cues, cues[1:]):
        if cue.end is None and cue.timed and after:
            cue.end = after.start
        cue.end = max(cue.start or 0, cue.end or 0)


def _timing_problems(cues: list[Cue]) -> Iterator[str]:
    for cue in cues:
        words = shorten(" ".join(cue.lines), 60, placeholder="…")
        if not cue.timed:
            yield f"“{words}” has no time in the file; it stands where it was found."
        elif cue.start is None or cue.end is None:
            yield f"The time of “{words}” is damaged; it was guessed from its neighbours."
    backward = sum(
        cue.start is not None and cue.end is not None and cue.end < cue.start for cue in cues
    )
    if backward:
        ends = counted(backward, "cue ends", "cues end")
        yield f"{ends} before the beginning; the beginning was kept."
    starts = [cue.start for cue in cues if cue.start is not None]
    if starts != sorted(starts):
        yield "Cues stood out of order and were put in the order of their times."


def _note_problems(found: _File) -> Iterator[str]:
    if found.header:
        yield f"The file’s heading, which players do not show, was left out: “{found.header}”"
    for note in found.notes:
        words = " ".join(note.removeprefix("NOTE").split())
        if words and note.startswith("NOTE") and not _MACHINE_NOTE.match(note):
            yield f"A note that players do not show was left out: “{words}”"


def _short(problems: list[str]) -> tuple[str, ...]:
    rest = len(problems) - _MOST_TOLD
    more = (f"{counted(rest, 'further problem')} of this kind.",) if rest > 0 else ()
    return (*problems[:_MOST_TOLD], *more)
