"""How the window tells that something went wrong: one sentence, what to do, details on request."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QMessageBox, QWidget

from coder.domain.errors import EvidenceError

T = TypeVar("T")


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


def ask(
    parent: QWidget, text: str, more: str, yes: str, no: str, act: Callable[[], object]
) -> QMessageBox:
    """Asks before something is lost, and does the act where `yes` is pressed. `no` is what Enter
    and Escape mean."""
    box = QMessageBox(parent)
    box.setObjectName("message")
    box.setWindowTitle("Evidence Coder")
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(text)
    box.setInformativeText(more)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    stays = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stays)
    box.setEscapeButton(stays)
    agreed.clicked.connect(lambda _: act())
    box.open()
    return box


def attempt(parent: QWidget, act: Callable[[], T]) -> tuple[T, ...]:
    """Does an act and gives its result in a tuple; one that is refused is told, and the tuple is
    empty, so that it also says whether it was done."""
    try:
        return (act(),)
    except EvidenceError as problem:
        tell(parent, problem)
        return ()
