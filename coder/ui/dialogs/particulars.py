"""Asks who a submission is from and what the respondent allows."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from coder.domain.citation import attribution
from coder.domain.dates import day_of, day_shown
from coder.domain.model import Permission, RespondentType, Status, Submission
from coder.ui.names import PERMISSIONS, STATUSES, TYPES

_NOT_CHOSEN = (Status.DUPLICATE, Status.JOINED, Status.WITHDRAWN)
"""What a submission becomes by an act of its own, which does more than to set the status."""


class ParticularsDialog(QDialog):
    """The particulars of one submission, with how its quotes would be attributed."""

    def __init__(self, submission: Submission, parent: QWidget) -> None:
        super().__init__(parent)
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
        self._shown = QLabel(self)
        self._shown.setObjectName("muted")
        self._shown.setWordWrap(True)
        form = QFormLayout(self)
        form.addRow("&Respondent", self.respondent)
        form.addRow("&Organisation", self.organisation)
        form.addRow("&Type", self.type)
        form.addRow("Re&gion", self.region)
        form.addRow("&Permission", self.permission)
        form.addRow("&Status", self.status)
        form.addRow("Recei&ved", self.received)
        form.addRow("Quoted as", self._shown)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        for edit in (self.respondent, self.organisation, self.region):
            edit.textChanged.connect(lambda _: self._show_attribution())
        for combo in (self.type, self.permission):
            combo.currentIndexChanged.connect(lambda _: self._show_attribution())
        self._show_attribution()
        self.resize(480, 360)

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
        }
        return {n: v for n, v in found.items() if v != str(getattr(self._submission, n))}

    def _received(self) -> str:
        """The moment as it was where its day was left alone, else the day as ISO 8601 or as
        written."""
        words = self.received.text().strip()
        if words == day_shown(self._submission.received):
            return self._submission.received
        day = day_of(words)
        return day.isoformat() if day else words

    def _show_attribution(self) -> None:
        shown = attribution(
            Submission(
                "",
                self._submission.ref,
                self.respondent.text().strip(),
                self.organisation.text().strip(),
                RespondentType(self.type.currentData()),
                Permission(self.permission.currentData()),
                self.region.text().strip(),
            )
        )
        self._shown.setText(shown or "not quoted in any pack")
