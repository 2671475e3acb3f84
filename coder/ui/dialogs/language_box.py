"""A field for a language: chosen from a list, or typed by its name or code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from coder.domain.errors import Refused
from coder.project.languages import language_code, language_name, languages


class LanguageBox(QComboBox):
    """The languages that Whisper knows, English first. `changed` says that another is meant, or
    none that it knows."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Language")
        self.setToolTip("Choose a language, or type its name or code, such as Welsh or cy")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for code, name in languages().items():
            self.addItem(name, code)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.setMaxVisibleItems(14)
        self.currentTextChanged.connect(lambda _: self.changed.emit())

    def choose(self, code: str) -> None:
        """Shows a language."""
        self.setCurrentIndex(max(0, self.findData(code)))
        self.setEditText(language_name(code))

    def code_or_refuse(self) -> str:
        """The code of the language that is meant. Raises Refused where there is none such."""
        return language_code(self.currentText())

    def code(self) -> str:
        """The code of the language that is meant, empty where there is none such."""
        try:
            return self.code_or_refuse()
        except Refused:
            return ""
