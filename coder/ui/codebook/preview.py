"""What taking in a codebook file would do, code by code, before it is done."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.codebook_file import TEXTS
from coder.domain.text import counted
from coder.project.codebook_files import CodebookPlan, Fate, Proposal
from coder.ui import trees
from coder.ui.codebook.colours import swatch

_PROPOSAL = Qt.ItemDataRole.UserRole
_FATES = {
    Fate.NEW: "is added",
    Fate.FILLS: "fills what is not written here yet",
    Fate.DIFFERS: "differs: tick to take theirs",
    Fate.SAME: "is here already",
}


class CodebookPreview(QDialog):
    """The codes of a file as a tree to be ticked, with both wordings of the one at hand below.
    `wanted` gives the paths that are ticked; the dialog stays until it is closed."""

    wanted = Signal(set)

    def __init__(self, plan: CodebookPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Import the codebook “{plan.name}”")
        self.plan = plan
        self._build()
        self._fill()
        self._tell()
        self.resize(760, 640)
        self.tree.setFocus()

    def _build(self) -> None:
        lead = QLabel(_summary(self.plan), self)
        lead.setObjectName("section")
        lead.setWordWrap(True)
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("codes")
        self.tree.setAccessibleName("Codes of the file")
        self.tree.setHeaderLabels(["Code", "What happens"])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.setUniformRowHeights(True)
        self.tree.itemChanged.connect(lambda *_: self._tell())
        self.tree.currentItemChanged.connect(lambda *_: self._compare())
        self.both = QTextBrowser(self)
        self.both.setObjectName("plain")
        self.both.document().setDocumentMargin(10)
        self.both.setAccessibleName("What is written of this code here and in the file")
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.tree)
        split.addWidget(self.both)
        split.setSizes([380, 170])
        split.setChildrenCollapsible(False)
        self.theirs = QCheckBox("Take &theirs wherever the two differ", self)
        self.theirs.setVisible(bool(self.plan.count(Fate.DIFFERS)))
        self.theirs.toggled.connect(self._take_theirs)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = buttons.addButton("Import", QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setDefault(True)
        self.go.clicked.connect(lambda: self.wanted.emit(self.chosen()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.addWidget(lead)
        layout.addWidget(split, 1)
        layout.addWidget(self.theirs)
        layout.addWidget(buttons)

    def chosen(self) -> set[str]:
        """The paths of the codes that are ticked."""
        return {
            item.data(0, _PROPOSAL).entry.path
            for item in trees.walk(self.tree)
            if item.checkState(0) is Qt.CheckState.Checked and _can_be_taken(item)
        }

    def _fill(self) -> None:
        usual = self.plan.usual()
        self.tree.blockSignals(True)
        items: dict[str, QTreeWidgetItem] = {}
        for one in self.plan.proposals:
            path = one.entry.path
            above = items.get(path.rpartition("/")[0].casefold())
            item = QTreeWidgetItem(above) if above else QTreeWidgetItem(self.tree)
            item.setText(0, one.entry.name if above else one.entry.shown_path)
            item.setText(1, _FATES[one.fate])
            item.setData(0, _PROPOSAL, one)
            item.setIcon(0, swatch(one.mine.colour if one.mine else one.entry.colour))
            item.setToolTip(0, one.entry.shown_path)
            if one.fate is Fate.SAME:
                item.setForeground(0, self.palette().placeholderText())
                item.setForeground(1, self.palette().placeholderText())
            else:
                state = Qt.CheckState.Checked if path in usual else Qt.CheckState.Unchecked
                item.setCheckState(0, state)
            items[path.casefold()] = item
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self.tree.setCurrentItem(_first_of_interest(self.tree))

    def _take_theirs(self, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        for item in trees.walk(self.tree):
            if item.data(0, _PROPOSAL).fate is Fate.DIFFERS:
                item.setCheckState(0, state)

    def _tell(self) -> None:
        number = len(self.chosen())
        self.go.setEnabled(number > 0)
        self.go.setText(f"Import {counted(number, 'code')}" if number else "Import")

    def _compare(self) -> None:
        item = self.tree.currentItem()
        self.both.setHtml(_both(item.data(0, _PROPOSAL)) if item else "")


def _can_be_taken(item: QTreeWidgetItem) -> bool:
    return item.data(0, _PROPOSAL).fate is not Fate.SAME


def _first_of_interest(tree: QTreeWidget) -> QTreeWidgetItem:
    """The first code whose wording differs, else the first of all."""
    items = list(trees.walk(tree))
    return next((i for i in items if i.data(0, _PROPOSAL).fate is Fate.DIFFERS), items[0])


def _summary(plan: CodebookPlan) -> str:
    new, same = plan.count(Fate.NEW), plan.count(Fate.SAME)
    fills, differs = plan.count(Fate.FILLS), plan.count(Fate.DIFFERS)
    parts = [
        f"{counted(new, 'code')} to add" if new else "",
        f"{counted(fills, 'code')} of yours to fill in" if fills else "",
        f"{counted(differs, 'code says', 'codes say')} something else" if differs else "",
        f"{counted(same, 'code is', 'codes are')} here already" if same else "",
    ]
    return ", ".join(filter(None, parts)).capitalize() + "."


def _both(one: Proposal) -> str:
    """What is written here and there, where either says something."""
    parts = [f"<h4>{escape(one.entry.shown_path)}</h4>"]
    for name, words in TEXTS.items():
        theirs = getattr(one.entry, name)
        mine = getattr(one.mine, name) if one.mine else ""
        if mine and theirs and mine != theirs:
            parts += [_said(f"{words}, here", mine), _said(f"{words}, in the file", theirs)]
        elif theirs and one.mine and not mine:
            parts.append(_said(f"{words}, from the file", theirs))
        elif mine or theirs:
            parts.append(_said(words, mine or theirs))
    if len(parts) == 1:
        parts.append("<p><i>The file says nothing more about this code.</i></p>")
    return "".join(parts)


def _said(words: str, text: str) -> str:
    said = escape(text).replace("\n", "<br>")
    return f'<p style="margin:0 0 6px 0"><b>{escape(words)}:</b> {said}</p>'
