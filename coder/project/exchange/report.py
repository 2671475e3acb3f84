"""What became of everything when a project was handed over or taken over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coder.domain.text import counted, listed

_NOUNS = {
    "submissions": "submission",
    "documents": "document",
    "codes": "code",
    "definitions": "definition",
    "codings": "tag",
    "memos": "memo",
    "coders": "coder",
    "files": "file",
}
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not carried over, or not as it was: how many of what, and why. `names` are
    the first few of them."""

    count: int
    what: str
    why: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = listed([f"“{name}”" for name in self.names])
        more = self.count - len(self.names)
        told = f" ({names}{f' and {more:,} more' if more > 0 else ''})" if names else ""
        return f"{self.what[:1].upper()}{self.what[1:]}: {self.count:,}{told}. {self.why}"

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {"count": self.count, "what": self.what, "why": self.why, "names": list(self.names)}


@dataclass
class Losses:
    """Collects what is left, each kind with its reason once."""

    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _names: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, what: str, why: str, name: str = "", count: int = 1) -> None:
        """Notes that so many more of this were left, for this reason."""
        if not count:
            return
        self._counts[what, why] += count
        names = self._names.setdefault((what, why), [])
        if name and name not in names and len(names) < _NAMED:
            names.append(name)

    def told(self) -> tuple[Left, ...]:
        """All of them, in the order in which they were met."""
        return tuple(
            Left(count, what, why, tuple(self._names[what, why]))
            for (what, why), count in self._counts.items()
        )


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a written file holds, by kind (`submissions`, `documents`, `codes`, `codings`, `memos`,
    `coders`, `files`), and what was left out of it; with `str` sentences on it."""

    path: Path
    holds: dict[str, int]
    left: tuple[Left, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (f"{in_words(self.holds)}.", self.note)))

    def sentences(self) -> list[str]:
        """A sentence for each thing that was left out."""
        return list(map(str, self.left))

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {
            "path": str(self.path),
            "holds": self.holds,
            "left": [one.as_json() for one in self.left],
        }


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of a file: what is new here and what was here already, by kind, and everything that
    could not be carried. `origin` is the program that wrote it, `units` how it counts the places of
    passages, in words; `refs` the references of the new submissions."""

    path: Path
    origin: str
    units: str
    new: dict[str, int]
    there: dict[str, int]
    left: tuple[Left, ...] = ()
    refs: tuple[str, ...] = ()

    @property
    def nothing_new(self) -> bool:
        """Whether all of it was here already."""
        return not any(self.new.values())

    @property
    def came(self) -> str:
        """What is new, in words."""
        return in_words(self.new)

    def __str__(self) -> str:
        if self.nothing_new:
            return "Nothing in it is new: all of it is here already."
        there = any(self.there.values())
        return f"New: {self.came}." + (f" Here already: {in_words(self.there)}." if there else "")

    def sentences(self) -> list[str]:
        """How places were counted, and a sentence for each thing that could not be carried."""
        return [f"Places of passages are counted in {self.units}.", *map(str, self.left)]

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {
            "path": str(self.path),
            "origin": self.origin,
            "units": self.units,
            "new": self.new,
            "there": self.there,
            "refs": list(self.refs),
            "left": [one.as_json() for one in self.left],
        }


def in_words(numbers: dict[str, int]) -> str:
    """How many of each kind, in words: `2 submissions, 14 codes and 1 memo`; `nothing` for none."""
    told = [counted(number, _NOUNS[kind]) for kind, number in numbers.items() if number]
    return listed(told) or "nothing"
