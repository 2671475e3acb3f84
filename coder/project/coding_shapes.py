"""The shapes of codings: one parted in two, and several made one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coder.domain.model import Coding, Document
from coder.domain.paragraphs import index_at
from coder.domain.text import whole_words


def parted_at(text: str, coding: Coding, place: int) -> int:
    """Where a coding is best parted near `place`: there, or where that is within a word at the
    nearer end of the word that lies inside the coding."""
    first, last = whole_words(text, place - 1, place) if place > 0 else (0, 0)
    if last <= place:
        return place
    inside = [edge for edge in (first, last) if coding.start < edge < coding.end]
    return min(inside, key=lambda edge: abs(edge - place), default=place)


def halves(text: str, coding: Coding, place: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The spans of the words before and behind `place` in a coding, without white space at their
    ends; None where there are none on one side."""
    if not coding.start < place < coding.end:
        return None
    first, second = _bare(text, coding.start, place), _bare(text, place, coding.end)
    return (first, second) if first and second else None


def neighbours(document: Document, coding: Coding, codings: Iterable[Coding]) -> list[Coding]:
    """The coding and those of the same code and coder right beside it, in the order of the text:
    that overlap or touch it, or have only white space and at most one paragraph break between."""
    alike = [one for one in codings if _alike(one, coding) and one.id != coding.id]
    beside = [one for one in alike if meet(document, one, coding)]
    return sorted([coding, *beside], key=_order)


def runs(document: Document, codings: Iterable[Coding]) -> list[list[Coding]]:
    """Codings in groups of one code and coder that stand beside one another, each in the order of
    the text; what stands alone is left out."""
    groups: list[list[Coding]] = []
    open_: dict[tuple[str, str], tuple[list[Coding], Coding]] = {}
    for one in sorted(codings, key=_order):
        kind = (one.code_id, one.coder_id)
        group, furthest = open_.get(kind, ([], one))
        if not group or not meet(document, furthest, one):
            group, furthest = [], one
            groups.append(group)
        group.append(one)
        open_[kind] = group, max(furthest, one, key=lambda coding: coding.end)
    return [group for group in groups if len(group) > 1]


def meet(document: Document, one: Coding, other: Coding) -> bool:
    """Whether two codings overlap, touch, or have only white space and at most one paragraph break
    between."""
    first, second = sorted((one, other), key=_order)
    if second.start <= first.end:
        return True
    if document.text[first.end : second.start].strip():
        return False
    before, behind = (
        index_at(document.paragraphs, place) for place in (first.end - 1, second.start)
    )
    return behind - before <= 1


def made_one(text: str, codings: Sequence[Coding]) -> Coding:
    """The first of these codings, reaching over all of them: with the memos of all in the order of
    the text, marked or sensitive where one of them is."""
    inside = sorted(codings, key=_order)
    start, end = inside[0].start, max(one.end for one in inside)
    return replace(
        inside[0],
        end=end,
        quote=text[start:end],
        memo="\n".join(dict.fromkeys(one.memo for one in inside if one.memo)),
        marked=any(one.marked for one in inside),
        sensitive=any(one.sensitive for one in inside),
    )


def _alike(one: Coding, other: Coding) -> bool:
    return (one.code_id, one.coder_id, one.document_id) == (
        other.code_id,
        other.coder_id,
        other.document_id,
    )


def _order(coding: Coding) -> tuple[int, int, str]:
    return coding.start, coding.end, coding.id


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return (start, start + len(words.strip())) if words.strip() else None
