"""Tagging: what keys, palette, menus and drags do to the passage at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Signal

from coder.domain.model import Code, Document
from coder.domain.palette import shade
from coder.domain.paragraphs import index_at
from coder.domain.quotes import Quote
from coder.domain.text import counted
from coder.ui import clipboard, messages, theme
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.recent import RecentCodes
from coder.ui.evidence.tag_acts import TagActs
from coder.ui.picker import Choice, Picker
from coder.ui.session import Session

T = TypeVar("T")
Suggest = Callable[[Document, int, int], list[Choice]]


class Tagging(QObject):
    """The acts on the words selected on the desk; `tags` has those on the tags that are there.
    `note` gives a line for the status bar. `suggest` offers codes for a passage, where it is set.
    """

    note = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.session: Session | None = None
        self.suggest: Suggest | None = None
        self.tags = TagActs(desk, self.choices)
        self._recent = RecentCodes()
        self.tags.note.connect(self.note)
        self.tags.palette_wanted.connect(self.open_code_palette)
        self.tags.copy_wanted.connect(self.copy_cited)
        self.tags.play_wanted.connect(desk.play_quote)
        desk.reader.code_dropped.connect(self._dropped)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self.tags.open_session(session)
        self._recent.open_session(session)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "tag": self.open_code_palette,
            "tag-again": self.tag_again,
            "in-vivo": self.tag_in_vivo,
            "tag-paragraph": self.tag_paragraph,
            "tag-document": self.tag_document,
            **self.tags.does(),
        }

    def tag(self, code_ids: Sequence[str]) -> bool:
        """Puts these codes on the selection, or on each of the tags chosen in the list of tags;
        False where nothing is selected or it was refused."""
        session, document = self.session, self.desk.document
        if session is None or document is None:
            return False
        several = self.tags.chosen_in_list()
        if len(several) < 2 and not self._any_words():
            return False
        spans = (
            [(one.start, one.end) for one in several]
            if len(several) > 1
            else [self.desk.reader.selection()]
        )
        codes = [session.codes[one] for one in code_ids if one in session.codes]
        for made in self._try(lambda: session.project.codings.tag_all(document, spans, codes)):
            self._recent.used([code.id for code in codes])
            if len(several) < 2:
                self.desk.show_coding(made[-1].id)
            self.note.emit(_tagged(codes, len(several)))
            return True
        return False

    def tag_by_key(self, key: str) -> bool:
        """Puts the code that has this key on the selection; False where no code has it."""
        if self.session is None:
            return False
        for code in self.session.codes.values():
            if code.key and code.key == key:
                self.tag([code.id])
                return True
        return False

    def tag_again(self) -> None:
        """Puts the codes used last on the selection."""
        last = self._recent.again()
        if last:
            self.tag(last)
        else:
            self.note.emit("No code has been used yet. Press Enter to choose one.")

    def tag_in_vivo(self) -> None:
        """Makes the selected words, or the sentence at the caret, a code and puts it on them."""
        self._take_sentence()
        words = " ".join(self.desk.reader.selected_text().split())
        if words:
            self.tag_new(words[:80])
        else:
            self.note.emit("Select the words first, then press V to make them a code.")

    def open_code_palette(self) -> None:
        """Offers every code for the selection or the sentence at the caret, the last used first;
        makes a new one on wish."""
        self._take_sentence()
        self._open_palette("Tag with which code?")

    def tag_paragraph(self) -> None:
        """Selects every paragraph that the selection touches, and offers codes for them."""
        document = self.desk.document
        if document is None or not document.paragraphs:
            return
        before = self.desk.reader.selection()
        start, end = before
        first = max(0, index_at(document.paragraphs, start))
        last = max(first, index_at(document.paragraphs, max(start, end - 1)))
        self.desk.reader.select(
            document.paragraphs[first].start, document.paragraphs[last].end, reveal=False
        )
        self._open_palette(
            f"Tag {'this paragraph' if first == last else 'these paragraphs'} with which code?",
            before,
        )

    def tag_document(self) -> None:
        """Selects the whole document, and offers codes for it."""
        if self.desk.document is not None:
            before = self.desk.reader.selection()
            self.desk.reader.select(0, len(self.desk.document.text), reveal=False)
            self._open_palette("Tag the whole document with which code?", before)

    def copy_cited(self) -> None:
        """Copies the selected words, or the tags at hand, with their citations."""
        session, document = self.session, self.desk.document
        if session is None or document is None:
            return
        spans = dict.fromkeys((start, end) for start, end, _ in self._at_hand())
        if not spans:
            self.note.emit("Select the words to copy first.")
            return
        quotes = [session.project.quotes.cited(document, *span) for span in spans]
        clipboard.put_quote("\n\n".join(quotes))
        told = quotes[0][:80] if len(quotes) == 1 else counted(len(quotes), "quote")
        self.note.emit(f"Copied: {told}")

    def quotes_at_hand(self) -> list[Quote]:
        """The selected words, or the tags at hand, as quotes."""
        session, document = self.session, self.desk.document
        if session is None or document is None:
            return []
        passage = session.project.baskets.passage
        return [
            replace(passage(document, start, end), code_id=code_id)
            for start, end, code_id in self._at_hand()
            if document.text[start:end].strip()
        ]

    def apply(self, code_id: str) -> None:
        """Tags with a code chosen among the themes, and goes back to the text."""
        if self.tag([code_id]):
            self.desk.reader.setFocus()

    def tag_new(self, name: str) -> None:
        """Makes a code of this path and puts it on the selection, as one act."""
        session, document = self.session, self.desk.document
        if session is None or document is None or not self._any_words():
            return
        start, end = self.desk.reader.selection()
        for made in self._try(
            lambda: session.project.tag_with_new_code(document, start, end, name)
        ):
            self._recent.used([made.code_id])
            self.desk.show_coding(made.id)
            self.note.emit(f"Made the code “{name}” and tagged with it.")

    # Below: what these need

    def _any_words(self) -> bool:
        """Whether words are selected; says so where none are."""
        if self.desk.reader.selected_text().strip():
            return True
        self.note.emit("No words are selected. Select the passage first, then choose the code.")
        return False

    def _take_sentence(self) -> None:
        """Selects the sentence at the caret where nothing is selected."""
        start, end = self.desk.reader.selection()
        if self.desk.document is not None and start == end and not self.tags.chosen_in_list():
            self.desk.reader.select_sentence_forward()

    def _open_palette(self, hint: str, before: tuple[int, int] | None = None) -> None:
        """Offers codes for what is selected; who chooses none has selected `before` again."""
        session, document = self.session, self.desk.document
        if session is None or document is None:
            return
        suggested = self.suggest(document, *self.desk.reader.selection()) if self.suggest else []
        picker = Picker(
            self.desk,
            self.choices(session),
            hint,
            create="Make a new code",
            several=True,
            suggested=suggested,
        )
        picker.setObjectName("card")
        picker.chosen.connect(self.tag)
        picker.created.connect(self.tag_new)
        if before is not None:
            picker.left.connect(lambda: self.desk.reader.select(*before, reveal=False))
        picker.open_at(self._near_selection())

    def _at_hand(self) -> list[tuple[int, int, str]]:
        """Where the tags chosen in the list, the selected words, or else the tag at hand stand,
        with the code of each tag."""
        start, end = self.desk.reader.selection()
        several = self.tags.chosen_in_list()
        if start < end and not several:
            return [(start, end, "")]
        coding = self.desk.bar.coding
        tags = several or ([coding] if coding else [])
        return [(one.start, one.end, one.code_id) for one in tags]

    def choices(self, session: Session) -> list[Choice]:
        """The codes to choose among, those used last first."""
        dark = theme.current().dark
        views = session.project.codebook.tree()
        views.sort(key=lambda view: self._recent.place(view.code.id))
        return [
            Choice(
                v.code.id,
                v.path.replace("/", " / "),
                v.code.key,
                shade(v.code.colour, dark),
                name=v.code.name,
            )
            for v in views
        ]

    def _near_selection(self) -> QPoint:
        return self.desk.reader.below_selection() - QPoint(230, 0)

    def _dropped(self, code_id: str, start: int, end: int) -> None:
        self.tags.leave_list()
        self.desk.reader.select(start, end, reveal=False)
        self.apply(code_id)

    def _try(self, act: Callable[[], T]) -> tuple[T, ...]:
        return messages.attempt(self.desk, act)


def _tagged(codes: Sequence[Code], passages: int) -> str:
    names = ", ".join(code.name for code in codes)
    where = f" on {counted(passages, 'passage')}" if passages > 1 else ""
    return f"Tagged with {names}{where}. Ctrl+Z takes it back."
