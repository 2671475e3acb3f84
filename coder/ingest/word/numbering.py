"""Computes the list numbers that Word shows but does not write into its text.

The rules are those of ECMA-376 part 1, 17.9: lists that share an abstract definition share their
count, a start override applies when its list is first met, deeper levels begin again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from coder.ingest.packed.package import Element
from coder.ingest.word.names import VAL, w
from coder.ingest.word.styles import number, switched_on, value

BULLET = "•"
_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str


@dataclass(frozen=True, slots=True)
class _List:
    definition: str
    starts: dict[int, int]
    levels: dict[int, _Level]


@dataclass
class _Count:
    """How far the lists of one definition have come: a value for each level in use."""

    values: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The lists of one file and how far each has come; labels are asked for in reading order."""

    def __init__(self, root: Element | None) -> None:
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._named: dict[str, str] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, _Count] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level of a list that is linked to a paragraph style, or None."""
        levels = self._levels(list_id)
        return next((at for at, level in levels.items() if level.style == style), None)

    def label(self, list_id: str, at: int) -> str:
        """Counts one paragraph and gives its label (`2.`, `(b)`, `•`), empty where it shows none.

        `at` is the level from 0 to 8.
        """
        levels = self._levels(list_id)
        level = levels.get(at)
        if level is None or not 0 <= at < _LEVELS:
            return ""
        values = self._advance(list_id, at, levels)
        if level.form == "bullet":
            return BULLET if level.text else ""
        return re.sub(
            r"%([1-9])",
            lambda place: _shown(levels, values, int(place[1]) - 1, level),
            level.text,
        ).strip()

    def _read(self, root: Element) -> None:
        for element in root.findall(w("abstractNum")):
            name = element.get(w("abstractNumId"), "")
            self._definitions[name] = _read_levels(element)
            self._named[value(element, "styleLink") or ""] = name
            self._links[name] = value(element, "numStyleLink") or ""
        for element in root.findall(w("num")):
            overrides = element.findall(w("lvlOverride"))
            starts = ((_level_of(one), number(value(one, "startOverride"))) for one in overrides)
            levels = [_read_levels(one) for one in overrides]
            self._lists[element.get(w("numId"), "")] = _List(
                value(element, "abstractNumId") or "",
                {at: start for at, start in starts if start is not None},
                {at: level for one in levels for at, level in one.items()},
            )

    def _definition(self, list_id: str) -> str:
        """The definition that a list counts by, a link through a list style followed."""
        name = self._lists[list_id].definition
        return self._named.get(self._links.get(name) or "-", name)

    def _levels(self, list_id: str) -> dict[int, _Level]:
        if list_id not in self._lists:
            return {}
        return self._definitions.get(self._definition(list_id), {}) | self._lists[list_id].levels

    def _advance(self, list_id: str, at: int, levels: dict[int, _Level]) -> list[int | None]:
        values = self._counts.setdefault(self._definition(list_id), _Count()).values
        override = self._lists[list_id].starts.get(at)
        if override is not None and (list_id, at) not in self._started:
            values[at] = override
        else:
            before = values[at]
            values[at] = levels[at].start if before is None else before + 1
        self._started.add((list_id, at))
        for above in range(at):
            if values[above] is None and above in levels:
                values[above] = levels[above].start
        for deeper in range(at + 1, _LEVELS):
            if _begins_again(levels.get(deeper), deeper, at):
                values[deeper] = None
        return values


def _begins_again(level: _Level | None, deeper: int, at: int) -> bool:
    """Whether a paragraph on level `at` makes the level `deeper` start over (17.9.10)."""
    if level is None or level.restart is None:
        return True
    return level.restart != 0 and at < min(level.restart, deeper)


def _shown(levels: dict[int, _Level], values: list[int | None], at: int, asking: _Level) -> str:
    level = levels.get(at)
    if level is None:
        return ""
    count = values[at]
    form = "decimal" if asking.legal else level.form
    return formatted(level.start if count is None else count, form)


def formatted(count: int, form: str) -> str:
    """A count in one of Word's number formats; those that are not known here as a figure."""
    return _FORMS.get(form, str)(count)


def _letters(count: int) -> str:
    """a … z, aa, bb, …: Word repeats the letter, unlike a spreadsheet."""
    if not 0 < count <= 26 * 20:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    if not 0 < count < 5000:
        return str(count)
    digits = []
    for worth, digit in _ROMAN:
        times, count = divmod(count, worth)
        digits.append(digit * times)
    return "".join(digits)


def _ordinal(count: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{'th' if count % 100 in (11, 12, 13) else ending}"


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "ordinal": _ordinal,
    "none": lambda _: "",
    "bullet": lambda _: "",
}


def _read_levels(parent: Element) -> dict[int, _Level]:
    return {_level_of(element): _read_level(element) for element in parent.findall(w("lvl"))}


def _level_of(element: Element) -> int:
    return number(element.get(w("ilvl"))) or 0


def _read_level(element: Element) -> _Level:
    start = number(value(element, "start"))
    forms = [form.get(VAL, "decimal") for form in element.iter(w("numFmt"))]
    return _Level(
        start=0 if start is None else start,
        form=forms[-1] if forms else "decimal",
        text=value(element, "lvlText") or "",
        restart=number(value(element, "lvlRestart")),
        legal=bool(switched_on(element, "isLgl")),
        style=value(element, "pStyle") or "",
    )
