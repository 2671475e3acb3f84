"""Takes an RTF file apart into groups, control words and bytes, and keeps what is in force.

Groups lie on a stack of our own, so that nesting costs no recursion; what a group does not show
(pictures, lists of styles) is passed over by its braces alone. The rules are those of the Rich Text
Format Specification 1.9.1, “Conventions of an RTF Reader” and “Unicode RTF”.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from coder.ingest.rich_text.story import Story
from coder.ingest.rich_text.words import CHARACTERS, ENTERED, SKIPPED, SYMBOLS
from coder.ingest.word.symbols import symbol

BODY_LEVEL = 9
"""The outline level of what is no heading."""

_DEEPEST = 10_000
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\([^a-zA-Z])|([{}])"
    rb"|[\r\n\0]+|([^\\{}\r\n\0]+)|\\"
)
_BRACE = re.compile(rb"\\(?:bin([0-9]{1,10}) ?|.)|[{}]", re.DOTALL)
_HEADING = re.compile(r"heading [1-9]|title|subtitle")


@dataclass(frozen=True, slots=True)
class State:
    """What a group inherits: where its text goes (`aim`), how its bytes are written, what is
    switched on, and how deep in tables its paragraphs lie.

    Aims are `text`, `shape` (a drawing, of which only boxes are read), `none`, `fonts`, `styles`
    and `form`.
    """

    aim: str = "text"
    font: int = -1
    fallback: int = 1
    hidden: bool = False
    deleted: bool = False
    style: int = 0
    outline: int = BODY_LEVEL
    depth: int = 0
    beside: bool = False
    embedded: bool = False


@dataclass(slots=True)
class Font:
    """A font: the codec of its bytes (empty: that of the document) and its name. Fonts of signs
    have no codec: `signs`."""

    codec: str = ""
    name: str = ""
    signs: bool = False


@dataclass(slots=True)
class Group:
    """What was in force before a group, and what becomes of what it held."""

    state: State
    story: Story
    caught: list[str] | None
    ending: Callable[[Group], None] | None = None
    kind: str = ""
    count: int = 0


class Groups(ABC):
    """One pass over a file: what it says goes to `story`, or into `caught` while that is a list."""

    def __init__(self, data: bytes) -> None:
        self.story = self.body = Story()
        self.unread: Counter[str] = Counter()
        self.cut_off = False
        self.state = State()
        self.caught: list[str] | None = None
        self.codec = "cp1252"
        self.usual_font = -1
        self.fonts: dict[int, Font] = {}
        self.font = Font()
        self.headings: dict[int, bool] = {}
        self.style_at = 0
        self._data = data
        self._last_paragraph = data.rfind(b"\\par")
        self._stack: list[Group] = []
        self._bytes = bytearray()
        self._skip = 0
        self._optional = self._opening = False

    @abstractmethod
    def act(self, word: bytes, value: int | None) -> None:
        """Obeys a control word that is neither a character nor passed over."""

    def run(self) -> None:
        """Reads everything. Raises ValueError, with what is the matter, on endless nesting."""
        data, place, end, match = self._data, 0, len(self._data), _TOKEN.match
        while place < end:
            token = match(data, place)
            assert token is not None
            place = token.end()
            kind = token.lastindex
            if kind == 6:
                self._plain(token[6])
            elif kind == 1:
                self._byte(int(token[1], 16))
            elif kind in (2, 3):
                place = self._word(token[2], token[3], place)
            elif kind == 4:
                self._symbol(token[4])
            elif kind == 5:
                place = self._brace(token[5], place)
        self.cut_off = bool(self._stack)
        while self._stack:
            self._close()
        self._settle()
        self.body.close()

    def _plain(self, data: bytes) -> None:
        self._opening = False
        if self._skip:
            gone = min(self._skip, len(data))
            self._skip -= gone
            data = data[gone:]
        self._bytes += data

    def _byte(self, value: int) -> None:
        self._opening = False
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _settle(self) -> None:
        """Turns the bytes gathered so far into text, by the font that they are written in."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        font = self.fonts.get(self.state.font)
        if font and font.signs:
            name = font.name.partition(";")[0].strip()
            self.text("".join(symbol(name, f"{0xF000 + sign:X}") or "•" for sign in data))
        else:
            self.text(data.decode((font.codec if font else "") or self.codec, "replace"))

    def put(self, text: str) -> None:
        if self._skip:
            self._skip -= 1
            return
        self._settle()
        self.text(text)

    def text(self, text: str) -> None:
        if self.caught is not None:
            self.caught.append(text)
        elif self.state.aim == "text":
            if not (self.state.hidden or self.state.deleted):
                self.story.write(text)
        elif self.state.aim == "fonts":
            self.font.name += text
        elif self.state.aim == "styles" and _HEADING.match(text.lower()):
            self.headings[self.style_at] = True

    def _brace(self, brace: bytes, place: int) -> int:
        """Begins or ends a group; gives the place where reading goes on."""
        self._settle()
        self._skip = 0
        self._optional = False
        self._opening = brace == b"{"
        if self._opening:
            if len(self._stack) >= _DEEPEST:
                raise ValueError("is nested beyond reason")
            self._stack.append(Group(self.state, self.story, self.caught))
            self.style_at = 0
            return place
        if self._stack:
            self._close()
        more = self._stack or self._last_paragraph > place
        return place if more else len(self._data)

    def _close(self) -> None:
        self._settle()
        group = self._stack.pop()
        if group.ending:
            group.ending(group)
        self.state, self.story, self.caught = group.state, group.story, group.caught

    def _symbol(self, symbol: bytes) -> None:
        if symbol in b"\r\n":
            self._word(b"par", None, 0)
        elif symbol == b"*":
            self._optional = self._opening
        elif symbol in SYMBOLS:
            self._opening = False
            self.put(SYMBOLS[symbol])

    def _word(self, word: bytes, number: bytes | None, place: int) -> int:
        """Obeys a control word; gives the place where reading goes on."""
        opening, self._opening = self._opening and len(self._stack) > 1, False
        optional, self._optional = self._optional, False
        if word == b"bin":
            return place + max(0, int(number or 0))
        if word == b"u" and number:
            self._settle()
            self.text(chr(int(number) % 0x10000))
            self._skip = self.state.fallback
            return place
        if word in CHARACTERS:
            self.put(CHARACTERS[word])
            return place
        self._skip -= bool(self._skip)
        self._settle()
        if opening and (word in SKIPPED or (optional and word not in ENTERED)):
            return self._pass_over(place)
        if word == b"pict":
            seen = self.state.aim in ("text", "shape") and not self.state.embedded
            self.unread["picture"] += seen and not self.state.hidden
            return self._pass_over(place)
        self.act(word, None if number is None else int(number))
        return place

    def _pass_over(self, place: int) -> int:
        """The place of the brace that ends the group at hand."""
        depth = 1
        while found := _BRACE.search(self._data, place):
            place = found.end()
            if found[1]:
                place += int(found[1])
            elif found[0] == b"{":
                depth += 1
            elif found[0] == b"}":
                depth -= 1
                if not depth:
                    return found.start()
        return len(self._data)

    def change(self, **values: Any) -> None:
        self.state = replace(self.state, **values)

    def aim(self, aim: str) -> None:
        self.change(aim=aim)

    def until(self, ending: Callable[[Group], None], kind: str = "") -> None:
        if self._stack:
            self._stack[-1].ending = ending
            self._stack[-1].kind = kind

    def catch(self, ending: Callable[[Group], None]) -> None:
        """Keeps the text of the group at hand for itself."""
        self.caught = []
        self.until(ending)

    def tell(self, ending: Callable[[Group], None], kind: str = "") -> None:
        """Begins a story of its own, which lasts as long as the group at hand."""
        if self._stack:
            self.story, self.caught = Story(), None
            self.state = State(font=self.usual_font, beside=True)
            self.until(ending, kind)

    def held(self) -> str:
        return "".join(self.caught or ()).strip()
