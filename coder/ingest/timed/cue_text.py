"""The words of a cue: without its marks, with who speaks, and once where captions roll up."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

_TAG = re.compile(
    r"<\d[\d:.]*>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z]+)(?:\.[^<>\s.]*)*(?:\s(?P<note>[^<>]*))?/?>"
    r"|</(?:c|i|b|u|v|lang|ruby|rt)\b"
)
_KNOWN = {
    "c", "i", "b", "u", "v", "lang", "ruby", "rt", "rp", "font", "s", "p", "span", "em", "strong",
    "small", "br",
}  # fmt: skip
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|\w{2,31});")
_CLOSING = re.compile(r"</([A-Za-z]+)")
_SPEAKER = re.compile(
    r"(?P<turn>>{2,3}\s*)?-?\s*(?:\[(?P<boxed>[^\[\]:]{2,40})\]|(?P<bare>[^\W\d_][^:<>?!\[\]]{1,40}))"
    r":\s+(?=\S)"
)
_SMALL_WORD = {
    "of",
    "the",
    "de",
    "da",
    "di",
    "von",
    "van",
    "der",
    "den",
    "la",
    "le",
    "bin",
    "al",
    "and",
}
_NO_NAME = {"note", "nb", "example", "question", "answer", "warning", "update", "ps"}
_TOUCHING_MS = 50


@dataclass(frozen=True, slots=True)
class Said:
    """A line of words and who says it; empty where nobody is named."""

    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said in a cue, line by line, and when, in milliseconds."""

    start: int
    end: int
    lines: tuple[Said, ...]


def said_in(text: str) -> tuple[Said, ...]:
    """The lines of a cue's text without marks (WebVTT 1.0, 6.4; SubRip's tags as found), with
    entities decoded. `<v Name>` tells who speaks. Words in angle brackets that are no tag stay."""
    text = _OVERRIDE.sub("", text.replace("[br]", "\n"))
    closing = {name.lower() for name in _CLOSING.findall(text)}
    runs: list[tuple[str, str]] = []
    speaker, place = "", 0
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if name and name not in _KNOWN | closing:
            continue
        runs.append((speaker, text[place : tag.start()]))
        place = tag.end()
        if name == "v":
            speaker = "" if tag["end"] else _plain(tag["note"] or "")
        elif name == "br":
            runs.append((speaker, "\n"))
    runs.append((speaker, text[place:]))
    return tuple(
        Said(words, speaker)
        for speaker, run in groupby(runs, key=lambda one: one[0])
        for line in "".join(words for _, words in run).split("\n")
        if (words := _plain(line))
    )


def rolled(cues: Sequence[Spoken]) -> list[Spoken]:
    """The cues with each line once, where captions roll up: most cues begin at once with the lines
    that the one before ended with. Other cues stay as they are."""
    filled = [cue for cue in cues if cue.lines]
    repeats = [_repeated(before, after) for before, after in pairwise(filled)]
    again = sum(map(bool, repeats))
    if again < 2 or 2 * again < len(repeats):
        return filled
    shown = [
        replace(cue, lines=cue.lines[count:])
        for cue, count in zip(filled, [0, *repeats], strict=True)
    ]
    return [cue for cue in shown if cue.lines]


def with_speakers(cues: Sequence[Spoken]) -> list[Spoken]:
    """The cues with the names that stand before the words (`JANE:`, `>> Jane Smith:`) taken out
    and told as speakers: where a turn's mark stands too, where such names begin half of the cues,
    or where a name in capitals stands more than once."""
    found = [match for cue in cues for line in cue.lines if (match := _named(line))]
    often = Counter(map(_name_in, found))
    begun = sum(_named(cue.lines[0]) is not None for cue in cues if cue.lines)
    usual = begun > 1 and 2 * begun >= len(cues)
    sure = {_name_in(match) for match in found if match["turn"]}
    sure |= {name for name, count in often.items() if usual or (count > 1 and name.isupper())}
    return [replace(cue, lines=_attributed(cue.lines, sure)) for cue in cues]


def by_speaker(cue: Spoken) -> list[Said]:
    """What each speaker of a cue says, on one line."""
    return [
        Said(" ".join(line.text for line in lines), speaker)
        for speaker, lines in groupby(cue.lines, key=lambda line: line.speaker)
    ]


def _plain(text: str) -> str:
    """On one line, with entities decoded."""
    return " ".join(_ENTITY.sub(lambda found: html.unescape(found[0]), text).split())


def _repeated(before: Spoken, after: Spoken) -> int:
    """How many lines at the end of a cue the next one begins with, where it follows at once."""
    if after.start > before.end + _TOUCHING_MS:
        return 0
    most = min(len(before.lines), len(after.lines))
    return next(
        (n for n in range(most, 0, -1) if before.lines[-n:] == after.lines[:n]),
        0,
    )


def _named(line: Said) -> re.Match[str] | None:
    """The name that the line begins with, where it looks like one and no other is known."""
    found = None if line.speaker else _SPEAKER.match(line.text)
    if found is None:
        return None
    words = re.sub(r"\([^()]*\)", "", _name_in(found)).split()
    formed = all(word[0].isupper() or word[0].isdigit() or word in _SMALL_WORD for word in words)
    known = " ".join(words).casefold() not in _NO_NAME
    return found if words and len(words) <= 5 and formed and known else None


def _name_in(found: re.Match[str]) -> str:
    return str(found["boxed"] or found["bare"]).strip()


def _attributed(lines: Sequence[Said], sure: set[str]) -> tuple[Said, ...]:
    """The lines with their speakers; one who is named speaks to the end of the cue."""
    speaker = ""
    told = []
    for line in lines:
        found = _named(line)
        if found and _name_in(found) in sure:
            speaker = _name_in(found)
            told.append(Said(line.text[found.end() :], speaker))
        else:
            told.append(line if line.speaker else replace(line, speaker=speaker))
    return tuple(told)
