"""One step of the trail: each of its changes, what stood there before and after, and where to
look."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from coder.domain.dates import moment_shown
from coder.project.trail import MOST, Line, Told
from coder.ui import theme
from coder.ui.elided import Elided


class StepView(QWidget):
    """Shows a step. `go` asks for the place of a change, `was_wanted` for what stood there after
    the step: a submission's id, empty for the codebook, and the number of the step."""

    go = Signal(object)
    was_wanted = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._line: Line | None = None
        self._told: Sequence[Told] = ()
        self._who = QLabel(self)
        self._who.setObjectName("section")
        self._when = Elided("", self)
        self._when.setObjectName("muted")
        self.words = QTextBrowser(self)
        self.words.setObjectName("plain")
        self.words.setAccessibleName("What this step changed")
        self.words.setOpenLinks(False)
        self.words.document().setDocumentMargin(12)
        self.words.anchorClicked.connect(self._clicked)
        self.show_in = QPushButton("Show in the evidence", self)
        self.show_in.setToolTip("Go to the passage or document (Enter in the list)")
        self.show_in.clicked.connect(self.go_there)
        self.was = QPushButton("As it was then…", self)
        self.was.setToolTip("What stood there right after this step, and what is different now")
        self.was.clicked.connect(self._ask_was)
        row = QHBoxLayout()
        row.addWidget(self.show_in)
        row.addWidget(self.was)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 14, 12)
        layout.setSpacing(6)
        layout.addWidget(self._who)
        layout.addWidget(self._when)
        layout.addWidget(self.words, 1)
        layout.addLayout(row)
        self.show_step(None, ())

    def show_step(self, line: Line | None, told: Sequence[Told]) -> None:
        """Shows a step with its changes, or nothing."""
        self._line, self._told = line, told
        for widget in (self._who, self._when, self.words, self.show_in, self.was):
            widget.setVisible(line is not None)
        if line is None:
            return
        self._who.setText(line.coder)
        self._when.setText(f"{moment_shown(line.at)} · {_steps(line)} · {line.label}")
        self.words.setHtml(_page(line, told))
        self.show_in.setEnabled(self._place() is not None)
        self.was.setEnabled(self._of() is not None)

    def go_there(self) -> None:
        """Goes to the first place that the step names."""
        place = self._place()
        if place is not None:
            self.go.emit(place)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.show_step(self._line, self._told)

    def _place(self) -> Told | None:
        return next((one for one in self._told if one.submission_id), None)

    def _of(self) -> str | None:
        """What the step changed: a submission's id, or nothing for the codebook."""
        place = self._place()
        if place is not None:
            return place.submission_id
        return "" if any(" the code “" in one.words for one in self._told) else None

    def _ask_was(self) -> None:
        of = self._of()
        if of is not None and self._line is not None:
            self.was_wanted.emit(of, self._line.seq)

    def _clicked(self, link: QUrl) -> None:
        self.go.emit(self._told[int(link.toString())])


def told_html(told: Told, look: theme.Theme, link: str = "") -> str:
    """A change in words, with what stood there before and after below it."""
    words = escape(f"{told.words[:1].upper()}{told.words[1:]}")
    if link and told.submission_id:
        go = f"<a href='{link}' style='color:{look.accent}; text-decoration:none'>Show</a>"
        words = f"{words} &nbsp;{go}"
    parts = [f"<p style='margin:0 0 4px 0'>{words}</p>"]
    if told.before and told.after:
        parts += [
            _side("Before", told.before, look, look.muted),
            _side("After", told.after, look, look.text),
        ]
    elif told.before or told.after:
        parts.append(_side("", told.before or told.after, look, look.muted))
    return f"<div style='margin:0 0 14px 0'>{''.join(parts)}</div>"


def _steps(line: Line) -> str:
    """Which steps of this copy these are."""
    if line.seq < 0:
        return "in another copy"
    return f"steps {line.seq:,} and after" if line.steps > 1 else f"step {line.seq:,}"


def _side(name: str, words: str, look: theme.Theme, colour: str) -> str:
    said = escape(words).replace("\n", "<br>")
    head = f"<span style='color:{look.muted}'>{name}&nbsp; </span>" if name else ""
    return f"<p style='margin:0 0 4px 16px; line-height:130%; color:{colour}'>{head}{said}</p>"


def _page(line: Line, told: Sequence[Told]) -> str:
    look = theme.current()
    if line.erased and not told:
        return "<p>What this step changed has been withdrawn since, and its content erased.</p>"
    if not told:
        return f"<p>{escape(line.words)}</p>"
    shown = "".join(told_html(one, look, str(number)) for number, one in enumerate(told))
    hidden = line.number - len(told)
    if line.steps == 1 and hidden > 0:
        what = "change" if hidden == 1 else "changes"
        why = (
            "are not told one by one"
            if line.number > MOST
            else "went along with it: files, places and numbers"
        )
        shown += f"<p style='color:{look.muted}'>{hidden:,} more {what} {why}.</p>"
    return shown
