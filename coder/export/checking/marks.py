"""Finds what stands between quotation marks in one paragraph.

Marks may be curly or straight, double or single (as British publishers set them), and nested; only
the outermost count. A single mark also serves as an apostrophe, so where it closes is decided by
what stands beside it, and other places where it may close are kept for a second look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSE = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "'": "'"}
_SINGLE = "‘'"
_ELIDED = re.compile(
    r"['‘’](?:em|til|tis|twas|cause|cos|round|bout|\d0s|\d\d)(?!\w)", re.IGNORECASE
)
_AND = re.compile(r"['‘’]n['’](?!\w)", re.IGNORECASE)
_BEFORE = re.compile(r"[\s(\[{/“\"‘'«—–-]")
_MOST_ENDS = 12
_TYPED = re.compile("``|\u2018\u2018|\u2019\u2019|(?<=\\S)''")
_AS_MEANT = {"``": "\u2060“", "‘‘": "\u2060“", "’’": "”\u2060", "''": "”\u2060"}
"""Double marks typed as two single ones, at the same length."""

_GRAVE = re.compile(r"(?<!\w)`(?=\w)")


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands between two marks: `[start, end)` without the marks. `others` are further places
    where it may end; `closed` is false where the closing mark is missing in this paragraph."""

    mark: str
    start: int
    end: int
    closed: bool = True
    others: tuple[int, ...] = ()


def marked(text: str, within: str = "") -> list[Marked]:
    """The outermost quotations of a paragraph, in order. `within` is the mark of a quotation that
    goes on from the paragraph before."""
    text = _TYPED.sub(lambda match: _AS_MEANT[match[0]], text)
    text = _GRAVE.sub("'", text)
    found: list[Marked] = []
    place = 0
    if within:
        lead = len(text) - len(text.lstrip())
        start = lead + (text[lead : lead + 1] == within)
        found.append(_until_close(text, within, start))
        place = found[-1].end + 1
    while place < len(text):
        if text[place] in _CLOSE and _opens(text, place):
            one = _until_close(text, text[place], place + 1)
            if one.closed or one.mark not in _SINGLE or not text[:place].strip():
                found.append(one)
                place = one.end
        place += 1
    return found


def goes_on(text: str, mark: str) -> bool:
    """Whether a paragraph begins with the opening mark, as one does that carries on a quotation."""
    return text.lstrip()[:1] == mark


def _opens(text: str, place: int) -> bool:
    mark, after = text[place], text[place + 1 : place + 2]
    if not after or after.isspace():
        return False
    if mark in "“„«":
        return True
    if place and not _BEFORE.match(text[place - 1]):
        return False
    if mark in _SINGLE and (
        _AND.match(text, place) or (_ELIDED.match(text, place) and not _is_closed(text, place))
    ):
        return False
    return after not in ".,;:!?)]}"


def _is_closed(text: str, start: int) -> bool:
    """Whether a single mark closes what an apostrophe may begin, `‘17 July was the day’`: surely,
    and before another one opens."""
    mark = text[start]
    for place in range(start + 1, len(text)):
        if text[place] == mark and _BEFORE.match(text[place - 1]):
            return False
        if text[place] == _CLOSE.get(mark) and _may_close(text, place):
            return not _possessive(text, place)
    return False


def _until_close(text: str, mark: str, start: int) -> Marked:
    if mark in _SINGLE:
        return _until_single(text, mark, start)
    ends = _ends_of_double(text, mark, start)
    if ends:
        return Marked(mark, start, ends[0])
    return Marked(mark, start, len(text), closed=False)


def _ends_of_double(text: str, mark: str, start: int) -> list[int]:
    """Where a double mark closes: with its own sign, or with another where that is missing."""
    close, depth = _CLOSE[mark], 1
    for place in range(start, len(text)):
        if text[place] == close and (mark != '"' or _may_close(text, place)):
            depth -= 1
        elif text[place] == mark and mark != close and _begins(text, place):
            depth += 1
        if not depth:
            return [place]
    wrong = '"' if mark != '"' else "”"
    return [
        place
        for place in range(start, len(text))
        if text[place] in (wrong, mark) and _may_close(text, place)
    ][:1]


def _may_close(text: str, place: int) -> bool:
    """Whether a straight mark stands behind a word and not before one."""
    if not place or text[place - 1].isspace() or text[place - 1] in "([{":
        return False
    return not text[place + 1 : place + 2].isalnum()


def _begins(text: str, place: int) -> bool:
    return not place or bool(_BEFORE.match(text[place - 1]))


def _until_single(text: str, mark: str, start: int) -> Marked:
    close, strong, weak = _CLOSE[mark], -1, []
    for place in range(start, len(text)):
        if text[place] == mark and mark != close and _opens(text, place):
            break
        if text[place] != close or not _may_close(text, place):
            continue
        if _possessive(text, place):
            weak.append(place)
            continue
        strong = place
        break
    if strong >= 0:
        return Marked(mark, start, strong, others=tuple(weak[:_MOST_ENDS]))
    if weak:
        return Marked(mark, start, weak[0], others=tuple(weak[1:_MOST_ENDS]))
    return Marked(mark, start, len(text), closed=False)


def _possessive(text: str, place: int) -> bool:
    """Whether this may well be the apostrophe of `volunteers’ work`."""
    after = text[place + 1 : place + 3]
    return (text[place - 1] in "sSzx" and after[:1].isspace() and after[1:2].isalpha()) or after[
        :1
    ] in ("-", "‑")
