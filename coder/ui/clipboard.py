"""What is copied: words with their citation, for plain and for formatted text."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def put_quote(words: str) -> None:
    """Puts a quote with its citation on the clipboard, exactly as it is in either form."""
    data = QMimeData()
    data.setText(words)
    data.setHtml(f"<p>{escape(words).replace(chr(10), '<br>')}</p>")
    QGuiApplication.clipboard().setMimeData(data)
