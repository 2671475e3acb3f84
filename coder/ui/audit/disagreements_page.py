"""The page of disagreements: the queue on the left, the one at hand on the right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder.domain.codes import children_of
from coder.project import StepDone
from coder.project.settling import Case, Options, Queue
from coder.ui.audit.case_view import CaseView
from coder.ui.audit.case_words import KINDS, among, empty, kind_of
from coder.ui.audit.cases_list import CASE, CasesList, CasesModel, wanted_by
from coder.ui.audit.parts import copy_cited, put_in_middle
from coder.ui.session import Session


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which disagreements are asked for: about any of these codes, by id (none: all), in the
    submission of this reference (empty: any), between these coders, by name."""

    codes: tuple[str, ...]
    ref: str
    coders: tuple[str, ...]


_TOUCHING = ("codings", "decisions", "codes", "readings", "coders", "documents", "segments")
_REST_MS = 120
_OPEN, _SETTLED, _ALL = "open", "settled", "all"


class DisagreementsPage(QWidget):
    """Shows the queue. `look_wanted` asks to look for it with these options, `act_wanted` for an
    act on the case at hand, by its id, and `adopt_wanted` to adopt what all agree on; `jump` opens
    a passage: submission, document, start, end."""

    look_wanted = Signal(object)
    act_wanted = Signal(str)
    adopt_wanted = Signal()
    jump = Signal(str, str, int, int)
    note = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session: Session | None = None
        self.queue = Queue()
        self.model = CasesModel(self)
        self._stale = True
        self._looked = False
        self._coders: tuple[str, ...] = ()
        self._wanted: Wanted | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REST_MS)
        self._later.timeout.connect(self._look)
        head = self._make_head()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._make_start())
        self._stack.addWidget(self._make_found())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._stack, 1)

    # Its parts

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        title = QLabel("Disagreements", head)
        title.setObjectName("heading")
        self.summary = QLabel(head)
        self.summary.setObjectName("muted")
        self.adopt = QPushButton("Adopt what all agree on", head)
        self.adopt.setToolTip(
            "Makes agreed tags of everything that all coders tagged alike, for packs and counts"
        )
        self.adopt.clicked.connect(self.adopt_wanted)
        layout = QHBoxLayout(head)
        layout.setContentsMargins(20, 14, 14, 10)
        layout.setSpacing(14)
        layout.addWidget(title)
        layout.addWidget(self.summary, 1)
        layout.addWidget(self.adopt)
        return head

    def _make_start(self) -> QWidget:
        page = QWidget(self)
        self._start_title = QLabel(page)
        self._start_title.setObjectName("section")
        self._start_words = QLabel(page)
        self._start_words.setWordWrap(True)
        self._start_words.setFixedWidth(560)
        column = QVBoxLayout()
        column.setSpacing(8)
        for label in (self._start_title, self._start_words):
            column.addWidget(label)
        put_in_middle(page, column)
        return page

    def _make_found(self) -> QWidget:
        queue = self._make_list()
        self.view = CaseView(self)
        self.view.wanted.connect(self.do)
        self.view.left.connect(self._back_to_list)
        split = self.split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(queue)
        split.addWidget(self.view)
        split.setStretchFactor(1, 1)
        split.setSizes([400, 800])
        return split

    def _make_list(self) -> QWidget:
        side = QWidget(self)
        side.setMinimumWidth(320)
        self.states, self.kinds, self.codes, self.pairs = (QComboBox(side) for _ in range(4))
        for box, name in (
            (self.states, "Settled or not"),
            (self.kinds, "Of which kind"),
            (self.codes, "With which code"),
            (self.pairs, "Between which coders"),
        ):
            box.setAccessibleName(name)
            box.currentTextChanged.connect(box.setToolTip)
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        for box in (self.states, self.kinds, self.codes):
            box.currentIndexChanged.connect(lambda _: self._narrow())
        self.pairs.currentIndexChanged.connect(lambda _: self._look())
        self.words = QLineEdit(side)
        self.words.setPlaceholderText("Words in the passage, a memo or a reason")
        self.words.setAccessibleName("Words in the passage, a memo or a reason")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _: self._narrow())
        self.list = CasesList(self.model, side)
        self.list.wanted.connect(self.do)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, box in enumerate((self.states, self.kinds, self.codes, self.pairs)):
            grid.addWidget(box, place // 2, place % 2)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(20, 0, 8, 6)
        layout.addLayout(grid)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        return side

    # What it is told

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self._stale, self._looked = True, False
        self._coders, self._wanted = (), None
        self.queue = Queue()
        for box in (self.states, self.kinds, self.codes, self.pairs):
            box.blockSignals(True)
            box.clear()
            box.blockSignals(False)
        self.words.clear()
        self._show("", "")
        if session is not None:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self._soon)

    def enter(self) -> None:
        """Comes into view: looks anew where something has changed, and takes the focus."""
        if self._stale:
            self._look()
        self._take_focus()

    def narrow_to(self, wanted: Wanted) -> None:
        """Shows only these disagreements, settled ones too where no other is left."""
        self._wanted = wanted
        if self._looked:
            self._fill_boxes()
            self._take_wanted()

    def find_words(self) -> None:
        """Goes to the field that narrows the list by words."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def copy_cited(self) -> None:
        """Puts the passage at hand on the clipboard, with its citation."""
        case = self.case
        if case is None or self.session is None:
            return
        project, place = self.session.project, case.place
        told = copy_cited(project, place.document_id, place.start, place.end)
        self.note.emit(told)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.view.restyle()
        self.list.viewport().update()

    @property
    def case(self) -> Case | None:
        """The case at hand."""
        found: Case | None = self.list.currentIndex().data(CASE)
        return found

    @property
    def options(self) -> Options:
        """Whom to compare, as it is chosen."""
        pair = self.pairs.currentData() or ()
        assert self.session is not None
        return Options(tuple(pair), self.session.sight)

    def do(self, name: str) -> None:
        """Does what a button or key asks for: itself what only moves about, else by asking."""
        if not self.view.offers(name):
            return
        if name == "next":
            self.go_on()
        elif name == "why":
            self.view.why.setFocus()
        elif name == "show" and self.case is not None:
            place = self.case.place
            self.jump.emit(self.case.submission_id, place.document_id, place.start, place.end)
        else:
            self.act_wanted.emit(name)

    def go_on(self) -> None:
        """Chooses the next case, from the last the first."""
        count = self.model.rowCount()
        if count:
            row = (self.list.currentIndex().row() + 1) % count
            self.list.setCurrentIndex(self.model.index(row))
            self.list.setFocus()

    def take_away(self, case: Case) -> None:
        """Takes a case out of the list that was just decided or reopened, and goes on to the
        next."""
        row = self.model.row_of(case.id)
        left = [one for one in self.model.cases if one.id != case.id]
        if row >= 0 and self.states.currentData() != _ALL:
            self._list(left, min(row, len(left) - 1))
        else:
            self.go_on()
        self.view.why.clear()
        self.list.setFocus()

    def show_queue(self, queue: Queue, options: Options) -> None:
        """Shows what was found; what is at hand stays so."""
        assert self.session is not None
        first = not self._looked
        self._looked = True
        self.queue = queue
        if not options.coders:
            self._coders = queue.coders
        self._fill_boxes()
        self._take_wanted()
        self._narrow()
        waiting, settled = queue.open, len(queue.cases) - queue.open
        self.summary.setText(
            f"{waiting:,} to settle · {settled:,} settled · {among(queue)}"
            if queue.documents
            else ""
        )
        self.adopt.setEnabled(bool(queue.documents) and not self.session.project.read_only)
        whole = not self.pairs.currentData()
        self._show(*(empty(queue, self.session) if whole and not queue.cases else ("", "")))
        if first and self.isVisible():
            self._take_focus()

    # Below: how it is done

    def _back_to_list(self) -> None:
        self.list.setFocus()

    def _take_focus(self) -> None:
        """Goes to what is to be done next."""
        if self.model.cases:
            self.list.setFocus()
        elif self.states.isVisible():
            self.states.setFocus()

    def _show(self, title: str, words: str) -> None:
        self._start_title.setText(title)
        self._start_words.setText(words)
        self._stack.setCurrentIndex(int(self._looked and not title))
        if not self._looked:
            self.summary.clear()
            self.adopt.setEnabled(False)
            self.model.show([], None)
            self.view.show_none("")

    def _changed(self, step: StepDone) -> None:
        if step.touches(*_TOUCHING):
            self._soon()

    def _soon(self) -> None:
        self._stale = True
        if self.isVisible():
            self._later.start()

    def _look(self) -> None:
        self._later.stop()
        if self.session is not None:
            self._stale = False
            self.look_wanted.emit(self.options)

    def _fill_boxes(self) -> None:
        assert self.session is not None
        cases, session = self.queue.cases, self.session
        waiting = self.queue.open
        _fill(
            self.states,
            [
                (f"To settle ({waiting:,})", _OPEN),
                (f"Settled ({len(cases) - waiting:,})", _SETTLED),
                (f"All ({len(cases):,})", _ALL),
            ],
        )
        kinds = Counter(kind_of(case.place) for case in cases)
        _fill(
            self.kinds,
            [("Every kind", ""), *((KINDS[one], one) for one in KINDS if kinds[one])],
        )
        used = {code for case in cases for code in case.place.codes}
        filters = used | self._themes(used)
        chosen = self.codes.currentData()
        filters |= {chosen} if chosen and set(chosen.split()) <= set(session.codes) else set()
        named = sorted((self._called(one), one) for one in filters)
        _fill(self.codes, [("Every code", ""), *named])
        people = sorted((session.coder_name(one), one) for one in self._coders)
        pairs = [
            (f"{one[0]} and {other[0]}", (one[1], other[1]))
            for one, other in combinations(people, 2)
        ]
        _fill(self.pairs, [("All coders", ()), *(pairs if len(people) > 2 else [])])

    def _themes(self, used: set[str]) -> set[str]:
        """The codes that have others below them, as far as any of these are used, with those."""
        assert self.session is not None
        families = children_of(list(self.session.codes.values())).values()
        return {" ".join(one) for one in families if len(one) > 1 and used & set(one)}

    def _take_wanted(self) -> None:
        """Sets the filters to what was asked for from elsewhere."""
        wanted, session = self._wanted, self.session
        if wanted is None or session is None:
            return
        every = [self.pairs.itemData(place) or () for place in range(self.pairs.count())]
        names = [{session.coder_name(one) for one in pair} for pair in every]
        pair = names.index(set(wanted.coders)) if set(wanted.coders) in names else 0
        if pair != self.pairs.currentIndex():
            self.pairs.setCurrentIndex(pair)  # looks anew, and comes here again
            return
        self._wanted = None
        codes = " ".join(one for one in wanted.codes if one in session.codes)
        if self.codes.findData(codes) < 0:
            self.codes.addItem(self._called(codes), codes)
        _set(self.kinds, "")
        _set(self.codes, codes)
        _set(self.states, _OPEN)
        self.words.setText(wanted.ref)
        self._narrow()
        if not self.model.cases:
            _set(self.states, _ALL)
            self._narrow()

    def _called(self, codes: str) -> str:
        """What a filter by these codes, parted by blanks, is called: a code, or a theme with what
        is below it."""
        assert self.session is not None
        first, *below = codes.split()
        name = self.session.codes[first].name
        return f"{name} and below" if below else name

    def _narrow(self) -> None:
        """Shows the cases that the filters let through."""
        if self.session is None or not self._looked:
            return
        state, kind, codes = (box.currentData() for box in (self.states, self.kinds, self.codes))
        wanted = set(codes.split()) if codes else set()
        words = self.words.text().strip().casefold()
        shown = [
            case
            for case in self.queue.cases
            if (state == _ALL or case.open is (state == _OPEN))
            and (not kind or kind_of(case.place) == kind)
            and (not wanted or not wanted.isdisjoint(case.place.codes))
            and words in _searched(case)
        ]
        current = self.case
        there = [one.id for one in shown]
        row = there.index(current.id) if current and current.id in there else 0
        self._list(shown, row)

    def _list(self, cases: list[Case], row: int) -> None:
        self.model.show(cases, self.session)
        if cases:
            self.list.setCurrentIndex(self.model.index(row))
        else:
            self.view.show_none(self._why_none())

    def _why_none(self) -> str:
        narrowed = self.words.text() or self.kinds.currentData() or self.codes.currentData()
        if narrowed:
            return "Nothing among these is left. Take a filter back."
        if self.states.currentData() == _SETTLED:
            return "Nothing is settled yet."
        if self.pairs.currentData() and not self.queue.cases:
            return "These two do not differ, or have no document in common."
        return (
            "All of it is settled.\nWhat was decided stands under “Settled” at the left. Adopt what"
            " all agree on, above, and the agreed tags are complete."
        )

    def _chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.view.show_case(current.data(CASE), self.session)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if name := wanted_by(event):
            self.do(name)
        else:
            super().keyPressEvent(event)


def _fill(box: QComboBox, choices: list[tuple[str, object]]) -> None:
    """Offers these choices; what was chosen stays so."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for title, value in choices:
        box.addItem(title, value)
    values = [value for _, value in choices]
    box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
    box.blockSignals(False)


def _set(box: QComboBox, value: object) -> None:
    """Chooses a value without telling anybody."""
    box.blockSignals(True)
    box.setCurrentIndex(box.findData(value))
    box.blockSignals(False)


def _searched(case: Case) -> str:
    memos = " ".join(one.memo for one in case.place.codings)
    why = case.decision.why if case.decision else ""
    return f"{case.words} {memos} {why} {case.ref}".casefold()
