"""Reads the codes of a codebook that is written as headings and lists, with what is said of each
below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from coder.domain.codebook_file import TITLE, CodeEntry, one_name
from coder.domain.palette import called
from coder.ingest.call import short
from coder.ingest.codebook_words import ASIDE, COLOUR, KEY, NAME, PARENT, PATH, field_of

_LONGEST_NAME = 120
_LIST = 100
"""By so much items of lists stand below headings, of whichever level."""

_BETWEEN = "  ·  "
_LABEL = re.compile(r"([^\n:]{2,40}?)\s*:(?:[ \t]+|(?=\n)|$)(.*)", re.DOTALL)
_TOLD = re.compile(r"(.{1,120}?)(?::\s+|\s+[–—-]\s+)(.+)", re.DOTALL)
_TITLES = re.compile(
    rf"(?:{TITLE}|coding (?:frame|scheme|manual|book)|code ?list|list of codes|codes)\b.*",
    re.IGNORECASE | re.DOTALL,
)


class Kind(Enum):
    """What a line of a codebook is. ASIDE are quotes and what else says nothing of the code."""

    TITLE = auto()
    HEADING = auto()
    ITEM = auto()
    BODY = auto()
    ASIDE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read: its kind, how deep it stands among its kind (from 0), and its text."""

    kind: Kind
    level: int
    text: str


def line_codes(lines: Iterable[Line]) -> list[CodeEntry]:
    """The codes that headings and items name, in their order. A first heading that is a title
    (`Codebook: …`) is none."""
    reading = _Reading()
    for line in lines:
        reading.take(line)
    return reading.codes


@dataclass
class _Reading:
    """A codebook while it is read: the codes so far, and those that the next may stand below."""

    codes: list[CodeEntry] = field(default_factory=list)
    _above: list[tuple[int, str]] = field(default_factory=list)
    _titled: bool = False
    _last: str = ""

    def take(self, line: Line) -> None:
        """Takes in the next line."""
        text = line.text.strip()
        if not text or line.kind is Kind.ASIDE:
            return
        if line.kind is Kind.TITLE:
            self._titled = True
        elif line.kind is Kind.HEADING:
            if self.codes or self._titled or not _TITLES.fullmatch(text):
                self._begin(line.level, text, "")
            else:
                self._titled = True
        elif self.codes and self._labelled(text):
            return
        elif line.kind is Kind.ITEM:
            self._item(line.level, text)
        elif self.codes:
            self._add("definition", text)

    def _item(self, level: int, text: str) -> None:
        told = _TOLD.fullmatch(text)
        name, said = (told[1], told[2]) if told else (text, "")
        self._begin(_LIST + level, name, said)

    def _begin(self, rank: int, name: str, definition: str) -> None:
        while self._above and self._above[-1][0] >= rank:
            self._above.pop()
        if len(name) > _LONGEST_NAME:
            name, definition = (
                short(" ".join(name.split())),
                "\n".join(filter(None, (name, definition))),
            )
        self._above.append((rank, one_name(name)))
        path = "/".join(one for _, one in self._above)
        self.codes.append(CodeEntry(path, definition=definition.strip()))
        self._last = ""

    def _labelled(self, text: str) -> bool:
        """Whether a line begins with a label that is known; then it is taken in."""
        text = text.lstrip("\N{BLACK SQUARE} ")
        if _BETWEEN in text and field_of(text.partition(":")[0]) in (COLOUR, KEY, ASIDE):
            for part in _facts(text):
                self._labelled(part)
            return True
        label = _LABEL.fullmatch(text)
        named = field_of(label[1] if label else text)
        if not named or named in (NAME, PARENT):
            return False
        if label is None and named != ASIDE:
            self._last = named
        elif label is not None:
            self._add(named, label[2].strip())
        return True

    def _add(self, named: str, said: str) -> None:
        code = self.codes[-1]
        if self._last and named == "definition":
            named = self._last
        if named == PATH:
            names = [one_name(part) for part in said.split("/")]
            self._above[-1] = (self._above[-1][0], names[-1])
            self.codes[-1] = replace(code, path="/".join(names))
        elif named == COLOUR:
            self.codes[-1] = replace(code, colour=called(said))
        elif named == KEY:
            self.codes[-1] = replace(code, key=said)
        elif named != ASIDE and said:
            before = getattr(code, named)
            self.codes[-1] = replace(code, **{named: f"{before}\n{said}" if before else said})


def _facts(text: str) -> list[str]:
    """The facts on one line, each with its label; the path comes last, since it may hold the sign
    between them."""
    facts, label, path = text.partition(f"{_BETWEEN}{PATH.title()}: ")
    return [*facts.split(_BETWEEN), *([f"{PATH}: {path}"] if label else [])]
