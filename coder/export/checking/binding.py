"""Which citation belongs to which quotation: the one right behind it or in its note, else those of
its sentence, else those about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coder.export.checking.citations import Citation
from coder.export.checking.elsewhere import named_source
from coder.export.checking.quotations import Quotation, attributes, next_said
from coder.export.checking.story import Said, Story
from coder.export.checking.words import folded_words

_LONGEST_SENTENCE = 2_000
"""Code points before and behind a quotation in which its sentence is looked for."""

SENTENCE = re.compile(
    r"(?<!\bparas)(?<!\bpara)(?<!\bpp)(?<!\bp)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)"
    r"(?<!\bNo)[.!?…][”’\"')\]]*(?:\s*\[\d+\])?\s+(?=[A-Z“‘\"'(])"
)

SAYING = (
    r"(?:says?|said|writes?|wrote|puts?|told us|tells us|reads?|states?|stated|notes?|noted|adds?"
    r"|added|explains?|explained|reports?|reported)"
)
"""What leads from a name to what somebody said."""

_LEADS = re.compile(
    rf"\W*(?:(?:also|again|then)\s+)?(?:{SAYING}(?:\s+(?:it|this|that))?)?\s*[,:]?\s*"
    "[“‘\"'«„`]{1,2}"
)
_MOST_IN_ROW = 3


@dataclass(frozen=True, slots=True)
class Bound:
    """The citations of a quotation: `own`, that certainly belong to it; `near`, one of which most
    probably does, the likeliest first; `about`, that may. `elsewhere` says that a note gives
    another source than the evidence, and `named` is one that its sentence gives."""

    own: tuple[Citation, ...] = ()
    near: tuple[Citation, ...] = ()
    about: tuple[Citation, ...] = ()
    elsewhere: bool = False
    named: str = ""

    @property
    def meant(self) -> tuple[Citation, ...]:
        """What the report most probably gives as the source."""
        return self.own or self.near[:1]


class Binder:
    """Finds the citations of each quotation. `citations` are those of each paragraph."""

    def __init__(
        self,
        story: Story,
        citations: Sequence[Sequence[Citation]],
        quotations: Sequence[Quotation],
    ) -> None:
        self._story = story
        self._said = story.paragraphs
        self._citations = citations
        self._quotations = quotations
        self._blocks = {one.stretch.first for one in quotations if one.block}
        self._notes: dict[str, list[int]] = {}
        self._rows: dict[tuple[int, str], list[int]] = {}
        for place, said in enumerate(self._said):
            if said.note:
                self._notes.setdefault(said.note, []).append(place)
            if said.row >= 0:
                self._rows.setdefault((said.row, said.note), []).append(place)

    def bound(self, quotation: Quotation) -> Bound:
        """The citations of a quotation."""
        own, elsewhere = self._own(quotation)
        near = [] if own else self._near(quotation)
        about = [] if own else self._about(quotation)
        named = "" if own else self._named(quotation)
        return Bound(tuple(own), tuple(near), tuple(about), elsewhere and not own, named)

    def _named(self, quotation: Quotation) -> str:
        """The source other than the evidence that the words around a quotation name."""
        stretch = quotation.stretch
        text, begins = self._said[stretch.first].text, self._sentence_begin(quotation)
        before = text[begins : stretch.start]
        if self._opens_paragraph(quotation) and stretch.first:
            before = self._said[stretch.first - 1].text[-_LONGEST_SENTENCE:]
            before = before if before.rstrip().endswith(":") else ""
        after = self._said[stretch.last].text[stretch.end : stretch.end + _LONGEST_SENTENCE]
        return named_source(before, after)

    def _own(self, quotation: Quotation) -> tuple[list[Citation], bool]:
        place, end = quotation.stretch.last, quotation.stretch.end
        said = self._said[place]
        behind = [one for one in self._citations[place] if one.start >= end]
        if behind and (quotation.block or _adjoins(said.text[end : behind[0].start])):
            return behind[:1], False
        noted, elsewhere = self._noted(said, end)
        if noted or elsewhere:
            return noted, elsewhere
        if quotation.block or place in self._blocks:
            after = next_said(self._said, place)
            while self._is_passed_over(after) and not self._citations[after]:
                after += 1
            if after < len(self._said) and attributes(self._said[after], self._citations[after]):
                return list(self._citations[after]), False
        after = place + 1
        if (
            not said.text[end:].strip("”’\"'.,;: ")
            and after < len(self._said)
            and self._said[after].text.lstrip()[:1] in ("—", "–", "-")
            and attributes(self._said[after], self._citations[after])
        ):
            return list(self._citations[after]), False
        return self._introducing(quotation), False

    def _introducing(self, quotation: Quotation) -> list[Citation]:
        """The citation that leads to a quotation: `As SIC0003 says, “…”`."""
        place, start = quotation.stretch.first, quotation.stretch.start
        text = self._said[place].text
        before = [one for one in self._citations[place] if one.end <= start][-1:]
        return [one for one in before if _LEADS.fullmatch(text[one.end : start])]

    def _is_passed_over(self, place: int) -> bool:
        """Whether a paragraph stands between a block and who said it: another block, or the words
        around a quote that a pack gives."""
        if place in self._blocks:
            return True
        return place < len(self._said) and self._said[place].styles[:1] == ("context",)

    def _noted(self, said: Said, end: int) -> tuple[list[Citation], bool]:
        """The citations in the note whose mark stands right behind the quotation, and whether there
        is such a note that cites none of the evidence."""
        marks = [
            mark
            for mark in said.marks
            if mark.at >= end and not folded_words(said.text[end : mark.at])
        ]
        cited = [one for mark in marks for one in self._in_note(mark.note)]
        return cited, bool(marks) and not cited

    def _in_note(self, note: str) -> list[Citation]:
        return [one for place in self._notes.get(note, ()) for one in self._citations[place]]

    def _near(self, quotation: Quotation) -> list[Citation]:
        """Those of the same sentence, first behind it and then before it; those of the next one;
        those of the sentence that leads to a block; and those of the row of a table."""
        first, last = quotation.stretch.first, quotation.stretch.last
        text, end = self._said[last].text, quotation.stretch.end
        here = self._citations[last]
        sentence_end = self._sentence_end(text, end)
        for one in here:
            if one.start == sentence_end and text[one.start] in "([":
                sentence_end = self._sentence_end(text, one.end)
        near = [one for one in here if end <= one.start < sentence_end][:1]
        near += [
            one
            for mark in self._said[last].marks
            if end <= mark.at <= sentence_end + 1
            for one in self._in_note(mark.note)
        ]
        start = quotation.stretch.start
        begins = max(
            (
                match.end()
                for match in SENTENCE.finditer(
                    self._said[first].text, max(0, start - _LONGEST_SENTENCE), start
                )
            ),
            default=0,
        )
        before = [one for one in self._citations[first] if begins <= one.start < start]
        near += before[-1:]
        if not near:
            near = self._next_sentence(quotation, sentence_end)
        if not near and self._opens_paragraph(quotation):
            near = self._leading(first)
        return near or self._in_row(quotation)

    def _in_row(self, quotation: Quotation) -> list[Citation]:
        """Those of the other cells in a row of a table, if they are few."""
        said = self._said[quotation.stretch.first]
        row = self._rows.get((said.row, said.note), ())
        found = [one for place in row for one in self._citations[place]]
        return found if len(found) <= _MOST_IN_ROW else []

    def _leads(self, place: int, end: int) -> bool:
        return self._said[place].text[:end].rstrip().endswith(":")

    def _sentence_begin(self, quotation: Quotation) -> int:
        text, start = self._said[quotation.stretch.first].text, quotation.stretch.start
        several = SENTENCE.finditer(text, max(0, start - _LONGEST_SENTENCE), start)
        return max((match.end() for match in several), default=0)

    def _sentence_end(self, text: str, end: int) -> int:
        farthest = min(len(text), end + _LONGEST_SENTENCE)
        found = SENTENCE.search(text, max(0, end - 1), farthest)
        return found.end() if found else farthest

    def _next_sentence(self, quotation: Quotation, begins: int) -> list[Citation]:
        place = quotation.stretch.last
        text = self._said[place].text
        ends = self._sentence_end(text, begins)
        found = [one for one in self._citations[place] if begins <= one.start < ends][:1]
        between = [
            other
            for other in self._quotations
            if other.stretch.first == place
            and found
            and quotation.stretch.end < other.stretch.start < found[0].start
        ]
        return [] if between else found

    def _opens_paragraph(self, quotation: Quotation) -> bool:
        start = quotation.stretch.start
        before = self._said[quotation.stretch.first].text[:start]
        return start < _LONGEST_SENTENCE and not folded_words(before)

    def _leading(self, place: int) -> list[Citation]:
        """Those of the last sentence of the paragraph before, if it leads to this one."""
        before = place - 1
        while before >= 0 and before in self._blocks:
            before -= 1
        if before < 0 or not self._leads(before, len(self._said[before].text)):
            return []
        text = self._said[before].text
        begins = max((m.end() for m in SENTENCE.finditer(text)), default=0)
        return [one for one in self._citations[before] if one.start >= begins][-1:]

    def _about(self, quotation: Quotation) -> list[Citation]:
        """Those of its paragraphs, of its row in a table, and of the paragraphs beside it."""
        stretch = quotation.stretch
        places = [*range(stretch.first, stretch.last + 1)]
        said = self._said[stretch.first]
        if said.row >= 0:
            places += self._rows[said.row, said.note]
        around = [stretch.first - 1, stretch.last + 1]
        places += [one for one in around if 0 <= one < len(self._said)]
        found = [one for place in dict.fromkeys(places) for one in self._citations[place]]
        notes = [mark.note for mark in said.marks]
        return found + [one for note in notes for one in self._in_note(note)]


def _adjoins(between: str) -> bool:
    """Whether nothing but marks stands between a quotation and a citation, or a dash and a name."""
    if not folded_words(between):
        return True
    return between.lstrip("”’\"'., \n").startswith(("—", "–")) and len(folded_words(between)) < 12
