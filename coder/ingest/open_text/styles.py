"""What the styles of an OpenDocument text say: hidden, heading, and how lists are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coder.ingest.open_text.names import q
from coder.ingest.packed.package import Element
from coder.ingest.word.numbering import BULLET, formatted

_HEADINGS = re.compile(r"Heading(?:_20_\d+)?|Title|Subtitle")
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
_LEVELS = 10


def whole(element: Element, name: str, usual: int = 0) -> int:
    """The number in an attribute, or `usual` where there is none."""
    found = str(element.get(q(name), ""))
    return int(found) if re.fullmatch(r"\d{1,9}", found) else usual


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered (ODF 1.3 part 3, 19.880 and others); no form, no number:
    only what stands before and behind it."""

    bullet: bool
    form: str
    before: str
    behind: str
    shown: int
    start: int


class Styles:
    """The styles of one part; unknown names and circles are borne."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, dict[int, _Level]] = {}
        self.outline: dict[int, _Level] = {}
        for root in roots:
            for element in root.iter(q("style:style")):
                key = element.get(q("style:family"), ""), element.get(q("style:name"), "")
                self._styles.setdefault(key, element)
            for element in root.iter(q("text:list-style")):
                self._lists.setdefault(element.get(q("style:name"), ""), _levels(element))
            for element in root.iter(q("text:outline-style")):
                self.outline = self.outline or _levels(element)

    def levels(self, name: str) -> dict[int, _Level]:
        """The levels of a list style, from 1."""
        return self._lists.get(name, {})

    def list_of(self, paragraph_style: str) -> str:
        """The list style that a paragraph style brings with it, or empty."""
        for element in self._chain("paragraph", paragraph_style):
            if (found := element.get(q("style:list-style-name"))) is not None:
                return str(found)
        return ""

    def hidden(self, family: str, name: str) -> bool:
        """Whether a style of the family `text` or `paragraph` hides what is set in it."""
        for element in self._chain(family, name):
            properties = element.find(q("style:text-properties"))
            display = None if properties is None else properties.get(q("text:display"))
            if display is not None:
                return bool(display == "none")
        return False

    def heading(self, name: str) -> bool:
        """Whether paragraphs in this style are headings, by its own name or one it goes back to."""
        return any(
            _HEADINGS.fullmatch(element.get(q("style:name"), ""))
            for element in self._chain("paragraph", name)
        )

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        seen = set()
        while (
            name and name not in seen and (element := self._styles.get((family, name))) is not None
        ):
            seen.add(name)
            yield element
            name = element.get(q("style:parent-style-name"), "")


def _levels(style: Element) -> dict[int, _Level]:
    return {
        whole(element, "text:level", 1): _Level(
            bullet=element.tag == q("text:list-level-style-bullet"),
            form=element.get(q("style:num-format"), ""),
            before=element.get(q("style:num-prefix"), ""),
            behind=element.get(q("style:num-suffix"), ""),
            shown=max(1, whole(element, "text:display-levels", 1)),
            start=whole(element, "text:start-value", 1),
        )
        for element in style
        if isinstance(element.tag, str)
    }


class Count:
    """How far a list has come: a number for each level in use."""

    def __init__(self) -> None:
        self._values: list[int | None] = [None] * (_LEVELS + 1)

    def label(self, levels: dict[int, _Level], at: int, start: int | None = None) -> str:
        """Counts one item of the level `at` (from 1) and gives its label (`2.1.`, `(b)`, `•`),
        empty where it shows none. The item may say which number it starts with."""
        at = min(at, _LEVELS)
        level = levels.get(at)
        before = self._values[at]
        first = level.start if level else 1
        self._values[at] = start if start is not None else first if before is None else before + 1
        self._values[at + 1 :] = [None] * (_LEVELS - at)
        if level is None:
            return ""
        if level.bullet:
            return BULLET
        if not level.form:
            return f"{level.before}{level.behind}".strip()
        shown = range(max(1, at - level.shown + 1), at + 1)
        numbers = [self._number(levels, one) for one in shown]
        return f"{level.before}{'.'.join(filter(None, numbers))}{level.behind}".strip()

    def _number(self, levels: dict[int, _Level], at: int) -> str:
        level = levels.get(at)
        if level is None or not level.form:
            return ""
        value = self._values[at]
        return formatted(level.start if value is None else value, _FORMS.get(level.form, "decimal"))
