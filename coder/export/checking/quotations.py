"""Finds the quotations of a report: between quotation marks, set in as blocks, or under a quote's
id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coder.export.checking.citations import Citation
from coder.export.checking.marks import Marked, goes_on, marked
from coder.export.checking.story import Part, Said, Story, Stretch, cut
from coder.export.checking.words import folded_words

_BLOCK_STYLE = re.compile(r"quot|block ?text|extract")
_NO_BLOCK = re.compile(r"attribution|source|caption|context|heading|toc")
_DASHED = re.compile(r"(?:^|(?<=[\s.!?…”’\"']))[—–-]{1,2}\s*\S")
_DASHED_LINE = re.compile(r"\n\s*[—–-]{1,2}\s*\S")
_SAYING_END = re.compile(r"[.!?…][”’\"')\]]*\s")
_SOMEBODY = re.compile(r"(?:an?|one|the|anonymous|individual)\s", re.IGNORECASE)
_QUOTED = re.compile(r"\bquot|\bverbatim|\bown words", re.IGNORECASE)
"""What the head of a column says whose cells are quotations, with or without marks."""

_LONGEST_NAME = 12
_MOST_CARRIED = 60
"""Paragraphs over which one quotation may go on."""

_FEWEST_IN_CELL = 4
_FEWEST_SET_IN = 6
"""Words of a paragraph that is set in from which it is a quotation, though nothing is cited."""

_PHRASE = 3
"""Words in marks that an unmarked quotation may have within it."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: where its words stand (without the marks), what they are, and the id that they
    bear, if any. `others` are other stretches that it may be, where marks do not tell. `block` says
    that it is set in, `bare` that it is so without any marks, `open` that its closing mark is
    missing."""

    stretch: Stretch
    text: str
    block: bool = False
    bare: bool = False
    id: str = ""
    open: bool = False
    others: tuple[Stretch, ...] = ()


def quotations(story: Story, citations: Sequence[Sequence[Citation]]) -> list[Quotation]:
    """The quotations of a report in order. `citations` are those of each paragraph."""
    finder = _Finder(story, citations)
    return finder.all()


def attributes(said: Said, citations: Sequence[Citation]) -> bool:
    """Whether a paragraph only tells who said what stands before it: `— Ann Tate (SIC0012)`."""
    if not citations:
        return False
    if any("attribution" in name for name in said.styles):
        return True
    rest = said.text[: citations[0].start] + said.text[citations[-1].end :]
    if marked(rest):
        return False
    if said.text.lstrip()[:1] in ("—", "–", "-"):
        return len(folded_words(rest)) <= _LONGEST_NAME
    return not folded_words(rest) or _is_name(rest.strip(" ,.:;()"))


def next_said(story: Sequence[Said], place: int) -> int:
    """The number of the paragraph behind this one, past one that is empty."""
    after = place + 1
    if after + 1 < len(story) and not story[after].text.strip():
        return after + 1
    return after


class _Finder:
    def __init__(self, story: Story, citations: Sequence[Sequence[Citation]]) -> None:
        self._story = story
        self._said = story.paragraphs
        self._citations = citations
        body = [one for one in self._said if one.part is Part.BODY and one.text.strip()]
        self._set_in = 2 * sum(one.indented for one in body) < len(body)

    def all(self) -> list[Quotation]:
        found: list[Quotation] = []
        place = 0
        while place < len(self._said):
            several, place = self._of_paragraph(place)
            found += several
        return list(_joined(found))

    def _of_paragraph(self, place: int) -> tuple[list[Quotation], int]:
        """The quotations that begin in a paragraph, and the number of the next one to be read."""
        said = self._said[place]
        if not said.text.strip() or said.contents:
            return [], place + 1
        spans = marked(said.text)
        if self._is_block(place, spans) and (core := self._core(place, spans)):
            block = replace(self._quotation(place, core), block=True, bare=not core.mark)
            return [replace(block, id=self._id_at(place, block.stretch))], place + 1
        found = [self._quotation(place, one) for one in spans if one.closed]
        found = [replace(one, id=self._id_at(place, one.stretch)) for one in found]
        found += self._controlled(place, found)
        if spans and not spans[-1].closed:
            carried, place = self._carried(place, spans[-1])
            return [*found, *carried], place
        return found, place + 1

    def _quotation(self, place: int, one: Marked) -> Quotation:
        """What stands between marks; a citation at its end, before the closing mark, is none of
        the words."""
        text, end = self._said[place].text, one.end
        for cited in self._citations[place]:
            if one.start < cited.start < end and not folded_words(text[cited.end : end]):
                end = cited.start
        stretch = Stretch(place, one.start, place, end)
        others = tuple(Stretch(place, one.start, place, other) for other in one.others)
        return Quotation(stretch, text[one.start : end], others=others)

    def _carried(self, place: int, first: Marked) -> tuple[list[Quotation], int]:
        """A quotation that goes on over paragraphs, each of which begins with its mark; where none
        does, it is taken to end before the citation or with its paragraph."""
        last, end = place, first
        while not end.closed and last - place < _MOST_CARRIED and self._follows(last, first.mark):
            last += 1
            end = marked(self._said[last].text, within=first.mark)[0]
        if end.closed:
            stretch = Stretch(place, first.start, last, end.end)
            rest = marked(self._said[last].text, within=first.mark)[1:]
            more = [self._quotation(last, one) for one in rest if one.closed]
            one = Quotation(stretch, self._without_marks(stretch, first.mark))
            return [replace(one, id=self._id_at(place, stretch)), *more], last + 1
        behind = [one.start for one in self._citations[place] if one.start > first.start]
        stop = min([*behind, len(self._said[place].text)])
        stretch = Stretch(place, first.start, place, stop)
        return [Quotation(stretch, cut(self._story, stretch), open=True)], place + 1

    def _follows(self, place: int, mark: str) -> bool:
        here, after = self._said[place], self._said[place + 1 : place + 2]
        return bool(after) and goes_on(after[0].text, mark) and _same_room(here, after[0])

    def _without_marks(self, stretch: Stretch, mark: str) -> str:
        lines = cut(self._story, stretch).split("\n")
        return "\n".join([lines[0], *(one.lstrip().removeprefix(mark) for one in lines[1:])])

    def _is_block(self, place: int, spans: Sequence[Marked]) -> bool:
        said = self._said[place]
        if said.part is Part.MARGIN or said.heading or attributes(said, self._citations[place]):
            return False
        styled = self._is_styled(said)
        if styled is not None or said.part is not Part.BODY:
            return bool(styled)
        return (said.indented and self._is_cited(place)) or self._is_unmarked(place, spans)

    def _is_styled(self, said: Said) -> bool | None:
        """Whether its style or column says that it is a quotation; None where neither tells."""
        if _QUOTED.search(said.head) and len(folded_words(said.text)) >= _FEWEST_IN_CELL:
            return True
        if any(_NO_BLOCK.search(name) for name in said.styles[:1]):
            return False
        if any(_BLOCK_STYLE.search(name) for name in said.styles):
            return True
        return None

    def _is_unmarked(self, place: int, spans: Sequence[Marked]) -> bool:
        """Whether it is a quotation, though nothing marks it but what stands around it."""
        said = self._said[place]
        begins = len(said.text) - len(said.text.lstrip())
        if any(one.start != begins + 1 and self._is_long(said, one) for one in spans):
            return False
        if self._is_dashed(place):
            return True
        few = len(folded_words(said.text)) < _FEWEST_SET_IN
        return said.indented and self._set_in and not self._citations[place] and not few

    def _is_long(self, said: Said, one: Marked) -> bool:
        return len(folded_words(said.text[one.start : one.end])) > _PHRASE

    def _is_dashed(self, place: int) -> bool:
        """Whether the next line is a dash, who said it, and a citation."""
        tail = self._tail(place)
        if tail is not None and (line := _DASHED_LINE.search(self._said[place].text)):
            return line.start() < tail.start
        after = next_said(self._said, place)
        return (
            after < len(self._said)
            and self._said[after].text.lstrip()[:1] in ("—", "–", "-")
            and attributes(self._said[after], self._citations[after])
        )

    def _is_cited(self, place: int) -> bool:
        said = self._said[place]
        if self._tail(place) is not None:
            return True
        if any(mark.at >= len(said.text.rstrip()) for mark in said.marks):
            return True
        after = next_said(self._said, place)
        return after < len(self._said) and attributes(self._said[after], self._citations[after])

    def _tail(self, place: int) -> Citation | None:
        """The citation that a paragraph ends with."""
        text = self._said[place].text
        several = self._citations[place]
        if several and not folded_words(text[several[-1].end :]):
            return several[-1]
        return None

    def _core(self, place: int, spans: Sequence[Marked]) -> Marked | None:
        """What a block quotes: all of it but marks around it, the citation at its end, and who
        said it; None where it is an ordinary paragraph with quotations in it."""
        text = self._said[place].text
        end = len(text.rstrip())
        tail = self._tail(place)
        if tail is not None:
            end = _without_name(text, len(text[: tail.start].rstrip()))
        start = self._behind_name(place)
        if spans and spans[0].start == start + 1:
            if not spans[0].closed:
                return replace(spans[0], end=end, closed=True)
            if folded_words(text[spans[0].end : end]):
                return None
            return spans[0]
        if not folded_words(text[start:end]):
            return None
        return Marked("", start, end)

    def _behind_name(self, place: int) -> int:
        """Where a block begins to quote, if it says first who is quoted: `Ann (SIC0012): …`."""
        text = self._said[place].text
        for cited in self._citations[place][:1]:
            rest = text[cited.end :].lstrip()
            few = len(folded_words(text[: cited.start])) <= _LONGEST_NAME
            if few and rest.startswith(":") and folded_words(rest):
                return text.index(":", cited.end) + 1 + len(rest[1:]) - len(rest[1:].lstrip())
        return len(text) - len(text.lstrip())

    def _id_at(self, place: int, stretch: Stretch) -> str:
        """The id under which most of these words stand."""
        end = stretch.end if stretch.last == place else len(self._said[place].text)
        for one in self._said[place].named:
            shared = min(one.end, end) - max(one.start, stretch.start)
            if shared * 2 > min(end - stretch.start, one.end - one.start):
                return one.id
        return ""

    def _controlled(self, place: int, found: Sequence[Quotation]) -> Iterator[Quotation]:
        """What bears an id and stands in no marks."""
        taken = {one.id for one in found}
        text = self._said[place].text
        for one in self._said[place].named:
            if one.id in taken:
                continue
            inside = [c for c in self._citations[place] if one.start < c.start < one.end]
            end = min([one.end, *(c.start for c in inside)])
            if folded_words(text[one.start : end]):
                taken.add(one.id)
                stretch = Stretch(place, one.start, place, end)
                yield Quotation(stretch, text[one.start : end], id=one.id)


def _same_room(one: Said, other: Said) -> bool:
    return (one.part, one.row, one.cell, one.note) == (
        other.part,
        other.row,
        other.cell,
        other.note,
    )


def _without_name(text: str, end: int) -> int:
    """Where the words end if a name stands between them and their citation."""
    dashed = list(_DASHED.finditer(text, 0, end))
    if dashed and _names(text, dashed[-1], end):
        return len(text[: dashed[-1].start()].rstrip())
    line = text.rfind("\n", 0, end)
    sentence = max((match.end() for match in _SAYING_END.finditer(text, 0, end)), default=0)
    for cut_at in (line + 1, sentence):
        name = text[cut_at:end].strip()
        if cut_at and name and _is_name(name):
            return len(text[:cut_at].rstrip())
    return end


def _names(text: str, dash: re.Match[str], end: int) -> bool:
    """Whether who said it stands behind a dash, and not more of what is said: few words, behind the
    end of a sentence or line, or such as name somebody."""
    behind = text[dash.start() : end].strip("—–- ")
    if len(folded_words(behind)) > _LONGEST_NAME:
        return False
    before = text[: dash.start()]
    ends = not before.strip() or "\n" in before[len(before.rstrip()) :]
    ends = ends or before.rstrip()[-1:] in ".!?…”’\"'"
    return ends or _is_name(behind) or _SOMEBODY.match(behind) is not None


def _is_name(words: str) -> bool:
    """Whether this reads as a name or a title: few words, most of them with a capital."""
    if words[-1:] in ("", ".", "!", "?", "…"):
        return False
    several = re.findall(r"\w[\w’'-]*", words)
    capital = sum(one[0].isupper() for one in several)
    return (
        0 < len(several) <= _LONGEST_NAME and several[0][0].isupper() and 2 * capital > len(several)
    )


def _joined(found: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations, those in neighbouring paragraphs under one id as one."""
    last: Quotation | None = None
    for one in found:
        if last and one.id and one.id == last.id and one.stretch.first == last.stretch.last + 1:
            stretch = replace(last.stretch, last=one.stretch.last, end=one.stretch.end)
            last = replace(last, stretch=stretch, text=f"{last.text}\n{one.text}")
            continue
        if last:
            yield last
        last = one
    if last:
        yield last
