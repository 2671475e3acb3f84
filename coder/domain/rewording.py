"""Where the words of a text are after it was reworded: what was corrected, what stayed, and what
became of a passage in it.

Texts are compared word by word (difflib's Ratcliff–Obershelp matching); within words that were
changed, character by character. Positions are code points, half-open `[start, end)`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

_WORD = re.compile(r"\S+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """The old words `[old, old_end)` became the new words `[new, new_end)`, counted as words.
    `kept` says that they are the same; either side may be empty."""

    old: int
    old_end: int
    new: int
    new_end: int
    kept: bool


class Rewording:
    """What became of `old`, a text that is now `new`."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.old_words = spans_of(old)
        self.new_words = spans_of(new)
        self.pieces = list(self._paired())

    def carried(self, start: int, end: int) -> Span | None:
        """Where the passage `[start, end)` of the old text is in the new one; None where none of
        its words is left.

        It keeps its words, those that stand for them, and what was put in between. An edge within
        a word that was changed stays with its characters.
        """
        first = bisect_right(self.old_words, start, key=lambda word: word[1])
        images = []
        for index in range(first, len(self.old_words)):
            if self.old_words[index][0] >= end:
                break
            image = self._image(index)
            if image is not None:
                images.append((index, image))
        if not images:
            return None
        (index, (begins, _)), (last, (_, ends)) = images[0], images[-1]
        if start > self.old_words[index][0]:
            begins = self._moved(start, index)
        if end < self.old_words[last][1]:
            ends = self._moved(end, last)
        return visible(self.new, begins, ends) or images[0][1]

    def nearest(self, start: int) -> Span:
        """The word of the new text nearest to where the place `start` of the old one is in it.
        Raises ValueError where the new text has no words."""
        if not self.new_words:
            raise ValueError("no word is left")
        place = self._through(start)
        return min(self.new_words, key=lambda word: max(word[0] - place, place - word[1]))

    def part(self, place: int) -> int:
        """The place of the new text that answers to `place` in the old one."""
        return self._through(place)

    def _paired(self) -> Iterator[Piece]:
        """The pieces in order. As many words as before stand for each other one by one."""
        old = [self.old[slice(*word)] for word in self.old_words]
        new = [self.new[slice(*word)] for word in self.new_words]
        for old_at, new_at, kept in _blocks(old, new):
            length = old_at[1] - old_at[0]
            if kept or not length or length != new_at[1] - new_at[0]:
                yield Piece(*old_at, *new_at, kept)
                continue
            for step in range(length):
                one, other = old_at[0] + step, new_at[0] + step
                yield Piece(one, one + 1, other, other + 1, kept=False)

    def _image(self, index: int) -> Span | None:
        """Where a word of the old text is now."""
        piece = self._piece_of(index)
        if piece.new == piece.new_end:
            return None
        if piece.old_end - piece.old == piece.new_end - piece.new:
            return self.new_words[piece.new + index - piece.old]
        old = self.old_words[index]
        words = self.new_words[piece.new : piece.new_end]
        begins, ends = self._through(old[0]), self._through(old[1])
        touched = [word for word in words if word[0] < ends and word[1] > begins]
        if not touched:
            touched = [min(words, key=lambda word: abs(word[0] - begins))]
        return touched[0][0], touched[-1][1]

    def _piece_of(self, index: int) -> Piece:
        return self.pieces[bisect_right(self._begins, index) - 1]

    @cached_property
    def _begins(self) -> list[int]:
        """The old word with which each piece begins; a piece without old words comes before the
        one that begins with the same."""
        return [piece.old for piece in self.pieces]

    def _moved(self, place: int, index: int) -> int:
        """A place within a word of the old text."""
        piece = self._piece_of(index)
        if not piece.kept:
            return self._through(place)
        start = self.new_words[piece.new + index - piece.old][0]
        return start + place - self.old_words[index][0]

    def _through(self, place: int) -> int:
        """A place by the characters that stayed: exact among them, in proportion between them."""
        anchors = self._anchors
        at = bisect_right(anchors, place, key=lambda pair: pair[0]) - 1
        (old, new), (old_next, new_next) = anchors[at], anchors[min(at + 1, len(anchors) - 1)]
        if old_next == old:
            return new
        return new + round((place - old) * (new_next - new) / (old_next - old))

    @cached_property
    def _anchors(self) -> list[Span]:
        """Places of both texts that answer to each other, ascending: the ends of the characters
        that stayed, found in each piece by itself."""
        found = [(0, 0)]
        for piece in self.pieces:
            if piece.old == piece.old_end or piece.new == piece.new_end:
                continue
            one = self.old_words[piece.old][0], self.old_words[piece.old_end - 1][1]
            other = self.new_words[piece.new][0], self.new_words[piece.new_end - 1][1]
            if piece.kept:
                words = range(piece.old_end - piece.old)
                for step in words:
                    found += zip(
                        self.old_words[piece.old + step],
                        self.new_words[piece.new + step],
                        strict=True,
                    )
                continue
            found.append((one[0], other[0]))
            for was, now, kept in _blocks(self.old[slice(*one)], self.new[slice(*other)]):
                if kept:
                    found += ((one[0] + a, other[0] + b) for a, b in zip(was, now, strict=True))
            found.append((one[1], other[1]))
        found.append((len(self.old), len(self.new)))
        return found


def spans_of(text: str) -> list[Span]:
    """The words of a text: what stands between white space."""
    return [match.span() for match in _WORD.finditer(text)]


def visible(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends; None where nothing is left."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return (start, end) if start < end else None


def _blocks(old: list[str] | str, new: list[str] | str) -> Iterator[tuple[Span, Span, bool]]:
    """The stretches of two sequences in order, and whether they are the same; equal beginnings
    and ends are taken first, so that a small change stays where it was made."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield (0, head), (0, head), True
    matcher = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail])
    for kind, a, b, c, d in matcher.get_opcodes():
        yield (head + a, head + b), (head + c, head + d), kind == "equal"
    if tail:
        yield (len(old) - tail, len(old)), (len(new) - tail, len(new)), True
