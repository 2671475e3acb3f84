"""One disagreement: the passage, what each coder put on it, what the codes mean, and the acts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coder.project.settling import Case
from coder.ui.actions import SETTLING
from coder.ui.audit.case_cards import CaseCards
from coder.ui.audit.case_text import CaseText
from coder.ui.audit.case_words import codes_of, decision_of, names_of, told_of
from coder.ui.elided import Elided
from coder.ui.flow import Flow, Snug
from coder.ui.session import Session
from coder.ui.tab_order import tab_through

_KEYS = {act.id: act.keys for act in SETTLING}
_MOST_SIDES = 9
_LONGEST = 34


class CaseView(QWidget):
    """Shows a case. `wanted` gives the id of the act that a button or key asks for; `left` says
    that one is done with writing why."""

    wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.case: Case | None = None
        self._session: Session | None = None
        self._title = QLabel(self)
        self._title.setObjectName("section")
        self._where = Elided("", self)
        self._where.setObjectName("muted")
        self.show_button = self._button("show", "Show in the document")
        self.show_button.setObjectName("flat")
        self.none = QLabel(self)
        self.none.setObjectName("muted")
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before = QLabel(self)
        self.before.setWordWrap(True)
        self.text = CaseText(self)
        self.text.wanted.connect(self.wanted)
        self.cards = CaseCards(self)
        self.why = _Why(self)
        self.why.setPlaceholderText(f"Why? It is kept with the decision ({_KEYS['why']})")
        self.why.setAccessibleName("Why it is settled so")
        self.why.left.connect(self.left)
        self._buttons: list[QPushButton] = []
        self._flow = Flow(6)
        self.acts = Snug(self)
        self.acts.setLayout(self._flow)
        self._lay_out()
        self.show_none("")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._where, 1)
        head.addWidget(self.show_button)
        scroll = self.sides = QScrollArea(self)
        scroll.setObjectName("clear")
        scroll.setAccessibleName("What each coder put, and what the codes mean")
        scroll.setWidget(self.cards)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 10, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.none, 1)
        layout.addWidget(self.before)
        layout.addWidget(self.text, 2)
        layout.addWidget(scroll, 5)
        layout.addWidget(self.why)
        layout.addWidget(self.acts)

    def show_none(self, why: str) -> None:
        """Shows that there is nothing to be settled, and why."""
        self.none.setText(why)
        self.show_case(None, None)

    def show_case(self, case: Case | None, session: Session | None) -> None:
        """Shows a case, or nothing."""
        self.none.setVisible(case is None)
        if case is None or self.case is None or case.id != self.case.id:
            self.why.clear()
        self.case, self._session = case, session
        self._fill_buttons()
        for widget in (self.text, self.sides, self.why, self.acts, self.show_button):
            widget.setVisible(case is not None)
        self.why.setVisible(case is not None and case.open)
        if case is None or session is None:
            self._title.clear()
            self._where.setText("")
            self.before.hide()
            self.cards.clear()
            return
        settling = session.project.settling
        document, citation = settling.context(case)
        self._title.setText(citation[1:-1])
        self._where.setText(f"{case.document} · {told_of(case)}")
        self.before.setText(decision_of(case, session))
        self.before.setVisible(case.decision is not None)
        self.text.show_passage(document.text, case.place.start, case.place.end)
        self.cards.show_case(case, settling.shared(case), session)
        self.sides.verticalScrollBar().setValue(0)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.show_case(self.case, self._session)

    # Below: how it is done

    def _fill_buttons(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        while self._flow.takeAt(0) is not None:
            pass
        if self.case is None or self._session is None:
            return
        for name, words in self._offered(self.case, self._session):
            button = self._button(name, words)
            button.setEnabled(not self._session.project.read_only or name in ("next", "show"))
            self._buttons.append(button)
            self._flow.add(button)
            button.show()
        tab_through([self.show_button, self.text, self.sides, self.why, *self._buttons])
        self._flow.invalidate()

    def _offered(self, case: Case, session: Session) -> list[tuple[str, str]]:
        """The acts that are offered for a case, with the words on their buttons."""
        if not case.open:
            return [("reopen", "Reopen"), ("define", "Into the codebook…"), ("next", "Next")]
        sides = case.place.sides[:_MOST_SIDES]
        accept = []
        for number, side in enumerate(sides, start=1):
            words = f"{names_of(side, session)}: {codes_of(side, session)}"
            if len(words) > _LONGEST:
                words = f"{words[:_LONGEST].rstrip()}…"
            accept.append((f"accept-{number}", words))
        put = sum(bool(side.codings) for side in sides)
        both = [("both", "Keep both" if put == 2 else "Keep all")] if put > 1 else []
        return [
            *accept,
            *both,
            ("recode", "Recode…"),
            ("leave", "Leave it"),
            ("define", "Into the codebook…"),
            ("next", "Next"),
        ]

    def offers(self, name: str) -> bool:
        """Whether an act can be done now."""
        if self.case is None or self._session is None:
            return False
        offered = dict(self._offered(self.case, self._session))
        return name in offered or name == "show" or (name == "why" and self.case.open)

    def _button(self, name: str, words: str) -> QPushButton:
        keys = _KEYS[name].partition(",")[0]
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        written = words.replace("&", "&&")
        button = QPushButton(f"{shown}  {written}" if name != "show" else written, self)
        button.setAccessibleName(f"Accept {words}" if name.startswith("accept") else words)
        button.setToolTip(f"{button.accessibleName()} ({shown})")
        button.setAutoDefault(False)
        button.clicked.connect(partial(self.wanted.emit, name))
        return button


class _Why(QLineEdit):
    """The field for the reason; Enter and Escape leave it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)
