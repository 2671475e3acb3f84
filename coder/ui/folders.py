"""Where a person's own files lie, for dialogs that ask for one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def documents() -> Path:
    """The folder of documents, or the person's home where there is none."""
    folder = Path.home() / "Documents"
    return folder if folder.is_dir() else Path.home()


def ask_for_folder(parent: QWidget, title: str) -> Path | None:
    """A folder that a person chooses, beginning at home, where sticks and downloads are near; None
    where they choose none."""
    path = QFileDialog.getExistingDirectory(parent, title, str(Path.home()))
    return Path(path) if path else None


def ask_for_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """The same for a file of certain kinds, as Qt writes them: `Models (*.pt)`."""
    path, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), kinds)
    return Path(path) if path else None
