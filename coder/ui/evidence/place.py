"""The evidence place: the list at left, the desk in the middle, the themes at right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QSplitter, QVBoxLayout, QWidget

from coder.domain.model import Coding
from coder.domain.palette import shade
from coder.project import StepDone
from coder.ui import clipboard, messages, theme
from coder.ui.evidence.code_menu import CodeMenu
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.memo import MemoDialog
from coder.ui.evidence.submissions import SubmissionList
from coder.ui.evidence.themes import Themes
from coder.ui.picker import Choice, Picker
from coder.ui.session import Session

T = TypeVar("T")

SOON_MS = 60
"""How long lists and counts wait for more to change before they are read again."""

FEW = 20
"""Up to so many changed tags are shown one by one; beyond, the document's are read again."""


class EvidencePlace(QWidget):
    """Reading and tagging. `note` gives a line for the status bar; `shown` says that another
    submission was chosen, or that what is known of it has changed."""

    note = Signal(str)
    shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self._last: list[str] = []
        self._touched: set[tuple[str, str]] = set()
        self.list = SubmissionList(self)
        self.desk = Desk(self)
        self.themes = Themes(self)
        self.menu = CodeMenu(self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        for widget in (self.list, self.desk, self.themes):
            self.split.addWidget(widget)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.list.setMinimumWidth(200)
        self.themes.setMinimumWidth(200)
        self.desk.setMinimumWidth(460)
        self.split.setSizes([290, 800, 280])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._later.timeout.connect(self._catch_up)
        self.list.chosen.connect(self._show_submission)
        self.themes.applied.connect(self._apply)
        self.themes.menu_wanted.connect(self._code_menu)
        self.themes.moved.connect(self._move_code)
        self.themes.adding.connect(self.add_code)
        self.desk.note.connect(self.note)
        self.desk.submission_wanted.connect(self.list.choose)
        self.desk.bar.wanted.connect(self._bar_wants)
        self.desk.reader.code_dropped.connect(self._dropped)
        self.desk.reader.coding_menu_wanted.connect(self._coding_menu)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self._last = []
        self._touched.clear()
        self.desk.open_session(session)
        self.refresh()
        if session:
            session.changed.connect(self._changed)
            self.show_first()

    def refresh(self) -> None:
        """Reads list and codebook again."""
        if self.session is None:
            self.list.show_views([])
            self.themes.show_tree([])
            return
        self.list.show_views(self.session.project.evidence.all())
        self.themes.show_tree(self.session.project.codebook.tree())

    def show_passage(self, submission_id: str, document_id: str, start: int, end: int) -> None:
        """Opens a document and selects the words `[start, end)` in it."""
        self.list.choose(submission_id)
        view = self.list.view(submission_id)
        if view is None:
            return
        if self.desk.document is None or self.desk.document.id != document_id:
            self.desk.show_submission(view, document_id)
        self.desk.reader.select(start, end)
        self.desk.reader.setFocus()

    def whereabouts(self) -> tuple[str, str, int]:
        """What is shown, for `return_to`: submission, document, and the place in its text."""
        document = self.desk.document
        return self.list.current(), document.id if document else "", self.desk.reader.place()

    def return_to(self, submission_id: str, document_id: str, place: int) -> None:
        """Shows a submission at a place in a document, where they are still there."""
        view = self.list.view(submission_id)
        if view is not None:
            self.list.choose(submission_id)
            self.desk.show_submission(view, document_id)
            self.desk.reader.go_to(place)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.desk.restyle()

    # Tagging

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
            self._tag_new(words[:80])
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
            self,
            self._choices(session),
            "Tag with which code?",
            create="Make a new code",
            several=True,
        )
        picker.setObjectName("card")
        picker.chosen.connect(self.tag)
        picker.created.connect(self._tag_new)
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
        dialog = MemoDialog(session.codes[coding.code_id].name, coding, self)
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

    def find_words(self) -> None:
        """Opens the bar that finds words in the document."""
        if self.desk.document is not None:
            self.desk.finder.enter()

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
            self, "Add a code", "Name of the code (Theme/Code puts it under a theme):"
        )
        if done and path.strip():
            self._try(lambda: session.project.codebook.add(path))

    # Below: what the parts of the place ask for

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

    def _apply(self, code_id: str) -> None:
        """Tags with a code chosen among the themes, and goes back to the text."""
        if self.tag([code_id]):
            self.desk.reader.setFocus()

    def _tag_new(self, name: str) -> None:
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

    def _show_submission(self, submission_id: str) -> None:
        view = self.list.view(submission_id)
        if view is not None:
            self.desk.show_submission(view)
            self.shown.emit()

    def _changed(self, step: StepDone) -> None:
        """Shows what one committed step changed: the tags at once, the rest of it soon after, so
        that many steps in a row are one picture."""
        if self.session is None:
            return
        codings = [row_id for table, row_id in step.touched if table == "codings"]
        if len(codings) > FEW or step.touches("codes"):
            self.desk.refresh_marks()
        else:
            for row_id in codings:
                self.desk.coding_changed(row_id, self.session.project.codings.find(row_id))
        if codings:
            self.desk.show_coding_here()
        self._touched |= step.touched
        if not self._later.isActive():
            self._later.start()

    def _catch_up(self) -> None:
        """Shows lists, counts and transcript as they are after the steps since the last time."""
        if self.session is None:
            return
        tables = {table for table, _ in self._touched}
        rows = {row for table, row in self._touched if table in ("submissions", "documents")}
        rows |= self.list.model.holding(rows)
        every = rows | {row for _, row in self._touched}
        self._touched.clear()
        if "segments" in tables:
            self.desk.transcript_grew()
        if tables & {"codings", "codes"}:
            self.themes.show_tree(self.session.project.codebook.tree())
        if rows:
            self.list.change(*self.session.project.evidence.touched(rows))
            self._follow(every)
            self.shown.emit()
        elif "codings" in tables:
            self.list.show_tags(self.session.project.evidence.tags())

    def show_first(self) -> None:
        """Shows the first submission of the list, or what to do where there is none."""
        if self.list.model.views:
            self.desk.show_nothing("Choose a submission from the list.")
            self.list.step(1)
        else:
            self.desk.show_nothing(
                "No evidence yet.\n\nDrop files, e-mails or a folder here.", "Import files…"
            )

    def _follow(self, touched: set[str]) -> None:
        """Shows the chosen submission anew where it is among those touched, or another where it
        has gone."""
        view = self.list.view(self.list.current())
        if view is None:
            self.show_first()
            return
        shown = self.desk.document
        ids = {view.submission.id, *(document.id for document in view.documents)}
        if touched & (ids | ({shown.id} if shown else set())):
            self.desk.show_submission(view)

    def _dropped(self, code_id: str, start: int, end: int) -> None:
        self.desk.reader.select(start, end, reveal=False)
        self._apply(code_id)

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
        picker = Picker(self, self._choices(session), "Recode as which code?")

        def recode(ids: list[str]) -> None:
            code = session.codes[ids[0]]
            self._try(lambda: session.project.codings.recode([coding], code))

        picker.chosen.connect(recode)
        picker.open_at(self._near_selection())

    def _coding_menu(self, ids: list[str], place: QPoint) -> None:
        session = self.session
        if session is None:
            return
        menu = QMenu(self)
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

    def _code_menu(self, code_id: str, place: QPoint) -> None:
        if self.session and code_id in self.session.codes:
            self.menu.open(self.session, self.session.codes[code_id], place, self._try)

    def _move_code(self, code_id: str, parent_id: str) -> None:
        session = self.session
        if session is not None:
            code, parent = session.codes[code_id], session.codes.get(parent_id)
            self._try(lambda: session.project.codebook.move(code, parent))

    def _try(self, act: Callable[[], T]) -> tuple[T, ...]:
        return messages.attempt(self, act)
