"""The window “As it was”: a submission or the codebook at a past moment, beside what is different
now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from itertools import pairwise

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from coder.domain.codes import lineage
from coder.domain.dates import moment_shown
from coder.domain.errors import EvidenceError
from coder.domain.model import Code, Coding, Document, Submission
from coder.domain.palette import shade
from coder.domain.trail import Asked, Deed
from coder.project import Project
from coder.project.trail import Difference, Line, Then
from coder.ui import theme
from coder.ui.looking import Look
from coder.ui.names import PERMISSIONS, STATUSES, TYPES
from coder.ui.session import Session
from coder.ui.trail.view import told_html

CODEBOOK = "The codebook"
_LINE = Qt.ItemDataRole.UserRole
_HOW = {"came": "What came since", "went": "What went since", "changed": "What was changed since"}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is to be shown: pages in HTML, and how many things are different now."""

    stood: str
    since: str
    differences: int


class AsItWas(QDialog):
    """Shows, and changes nothing. At left the steps that changed the thing, at right what stood
    there after the chosen one, or at the moment that is typed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("As it was")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._session = session
        self._steps: Look[list[Line]] = Look(self, "Reading the trail", self._offer)
        self._state: Look[_Shown] = Look(self, "Reading what stood there", self._show)
        self._wanted = 0
        self.what = QComboBox(self)
        self.what.setAccessibleName("What is shown")
        self.what.addItem(CODEBOOK, "")
        for submission_id, ref in session.project.trail.refs().items():
            self.what.addItem(ref, submission_id)
        self.moment = QDateTimeEdit(QDateTime.currentDateTime(), self)
        self.moment.setCalendarPopup(True)
        self.moment.setDisplayFormat("d MMM yyyy HH:mm:ss")
        self.moment.setAccessibleName("At which moment")
        self.steps = QListWidget(self)
        self.steps.setAccessibleName("The steps that changed it, newest first")
        self.steps.setWordWrap(True)
        self.steps.setObjectName("codes")
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stood, self.since = QTextBrowser(self), QTextBrowser(self)
        self.tabs = QTabWidget(self)
        self._lay_out()
        self.what.currentIndexChanged.connect(lambda _: self._choose())
        self.moment.dateTimeChanged.connect(lambda _: self._look_at_moment())
        self.steps.currentItemChanged.connect(lambda *_: self._look_at_step())
        self.resize(1040, 660)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for words, field in (("&Show", self.what), ("as it was &on", self.moment)):
            label = QLabel(words, self)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("What stood there, and what is different now")
        for browser, name in ((self.stood, "As it read then"), (self.since, "Different now")):
            browser.setObjectName("plain")
            browser.setAccessibleName(name)
            browser.setOpenLinks(False)
            browser.document().setDocumentMargin(14)
            self.tabs.addTab(browser, name)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.steps)
        split.addWidget(self.tabs)
        split.setStretchFactor(1, 1)
        split.setSizes([320, 720])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(split, 1)
        layout.addWidget(buttons)

    def show_what(self, submission_id: str, seq: int) -> None:
        """Shows a submission (empty: the codebook) as it was after this step (0: now)."""
        self._wanted = seq
        place = max(0, self.what.findData(submission_id))
        if place == self.what.currentIndex():
            self._choose()
        else:
            self.what.setCurrentIndex(place)
        self.steps.setFocus()

    # Below: how it is done

    def _choose(self) -> None:
        project, sight = self._session.project, self._session.sight
        of = self.what.currentData()
        asked = Asked(submissions=(of,)) if of else Asked(deeds=(Deed.CODEBOOK,))
        self._steps.beside(lambda: project.trail.page(asked, sight=sight, limit=300, each=True))

    def _offer(self, lines: list[Line]) -> None:
        self.steps.blockSignals(True)
        self.steps.clear()
        for line in lines:
            item = QListWidgetItem(f"{moment_shown(line.at)}\n{line.sentence}", self.steps)
            item.setData(_LINE, line)
            item.setToolTip(line.sentence)
        seqs = [line.seq for line in lines]
        after = next((row for row, seq in enumerate(seqs) if seq <= self._wanted), 0)
        self._wanted = 0
        self.steps.setCurrentRow(after if lines else -1)
        self.steps.blockSignals(False)
        self._look_at_step()

    def _look_at_step(self) -> None:
        if self.steps.currentRow() < 0:
            self._look_at_moment()
        else:
            line = self.steps.currentItem().data(_LINE)
            self._set_moment(line.at)
            self._look(line.seq, "")

    def _set_moment(self, at: str) -> None:
        self.moment.blockSignals(True)
        second = int(datetime.fromisoformat(at).timestamp())
        self.moment.setDateTime(QDateTime.fromSecsSinceEpoch(second))
        self.moment.blockSignals(False)

    def _look_at_moment(self) -> None:
        second = self.moment.dateTime().toSecsSinceEpoch()
        here = datetime.fromtimestamp(second, UTC).replace(microsecond=999_999)
        at = here.isoformat(timespec="microseconds").replace("+00:00", "Z")
        self._look(0, at)

    def _look(self, seq: int, at: str) -> None:
        session, of = self._session, self.what.currentData()
        names = {one.id: one.name for one in session.project.coders()}
        look = theme.current()

        def read() -> _Shown:
            if not of:
                return _codebook(session.project, seq, at, look)
            trail, sight = session.project.trail, session.sight
            try:
                then = trail.after_step(of, seq, sight) if seq else trail.at(of, at, sight)
            except EvidenceError as problem:
                return _Shown(f"<p>{escape(problem.what)}</p>", "", 0)
            codes = {code.id: code for code in trail.codebook_codes(then.seq)}
            differences = trail.since(then, sight)
            return _Shown(
                _submission(then, codes, names, look), _since(differences, look), len(differences)
            )

        self._state.beside(read)

    def _show(self, shown: _Shown) -> None:
        self.stood.setHtml(shown.stood)
        self.since.setHtml(shown.since)
        self.tabs.setTabText(1, f"Different now ({shown.differences:,})")


def _codebook(project: Project, seq: int, at: str, look: theme.Theme) -> _Shown:
    trail = project.trail
    codes, differences = trail.codebook_after(seq) if seq else trail.codebook_at(at)
    known = {one.id: one for one in codes}
    above = {one.id: list(lineage(one.id, known))[::-1] for one in codes}
    order = sorted(codes, key=lambda one: [(up.position, up.name) for up in above[one.id]])
    rows = [
        f"<p style='margin:0 0 10px {(len(above[one.id]) - 1) * 22}px'>"
        f"<b>{escape(one.name)}</b><br><span style='color:{look.muted}'>"
        f"{escape(one.definition)}</span></p>"
        for one in order
    ]
    stood = "".join(rows) or "<p>There was no code yet.</p>"
    return _Shown(stood, _since(differences, look), len(differences))


def _submission(
    then: Then, codes: dict[str, Code], names: dict[str, str], look: theme.Theme
) -> str:
    if then.submission is None:
        return "<p>It was not there yet, or had been removed.</p>"
    parts = [f"<h3>{escape(then.submission.ref)}</h3>", _particulars(then.submission, look)]
    for document in then.documents:
        parts.append(f"<h4>{escape(document.title)}</h4>")
        parts.append(_text(document, then.codings[document.id], codes, names, look))
    return "".join(parts)


def _particulars(one: Submission, look: theme.Theme) -> str:
    facts = {
        "Respondent": one.respondent,
        "Organisation": one.organisation,
        "Type": TYPES[one.type],
        "Permission": PERMISSIONS[one.permission],
        "Status": STATUSES[one.status],
        "Region": one.region,
        "Pseudonym": one.pseudonym,
        "Flags": ", ".join(one.flags),
    }
    rows = "".join(
        f"<tr><td style='color:{look.muted}; padding-right:16px'>{name}</td>"
        f"<td>{escape(fact)}</td></tr>"
        for name, fact in facts.items()
        if fact
    )
    return f"<table cellspacing='0' cellpadding='2'>{rows}</table>"


def _text(
    document: Document,
    codings: Sequence[Coding],
    codes: dict[str, Code],
    names: dict[str, str],
    look: theme.Theme,
) -> str:
    """The text with tagged words on a ground, and the tags listed below it."""
    covered = sorted({edge for one in codings for edge in (one.start, one.end)})
    edges = [0, *covered, len(document.text)]
    pieces = []
    for start, end in pairwise(edges):
        words = escape(document.text[start:end]).replace("\n", "<br>")
        over = any(one.start <= start and one.end >= end for one in codings)
        ground = f"<span style='background:{look.chosen}'>{words}</span>" if over else words
        pieces.append(ground)
    said = "".join(pieces) or f"<i style='color:{look.muted}'>No text.</i>"
    rows = "".join(_tag(one, codes, names, look) for one in codings)
    count = f"<p style='color:{look.muted}'>{len(codings):,} tags then</p>" if codings else ""
    return f"<p style='line-height:145%'>{said}</p>{count}{rows}"


def _tag(one: Coding, codes: dict[str, Code], names: dict[str, str], look: theme.Theme) -> str:
    code = codes.get(one.code_id)
    name = escape(code.name if code else "a code that has gone")
    colour = shade(code.colour, dark=look.dark) if code and code.colour else look.muted
    memo = f"<br><i>{escape(one.memo)}</i>" if one.memo else ""
    return (
        f"<p style='margin:0 0 6px 0'><span style='color:{colour}'>■</span> <b>{name}</b>"
        f" <span style='color:{look.muted}'>{escape(names.get(one.coder_id, ''))}</span><br>"
        f"“{escape(one.quote)}”{memo}</p>"
    )


def _since(differences: Sequence[Difference], look: theme.Theme) -> str:
    if not differences:
        return "<p>Nothing is different: it stands as it did then.</p>"
    parts = []
    for how, title in _HOW.items():
        some = [one.told for one in differences if one.how == how]
        if some:
            parts.append(f"<h4>{title} ({len(some):,})</h4>")
            parts += [told_html(one, look) for one in some]
    return "".join(parts)
