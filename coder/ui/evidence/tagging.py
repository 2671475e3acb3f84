"""Tagging: what keys, palette, menus and drags do to the passage at hand and to the tags there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMenu

from coder.domain.model import Coding
from coder.domain.palette import shade
from coder.ui import clipboard, messages, theme
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.memo import MemoDialog
from coder.ui.picker import Choice, Picker
from coder.ui.session import Session

T = TypeVar("T")


class Tagging(QObject):
    """The acts on the words selected on the desk, and on the tags at the caret. `note` gives a
    line for the status bar."""

    note = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.session: Session | None = None
        self._last: list[str] = []
        desk.bar.wanted.connect(self._bar_wants)
        desk.reader.code_dropped.connect(self._dropped)
        desk.reader.coding_menu_wanted.connect(self._coding_menu)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self._last = []

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "tag": self.open_code_palette,
            "tag-again": self.tag_again,
            "in-vivo": self.tag_in_vivo,
            "untag": self.untag,
            "memo": self.write_memo,
            "mark": self.toggle_marked,
            "sensitive": self.toggle_sensitive,
            "next-coding": lambda: self.go_to_coding(forward=True),
            "previous-coding": lambda: self.go_to_coding(forward=False),
            "add-code": self.add_code,
        }

    def tag(self, code_ids: Sequence[str]) -> bool:
        """Puts these codes on the selection; False where nothing is selected or it was refused."""
        session, document = self.session, self.desk.document
        if session is None or document is None or not self._any_words():
            return False
        codes = [session.codes[one] for one in code_ids if one in session.codes]
        start, end = self.desk.reader.selection()
        for made in self._try(lambda: session.project.codings.tag(document, start, end, codes)):
            self.desk.show_coding(made[-1].id)
            self._last = list(code_ids)
            names = ", ".join(code.name for code in codes)
            self.note.emit(f"Tagged with {names}. Ctrl+Z takes it back.")
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
        """Puts the code used last on the selection."""
        if self._last:
            self.tag(self._last)
        else:
            self.note.emit("No code has been used yet. Press Enter to choose one.")

    def tag_in_vivo(self) -> None:
        """Makes the selected words themselves a code and puts it on them."""
        words = " ".join(self.desk.reader.selected_text().split())
        if words:
            self.tag_new(words[:80])
        else:
            self.note.emit("Select the words first, then press V to make them a code.")

    def open_code_palette(self) -> None:
        """Offers every code at the selection, the last used first; makes a new one on wish."""
        session = self.session
        if session is None or self.desk.document is None:
            return
        start, end = self.desk.reader.selection()
        if start == end:
            self.desk.reader.select_sentence_forward()
        picker = Picker(
            self.desk,
            self._choices(session),
            "Tag with which code?",
            create="Make a new code",
            several=True,
        )
        picker.setObjectName("card")
        picker.chosen.connect(self.tag)
        picker.created.connect(self.tag_new)
        picker.open_at(self._near_selection())

    def untag(self) -> None:
        """Removes this coder's tag at the caret: the one shown in the bar."""
        session, coding = self.session, self._coding_here()
        if session is None or coding is None:
            return
        name = session.codes[coding.code_id].name
        for _ in self._try(lambda: session.project.codings.untag([coding])):
            self.note.emit(f"Removed the tag “{name}”. Ctrl+Z brings it back.")

    def write_memo(self) -> None:
        """Asks for a memo on the tag at the caret."""
        session, coding = self.session, self._coding_here()
        if session is None or coding is None:
            return
        if not session.is_mine(coding):
            owner = session.coder_name(coding.coder_id)
            self.note.emit(f"This tag and its memo are {owner}'s. Put your own tag beside it.")
            return
        dialog = MemoDialog(session.codes[coding.code_id].name, coding, self.desk)
        dialog.accepted.connect(
            lambda: self._try(lambda: session.project.codings.write_memo(coding, dialog.memo()))
        )
        dialog.open()

    def toggle_marked(self) -> None:
        """Marks the passage at the caret for use in a report, or takes that back."""
        session, coding = self.session, self._coding_here()
        if session is None or coding is None:
            return
        marked = not coding.marked
        for _ in self._try(lambda: session.project.codings.mark([coding], marked=marked)):
            self.note.emit("★ Marked for use." if marked else "No longer marked for use.")

    def toggle_sensitive(self) -> None:
        """Keeps the passage at the caret out of exports, or lets it in again."""
        session, coding = self.session, self._coding_here()
        if session is None or coding is None:
            return
        wanted = not coding.sensitive
        for _ in self._try(
            lambda: session.project.codings.set_sensitive([coding], sensitive=wanted)
        ):
            self.note.emit(
                "⚑ Sensitive: stays out of packs unless asked for."
                if wanted
                else "No longer sensitive."
            )

    def go_to_coding(self, *, forward: bool) -> None:
        """Selects the next tagged passage, or the one before."""
        found = self.desk.reader.select_next_coding(forward)
        if found:
            self.desk.show_coding(found)
        else:
            self.note.emit("No further tagged passage in this document.")

    def copy_cited(self) -> None:
        """Copies the selected words, or the tag at the caret, with their citation."""
        session, document = self.session, self.desk.document
        if session is None or document is None:
            return
        start, end = self.desk.reader.selection()
        coding = self.desk.bar.coding
        if start == end and coding:
            start, end = coding.start, coding.end
        if start == end:
            self.note.emit("Select the words to copy first.")
            return
        words = session.project.quotes.cited(document, start, end)
        clipboard.put_quote(words)
        self.note.emit(f"Copied: {words[:80]}")

    def add_code(self) -> None:
        """Asks for a new code, under the chosen one where there is one."""
        session = self.session
        if session is None:
            return
        path, done = QInputDialog.getText(
            self.desk, "Add a code", "Name of the code (Theme/Code puts it under a theme):"
        )
        if done and path.strip():
            self._try(lambda: session.project.codebook.add(path))

    # Below: what the parts of the desk ask for

    def _any_words(self) -> bool:
        """Whether words are selected; says so where none are."""
        if self.desk.reader.selected_text().strip():
            return True
        self.note.emit("No words are selected. Select the passage first, then choose the code.")
        return False

    def _coding_here(self) -> Coding | None:
        """The tag at the caret; says so where there is none."""
        coding = self.desk.bar.coding
        if coding is None:
            self.note.emit("There is no tag here. Put the caret in a tagged passage first.")
        return coding

    def apply(self, code_id: str) -> None:
        """Tags with a code chosen among the themes, and goes back to the text."""
        if self.tag([code_id]):
            self.desk.reader.setFocus()

    def tag_new(self, name: str) -> None:
        session, document = self.session, self.desk.document
        if session is None or document is None or not self._any_words():
            return
        start, end = self.desk.reader.selection()
        for made in self._try(
            lambda: session.project.tag_with_new_code(document, start, end, name)
        ):
            self.desk.show_coding(made.id)
            self._last = [made.code_id]
            self.note.emit(f"Made the code “{name}” and tagged with it.")

    def _choices(self, session: Session) -> list[Choice]:
        dark = theme.current().dark
        views = session.project.codebook.tree()
        views.sort(key=lambda v: self._last.index(v.code.id) if v.code.id in self._last else 99)
        return [
            Choice(v.code.id, v.path.replace("/", " / "), v.code.key, shade(v.code.colour, dark))
            for v in views
        ]

    def _near_selection(self) -> QPoint:
        return self.desk.reader.below_selection() - QPoint(230, 0)

    def _dropped(self, code_id: str, start: int, end: int) -> None:
        self.desk.reader.select(start, end, reveal=False)
        self.apply(code_id)

    def _bar_wants(self, act: str, coding_id: str) -> None:
        session, coding = self.session, self.desk.codings.get(coding_id)
        if session is None or coding is None:
            return
        does: dict[str, Callable[[], None]] = {
            "recode": lambda: self._recode(coding),
            "memo": self.write_memo,
            "mark": self.toggle_marked,
            "sensitive": self.toggle_sensitive,
            "remove": self.untag,
        }
        does[act]()

    def _recode(self, coding: Coding) -> None:
        session = self.session
        if session is None:
            return
        picker = Picker(self.desk, self._choices(session), "Recode as which code?")

        def recode(ids: list[str]) -> None:
            code = session.codes[ids[0]]
            self._try(lambda: session.project.codings.recode([coding], code))

        picker.chosen.connect(recode)
        picker.open_at(self._near_selection())

    def _coding_menu(self, ids: list[str], place: QPoint) -> None:
        session = self.session
        if session is None:
            return
        menu = QMenu(self.desk)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Tag with…\tEnter", self.open_code_palette)
        for coding_id in ids:
            coding = self.desk.codings.get(coding_id)
            if coding is None:
                continue
            name = session.codes[coding.code_id].name
            part = menu.addMenu(f"{name} ({session.coder_name(coding.coder_id)})")
            for act, words in (
                ("recode", "Recode…"),
                ("memo", "Memo…"),
                ("mark", "Unmark" if coding.marked else "Mark for use"),
                ("sensitive", "Not sensitive" if coding.sensitive else "Sensitive"),
                ("remove", "Remove"),
            ):
                action = part.addAction(words)
                action.setEnabled(session.is_mine(coding) or act in ("mark", "sensitive"))
                action.triggered.connect(
                    lambda _=False, act=act, one=coding_id: self._menu_wants(act, one)
                )
        menu.addSeparator()
        menu.addAction("Copy quote with citation\tCtrl+Shift+C", self.copy_cited)
        menu.popup(place)

    def _menu_wants(self, act: str, coding_id: str) -> None:
        self.desk.show_coding(coding_id)
        self._bar_wants(act, coding_id)

    def _try(self, act: Callable[[], T]) -> tuple[T, ...]:
        return messages.attempt(self.desk, act)
