"""Paragraphs and the numbers by which they are cited."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise, repeat

from coder.domain.model import Paragraph, Style

OWN_NUMBER = re.compile(
    r"^\s*[(\[]?(\d{1,3}(?:\.\d{1,3}){0,3})"
    r"(?:[.):\]]+\s|\s{2,}|\t|(?<=\d\.\d)\s|(?<=\d\.\d\d)\s)"
)
"""A submitter's own number at the start of a paragraph: `7.`, `(7)`, `2.3)`, `5.40 `, `7<tab>`."""

_FEWEST_OWN = 3
_MOST_CARRIED = 5
_UNCITED = (Style.HEADING, Style.NOTE)
_NOT_OWN = (Style.REPLY, Style.SIGNATURE, Style.DISCLAIMER)


def lay_out(
    parts: Iterable[tuple[str, Style]], pages: Iterable[int] = ()
) -> tuple[str, tuple[Paragraph, ...]]:
    """Joins paragraphs into one text and numbers them.

    Each part is a paragraph's text and style; a line break inside a part stays inside its
    paragraph. Parts without any visible character are left out. Paragraphs are joined by one
    line feed, which belongs to none of them. `pages` are the pages on which the parts begin, 0
    for one that stands on none.
    """
    paged = [
        (text.rstrip("\r\n"), style, page)
        for (text, style), page in zip(parts, chain(pages, repeat(0)), strict=False)
        if text.strip()
    ]
    kept = [(text, style) for text, style, _ in paged]
    spans: list[tuple[int, int]] = []
    place = 0
    for text, _ in kept:
        spans.append((place, place + len(text)))
        place += len(text) + 1
    own = _own_numbers(kept)
    return (
        "\n".join(text for text, _ in kept),
        tuple(
            Paragraph(number, start, end, style, 0 if own else page)
            for number, (start, end), (_, style, page) in zip(
                own or _counted(kept), spans, paged, strict=True
            )
        ),
    )


def _own_numbers(parts: Sequence[tuple[str, Style]]) -> list[str]:
    """The submitter's own numbers, or none where the paragraphs have no such."""
    own = [
        OWN_NUMBER.match(text) if style in (Style.BODY, Style.LIST) else None
        for text, style in parts
    ]
    return _carry_own(own, parts) if _submitters_own(own, parts) else []


def _counted(parts: Sequence[tuple[str, Style]]) -> list[str]:
    count = 0
    numbers = []
    for _, style in parts:
        cited = style not in _UNCITED
        count += cited
        numbers.append(str(count) if cited else "")
    return numbers


def _submitters_own(
    own: Sequence[re.Match[str] | None], parts: Sequence[tuple[str, Style]]
) -> bool:
    """Whether the submitter numbered the paragraphs, rather than items of a list in the text: the
    numbers go up, and most paragraphs have one, or they begin in the first third of the text and
    no number would have to serve for more than a few paragraphs."""
    aside = (*_UNCITED, *_NOT_OWN)
    cited = [place for place, (_, style) in enumerate(parts) if style not in aside]
    numbered = [count for count, place in enumerate(cited) if own[place]]
    if len(numbered) < _FEWEST_OWN or not _rises(own):
        return False
    if 2 * len(numbered) >= len(cited):
        return True
    longest = max(after - before for before, after in pairwise([*numbered, len(cited)]))
    return 3 * numbered[0] <= len(cited) and longest <= _MOST_CARRIED


def _rises(own: Sequence[re.Match[str] | None]) -> bool:
    """Whether the numbers mostly go up by one: a submitter's count, not figures that happen to
    stand first. They may begin again under each heading."""
    heads = [tuple(int(part) for part in match[1].split(".")) for match in own if match]
    steps = list(pairwise(heads))
    good = sum(
        after[-1] == 1 or (after[:-1] == before[: len(after) - 1] and _next(before, after))
        for before, after in steps
    )
    return heads[0][-1] == 1 and good * 4 >= len(steps) * 3


def _next(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    return len(before) >= len(after) and after[-1] == before[len(after) - 1] + 1


def _carry_own(
    own: Sequence[re.Match[str] | None], parts: Sequence[tuple[str, Style]]
) -> list[str]:
    """The submitter's numbers; a paragraph without one belongs to the numbered one before it. What
    a mail carries along (signature, earlier mails) belongs to none."""
    current = ""
    numbers = []
    for match, (_, style) in zip(own, parts, strict=True):
        if match:
            current = match[1]
        elif style is Style.HEADING:
            current = ""
        numbers.append(current if style is not Style.NOTE and style not in _NOT_OWN else "")
    return numbers


def index_at(paragraphs: Sequence[Paragraph], place: int) -> int:
    """The index of the paragraph that holds the code point position `place`, or the last one
    before it; -1 where there are no paragraphs before."""
    return bisect_right(paragraphs, place, key=lambda paragraph: paragraph.start) - 1


def numbers_of(paragraphs: Sequence[Paragraph], start: int, end: int) -> str:
    """The number or range of numbers that a citation gives for `[start, end)`: `7` or `7–9`."""
    return _range([p.number for p in _covered(paragraphs, start, end) if p.number])


def pages_of(paragraphs: Sequence[Paragraph], start: int, end: int) -> str:
    """The page or range of pages on which the paragraphs of `[start, end)` begin: `4` or `4–5`;
    empty where they are not cited by page."""
    return _range([str(p.page) for p in _covered(paragraphs, start, end) if p.page])


def _covered(paragraphs: Sequence[Paragraph], start: int, end: int) -> Sequence[Paragraph]:
    first = max(0, index_at(paragraphs, start))
    last = max(first, index_at(paragraphs, max(start, end - 1)))
    return paragraphs[first : last + 1]


def _range(named: Sequence[str]) -> str:
    if not named:
        return ""
    return named[0] if named[0] == named[-1] else f"{named[0]}–{named[-1]}"
