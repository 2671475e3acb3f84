"""The window “Sign-offs”: what is signed off, by whom, what was changed since; and signing off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.dates import moment_shown
from coder.project import StepDone
from coder.project.signing import SignedView
from coder.project.trail import Difference
from coder.ui import messages, theme
from coder.ui.looking import Look
from coder.ui.session import Session
from coder.ui.trail.view import told_html

_VIEW = Qt.ItemDataRole.UserRole
_EMPTY = (
    "Nothing is signed off yet. Choose a submission, or the codebook, above, and sign it off as it"
    " stands: whatever is changed afterwards is told here."
)


class SignOffs(QDialog):
    """The form above, the list below it, and what has changed since at the foot."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Sign-offs")
        self._session = session
        self._reading: Look[list[SignedView]] = Look(self, "Reading the sign-offs", self._show)
        self._telling: Look[list[Difference]] = Look(self, "Reading what changed", self._tell)
        self.what = QComboBox(self)
        self.what.setAccessibleName("What is signed off")
        self.what.addItem("The codebook", "")
        for ref in session.project.trail.refs().values():
            self.what.addItem(ref, ref)
        self.version = QLineEdit(self)
        self.version.setPlaceholderText("Version (1.0)")
        self.version.setAccessibleName("Version of the codebook")
        self.note = QLineEdit(self)
        self.note.setPlaceholderText("A note, if you like")
        self.note.setAccessibleName("Note on the sign-off")
        self.sign = QPushButton("Sign off", self)
        self.sign.setObjectName("primary")
        self.sign.setAutoDefault(False)
        self.sign.setEnabled(not session.project.read_only)
        self.list = QTreeWidget(self)
        self.list.setHeaderLabels(["What", "Signed by", "On", "Note", "Now"])
        self.list.setRootIsDecorated(False)
        self.list.setObjectName("codes")
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.list.setAccessibleName("Sign-offs, the latest first")
        self.changes = QTextBrowser(self)
        self.changes.setObjectName("plain")
        self.changes.setAccessibleName("What has changed since")
        self.changes.setOpenLinks(False)
        self.changes.document().setDocumentMargin(12)
        self.take_back = QPushButton("Take back my sign-off", self)
        self.take_back.setAutoDefault(False)
        self._lay_out()
        self.what.currentIndexChanged.connect(lambda _: self._allow())
        self.sign.clicked.connect(self._sign)
        self.take_back.clicked.connect(self._take_back)
        self.list.currentItemChanged.connect(lambda *_: self._chosen())
        session.changed.connect(self._changed)
        self.resize(820, 580)
        self._allow()
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for field, share in ((self.what, 2), (self.version, 1), (self.note, 3), (self.sign, 0)):
            row.addWidget(field, share)
        said = QLabel(f"Signing as {self._session.project.coder.name}", self)
        said.setObjectName("muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self.take_back, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(said)
        layout.addWidget(self.list, 3)
        layout.addWidget(self.changes, 2)
        layout.addWidget(buttons)

    def choose(self, ref: str) -> None:
        """Offers a submission by its reference (empty: the codebook) to be signed off."""
        self.what.setCurrentIndex(max(0, self.what.findData(ref)))
        (self.note if ref else self.version).setFocus()

    def refresh(self) -> None:
        """Reads the sign-offs and how they stand now."""
        self._reading.beside(self._session.project.signing.all)

    # Below: how it is done

    def _show(self, views: list[SignedView]) -> None:
        self.list.clear()
        items = []
        for view in views:
            one = view.record
            now = "Unchanged" if view.holds else "Changed since"
            cells = [view.what, view.coder, moment_shown(one.signed_at), one.note, now]
            item = QTreeWidgetItem(self.list, cells)
            item.setData(0, _VIEW, view)
            items.append(item)
        for column in (0, 1, 2, 4):
            self.list.resizeColumnToContents(column)
        if items:
            self.list.setCurrentItem(items[0])
        else:
            self.changes.setHtml(f"<p>{_EMPTY}</p>")
        self._allow()

    def _view(self) -> SignedView | None:
        item = self.list.currentItem()
        found: SignedView | None = item.data(0, _VIEW) if item else None
        return found

    def _chosen(self) -> None:
        self._allow()
        view = self._view()
        if view is None:
            return
        self.changes.setHtml(f"<p>{view}.</p>")
        if not view.holds:
            signing, sight = self._session.project.signing, self._session.sight
            self._telling.beside(lambda: signing.changes(view.record, sight))

    def _tell(self, differences: Sequence[Difference]) -> None:
        view = self._view()
        if view is not None:
            told = "".join(told_html(one.told, theme.current()) for one in differences)
            self.changes.setHtml(f"<p><b>{view}</b></p>{told}")

    def _allow(self) -> None:
        codebook = not self.what.currentData()
        self.version.setVisible(codebook)
        view, project = self._view(), self._session.project
        mine = view is not None and view.record.coder_id == project.coder.id
        self.take_back.setEnabled(mine and not project.read_only)

    def _sign(self) -> None:
        signing, ref, note = (
            self._session.project.signing,
            self.what.currentData(),
            self.note.text(),
        )

        def act() -> object:
            return (
                signing.sign(ref, note) if ref else signing.sign_codebook(self.version.text(), note)
            )

        if messages.attempt(self, act):
            self.note.clear()
            self.version.clear()

    def _take_back(self) -> None:
        view = self._view()
        if view is not None:
            signing = self._session.project.signing
            messages.attempt(self, lambda: signing.take_back(view.record.id))

    def _changed(self, step: StepDone) -> None:
        del step
        self.refresh()
