"""How the window tells that something went wrong: one sentence, what to do, details on request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from coder.domain.errors import EvidenceError
from coder.ui import crash

T = TypeVar("T")


def tell(parent: QWidget, problem: BaseException) -> None:
    """Shows a problem. A known one comes as its sentences; an unknown one with where it arose
    folded away, to be copied into a report."""
    if not isinstance(problem, EvidenceError):
        _tell_unforeseen(parent, problem)
        return
    box = QMessageBox(parent)
    box.setObjectName("message")
    box.setWindowTitle("Evidence Coder")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(problem.what)
    box.setInformativeText(problem.remedy)
    box.open()


def _tell_unforeseen(parent: QWidget, problem: BaseException) -> None:
    """Tells of a fault of the program, and leaves it to the person whether to go on."""
    box = QMessageBox(parent)
    box.setObjectName("message")
    box.setWindowTitle("Evidence Coder")
    box.setIcon(QMessageBox.Icon.Critical)
    box.setText("Something went wrong in the program itself.")
    box.setInformativeText(
        "Nothing that was saved is lost. Please send the details to whoever looks after it; they"
        " hold nothing of the evidence."
    )
    details = crash.report(problem)
    box.setDetailedText(details)
    copy = box.addButton("Copy details", QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()  # or the box would close
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    close = box.addButton("Close", QMessageBox.ButtonRole.DestructiveRole)
    close.clicked.connect(lambda: parent.window().close())
    stay = box.addButton("Keep working", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
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


def ask_to_keep(
    parent: QWidget, keep: Callable[[], object], throw_away: Callable[[], object]
) -> QMessageBox:
    """Asks what becomes of changed words before they are left. Enter keeps them; Escape goes on
    writing, which does nothing."""
    box = QMessageBox(parent)
    box.setObjectName("message")
    box.setWindowTitle("Evidence Coder")
    box.setIcon(QMessageBox.Icon.Question)
    box.setText("Keep what you wrote?")
    kept = box.addButton("Keep", QMessageBox.ButtonRole.AcceptRole)
    thrown = box.addButton("Throw away", QMessageBox.ButtonRole.DestructiveRole)
    stays = box.addButton("Go on writing", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(kept)
    box.setEscapeButton(stays)
    kept.clicked.connect(lambda _: keep())
    thrown.clicked.connect(lambda _: throw_away())
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
