"""Positions in text: code points for us, UTF-16 units for Qt, and the words between them."""

from __future__ import annotations

import os
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import takewhile

LONGEST_WORD = 40
"""Code points beyond which what looks like a word is not taken for one."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_JOINERS = "'’-\u2010\u2011\u00ad\u200c\u200d"
_CUT_BEFORE, _CUT_AFTER = re.compile(r"\A\S+(?=\s)"), re.compile(r"(?<=\s)\S+\Z")
_NO_LETTER = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf"  # Thai to Tai Tham
    "\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"  # CJK
    "\U00020000-\U0003ffff"
    "\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef]"  # marks that shape an emoji or a sign
)
"""Characters that never make a word here: scripts that set no space between words."""


_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
"""What some system allows in no file's name."""

_LONGEST_NAME = 80


class Utf16Map:
    """Converts positions in one text between code points and UTF-16 units, both ways.

    Only the characters beyond the Basic Multilingual Plane are remembered (each takes two units),
    so the map of a text without any is empty, and a look-up is a bisection.
    """

    def __init__(self, text: str) -> None:
        self._points = [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + index + 1 for index, point in enumerate(self._points)]

    def to_units(self, point: int) -> int:
        """The UTF-16 position of a code point position."""
        return point + bisect_left(self._points, point)

    def to_points(self, unit: int) -> int:
        """The code point position of a UTF-16 position; inside a surrogate pair, the pair's own."""
        return unit - bisect_right(self._units, unit)


