"""Where sentences begin and end around a place, a paragraph at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from coder.domain.model import Paragraph
from coder.domain.paragraphs import index_at

Sentences = Callable[[str], list[tuple[int, int]]]
"""Gives the sentences of a paragraph's text as spans, in order, without the spaces between."""

Step = Callable[[Sequence[tuple[int, int]], int, int], tuple[int, int]]
"""From the sentences around, the anchor and the caret to the new anchor and caret."""

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[”’\"')\]]*(?=\s|$)|[。！？]+[」』”]*|$)", re.DOTALL)


def plain_sentences(text: str) -> list[tuple[int, int]]:
    """Sentences by their closing marks alone; knows no abbreviations."""
    return [
        (match.start(), match.start() + len(match[0].rstrip()))
        for match in _SENTENCE.finditer(text)
    ]


def around(
    text: str, paragraphs: Sequence[Paragraph], place: int, sentences: Sentences
) -> list[tuple[int, int]]:
    """The sentences of the paragraph at `place` and of its neighbours on either side that have
    any, as spans of the whole text."""
    here = max(0, index_at(paragraphs, place))
    spans: list[tuple[int, int]] = []
    for indexes in (_walk(here - 1, -1, paragraphs), [here], _walk(here + 1, 1, paragraphs)):
        for index in indexes:
            found = _of(text, paragraphs, index, sentences)
            spans += found
            if found:
                break
    return spans


def _walk(index: int, step: int, paragraphs: Sequence[Paragraph]) -> range:
    return range(index, -1 if step < 0 else len(paragraphs), step)


def _of(
    text: str, paragraphs: Sequence[Paragraph], index: int, sentences: Sentences
) -> list[tuple[int, int]]:
    if not paragraphs:
        return sentences(text)
    paragraph = paragraphs[index]
    inside = sentences(text[paragraph.start : paragraph.end])
    return [(paragraph.start + start, paragraph.start + end) for start, end in inside]


def forward(spans: Sequence[tuple[int, int]], anchor: int, caret: int) -> tuple[int, int]:
    """Anchor and caret after one more sentence: without a selection the sentence at the caret is
    taken whole, otherwise the caret goes on to the next sentence's end."""
    if anchor == caret:
        for start, end in spans:
            if end > caret:
                return min(start, caret) if start <= caret else start, end
        return anchor, caret
    later = [end for _, end in spans if end > caret]
    return anchor, min(later, default=caret)


def back(spans: Sequence[tuple[int, int]], anchor: int, caret: int) -> tuple[int, int]:
    """Anchor and caret after one sentence less; once nothing is left, sentences before the anchor
    are taken in from the other side."""
    if caret > anchor:
        inside = [end for _, end in spans if anchor < end < caret]
        return anchor, max(inside, default=anchor)
    earlier = [start for start, _ in spans if start < caret]
    return anchor, max(earlier, default=caret)
