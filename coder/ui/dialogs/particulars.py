"""Asks who a submission is from, what the respondent allows, and what hides who it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from coder.domain.citation import attribution
from coder.domain.dates import day_of, day_shown
from coder.domain.errors import EvidenceError
from coder.domain.model import Permission, RespondentType, Status, Submission
from coder.project.pseudonyms import Pseudonyms
from coder.project.signing import SignedView
from coder.ui import messages
from coder.ui.names import PERMISSIONS, STATUSES, TYPES

_NOT_CHOSEN = (Status.DUPLICATE, Status.JOINED, Status.WITHDRAWN)
"""What a submission becomes by an act of its own, which does more than to set the status."""


class ParticularsDialog(QDialog):
    """The particulars of one submission, with how its quotes would be attributed."""

    def __init__(
        self,
        submission: Submission,
        pseudonyms: Pseudonyms,
        parent: QWidget,
        signed: Sequence[SignedView] = (),
    ) -> None:
        super().__init__(parent)
        self._pseudonyms = pseudonyms
        self._offered: list[str] = []
        self.setWindowTitle(f"About {submission.ref}")
        self._submission = submission
        self.respondent = QLineEdit(submission.respondent, self)
        self.organisation = QLineEdit(submission.organisation, self)
        self.region = QLineEdit(submission.region, self)
        self.received = QLineEdit(day_shown(submission.received), self)
        self.type = QComboBox(self)
        for kind, words in TYPES.items():
            self.type.addItem(words, str(kind))
        self.type.setCurrentIndex(self.type.findData(str(submission.type)))
        self.permission = QComboBox(self)
        for permission, words in PERMISSIONS.items():
            self.permission.addItem(words, str(permission))
        self.permission.setCurrentIndex(self.permission.findData(str(submission.permission)))
        self.status = QComboBox(self)
        for status, words in STATUSES.items():
            if status not in _NOT_CHOSEN or status is submission.status:
                self.status.addItem(words, str(status))
        self.status.setCurrentIndex(self.status.findData(str(submission.status)))
        self.pseudonym = QLineEdit(submission.pseudonym, self)
        self.pseudonym.setPlaceholderText("none")
        self.pseudonym.setAccessibleName("Pseudonym")
        self.suggest = QPushButton("S&uggest", self)
        self.suggest.setAutoDefault(False)
        self.suggest.clicked.connect(self._suggest)
        self.also_masked = QLineEdit(submission.also_masked, self)
        self.also_masked.setPlaceholderText("Mrs Patel; Elm Street")
        self.also_masked.setToolTip(
            "Masked in its anonymous quotes beside its own names; part several by semicolons"
        )
        self._shown = QLabel(self)
        self._shown.setObjectName("muted")
        self._shown.setWordWrap(True)
        self._lay_out(signed)
        for edit in (self.respondent, self.organisation, self.region, self.pseudonym):
            edit.textChanged.connect(lambda _: self._show_attribution())
        for combo in (self.type, self.permission):
            combo.currentIndexChanged.connect(lambda _: self._show_attribution())
        self._show_attribution()
        self.resize(500, 420)

    def _lay_out(self, signed: Sequence[SignedView]) -> None:
        form = QFormLayout(self)
        form.addRow("&Respondent", self.respondent)
        form.addRow("&Organisation", self.organisation)
        form.addRow("&Type", self.type)
        form.addRow("Re&gion", self.region)
        form.addRow("Per&mission", self.permission)
        form.addRow("&Status", self.status)
        form.addRow("Recei&ved", self.received)
        form.addRow("&Pseudonym", self._in_a_row(self.pseudonym, self.suggest))
        form.addRow("Also mas&k", self.also_masked)
        form.addRow("Quoted as", self._shown)
        self._tell_signed(form, signed)
        both = QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        buttons = QDialogButtonBox(both, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def accept(self) -> None:
        """Closes only with a pseudonym that can be one."""
        chosen = self.new_pseudonym()
        try:
            if chosen:
                self._pseudonyms.check(self._submission.ref, chosen)
        except EvidenceError as problem:
            messages.tell(self, problem)
            self.pseudonym.setFocus()
            return
        super().accept()

    def new_pseudonym(self) -> str | None:
        """The pseudonym where it was changed, empty where it was taken away; None where it is as it
        was."""
        said = " ".join(self.pseudonym.text().split())
        return None if said == self._submission.pseudonym else said

    def changes(self) -> dict[str, str]:
        """The particulars that were changed, by their names in the record."""
        found = {
            "respondent": self.respondent.text().strip(),
            "organisation": self.organisation.text().strip(),
            "region": self.region.text().strip(),
            "received": self._received(),
            "type": self.type.currentData(),
            "permission": self.permission.currentData(),
            "status": self.status.currentData(),
            "also_masked": self.also_masked.text().strip(),
        }
        return {n: v for n, v in found.items() if v != str(getattr(self._submission, n))}

    def _tell_signed(self, form: QFormLayout, signed: Sequence[SignedView]) -> None:
        """Says who signed the submission off, and whether it is still as it was then."""
        if not signed:
            return
        self.signed = QLabel("\n".join(map(str, signed)), self)
        self.signed.setObjectName("muted" if signed[0].holds else "danger")
        self.signed.setWordWrap(True)
        form.addRow("Signed off", self.signed)

    def _suggest(self) -> None:
        """Puts in a name that could be the pseudonym, each time another."""
        try:
            name = self._pseudonyms.suggest(self._submission.ref, self._offered)
        except EvidenceError as problem:
            messages.tell(self, problem)
            return
        self._offered.append(name)
        self.pseudonym.setText(name)

    def _in_a_row(self, field: QWidget, button: QWidget) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field, 1)
        row.addWidget(button)
        holder.setFocusProxy(field)
        return holder

    def _received(self) -> str:
        """The moment as it was where its day was left alone, else the day as ISO 8601 or as
        written."""
        words = self.received.text().strip()
        if words == day_shown(self._submission.received):
            return self._submission.received
        day = day_of(words)
        return day.isoformat() if day else words

    def _show_attribution(self) -> None:
        chosen = " ".join(self.pseudonym.text().split())
        permission = Permission(self.permission.currentData())
        shown = attribution(
            Submission(
                "",
                self._submission.ref,
                self.respondent.text().strip(),
                self.organisation.text().strip(),
                RespondentType(self.type.currentData()),
                permission,
                self.region.text().strip(),
                pseudonym=chosen,
            )
        )
        unused = chosen and permission is Permission.NAMED
        note = " – by name, so the pseudonym is not used" if unused else ""
        self._shown.setText(f"{shown}{note}" if shown else "not quoted in any pack")
