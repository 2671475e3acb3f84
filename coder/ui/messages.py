"""How the window tells that something went wrong: one sentence, what to do, details on request."""

from __future__ import annotations

import traceback

from PySide6.QtWidgets import QMessageBox, QWidget

from coder.domain.errors import EvidenceError


def tell(parent: QWidget, problem: BaseException) -> None:
    """Shows a problem. A known one comes as its sentences; an unknown one with its trace folded
    away, to be copied into a report."""
    box = QMessageBox(parent)
    box.setObjectName("message")
    box.setWindowTitle("Evidence Coder")
    if isinstance(problem, EvidenceError):
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(problem.what)
        box.setInformativeText(problem.remedy)
    else:
        box.setIcon(QMessageBox.Icon.Critical)
        box.setText("Something went wrong in the program itself.")
        box.setInformativeText(
            "Nothing that was saved is lost. Please send the details to whoever looks after it."
        )
        box.setDetailedText("".join(traceback.format_exception(problem)))
    box.open()


def inform(parent: QWidget, text: str, more: str = "", details: str = "") -> QMessageBox:
    """Shows how something ended, with more below and details folded away."""
    box = QMessageBox(parent)
    box.setObjectName("message")
    box.setWindowTitle("Evidence Coder")
    box.setIcon(QMessageBox.Icon.Information)
    box.setText(text)
    box.setInformativeText(more)
    if details:
        box.setDetailedText(details)
    box.open()
    return box