def occurrence(text: str, words: str, nth: int = 1) -> int:
    """Where the `nth` (from 1) occurrence of `words` begins in `text`, or -1.

    Occurrences may overlap.
    """
    place = -1
    for _ in range(nth):
        place = text.find(words, place + 1)
        if place < 0:
            break
    return place


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span `[start, end)` stretched so that neither end cuts a word in two.

    Apostrophes and hyphens within a word belong to it, as do points and commas within a number. An
    empty span, words beyond `LONGEST_WORD` and scripts without spaces between words stay as they
    are.
    """
    if start >= end:
        return start, end
    return _word_edge(text, start, -1), _word_edge(text, end, 1)


def reach(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    """The span `[start, end)` with at most `around` code points more on either side, in whole words
    at the outer ends; a side without any space stays as it is."""
    first, last = max(0, start - around), min(len(text), end + around)
    if first and not text[first - 1].isspace():
        cut = _CUT_BEFORE.match(text[first:start])
        first += cut.end() if cut else 0
    if last < len(text) and not text[last].isspace():
        cut = _CUT_AFTER.search(text[end:last])
        last -= len(cut[0]) if cut else 0
    return first, last


def _word_edge(text: str, place: int, step: int) -> int:
    reach = range(place, place + step * (LONGEST_WORD + 1), step)
    return next((edge for edge in reach if not _within_word(text, edge)), place)


def _within_word(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    if _is_letter(text[place - 1]) and _is_letter(text[place]):
        return True
    return _joins(text, place - 1) or _joins(text, place)


def _joins(text: str, place: int) -> bool:
    """Whether the sign at this place holds what stands on either side of it together."""
    if not 0 < place < len(text) - 1:
        return False
    before, sign, after = text[place - 1], text[place], text[place + 1]
    if sign in _JOINERS:
        return _is_letter(before) and _is_letter(after)
    return sign in ".," and before.isdecimal() and after.isdecimal()


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" and not _NO_LETTER.match(character)


def extend_by_word(text: str, start: int, end: int, edge: str, step: int) -> tuple[int, int]:
    """The span with its `edge`, `"start"` or `"end"`, moved by a word: on in the text where `step`
    is 1, back where it is -1.

    An end stops behind words and a start before them. Signs between words (a full stop, a bracket)
    count as a word of their own, as does each character of a script without spaces. Where there is
    no further word, or the span would become empty, it stays as it is.
    """
    at_edge = _ends_word if edge == "end" else _begins_word
    place = (end if edge == "end" else start) + step
    while 0 <= place <= len(text) and not at_edge(text, place):
        place += step
    moved = (start, place) if edge == "end" else (place, end)
    return moved if 0 <= moved[0] < moved[1] <= len(text) else (start, end)


def _ends_word(text: str, place: int) -> bool:
    return place > 0 and not text[place - 1].isspace() and not _together(text, place)


def _begins_word(text: str, place: int) -> bool:
    return place < len(text) and not text[place].isspace() and not _together(text, place)


def _together(text: str, place: int) -> bool:
    """Whether the characters on both sides of a place are of one word, or of one run of signs."""
    if not 0 < place < len(text):
        return False
    if _within_character(text, place) or _within_word(text, place):
        return True
    before, after = text[place - 1], text[place]
    if _is_flag(before) and _is_flag(after):
        return False
    return _is_sign(before) and _is_sign(after)


def whole_characters(text: str, start: int, end: int) -> tuple[int, int]:
    """The span `[start, end)` stretched so that neither end cuts in two what a person sees as one
    character: a letter with its accents, an emoji of several, a flag, a syllable of Hangul, a line
    break of two."""
    while _within_character(text, start):
        start -= 1
    while _within_character(text, end):
        end += 1
    return start, end


def _within_character(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if _shapes(after) or "\u200d" in (before, after) or before + after == "\r\n":
        return True
    if _is_flag(before) and _is_flag(after):
        letters = takewhile(_is_flag, reversed(text[max(0, place - LONGEST_WORD) : place]))
        return sum(1 for _ in letters) % 2 == 1  # two letters make a flag
    return False


def _shapes(character: str) -> bool:
    """Whether the character only shapes the one before it: an accent, a tone of skin, a vowel or
    final consonant of Hangul that is written out."""
    return (
        unicodedata.category(character)[0] == "M"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\u1160" <= character <= "\u11ff"
    )


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] == "P"


def snippet(text: str, start: int, end: int, around: int = 60) -> str:
    """The words of `[start, end)` in `«»` with about `around` code points on either side, on one
    line and cut at word boundaries."""
    left = max(0, start - around)
    right = min(len(text), end + around)
    before = text[left:start]
    after = text[end:right]
    if left > 0:
        before = "…" + before[before.find(" ") + 1 :]
    if right < len(text):
        cut = after.rfind(" ")
        after = (after if cut < 0 else after[:cut]).rstrip() + "…"
    return re.sub(r"\s+", " ", f"{before}«{text[start:end]}»{after}").strip()


def clock(ms: int) -> str:
    """A time in a recording as citations give it: `02:14`, `1:02:14` beyond an hour."""
    seconds = ms // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes:02}:{second:02}"


def legible(path: str | os.PathLike[str]) -> str:
    r"""The name or path of a file as text that can be kept and shown. Systems allow any bytes in
    names; those that are no UTF-8 are written out (`caf\xe9.txt`), so that names stay apart."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def one_line(name: str) -> str:
    """The name with a sign (␤) in place of each line break, which systems allow in names too."""
    return "␤".join(name.splitlines())


def listed(names: Sequence[str]) -> str:
    """Several names in words: `Chair, Ann Tate and Speaker 2`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(number: int, one: str, several: str = "") -> str:
    """The number with its noun: `1 quote`, `1,204 quotes`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def quoted_from(quotes: int, submissions: int, times: int = 0, under: str = "heading") -> str:
    """How many quotes from how many submissions; where they stand under several headings also how
    many `times` in all: `13 quotes, 17 times under a heading, from 5 submissions`."""
    again = f", {times:,} times under a {under}," if times > quotes else ""
    return f"{counted(quotes, 'quote')}{again} from {counted(submissions, 'submission')}"


def file_name(words: str) -> str:
    """The words as a name for a file, without its ending, that every system allows; empty where
    nothing of them can stand in one."""
    return " ".join(_FORBIDDEN.sub(" ", words).split())[:_LONGEST_NAME].strip(" .")
