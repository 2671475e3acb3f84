"""Asks for social posts: one as a form, or several as they were copied from a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from coder.domain.dates import day_of
from coder.domain.model import DocumentKind
from coder.domain.text import counted
from coder.project.plan import Proposal
from coder.ui.importing import words

SOON_MS = 500
"""How long typing rests before what was pasted is looked through."""

_MANY = 200


class PostsDialog(QDialog):
    """Takes posts as text. `look_wanted` asks for what was pasted to be looked through, for
    `show_found`; when it is accepted, `text` and `name` are what to import."""

    look_wanted = Signal(str)

    def __init__(self, parent: QWidget, pasted: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Add social posts")
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("One post, or several")
        self.tabs.addTab(self._make_one(), "One post")
        self.tabs.addTab(self._make_several(), "Several, as copied")
        self.problem = QLabel(self)
        self.problem.setObjectName("danger")
        self.problem.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        go = buttons.addButton("Continue", QDialogButtonBox.ButtonRole.AcceptRole)
        go.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._check)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._later.timeout.connect(self._look)
        self.pasted.textChanged.connect(self._later.start)
        if pasted:
            self.tabs.setCurrentIndex(1)
            self.pasted.setPlainText(pasted)
        self.resize(640, 560)

    @property
    def text(self) -> str:
        """What to import: the posts as pasted, or the one of the form as a table of a row."""
        if self._several:
            return self.pasted.toPlainText()
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(("Author", "Time", "Text", "Link"))
        words_ = self.when.text().strip()
        day = day_of(words_)
        when = day.isoformat() if day else words_
        said = self.said.toPlainText().strip()
        writer.writerow((self.author.text().strip(), when, said, self.link.text().strip()))
        return table.getvalue()

    @property
    def name(self) -> str:
        """What the file is called that keeps them."""
        return "pasted posts.txt" if self._several else "post.csv"

    @property
    def _several(self) -> bool:
        return self.tabs.currentIndex() == 1

    def show_found(self, proposals: Sequence[Proposal]) -> None:
        """Shows what was recognised in the pasted text."""
        self.found.clear()
        posts = [
            (proposal, outline)
            for proposal in proposals
            for outline in words.outlines(proposal)
            if outline.kind is DocumentKind.POST
        ]
        for proposal, outline in posts[:_MANY]:
            day = words.day_shown(proposal.received)
            who = proposal.respondent or proposal.organisation or outline.title
            self.found.addItem(" · ".join(filter(None, (who, day, words.size_of(outline)))))
        if posts:
            self.recognised.setText(f"{counted(len(posts), 'post')} recognised:")
        elif self.pasted.toPlainText().strip():
            self.recognised.setText(
                "No posts were recognised: each must begin with a line such as “Ada Lovell"
                " @ada · 12 May 2020”. As it stands it comes in as one text."
            )
        else:
            self.recognised.setText("What is recognised shows here.")

    def _make_one(self) -> QWidget:
        page = QWidget(self)
        self.author = QLineEdit(page)
        self.author.setPlaceholderText("@name, or a name")
        self.when = QLineEdit(page)
        self.when.setPlaceholderText("12 May 2020")
        self.link = QLineEdit(page)
        self.link.setPlaceholderText("https://… or leave empty")
        self.said = QPlainTextEdit(page)
        self.said.setObjectName("plain")
        self.said.setTabChangesFocus(True)
        form = QFormLayout(page)
        form.setContentsMargins(4, 14, 4, 4)
        form.addRow("&Author", self.author)
        form.addRow("&When", self.when)
        form.addRow("&Link", self.link)
        form.addRow("&Text", self.said)
        return page

    def _make_several(self) -> QWidget:
        page = QWidget(self)
        about = QLabel("&Paste the posts here as they were copied from the page:", page)
        self.pasted = QPlainTextEdit(page)
        self.pasted.setObjectName("plain")
        self.pasted.setTabChangesFocus(True)
        about.setBuddy(self.pasted)
        self.recognised = QLabel("What is recognised shows here.", page)
        self.recognised.setObjectName("muted")
        self.recognised.setWordWrap(True)
        self.found = QListWidget(page)
        self.found.setAccessibleName("Posts that were recognised")
        self.found.setMaximumHeight(150)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(4, 14, 4, 4)
        layout.addWidget(about)
        layout.addWidget(self.pasted, 1)
        layout.addWidget(self.recognised)
        layout.addWidget(self.found)
        return page

    def _look(self) -> None:
        if self.pasted.toPlainText().strip():
            self.look_wanted.emit(self.pasted.toPlainText())
        else:
            self.show_found(())

    def _check(self) -> None:
        """Accepts what is complete; what is missing is told below."""
        text = self.pasted if self._several else self.said
        when = self.when.text().strip()
        if not text.toPlainText().strip():
            self.problem.setText("There is no text yet.")
            text.setFocus()
        elif not self._several and when and day_of(when) is None:
            self.problem.setText(f"“{when}” is not a date. Write it as 12 May 2020.")
            self.when.setFocus()
        else:
            self.accept()
