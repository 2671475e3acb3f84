"""Every shortcut on one page, made from the registry."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from coder.ui.actions import ACTS, MENUS, PREVIEW, READER, shown_keys

_MORE = (
    ("1–9, a–z", "Tag the selection with the code that has this key (shown beside it)"),
    ("Shift+arrows", "Select; with Ctrl by words"),
    ("Double click in a transcript", "Hear this word"),
    ("Ctrl+wheel", "Larger or smaller text"),
)


class ShortcutsDialog(QDialog):
    """The shortcuts by menu, with a field to find one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self._field = QLineEdit(self)
        self._field.setPlaceholderText("Find a command")
        self._field.setAccessibleName("Find a command")
        self._page = QTextBrowser(self)
        self._field.textChanged.connect(self._fill)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._field)
        layout.addWidget(self._page, 1)
        layout.addWidget(buttons)
        self._fill("")
        self.resize(560, 640)

    def _fill(self, words: str) -> None:
        wanted = words.casefold()
        parts = []
        for menu in MENUS:
            acts = [a for a in ACTS if a.menu == menu and a.keys and wanted in a.title.casefold()]
            rows = [
                (shown_keys(act), act.title + (" (in the text)" if act.scope == READER else ""))
                for act in acts
            ]
            parts.append(_table(menu, rows))
        more = [(keys, title) for keys, title in _MORE if wanted in title.casefold()]
        parts.append(_table("In the text", more))
        preview = [(shown_keys(a), a.title) for a in PREVIEW if wanted in a.title.casefold()]
        parts.append(_table("In the preview of an import", preview))
        self._page.setHtml("".join(parts))


def _table(heading: str, rows: list[tuple[str, str]]) -> str:
    if not rows:
        return ""
    lines = "".join(
        f"<tr><td style='padding:3px 24px 3px 0'><b>{escape(keys)}</b></td>"
        f"<td style='padding:3px 0'>{escape(title)}</td></tr>"
        for keys, title in rows
    )
    return f"<h3>{escape(heading)}</h3><table>{lines}</table>"
