"""Asks what a new inquiry is: title, prefix, closing date, and the themes, shown for editing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.citation import reference, valid_prefix
from coder.domain.dates import day_of
from coder.domain.draft import DraftCode
from coder.domain.errors import EvidenceError
from coder.project import calls
from coder.ui import trees

_DRAFT = Qt.ItemDataRole.UserRole
CALLS = "Calls for evidence (*.docx *.pdf *.txt *.md);;All files (*)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for."""

    folder: Path
    title: str
    prefix: str
    closes: str
    codes: tuple[DraftCode, ...]


class NewInquiryDialog(QDialog):
    """A form; nothing is made before *Make the inquiry* is pressed. `wanted` holds the answer."""

    def __init__(self, home: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("New inquiry")
        self._home = home
        self.wanted: Wanted | None = None
        self.title = QLineEdit(self)
        self.title.setPlaceholderText("Building strong, connected communities")
        self.prefix = QLineEdit("SIC", self)
        self.prefix.setMaxLength(8)
        self._example = QLabel(self)
        self._example.setObjectName("muted")
        self.closes = QLineEdit(self)
        self.closes.setPlaceholderText("18 September 2020, or leave empty")
        self.folder = QLineEdit(self)
        choose = QPushButton("Choose…", self)
        choose.clicked.connect(self._choose_folder)
        form = QFormLayout()
        form.addRow("&Title", self.title)
        form.addRow(
            _named("&References begin with", self.prefix), _beside(self.prefix, self._example)
        )
        form.addRow("&Closing date", self.closes)
        form.addRow(_named("&Folder", self.folder), _beside(self.folder, choose))
        self.problem = QLabel(self)
        self.problem.setObjectName("danger")
        self.problem.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        make = buttons.addButton("Make the inquiry", QDialogButtonBox.ButtonRole.AcceptRole)
        make.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._make)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addLayout(self._make_themes())
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        for field in (self.title, self.prefix, self.closes, self.folder):
            field.textChanged.connect(lambda _: self.problem.clear())
        self.title.textEdited.connect(self._name_folder)
        self.prefix.textChanged.connect(lambda _: self._show_example())
        self._show_example()
        self._name_folder("")
        self.resize(680, 620)

    def _make_themes(self) -> QVBoxLayout:
        heading = QLabel("Themes and questions", self)
        heading.setObjectName("section")
        about = QLabel(
            "Take them from the call for evidence, then change what you like: double-click or F2"
            " renames, Delete removes. More can be added at any time.",
            self,
        )
        about.setObjectName("muted")
        about.setWordWrap(True)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("Themes and questions")
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        remove = QShortcut(QKeySequence.StandardKey.Delete, self.tree)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self._remove)
        row = QHBoxLayout()
        for words, act in (
            ("From a call for evidence…", self._from_call),
            ("Use the ready themes", lambda: self.show_codes(calls.template_themes())),
            ("Add", self._add),
            ("Remove", self._remove),
        ):
            button = QPushButton(words, self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
        layout = QVBoxLayout()
        layout.addWidget(heading)
        layout.addWidget(about)
        layout.addLayout(row)
        layout.addWidget(self.tree, 1)
        return layout

    def show_codes(self, codes: Sequence[DraftCode]) -> None:
        """Shows these themes for editing, in place of those shown."""
        self.tree.clear()

        def grow(draft: DraftCode, above: QTreeWidgetItem | QTreeWidget) -> None:
            item = QTreeWidgetItem(above)
            item.setText(0, draft.name)
            item.setToolTip(0, draft.definition)
            item.setData(0, _DRAFT, draft)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            for child in draft.children:
                grow(child, item)

        for draft in codes:
            grow(draft, self.tree)
        self.tree.expandAll()

    def read_call(self, path: Path) -> None:
        """Shows the themes of a call for evidence; a call without any is told in a sentence."""
        try:
            self.show_codes(calls.themes_from_call(path))
            self.problem.clear()
        except EvidenceError as problem:
            self.problem.setText(str(problem))

    def codes(self) -> tuple[DraftCode, ...]:
        """The themes as edited."""

        def read(item: QTreeWidgetItem) -> DraftCode:
            draft: DraftCode | None = item.data(0, _DRAFT)
            children = tuple(read(child) for child in trees.children(item))
            name = item.text(0).strip().replace("/", "-")
            if draft is None:
                return DraftCode(name, children=children)
            return DraftCode(name, draft.definition, draft.use_when, draft.not_when, children)

        return tuple(read(item) for item in trees.tops(self.tree) if item.text(0).strip())

    def _from_call(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Call for evidence", "", CALLS)
        if path:
            self.read_call(Path(path))

    def _add(self) -> None:
        above = self.tree.currentItem()
        item = QTreeWidgetItem(above) if above else QTreeWidgetItem(self.tree)
        item.setText(0, "New theme" if above is None else "New code")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        if above:
            above.setExpanded(True)
        self.tree.setCurrentItem(item)
        self.tree.editItem(item)

    def _remove(self) -> None:
        item = self.tree.currentItem()
        if item is None:
            return
        above = item.parent()
        if above:
            above.removeChild(item)
        else:
            self.tree.takeTopLevelItem(self.tree.indexOfTopLevelItem(item))

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "Folder for the inquiry", str(self._home))
        if path:
            self.folder.setText(path)

    def _name_folder(self, title: str) -> None:
        words = "".join(c if c.isalnum() or c in " -" else " " for c in title).split()
        self.folder.setText(str(self._home / (" ".join(words)[:60] or "New inquiry")))

    def _show_example(self) -> None:
        prefix = self.prefix.text().upper()
        good = valid_prefix(prefix)
        self._example.setText(
            f"The first submission will be {reference(prefix, 1)}"
            if good
            else "One to eight letters or digits"
        )

    def _make(self) -> None:
        words = self.closes.text().strip()
        closes = day_of(words)
        prefix = self.prefix.text().strip().upper()
        if not self.title.text().strip():
            self.problem.setText("Give the inquiry a title.")
            self.title.setFocus()
        elif not valid_prefix(prefix):
            self.problem.setText("References need one to eight letters or digits to begin with.")
            self.prefix.setFocus()
        elif words and closes is None:
            self.problem.setText(f"“{words}” is not a date. Write it as 18 September 2020.")
            self.closes.setFocus()
        else:
            folder = Path(self.folder.text()).expanduser()
            until = closes.isoformat() if closes else ""
            self.wanted = Wanted(folder, self.title.text().strip(), prefix, until, self.codes())
            self.accept()


def _named(words: str, field: QWidget) -> QLabel:
    """A label whose underlined letter leads to the field, which shares its row with another."""
    label = QLabel(words)
    label.setBuddy(field)
    return label


def _beside(one: QWidget, other: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(one, 1)
    row.addWidget(other)
    return row
