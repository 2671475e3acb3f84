"""One finding: the words of the report beside those of the evidence, and what is to be done."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coder.project.checking import Finding, Kind
from coder.ui import theme
from coder.ui.audit.card_look import SIGN
from coder.ui.audit.findings_list import colour_of, sign_of
from coder.ui.session import Session

_GAP = "&nbsp;" * 5
"""Stands, underlined, where the other side has words and this one has none."""

_AROUND = 160
"""Code points of the evidence on either side of the words."""


class FindingView(QWidget):
    """Shows a finding. `jump` asks to see its words in the document, `copy` to have the right
    ones."""

    jump = Signal()
    copy = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._finding: Finding | None = None
        self._session: Session | None = None
        self._sign = QLabel(self)
        self._sign.setFixedWidth(SIGN + 4)
        self._title = QLabel(self)
        self._title.setObjectName("section")
        self._title.setWordWrap(True)
        self._what = QLabel(self)
        self._what.setWordWrap(True)
        self._heads = QLabel(self), QLabel(self)
        self._words = _words_label(self, "Report"), _words_label(self, "Evidence")
        for label in self._heads:
            label.setObjectName("muted")
            label.setWordWrap(True)
        self.go = QPushButton("Show in the document", self)
        self.go.clicked.connect(self.jump)
        self.right = QPushButton("Copy the right words with citation", self)
        self.right.clicked.connect(self.copy)
        self._lay_out()
        self.show_finding(None, None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._sign)
        head.addWidget(self._title, 1)
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        for column, (label, words) in enumerate(zip(self._heads, self._words, strict=True)):
            grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, 1, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 1)
        scroll = QScrollArea(self)
        scroll.setObjectName("clear")
        scroll.setAccessibleName("The report beside the evidence")
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go)
        buttons.addWidget(self.right)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._what)
        layout.addSpacing(6)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)

    def show_finding(self, finding: Finding | None, session: Session | None) -> None:
        """Shows a finding, or an empty panel."""
        self._finding, self._session = finding, session
        there = finding is not None and finding.passage is not None
        for button in (self.go, self.right):
            button.setEnabled(there)
            button.setVisible(finding is not None)
        for label in (self._title, self._what, *self._heads, *self._words):
            label.clear()
        self._sign.clear()
        if finding is None or session is None:
            return
        look = theme.current()
        colour = colour_of(finding, look)
        self._sign.setPixmap(theme.icon(sign_of(finding), colour, SIGN).pixmap(SIGN, SIGN))
        self._title.setText(finding.titles)
        told = [problem.told for problem in finding.problems] + list(finding.remarks)
        self._what.setText("\n".join(told))
        self._what.setVisible(bool(told))
        cited = f" · cites {finding.cited}" if finding.cited else " · cites nothing"
        self._heads[0].setText(f"In the report: {finding.where}{cited}")
        self._words[0].setText(_page(_report(finding, look)))
        self._heads[1].setText(_source(finding))
        self._words[1].setText(_page(self._evidence(finding, session, look)))

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.show_finding(self._finding, self._session)

    def _evidence(self, finding: Finding, session: Session, look: theme.Theme) -> str:
        found = finding.passage
        if found is None:
            return ""
        text = session.project.document(found.document_id).text
        if text[found.start : found.end] != found.words:
            return "<i>The text has been changed since. Check the report again.</i>"
        before, after = around(text, found.start, found.end, _AROUND)
        words = _html(found.words)
        if finding.altered or finding.omits:
            words = " ".join(
                _html(one.evidence)
                if one.same and not one.omitted
                else _set_apart("u", one.evidence, look.accent)
                for one in finding.difference
                if one.evidence or not one.same
            )
        quiet = f"<span style='color:{look.muted}'>{{}}</span>"
        return quiet.format(_html(before)) + words + quiet.format(_html(after))


def around(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """The words before and behind a stretch of a text, at most `reach` code points of each, in
    whole words, with an ellipsis where the text goes on."""
    first, last = max(0, start - reach), min(len(text), end + reach)
    before, after = text[first:start], text[end:last]
    if first:
        before = "… " + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after


def _words_label(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setAccessibleName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _report(finding: Finding, look: theme.Theme) -> str:
    if not finding.altered:
        return _html(finding.text)
    return " ".join(
        _html(one.report) if one.same else _set_apart("s", one.report, look.danger)
        for one in finding.difference
        if one.report or not one.same
    )


def _set_apart(tag: str, words: str, colour: str) -> str:
    """Words that the other side does not have, or the mark of a gap where there are none."""
    if not words:
        return f"<u style='color:{colour}'>{_GAP}</u>"
    return f"<{tag}><b style='color:{colour}'>{_html(words)}</b></{tag}>"


def _source(finding: Finding) -> str:
    found = finding.passage
    if found is None:
        return "In the evidence: nothing like it" * (finding.kind is Kind.NOT_FOUND)
    return f"In the evidence: {found.citation[1:-1]} · {found.document}"


def _page(words: str) -> str:
    return f"<div style='line-height:140%'>{words}</div>"


def _html(words: str) -> str:
    return escape(words).replace("\n", "<br>")
