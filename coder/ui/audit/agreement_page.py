"""The page that tells how far coders agree: who is compared on what, and the figures."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from coder.domain.agreement_words import NOUNS, alike, headline, tally
from coder.domain.codes import children_of
from coder.domain.errors import EvidenceError
from coder.domain.text import listed
from coder.jobs import Progress
from coder.project import StepDone
from coder.project.agreement import (
    AgreementOptions,
    AgreementReport,
    CoderChoice,
    SubmissionChoice,
    Unit,
)
from coder.ui.audit.agreement_detail import AgreementDetail
from coder.ui.audit.agreement_table import (
    CODES,
    ORDERS,
    STANDING,
    SUBMISSIONS,
    VIEWS,
    AgreementTable,
)
from coder.ui.audit.disagreements_page import Wanted
from coder.ui.audit.parts import Outdated, advance, put_in_middle
from coder.ui.audit.which_submissions import WhichSubmissions
from coder.ui.elided import Elided
from coder.ui.quotes.several import Several
from coder.ui.session import Session

_TABLES = ("codings", "codes", "readings", "documents", "segments", "submissions", "coders")
"""A change of these may change figures."""

_SOON = 250
"""So many milliseconds after the last choice coders are compared."""


@dataclass(frozen=True, slots=True)
class Look:
    """Who can be compared, the submissions that two or more have coded, and what came of comparing:
    a report, or why there is none."""

    coders: list[CoderChoice]
    twice: list[SubmissionChoice]
    report: AgreementReport | None
    problem: EvidenceError | None = None


class AgreementPage(QWidget):
    """Shows agreement. `compare_wanted` asks to compare what is chosen, `stop_wanted` to leave off,
    `save_wanted` for a file, and `assign_wanted` to share out work; `jump` opens a submission, and
    `differences_wanted` asks for the disagreements that a line tells of. `stale` says that
    something may have changed since coders were compared."""

    compare_wanted = Signal()
    stop_wanted = Signal()
    save_wanted = Signal()
    assign_wanted = Signal()
    differences_wanted = Signal(object)
    jump = Signal(str, str, int, int)
    note = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session: Session | None = None
        self.report: AgreementReport | None = None
        self.stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.compare_wanted)
        self._choices = self._make_choices()
        self._stack = QStackedWidget(self)
        self._empty, self._found = QWidget(self), QWidget(self)
        self._make_empty()
        self._make_found()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._found)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._choices)
        layout.addWidget(self._stack, 1)
        self._forget()

    # How it is made

    def _make_choices(self) -> QWidget:
        row = QWidget(self)
        self.coders = Several("Coders", row, none="all who have coded")
        self.units = QComboBox(row)
        self.units.setAccessibleName("Unit of comparison")
        for unit in Unit:
            what = "whole submissions" if unit is Unit.SUBMISSION else NOUNS[unit][1]
            self.units.addItem(f"By {what}", unit.value)
        self.refs = WhichSubmissions(row)
        for button in (self.coders, self.refs):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.setFixedWidth(210)
        self.coders.changed.connect(lambda _: self._soon.start())
        self.refs.changed.connect(self._soon.start)
        self.refs.note.connect(self.note)
        self.units.currentIndexChanged.connect(lambda _: self._soon.start())
        self._bar = QProgressBar(row)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(110)
        self._doing = Elided("", row)
        self._doing.setObjectName("muted")
        self.stop = QPushButton("Cancel", row)
        self.stop.clicked.connect(self.stop_wanted)
        self.again = QPushButton("Compare again", row)
        self.again.clicked.connect(self.compare_wanted)
        self.save = QPushButton("Save as a page…", row)
        self.save.setObjectName("primary")
        self.save.clicked.connect(self.save_wanted)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(20, 12, 14, 8)
        for widget in (self.coders, self.units, self.refs):
            layout.addWidget(widget)
        layout.addStretch(1)
        for part in (self._doing, self._bar, self.stop, self.again, self.save):
            layout.addWidget(part)
        return row

    def _make_empty(self) -> None:
        page = self._empty
        self._title = QLabel(page)
        self._title.setObjectName("heading")
        self._why = QLabel(page)
        self._why.setWordWrap(True)
        self._why.setMinimumWidth(520)
        self._why.setMaximumWidth(560)
        self.assign = QPushButton("Who codes what…", page)
        self.assign.clicked.connect(self.assign_wanted)
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (self._title, self._why, self.assign):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        put_in_middle(page, column)

    def _make_found(self) -> None:
        lines = self._make_list()
        self.detail = AgreementDetail(self._found)
        self.detail.differences_wanted.connect(self.show_differences)
        split = self.split = QSplitter(Qt.Orientation.Horizontal, self._found)
        split.addWidget(lines)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setSizes([840, 360])
        layout = QVBoxLayout(self._found)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_head())
        layout.addWidget(split, 1)

    def _make_head(self) -> QWidget:
        head = QWidget(self._found)
        self.headline, self._more, self._caveats = (QLabel(head) for _ in range(3))
        self.headline.setObjectName("count")
        self._caveats.setAccessibleName("What to bear in mind")
        said = "Something has been changed since these figures were told."
        self.changed = Outdated(said, "Compare now", head)
        self.changed.renew_wanted.connect(self.compare_wanted)
        layout = QVBoxLayout(head)
        layout.setContentsMargins(20, 2, 14, 10)
        for label in (self.headline, self._more, self._caveats):
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(self.changed)
        return head

    def _make_list(self) -> QWidget:
        side = QWidget(self._found)
        self.views = QTabBar(side)
        self.views.setAccessibleName("What the figures are of")
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for view in VIEWS:
            self.views.addTab(view)
        self.words = QLineEdit(side)
        self.words.setPlaceholderText("Words in a name")
        self.words.setAccessibleName("Words in a name")
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(220)
        self.orders = QComboBox(side)
        self.orders.setAccessibleName("In which order")
        for column, called in ORDERS.items():
            self.orders.addItem(called, column)
        self.table = AgreementTable(side)
        self.orders.activated.connect(lambda _: self.table.order_by(self.orders.currentData()))
        self.table.ordered.connect(
            lambda column: self.orders.setCurrentIndex(self.orders.findData(column))
        )
        self.views.currentChanged.connect(lambda _: self._fill())
        self.words.textChanged.connect(self.table.narrow)
        self.table.currentItemChanged.connect(
            lambda *_: self.detail.show_line(self.report, self.table.line())
        )
        self.table.itemActivated.connect(lambda *_: self._open())
        row = QHBoxLayout()
        row.addWidget(self.views)
        row.addStretch(1)
        row.addWidget(self.orders)
        row.addWidget(self.words)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(20, 0, 8, 6)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        return side

    # What it is told

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self._forget()
        if session is not None:
            session.changed.connect(self._note_change)

    def enter(self) -> None:
        """Comes into view: compares where something has changed."""
        if self.session is not None and self.stale:
            self.compare_wanted.emit()
        shown = self._stack.currentWidget() is self._found
        (
            self.table if shown else self.coders if self.coders.isEnabled() else self.assign
        ).setFocus()

    def options(self) -> AgreementOptions:
        """What is chosen."""
        unit = Unit(self.units.currentData())
        return AgreementOptions(self.coders.chosen(), unit, self.refs.chosen())

    def begin_anew(self) -> None:
        """Comparing has begun: what changes from now on is not in its figures."""
        self.stale = False
        self.changed.hide()

    def begin(self, doing: str) -> None:
        """Shows that work has begun."""
        self._soon.stop()
        self._doing.setText(doing)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(doing)
        self._show_work(under_way=True)

    def progress(self, progress: Progress) -> None:
        """Shows how far it is."""
        advance(self._bar, progress)

    def end(self) -> None:
        """Shows that no work is under way."""
        self._show_work(under_way=False)

    def show_look(self, look: Look) -> None:
        """Shows what came of comparing."""
        self.coders.offer({one.name: _choice(one) for one in look.coders})
        self.refs.offer(look.twice)
        self.table.titles = {one.ref: one.title for one in look.twice}
        if look.report is None:
            self.report = None
            self._tell_empty(look)
        else:
            self.show_report(look.report)

    def show_report(self, report: AgreementReport) -> None:
        """Shows figures, as they are now."""
        first = self.report is None
        self.report = report
        self.headline.setText(headline(report.overall))
        self._more.setText(f"{alike(report.overall, report.unit)} {tally(report.codes)}")
        self._caveats.setText("\n".join(f"•  {one}" for one in report.caveats))
        self._caveats.setVisible(bool(report.caveats))
        self.save.setEnabled(True)
        self._fill()
        self._stack.setCurrentWidget(self._found)
        if first and self.isVisible() and self.window().isActiveWindow():
            self.table.setFocus()

    def give_up(self) -> None:
        """Says that comparing was stopped."""
        if self.report is None:
            self._title.setText("Not compared yet")
            self._why.setText("The comparison was stopped. Compare again when you like.")
            self.assign.hide()

    def find_words(self) -> None:
        """Goes to the field that narrows what is shown by words."""
        if self.report is not None:
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.words.selectAll()

    def copy_cited(self) -> None:
        """There are no words of the evidence here."""
        self.note.emit("Figures have no words of the evidence.")

    def show_differences(self) -> None:
        """Asks for the disagreements that the chosen line tells of."""
        line = self.table.line()
        if line is None or self.session is None or self.report is None:
            return
        view = VIEWS[self.views.currentIndex()]
        codes: tuple[str, ...] = ()
        if view == CODES and line.id:
            below = children_of(list(self.session.codes.values())) if line.children else {}
            codes = tuple(below.get(line.id, (line.id,)))
        ref = line.name if view == SUBMISSIONS and line.id else ""
        self.differences_wanted.emit(Wanted(codes, ref, line.coders or self.report.coders))

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.detail.restyle()
        self.table.viewport().update()

    # Below: how it is done

    def _forget(self) -> None:
        self.report = None
        self.stale = True
        self._soon.stop()
        self.coders.offer({})
        self.refs.offer(())
        self.changed.hide()
        self.save.setEnabled(False)
        self.table.clear()
        self.detail.show_line(None, None)
        self._title.setText("Agreement of coders")
        self._why.setText("The coders are being compared.")
        self.assign.hide()
        self._stack.setCurrentWidget(self._empty)
        self._show_work(under_way=False)

    def _show_work(self, *, under_way: bool) -> None:
        for part in (self._doing, self._bar, self.stop):
            part.setVisible(under_way)
        self.again.setVisible(not under_way)

    def _tell_empty(self, look: Look) -> None:
        """Says why there are no figures, and what to do."""
        self.save.setEnabled(False)
        self.assign.show()
        if len(look.coders) < 2:
            who = listed([one.name for one in look.coders]) or "Nobody"
            self._title.setText("Agreement needs two coders")
            self._why.setText(
                f"{who} has coded so far. As soon as a second person has tagged the same"
                " submissions, or declared them coded, this page tells how far the two agree,"
                " code by code."
            )
        else:
            one = len(self.coders.chosen()) == 1
            self.assign.setVisible(not one)
            self._title.setText(
                "Choose another coder too" if one else "Nothing can be compared yet"
            )
            problem = look.problem
            self._why.setText(str(problem or ""))
        self._stack.setCurrentWidget(self._empty)

    def _fill(self) -> None:
        if self.report is not None and self.session is not None:
            view = VIEWS[self.views.currentIndex()]
            self.orders.setItemText(0, STANDING[view])
            self.table.show_report(self.report, view, self.session.codes, self.words.text())

    def _open(self) -> None:
        """Opens the submission that is chosen in the evidence; of a code, of coders or of all what
        they differ on."""
        line = self.table.line()
        if line is None:
            return
        if VIEWS[self.views.currentIndex()] != SUBMISSIONS or not line.id:
            self.show_differences()
            return
        assert self.session is not None
        view = self.session.project.evidence.one(line.name)
        texts = [one for one in view.to_read if view.lengths.get(one.id)]
        if texts:
            self.jump.emit(view.submission.id, texts[0].id, 0, 0)

    def _note_change(self, step: StepDone) -> None:
        if step.touches(*_TABLES):
            self.stale = True
            self.changed.setVisible(self.report is not None)


def _choice(one: CoderChoice) -> str:
    return f"{one.name} ({one.submissions:,})"
