"""The codebook beside the text: themes and codes with their keys and counts, and what they mean."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Coding
from coder.project import StepDone
from coder.project.codebook import CodeView
from coder.project.codebook_order import Shift
from coder.ui import looking, trees
from coder.ui.codebook.acts import CodeActs
from coder.ui.codebook.files import CodebookChores
from coder.ui.codebook.menu import open_menu
from coder.ui.codebook.row import VIEW
from coder.ui.codebook.short_card import ShortCard
from coder.ui.codebook.tree import CodeTree, code_id
from coder.ui.looking import Look
from coder.ui.session import Session

SOON_MS = 60
"""How long the tree waits for more to change before it is read again."""

_NONE_YET = (
    "No themes yet.\n\nPress Ctrl+Shift+N to make the first, or select words in the text and press"
    " V: they become a code.\n\nA codebook from Word, a table or Markdown comes in by File › Import"
    " a codebook…"
)


class Themes(QWidget):
    """The tree with a field to find in it, and the card of the chosen code below.

    `applied` gives a code to put on the selection, `note` a line for the status bar.
    """

    applied = Signal(str)
    note = Signal(str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.session: Session | None = None
        self.acts = CodeActs(self)
        self.chores = CodebookChores(self)
        self._look = Look(self, "Counting the tags", self.show_tree)
        self._made: set[str] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._later.timeout.connect(self.refresh)
        self._build()
        self._connect()
        self.show_tree([])

    def _build(self) -> None:
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find a code")
        self.field.setAccessibleName("Find a code")
        self.field.setClearButtonEnabled(True)
        self._legend = QLabel("tags in submissions", self)
        self._legend.setObjectName("muted")
        self._legend.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._legend.setContentsMargins(0, 0, 10, 0)
        small = self._legend.font()
        small.setPointSizeF(small.pointSizeF() * 0.85)
        self._legend.setFont(small)
        self.tree = CodeTree(self)
        self.none = QLabel(_NONE_YET, self)
        self.none.setObjectName("muted")
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.setContentsMargins(12, 0, 12, 0)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self.none)
        self.card = ShortCard(self)
        self._add = QPushButton("Add a code…", self)
        self._add.setObjectName("flat")
        self._add.setToolTip("Below the chosen code with Ctrl+Shift+N in the tree")
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 6, 8)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self._legend)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.card)
        layout.addLayout(row)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.tree.narrow)
        self.tree.itemActivated.connect(lambda item: self.applied.emit(code_id(item)))
        self.tree.currentItemChanged.connect(lambda *_: self._describe())
        self.tree.taken.connect(self.applied)
        self.tree.moved.connect(self.acts.move)
        self.tree.renamed.connect(self.acts.rename)
        self.tree.wanted.connect(self._want)
        self.tree.menu_wanted.connect(self._open_menu)
        self._add.clicked.connect(self.add_code)
        self.card.more.connect(self.open_card)
        self.acts.made.connect(self._show_made)
        self.acts.note.connect(self.note)
        self.chores.note.connect(self.note)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = self.acts.session = self.chores.session = session
        self.refresh()
        if session:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Reads the codebook again; the codings counted are those that are to be seen."""
        self._later.stop()
        if self.session is None:
            self._look.drop()
            self.show_tree([])
            return
        project, sight = self.session.project, self.session.sight
        long = project.evidence.count() > looking.SHORT
        read = self._look.beside if long else self._look.at_once
        read(lambda: project.codebook.tree(sight))

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "codebook": self.open_card,
            "add-code": self.add_code,
            **self.chores.does(),
        }

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.tree.viewport().update()

    def show_tree(self, views: list[CodeView]) -> None:
        """Shows the codebook as it is now, keeping what is chosen and folded."""
        self.tree.show_tree(views)
        self.tree.narrow(self.field.text())
        self._choose_made(views)
        self._pages.setCurrentWidget(self.tree if views else self.none)
        self._legend.setVisible(any(view.codings for view in views))
        self._describe()

    def current(self) -> str:
        """The id of the chosen code, or nothing."""
        return self.tree.current()

    def open_card(self) -> None:
        """Shows all about the chosen code; of the first where none is chosen."""
        first = self.tree.topLevelItem(0)
        if first is not None and not self.current():
            self.tree.setCurrentItem(first)
        if self.current():
            self.acts.open_card(self.current())
        else:
            self.note.emit("There is no code yet. Ctrl+Shift+N makes one.")

    def add_code(self) -> None:
        """Asks for a new code, on top or at a path."""
        self.acts.add()

    def pin(self, coding: Coding | None) -> None:
        """Makes a tag an example of its code."""
        self.acts.pin(coding)

    def _changed(self, step: StepDone) -> None:
        if self.session and step.kind == "act" and step.coder_id == self.session.project.coder.id:
            known = {code_id(item) for item in trees.walk(self.tree)}
            self._made |= step.rows("codes") - known
        if step.touches("codes", "codings", "readings") and not self._later.isActive():
            self._later.start()

    def _choose_made(self, views: list[CodeView]) -> None:
        """Chooses the code that the coder has just made, and brings it into view; where several
        were, as from a file, none of them."""
        made = [view.code for view in views if view.code.id in self._made]
        above = {code.parent_id for code in made}
        lowest = [code.id for code in made if code.id not in above]
        if made:
            self._made = set()
        if len(lowest) == 1:
            self.tree.choose(lowest[0])

    def _want(self, act: str) -> None:
        """Does what a key in the tree asks for."""
        if act == "add":
            self.acts.add(self.current())
        elif act == "delete":
            self.acts.ask_delete(self.tree.chosen())
        elif self.current():
            self.acts.shift(self.current(), Shift(act))
            self.refresh()

    def _show_made(self, made: str) -> None:
        self.refresh()
        self.tree.choose(made)

    def _open_menu(self, place: QPoint) -> None:
        ids = self.tree.chosen()
        if ids and self.session is not None:
            open_menu(self.acts, ids, self.tree.rename_current, place, self)

    def _describe(self) -> None:
        """Shows what the chosen code means."""
        item, session = self.tree.currentItem(), self.session
        self.card.setVisible(item is not None)
        if item is None:
            return
        view: CodeView = item.data(0, VIEW)
        if session is None:
            self.card.show_code(view, {}, [])
            return
        book = session.project.codebook
        coders = book.coders_of([view.code], session.sight) if view.codings else {}
        found = book.examples([view.code])[view.code.id] if view.code.examples else []
        seen = [one for one in found if self._sees(one.id)]
        self.card.show_code(view, coders, seen)

    def _sees(self, coding_id: str) -> bool:
        """Whether a coding is to be seen by who codes here."""
        session = self.session
        coding = session.project.codings.find(coding_id) if session else None
        return session is not None and coding is not None and session.sees(coding)
