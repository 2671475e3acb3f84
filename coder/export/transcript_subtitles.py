"""Writes a transcript as subtitles: WebVTT (W3C, 4 April 2019) and SubRip as players read it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coder.domain.model import Segment
from coder.export.transcript_cues import Cue, cues
from coder.export.transcript_sheet import KIND, Sheet
from coder.export.wording import printable

_OTHER_MARKS = re.compile(r"\{(?=\\)|\[(?=br\])")
"""What players of other formats take for a mark, in WebVTT and SubRip alike."""
_SUBRIP_MARKS = re.compile(
    r"&(?=#\d|#[xX][0-9A-Fa-f]|\w{2,31};)|<(?=[/A-Za-z\d])|(?<=--)>|\{(?=\\)|\[(?=br\])"
)
_TIME_ALONE = re.compile(r"[\d:.]+:[\d:.]+(,)[\d:.]+|[\d:.]+(,)[\d:.]+:[\d:.]+")


def vtt(sheet: Sheet) -> bytes:
    """The transcript as WebVTT, with a voice for each speaker. What the file is, and what may be
    done with it, stands in a note that players do not show."""
    told = [f"{KIND} {sheet.heading}", sheet.inquiry, sheet.summary(), *sheet.notes()]
    return vtt_of(sheet.segments, told)


def srt(sheet: Sheet) -> bytes:
    """The transcript as SubRip, with the speaker's name before the words of each cue. The format
    has no place for a remark: nothing in the file says what it is."""
    return srt_of(sheet.segments)


def vtt_of(segments: Iterable[Segment], told: Iterable[str]) -> bytes:
    """Sentences with their times as WebVTT; what is `told` is a note that players do not show."""
    note = "\n".join(" ".join(line.split()).replace("-->", "→") for line in told if line.strip())
    blocks = ["WEBVTT", f"NOTE\n{note}"]
    for cue in cues(segments):
        voice = f"<v {_escaped(cue.speaker)}>" if cue.speaker else ""
        lines = "\n".join(map(_escaped, cue.lines))
        blocks.append(f"{_timing(cue, '.')}\n{voice}{lines}")
    return _written(blocks)


def srt_of(segments: Iterable[Segment]) -> bytes:
    """Sentences with their times as SubRip."""
    found = cues(segments, lambda speaker: len(speaker) + 2 if speaker else 0)
    blocks = []
    for number, cue in enumerate(found, 1):
        first = f"{cue.speaker}: " if cue.speaker else ""
        said = [_plain(f"{first}{cue.lines[0]}"), *map(_plain, cue.lines[1:])]
        blocks.append("\n".join((str(number), _timing(cue, ","), *said)))
    return _written(blocks)


def _written(blocks: Iterable[str]) -> bytes:
    return (printable("\n\n".join(blocks)) + "\n").encode()


def _timing(cue: Cue, point: str) -> str:
    return f"{_time(cue.start_ms, point)} --> {_time(cue.end_ms, point)}"


def _time(ms: int, point: str) -> str:
    seconds, rest = divmod(ms, 1000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}{point}{rest:03}"


def _escaped(text: str) -> str:
    """The text as WebVTT wants it within a cue."""
    said = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _OTHER_MARKS.sub(_entity, said)


def _plain(line: str) -> str:
    """A line of SubRip: as it is, but for what a player would take for a tag, an entity or a time,
    of which the first sign is written as an entity."""
    said = _SUBRIP_MARKS.sub(_entity, line)
    return said.replace(",", "&#44;") if _TIME_ALONE.fullmatch(said) else said


def _entity(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"
