"""All about a code: its name and looks, what it means, its examples, who uses it, its history."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Code
from coder.domain.quotes import Quote
from coder.project.codebook import KEYS, CodeView
from coder.project.codebook_history import CodeChange
from coder.ui import messages
from coder.ui.codebook import colours
from coder.ui.codebook.asking import accept_with_ctrl_enter
from coder.ui.codebook.short_card import used
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

_TEXTS = {
    "definition": "&What it means",
    "use_when": "&Use it when",
    "not_when": "&Do not use it when",
}
_QUOTE = Qt.ItemDataRole.UserRole


class CodeCard(QDialog):
    """The card of one code. What is written is saved as one act; examples are unpinned at once."""

    def __init__(self, session: Session, code: Code, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Code “{code.name}”")
        self._parent = parent
        self._session = session
        self._code = code
        self._colour = code.colour
        self._view = self._as_seen()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 12)
        layout.setSpacing(8)
        layout.addLayout(self._make_head())
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Parts of the card")
        self.tabs.addTab(self._make_meaning(), "Meaning")
        self.tabs.addTab(self._make_examples(), "Examples")
        self.tabs.addTab(self._make_history(), "History")
        layout.addWidget(self.tabs, 1)
        signed = self._session.project.signing.of_codebook()
        if signed:
            self.signed = QLabel(f"{signed[0].what}: {signed[0]}", self)
            self.signed.setObjectName("muted" if signed[0].holds else "danger")
            self.signed.setWordWrap(True)
            layout.addWidget(self.signed)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        accept_with_ctrl_enter(self)
        layout.addWidget(buttons)
        self._show_examples()
        self._show_history()
        self.resize(640, 600)
        self.texts["definition"].setFocus()

    def _make_head(self) -> QVBoxLayout:
        self.name = QLineEdit(self._code.name, self)
        self.name.setAccessibleName("Name of the code")
        font = self.name.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        self.name.setFont(font)
        self.colour = QPushButton(self)
        self.colour.setAutoDefault(False)
        self.palette_menu = QMenu(self.colour)
        colours.fill(self.palette_menu, self._colour, self._choose_colour)
        self.colour.setMenu(self.palette_menu)
        self._choose_colour(self._colour)
        self.key = QComboBox(self)
        self.key.setAccessibleName("Key that applies the code")
        self._fill_keys()
        key_label = QLabel("&Key", self)
        key_label.setBuddy(self.key)
        first = QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addWidget(self.colour)
        first.addWidget(key_label)
        first.addWidget(self.key)
        coders = self._session.project.codebook.coders_of([self._code], self._session.sight)
        where = self._view.path.replace("/", " / ")
        self.about = QLabel(f"{where}\n{used(self._view, coders)}", self)
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout()
        column.addLayout(first)
        column.addWidget(self.about)
        return column

    def _make_meaning(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(2, 10, 2, 4)
        self.texts: dict[str, QPlainTextEdit] = {}
        for name, words in _TEXTS.items():
            edit = self.texts[name] = QPlainTextEdit(getattr(self._code, name), page)
            edit.setObjectName("plain")
            edit.setAccessibleName(words.replace("&", ""))
            edit.setTabChangesFocus(True)
            label = QLabel(words, page)
            label.setBuddy(edit)
            column.addWidget(label)
            column.addWidget(edit)
        return page

    def _make_examples(self) -> QWidget:
        page = QWidget(self)
        self.examples = QListWidget(page)
        self.examples.setObjectName("codes")
        self.examples.setAccessibleName("Examples of this code")
        self.examples.setWordWrap(True)
        self.examples.setSpacing(2)
        self.examples.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.no_examples = QLabel(
            "No example yet.\n\nPut the caret in a tagged passage that shows best what the code"
            " means, and choose Code › Pin as an example of its code.",
            page,
        )
        self.no_examples.setObjectName("muted")
        self.no_examples.setWordWrap(True)
        self.no_examples.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.go_to = QPushButton("Go to it", page)
        self.unpin = QPushButton("Unpin", page)
        row = QHBoxLayout()
        for button, act in ((self.go_to, self._go_to), (self.unpin, self._unpin)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
        row.addStretch(1)
        self.examples.itemActivated.connect(lambda _: self._go_to())
        column = QVBoxLayout(page)
        column.setContentsMargins(2, 10, 2, 4)
        column.addWidget(self.examples, 1)
        column.addWidget(self.no_examples, 1)
        column.addLayout(row)
        return page

    def _make_history(self) -> QWidget:
        self.history = QTextBrowser(self)
        self.history.setAccessibleName("History of this code")
        self.history.setOpenLinks(False)
        self.history.setObjectName("plain")
        self.history.document().setDocumentMargin(10)
        return self.history

    def accept(self) -> None:
        """Saves what was changed; where it is refused, the card stays open."""
        changes = self.changes()
        book = self._session.project.codebook
        if not changes or messages.attempt(self, lambda: book.define(self._code, **changes)):
            super().accept()

    def reject(self) -> None:
        """Closes; where something was changed, asks first."""
        if self.changes():
            messages.ask_to_keep(self, self.accept, super().reject)
        else:
            super().reject()

    def changes(self) -> dict[str, str]:
        """What is different from the code as it was opened, by the names of the record."""
        said = {
            "name": self.name.text().strip(),
            "colour": self._colour,
            "key": self.key.currentData(),
            **{name: edit.toPlainText().strip() for name, edit in self.texts.items()},
        }
        return {name: text for name, text in said.items() if text != getattr(self._code, name)}

    # Below: how its parts are filled

    def _as_seen(self) -> CodeView:
        tree = self._session.project.codebook.tree(self._session.sight)
        return next(view for view in tree if view.code.id == self._code.id)

    def _choose_colour(self, colour: str) -> None:
        self._colour = colour
        self.colour.setIcon(colours.swatch(colour))
        self.colour.setIconSize(QSize(16, 16))
        self.colour.setText(colour or "no colour")
        self.colour.setAccessibleName(f"Colour: {colour}")

    def _fill_keys(self) -> None:
        """Every key, with the code that would lose it."""
        owners = {code.key: code.name for code in self._session.codes.values() if code.key}
        self.key.addItem("none", "")
        for key in KEYS:
            owner = owners.get(key, "")
            taken = f"  (of “{owner}” now)" if owner and key != self._code.key else ""
            self.key.addItem(f"{key}{taken}", key)
        self.key.setCurrentIndex(max(0, self.key.findData(self._code.key)))
        self.key.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.key.setMinimumContentsLength(5)
        self.key.view().setMinimumWidth(220)

    def _show_examples(self) -> None:
        book = self._session.project.codebook
        self._code_now = self._session.codes.get(self._code.id, self._code)
        found = book.examples([self._code_now])[self._code.id]
        seen = {one.id for one in self._session.visible(book.codings(self._code_now))}
        self.examples.clear()
        for quote in found:
            if quote.id in seen:
                item = QListWidgetItem(_shown(quote), self.examples)
                item.setData(_QUOTE, quote)
        self.examples.setCurrentRow(0)
        there = bool(self.examples.count())
        self.examples.setVisible(there)
        self.no_examples.setVisible(not there)
        self.go_to.setEnabled(there)
        self.unpin.setEnabled(there)
        self.tabs.setTabText(1, f"Examples ({self.examples.count()})" if there else "Examples")

    def _show_history(self) -> None:
        changes = self._session.project.codebook.history(self._code, self._session.sight)
        self.history.setHtml("".join(map(_told, changes)))
        self.tabs.setTabText(2, f"History ({len(changes)})")

    def _chosen(self) -> Quote | None:
        item = self.examples.currentItem()
        return item.data(_QUOTE) if item else None

    def _go_to(self) -> None:
        """Saves what was written and shows the example in its text."""
        quote = self._chosen()
        if quote is None:
            return
        self.accept()
        if self.result() == QDialog.DialogCode.Accepted:
            window = cast("Window", self._parent.window())
            window.show_passage(quote.submission_id, quote.document_id, quote.start, quote.end)

    def _unpin(self) -> None:
        quote = self._chosen()
        coding = self._session.project.codings.find(quote.id) if quote else None
        if coding is not None:
            book = self._session.project.codebook
            messages.attempt(self, lambda: book.unpin(coding))
        self._show_examples()
        self._show_history()


def _shown(quote: Quote) -> str:
    return f"“{' '.join(quote.quote.split())}”\n{quote.citation} · tagged by {quote.coder}"


def _told(change: CodeChange) -> str:
    when = datetime.fromisoformat(change.at).astimezone()
    turned = f" · {change.turned}" if change.turned else ""
    head = f"{when.day} {when:%B %Y}, {when:%H:%M} · {change.coder}{turned}"
    lines = "<br>".join(escape(line).replace("\n", "<br>") for line in change.lines)
    return f'<p style="margin:0 0 10px 0"><b>{escape(head)}</b><br>{lines}</p>'
