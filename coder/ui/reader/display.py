"""What the page shows for a text: the same characters, but broken only where we say.

Qt breaks a document at several characters, folds a CR LF into one break, and lays a paragraph out
whole, however long. So what is shown has a stand-in of the same width for each such character, and
long paragraphs are broken in two: at a space, which the break stands in for, or where there is
none by a break put in between, which the map of positions knows of.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from coder.domain.model import Paragraph, Style
from coder.domain.text import Utf16Map

LONGEST = 2_000
"""Code points beyond which a line of the text is broken into several blocks."""

BREAK = "\n"
SOFT_BREAK = "\u2028"

_AWKWARD = re.compile(
    "\r\n|[\x00-\x08\x0b-\x1f\x7f\x85\u2029\ufdd0\ufdd1\ufeff\ufffc\ufffe\uffff\ud800-\udfff]"
)
_SPACE = re.compile("[ \t\u2000-\u200a\u2028\u3000]")
_SENTENCE = re.compile(r"""[.!?…][”’"')]* """)
_STOP = re.compile("[。！？、，；][」』”]*")


LONGEST_ROW = 20_000
"""The same for a row of a table, whose cells could not stand side by side in several blocks."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a block is set: its style, and whether it begins and ends its paragraph.

    `first` says that it begins a run of paragraphs of its style, `page` that a page begins with it
    (0 where none does). `parts` are the places in it, in code points, of what parts the cells of a
    table's row.
    """

    style: Style = Style.BODY
    begins: bool = True
    ends: bool = True
    first: bool = False
    page: int = 0
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Display:
    """The text to hand to Qt, in which a `BREAK` ends a block and nothing else does.

    `inserted` names the code points of the original before which a break was put in, `parts` those
    that part the cells of a table's row.
    """

    text: str
    inserted: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()


class PlaceMap:
    """Converts places between code points of a text and the UTF-16 units of what is shown."""

    def __init__(self, text: str, inserted: Sequence[int] = ()) -> None:
        self._utf16 = Utf16Map(text)
        self._inserted = inserted
        self._breaks = [self._utf16.to_units(p) + index for index, p in enumerate(inserted)]

    def to_units(self, point: int) -> int:
        """The unit of a code point; of one with a break put in before it, the unit after that."""
        return self._utf16.to_units(point) + bisect_right(self._inserted, point)

    def to_points(self, unit: int) -> int:
        """The code point of a unit; on either side of a break put in, the same one."""
        return self._utf16.to_points(unit - bisect_left(self._breaks, unit))


def shown(text: str, paragraphs: Sequence[Paragraph]) -> Display:
    """What to show for a text: a block for each paragraph, or several for a long one.

    What parts the cells of a table's row is shown as a soft break: a cell begins a line of its own.
    """
    safe = _AWKWARD.sub(_stand_in, text)
    rows = [found for found in paragraphs if found.style is Style.TABLE]
    parts = [place for row in rows for place in _all("\t", safe, row.start, row.end)]
    changes = dict.fromkeys(parts, SOFT_BREAK)
    for paragraph in paragraphs:
        changes |= dict.fromkeys(_all(BREAK, safe, paragraph.start, paragraph.end), SOFT_BREAK)
    safe = _changed(safe, changes)
    spaces, inserted = _breaks(safe, {row.start for row in rows})
    changes = dict.fromkeys(spaces, BREAK)
    changes.update((place, BREAK + safe[place]) for place in inserted)
    return Display(_changed(safe, changes), tuple(inserted), tuple(parts))


def kinds(display: Display, paragraphs: Sequence[Paragraph]) -> list[Kind]:
    """The kind of each block of what is shown, in order."""
    starts = [paragraph.start for paragraph in paragraphs]
    inserted = set(display.inserted)
    found = []
    place = 0
    for line in display.text.split(BREAK):
        index = bisect_right(starts, place) - 1
        end = place + len(line)
        if index < 0 or paragraphs[index].end < place:
            found.append(Kind())
        else:
            found.append(_kind(display, paragraphs, index, place, end))
        place = end if end in inserted else end + 1
    return found


def _kind(
    display: Display, paragraphs: Sequence[Paragraph], index: int, start: int, end: int
) -> Kind:
    """The kind of the block `[start, end)` of the paragraph of this index."""
    paragraph = paragraphs[index]
    before = paragraphs[index - 1] if index else None
    begins = start <= paragraph.start
    turned = before is not None and before.page < paragraph.page
    first, last = (bisect_left(display.parts, place) for place in (start, end))
    return Kind(
        paragraph.style,
        begins,
        end >= paragraph.end,
        begins and (before is None or before.style is not paragraph.style),
        paragraph.page if begins and turned else 0,
        tuple(part - start for part in display.parts[first:last]),
    )


def same_start(one: str, other: str) -> int:
    """How many characters two texts have in common from their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _stand_in(match: re.Match[str]) -> str:
    found = match[0]
    if found == "\r\n":
        return "\u200b\n"
    if found in "\r\u2029":
        return BREAK
    if found in "\x0b\x0c\x85":
        return SOFT_BREAK
    if found == "\ufeff":
        return "\u200b"  # at the start of a string it would not arrive in Qt at all
    if found < "\x20":
        return chr(0x2400 + ord(found))
    return "\u2421" if found == "\x7f" else "\ufffd"


def _all(sign: str, text: str, start: int, end: int) -> Iterator[int]:
    place = text.find(sign, start, end)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1, end)


def _changed(text: str, changes: dict[int, str]) -> str:
    if not changes:
        return text
    parts = []
    before = 0
    for place in sorted(changes):
        parts += [text[before:place], changes[place]]
        before = place + 1
    parts.append(text[before:])
    return "".join(parts)


def _breaks(text: str, rows: Collection[int]) -> tuple[list[int], list[int]]:
    """Where lines beyond `LONGEST` are broken, or beyond `LONGEST_ROW` where they begin at one of
    `rows`: at which spaces, and before which characters."""
    spaces: list[int] = []
    inserted: list[int] = []
    start = 0
    while start < len(text):
        end = text.find(BREAK, start)
        end = len(text) if end < 0 else end
        if end - start <= (LONGEST_ROW if start in rows else LONGEST):
            start = end + 1
            continue
        middle, last = start + LONGEST // 2, start + LONGEST
        place = _last(_SENTENCE, text, middle, last)
        if place < 0:
            place = _last(_SPACE, text, middle, last)
        if place >= 0:
            spaces.append(place)
            start = place + 1
        else:
            start = _last(_STOP, text, middle, last) + 1 or _between(text, last)
            inserted.append(start)
    return spaces, inserted


def _between(text: str, place: int) -> int:
    """The place, or one a little before it, that tears no letter from its accents and no emoji
    apart."""
    for earlier in range(place, place - 64, -1):
        joined = text[earlier - 1] == "\u200d" or text[earlier] == "\u200d"
        if not joined and unicodedata.category(text[earlier]) not in ("Mn", "Mc", "Me", "Sk"):
            return earlier
    return place


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    place = -1
    for match in pattern.finditer(text, start, end):
        place = match.end() - 1
    return place
