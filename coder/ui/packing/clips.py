"""Asks how quotes are to be cut out of their recordings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.quotes import QuoteFilter
from coder.domain.text import clock, counted
from coder.project.clips import LONGEST_PADDING_MS, ClipOptions, ClipsPreview
from coder.ui import messages
from coder.ui.packing.dialog import combo, muted, show_stays, table
from coder.ui.packing.wanted import Source

_WIDTH, _FIELD = 680, 30


class ExportClipsDialog(QDialog):
    """Which quotes, with how much around them, and how exactly. `look_wanted` asks to look again,
    `export_wanted` to cut what `wanted` and `options` say."""

    look_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, sources: Sequence[Source], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export clips")
        self._sources = list(sources)
        self.headline = QLabel("Looking…", self)
        self.headline.setObjectName("heading")
        self.stays = muted()
        self.list = table(("Reference", "From", "Why", "Passages"), "What stays in, and why")
        self._list_name = QLabel("Stays in", self)
        self._list_name.setObjectName("section")
        form = self._make_form()
        beside = _said(
            "Beside each clip lie its words as subtitles, and a page and a table list them all. Of"
            " anonymous respondents there is never a clip: face and voice would tell who they are."
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = QPushButton("Choose a folder…", self)
        self.go.setObjectName("primary")
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.go.clicked.connect(self.export_wanted)
        self.go.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        for widget in (self.headline, self.stays):
            layout.addWidget(widget)
        layout.addLayout(form)
        layout.addWidget(beside)
        layout.addWidget(self._list_name)
        layout.addWidget(self.list, 1)
        layout.addStretch()
        layout.addWidget(buttons)
        self.source.currentIndexChanged.connect(lambda _: self._show_source())
        self._show_source()
        self.setMinimumWidth(_WIDTH)

    def _make_form(self) -> QFormLayout:
        self.source = combo(
            "What is cut", {place: one.name for place, one in enumerate(self._sources)}, 0
        )
        self._source_told = muted()
        self.padding = QDoubleSpinBox(self)
        self.padding.setRange(0, LONGEST_PADDING_MS / 1000)
        self.padding.setSingleStep(0.5)
        self.padding.setDecimals(1)
        self.padding.setValue(ClipOptions().padding_ms / 1000)
        self.padding.setSuffix(" s")
        self.padding.setMinimumHeight(_FIELD)
        self.padding.setAccessibleName("Seconds before and after the words")
        self.as_they_are = QRadioButton("&As they were filmed", self)
        self.exact = QRadioButton("&To the instant", self)
        self.exact.setChecked(True)
        ways = QButtonGroup(self)
        for button in (self.exact, self.as_they_are):
            ways.addButton(button)
        self.exact.toggled.connect(lambda _: self.look_wanted.emit())
        self.padding.valueChanged.connect(lambda _: self.look_wanted.emit())
        self.sensitive = QCheckBox("&Include sensitive passages", self)
        self.sensitive.clicked.connect(self._ask_sensitive)
        form = QFormLayout()
        form.setVerticalSpacing(6)
        form.addRow("&What is cut", self.source)
        form.addRow("", self._source_told)
        form.addRow("A&round the words", self.padding)
        form.addRow("How", self.exact)
        form.addRow("", _said("Encoded anew, which takes about as long as the clips last."))
        form.addRow("", self.as_they_are)
        form.addRow("", _said("Quick, and nothing is lost; a film may begin up to 5 s earlier."))
        form.addRow("", self.sensitive)
        return form

    @property
    def wanted(self) -> QuoteFilter:
        """Which quotes are cut."""
        return self._source.wanted

    @property
    def options(self) -> ClipOptions:
        """How they are cut."""
        return ClipOptions(
            round(self.padding.value() * 1000),
            self.exact.isChecked(),
            self.sensitive.isChecked(),
        )

    @property
    def _source(self) -> Source:
        return self._sources[max(0, self.source.currentIndex())]

    def show_preview(self, preview: ClipsPreview) -> None:
        """Shows how many clips there would be, and what stays in."""
        self.headline.setText(
            f"{counted(preview.clips, 'clip')} from"
            f" {counted(preview.submissions, 'submission')},"
            f"{'' if self.exact.isChecked() else ' at least'} {clock(preview.length_ms)} in all"
            if preview.clips
            else "There is no clip to cut."
        )
        self.stays.setText(
            preview.stays_in()
            or ("" if preview.clips else "Tag passages in the transcript of a recording first.")
        )
        self.stays.setVisible(bool(self.stays.text()))
        show_stays(self.list, preview.stays)
        for widget in (self._list_name, self.list):
            widget.setVisible(bool(preview.stays))
        marked = preview.left_out.sensitive
        self.sensitive.setEnabled(bool(marked) or self.sensitive.isChecked())
        self.go.setEnabled(bool(preview.clips))

    def _show_source(self) -> None:
        self._source_told.setText(self._source.words)
        self.go.setEnabled(False)
        self.look_wanted.emit()

    def _ask_sensitive(self, checked: bool) -> None:
        if not checked:
            self.look_wanted.emit()
            return
        self.sensitive.setChecked(False)
        messages.ask(
            self,
            "Cut passages that are marked as sensitive?",
            "Somebody marked them so that they stay in. This holds for these clips only.",
            "Include them",
            "Leave them out",
            self._include_sensitive,
        )

    def _include_sensitive(self) -> None:
        self.sensitive.setChecked(True)
        self.look_wanted.emit()


def _said(words: str) -> QLabel:
    label = muted()
    label.setText(words)
    return label
