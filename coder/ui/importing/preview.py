"""The preview of an import: what will become which submission, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder import places
from coder.project.evidence import SubmissionView
from coder.project.plan import Fate, Proposal, Thing
from coder.ui import messages
from coder.ui.actions import PREVIEW, shown_keys
from coder.ui.importing import earlier as earlier_
from coder.ui.importing import words
from coder.ui.importing.about import About
from coder.ui.importing.board import Board, Grouping, Reading
from coder.ui.importing.left import LeftTree
from coder.ui.importing.tree import PlanModel
from coder.ui.importing.view import DropStrip, PlanTree
from coder.ui.names import PERMISSIONS, TYPES
from coder.ui.picker import Choice, Picker

_FEW = 40
"""Up to so many submissions, those made of several files are unfolded from the start."""
_NEW = "new"


class PreviewDialog(QDialog):
    """Shows the plan on a board and lets a person change it; accepted when *Import* is pressed.

    `columns_wanted` gives the table whose columns are to be said anew: call `wait_for` before it is
    read and `read_again` when that is done. `earlier` gives the submissions there are already, for
    attaching to one of them.
    """

    columns_wanted = Signal(object)

    def __init__(
        self,
        board: Board,
        parent: QWidget,
        *,
        earlier: Callable[[], Sequence[SubmissionView]] = tuple,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("What will come in")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.board = board
        self.plan = board.plan
        self._earlier = earlier
        self._sure = False
        self._reading: Reading | None = None
        self.headline = QLabel(self)
        self.headline.setObjectName("heading")
        self.headline.setWordWrap(True)
        self.notes = QLabel(self)
        self.notes.setWordWrap(True)
        self.model = PlanModel(self)
        self.tree = PlanTree(self.model, self)
        self.left = LeftTree(self)
        self.about = About(self)
        self.buttons: dict[str, QPushButton] = {}
        self._build()
        self._connect()
        self._restore()
        self._show_all()
        self._unfold_few()
        self.tree.setFocus()

    # Building

    def _build(self) -> None:
        self.grouping = QComboBox(self)
        self.grouping.addItems([str(one) for one in Grouping])
        self.showing = QComboBox(self)
        self.showing.addItems(["Show everything", "Show what needs a look"])
        self.showing.setAccessibleName("Which submissions are shown")
        self.grouping.setAccessibleName("What makes one submission")
        heads = QHBoxLayout()
        column = QVBoxLayout()
        column.addWidget(self.headline)
        column.addWidget(self.notes)
        heads.addLayout(column, 1)
        heads.addWidget(self.grouping, 0, Qt.AlignmentFlag.AlignBottom)
        heads.addWidget(self.showing, 0, Qt.AlignmentFlag.AlignBottom)
        self._empty = QLabel(self)
        self._empty.setObjectName("muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("page")
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._empty)
        self._behind = QWidget(self)
        self._behind_heading = QLabel(self)
        self._behind_heading.setObjectName("section")
        below = QVBoxLayout(self._behind)
        below.setContentsMargins(12, 10, 0, 0)
        below.addWidget(self._behind_heading)
        below.addWidget(self.left, 1)
        self.low = QSplitter(Qt.Orientation.Horizontal, self)
        self.low.addWidget(self.about)
        self.low.addWidget(self._behind)
        self.low.setChildrenCollapsible(False)
        upper = QWidget(self)
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 10)
        above.addWidget(self._stack, 1)
        above.addWidget(self._make_below())
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.addWidget(upper)
        self.split.addWidget(self.low)
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(heads)
        layout.addWidget(self.split, 1)
        layout.addWidget(self._make_ends())

    def _make_below(self) -> QStackedWidget:
        """What stands below the tree: its acts, and while files are dragged, where to drop them for
        a submission of their own."""
        self.below = QStackedWidget(self)
        self.below.addWidget(self._make_acts())
        self.strip = DropStrip(self)
        self.below.addWidget(self.strip)
        self.below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return self.below

    def _make_acts(self) -> QWidget:
        acts = QWidget(self)
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        for act in PREVIEW:
            button = QPushButton(act.title, self)
            button.setAutoDefault(False)
            button.setToolTip(f"{act.title} ({shown_keys(act)})")
            do = getattr(self, f"_do_{act.id.replace('-', '_')}")
            button.clicked.connect(lambda _=False, do=do: do())
            for keys in act.sequences:
                plain = "+" not in act.keys
                shortcut = QShortcut(keys, self.tree if plain else self)
                if plain:
                    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(do)
            self.buttons[act.id] = button
            if act.id == "undo":
                row.addStretch(1)
            row.addWidget(button)
        tables = any(thing.table for thing in self.plan.things)
        self.buttons["columns"].setVisible(tables)
        return acts

    def _make_ends(self) -> QDialogButtonBox:
        ends = QDialogButtonBox(self)
        self.go = ends.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        ends.addButton(QDialogButtonBox.StandardButton.Cancel)
        ends.accepted.connect(self.accept)
        ends.rejected.connect(self.reject)
        go = QShortcut(QKeySequence("Ctrl+Return"), self)
        go.activated.connect(self.go.click)
        return ends

    def _connect(self) -> None:
        self.grouping.activated.connect(self._group)
        self.showing.activated.connect(lambda _: self._show_all())
        self.model.amended.connect(self._amend)
        self.left.chosen.connect(self.about.show_left)
        self.tree.moved.connect(self._move)
        self.tree.dragging.connect(lambda going: self.below.setCurrentIndex(int(going)))
        self.strip.dropped.connect(self.tree.drop_apart)
        self.tree.chosen.connect(self._show_chosen)
        self.tree.customContextMenuRequested.connect(self._open_menu)
        self.about.permission_wanted.connect(
            lambda permission: self._amend(self.tree.chosen_proposals(), "permission", permission)
        )

    # Showing

    def _show_all(self, choose: Sequence[Proposal] = ()) -> None:
        """Shows the plan as it is now, with these submissions chosen; what was unfolded stays so,
        and the place."""
        unfolded = [
            row.proposals()
            for index in self.model.tops()
            if self.tree.isExpanded(index) and (row := self.model.row(index))
        ]
        top = self.tree.verticalScrollBar().value()
        self.model.show(self.plan, only_attention=self.showing.currentIndex() == 1)
        for several in unfolded:
            self._unfold(several)
        self.tree.doItemsLayout()
        self.tree.verticalScrollBar().setValue(top)
        self.tree.choose(choose)
        self.grouping.setCurrentIndex(list(Grouping).index(self.board.grouping))
        self.left.show_plan(self.plan)
        heading = words.heading_of_left(self.plan)
        self._behind_heading.setText(heading)
        self._behind.setVisible(bool(heading))
        self._show_words()
        self._show_chosen()

    def _unfold(self, proposals: Sequence[Proposal]) -> None:
        index = self.model.index_of(proposals[0])
        if not index.isValid():
            return
        if len(proposals) > 1:
            index = index.parent()
        if index.isValid():
            self.tree.setExpanded(index, True)

    def _unfold_few(self) -> None:
        if len(self.plan.proposals) > _FEW:
            return
        for index in self.model.tops():
            row = self.model.row(index)
            if row and row.proposal:
                several = len(row.proposal.things) > 1
                self.tree.setExpanded(index, several or bool(words.problems(row.proposal)))
        first = next(self.model.tops(), None)
        if first is not None:
            self.tree.setCurrentIndex(first)

    def _show_words(self) -> None:
        first, notes = words.headline(self.plan)
        coming = words.coming(self.plan)
        self.headline.setText(first or "Nothing will come in.")
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        self.go.setEnabled(bool(coming))
        self.go.setText(f"Import {coming}".strip())
        look = sum(words.needs_attention(one) for one in self.plan.proposals)
        self.showing.setItemText(1, f"Show what needs a look ({look:,})")
        if not self.plan.proposals:
            self._empty.setText(
                "None of these files makes a submission. Below is why.\n\nMails, Word and PDF"
                " files, texts, recordings, tables of answers, and folders or zip files with any of"
                " these can be imported."
            )
        else:
            self._empty.setText("Nothing needs a look.")
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.buttons["undo"].setEnabled(bool(self.board.undoable))
        self.buttons["undo"].setToolTip(f"Undo {self.board.undoable} (Ctrl+Z)")

    def _show_chosen(self) -> None:
        whole = self.tree.whole_proposals()
        chosen = self.tree.chosen_proposals()
        some = bool(chosen)
        parts = [row for row in self.tree.chosen_rows() if row.thing]
        self.buttons["join"].setEnabled(len(whole) > 1)
        self.buttons["split"].setEnabled(
            bool(parts) or any(len(proposal.things) > 1 for proposal in whole)
        )
        self.buttons["move"].setEnabled(some)
        self.buttons["leave-out"].setEnabled(some)
        out = some and not any(proposal.wanted for proposal in chosen)
        self.buttons["leave-out"].setText("Take in again" if out else "Leave out")
        attached = any(one.into for one in chosen)
        self.buttons["attach"].setEnabled(some and (attached or bool(self._earlier())))
        self.buttons["columns"].setEnabled(self._table_of(self.tree.chosen_things()) is not None)
        letters = self.model.letters_of(chosen[0]) if len(chosen) == 1 else 0
        self.about.show_chosen(chosen, letters)

    # Acts

    def _do_join(self) -> None:
        whole = self.tree.whole_proposals()
        if len(whole) > 1:
            self._show_all([self.board.join(whole)])

    def _do_split(self) -> None:
        whole = self.tree.whole_proposals()
        if whole:
            self._show_all(self.board.split(whole) or whole)
        else:
            self._move(self.tree.chosen_things(), None)

    def _do_move(self) -> None:
        things = self.tree.chosen_things()
        if not things:
            return
        chosen = {id(one) for one in self.tree.whole_proposals()}
        targets = [one for one in self.plan.proposals if id(one) not in chosen]
        choices = [Choice(_NEW, "A new submission")]
        choices += [
            Choice(str(place), words.title_of(one), words.made_of(one))
            for place, one in enumerate(targets)
        ]
        picker = Picker(self, choices, "Move to which submission?")
        picker.chosen.connect(
            lambda ids: self._move(things, None if ids[0] == _NEW else targets[int(ids[0])])
        )
        self._open(picker, "move")

    def _do_attach(self) -> None:
        chosen = self.tree.chosen_proposals()
        if not chosen:
            return
        earlier = self._earlier()
        choices = earlier_.choices(earlier, chosen)
        if any(one.into for one in chosen):
            choices.append(Choice(_NEW, "A new submission of its own"))
        if not choices:
            return
        known = any(earlier_.is_of_sender(view, chosen) for view in earlier)
        picker = Picker(self, choices, "Attach to which earlier submission?", eager=known)
        picker.chosen.connect(
            lambda ids: self._amend(chosen, "into", "" if ids[0] == _NEW else ids[0])
        )
        self._open(picker, "attach")

    def _do_leave_out(self) -> None:
        chosen = self.tree.chosen_proposals()
        self._amend(chosen, "wanted", not any(one.wanted for one in chosen))

    def _do_columns(self) -> None:
        table = self._table_of(self.tree.chosen_things())
        if table is not None:
            self.columns_wanted.emit(table)

    def _do_undo(self) -> None:
        chosen = {id(thing) for thing in self.tree.chosen_things()}
        self.board.undo()
        kept = [
            one for one in self.plan.proposals if any(id(thing) in chosen for thing in one.things)
        ]
        self._show_all(kept)

    def _table_of(self, things: Sequence[Thing]) -> Thing | None:
        """The table that the first of these is, or is a row of; the first table of which nothing
        comes in where there is none."""
        tables = [thing for thing in self.plan.things if thing.table]
        first = things[0] if things else None
        for table in tables:
            if first is table or any(row is first for row in table.holds):
                return table
        return next((table for table in tables if not _comes_in(table)), None)

    def _open(self, picker: Picker, act: str) -> None:
        button = self.buttons[act]
        picker.open_at(button.mapToGlobal(QPoint(0, -picker.height())))

    def _move(self, things: Sequence[Thing], to: Proposal | None) -> None:
        made = self.board.move(things, to)
        if made is not None:
            self._show_all([made])
            self._unfold([made])

    def _amend(self, proposals: Sequence[Proposal], name: str, value: object) -> None:
        if self.board.amend(proposals, name, value):
            self.model.refresh()
            self.tree.viewport().update()
            self._show_words()
            self._show_chosen()

    def _group(self, place: int) -> None:
        self.board.group(list(Grouping)[place])
        self._show_all()
        self._unfold_few()

    def _open_menu(self, place: QPoint) -> None:
        chosen = self.tree.chosen_proposals()
        if not chosen:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in PREVIEW:
            button = self.buttons[act.id]
            if button.isVisible() and button.isEnabled() and act.id != "undo":
                entry = menu.addAction(f"{button.text()}\t{shown_keys(act)}")
                entry.triggered.connect(button.click)
        menu.addSeparator()
        for words_, name, choices in (
            ("Type", "type", TYPES),
            ("Permission", "permission", PERMISSIONS),
        ):
            below = menu.addMenu(words_)
            for value, shown in choices.items():
                below.addAction(shown).triggered.connect(
                    partial(self._amend_chosen, chosen, name, value)
                )
        menu.popup(self.tree.viewport().mapToGlobal(place))

    def _amend_chosen(
        self, chosen: Sequence[Proposal], name: str, value: object, _: bool = False
    ) -> None:
        self._amend(chosen, name, value)

    # Beginning and end

    def wait_for(self, table: Thing) -> None:
        """Lets nothing be changed while this table of the plan is being read anew behind it."""
        self._reading = self.board.about_to_read(table)
        self.setEnabled(False)
        self.notes.setText("Reading the table with these columns …")
        self.notes.show()

    def read_again(self, *, done: bool) -> None:
        """Shows the plan after the table was read anew: an act that can be undone. Where it was not
        `done`, everything stays as it was before."""
        self.setEnabled(True)
        if self._reading is None:
            return
        before, self._reading = self._reading, None
        rows = self.board.was_read(before) if done else self.board.bring_back(before)
        self._show_all(rows[:1])
        self.tree.setFocus()

    def reject(self) -> None:
        """Leaves without importing; asks first where regrouping and amending would be lost."""
        if self.board.changed and not self._sure:
            messages.ask(
                self,
                "Leave without importing?",
                "What you changed in this preview is lost. Nothing has been written.",
                "Leave",
                "Keep looking",
                self.abandon,
            )
        else:
            super().reject()

    def abandon(self) -> None:
        """Leaves without importing and without asking."""
        self._sure = True
        self.reject()

    def done(self, result: int) -> None:
        state = _kept()
        state.setValue("importing/size", self.size())
        state.setValue("importing/split", self.split.saveState())
        state.setValue("importing/low", self.low.saveState())
        state.setValue("importing/columns", self.tree.header().saveState())
        state.sync()
        super().done(result)

    def _restore(self) -> None:
        state = _kept()
        room = self.screen().availableSize() - QSize(40, 80)
        size = state.value("importing/size")
        self.resize((size if isinstance(size, QSize) else QSize(1240, 800)).boundedTo(room))
        self.split.setSizes([520, 220])
        self.low.setSizes([640, 560])
        for name, restore in (
            ("split", self.split.restoreState),
            ("low", self.low.restoreState),
            ("columns", self.tree.header().restoreState),
        ):
            kept = state.value(f"importing/{name}")
            if kept is not None:
                restore(kept)


def _comes_in(table: Thing) -> bool:
    return table.fate is Fate.READY or any(row.fate is Fate.READY for row in table.holds)


def _kept() -> QSettings:
    """Where sizes are kept, beside those of the window."""
    return QSettings(str(places.user_settings() / "window.ini"), QSettings.Format.IniFormat)
