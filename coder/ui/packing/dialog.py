"""Asks what goes into a quote pack and how it looks, and shows what leaves with it and what not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.packing import Citing, PackOptions
from coder.domain.quotes import QuoteFilter
from coder.domain.text import counted, quoted_from
from coder.project.packs import PackPreview
from coder.project.review import StaysIn
from coder.ui import messages
from coder.ui.packing.formats import FORMATS, Choices, Format, format_of
from coder.ui.packing.looking import Looked
from coder.ui.packing.review import ReviewPanel
from coder.ui.packing.wanted import Source

_CITINGS = {
    Citing.TEXT: "Behind each quote",
    Citing.FOOTNOTES: "In footnotes",
    Citing.ENDNOTES: "In endnotes",
}
_CONTEXTS = {
    0: "None",
    150: "About a line on either side",
    400: "About a paragraph on either side",
    1000: "As much as there may be",
}
_BOXES = {
    "joined": ("&Join overlapping passages", "Passages that overlap under one code are one quote."),
    "charts": ("C&harts of who raised what", ""),
    "tables": ("&Tables of who raised what", ""),
    "method": ("How the evidence was &counted", "The account of submissions, for the method."),
    "sources": ("A list of &sources at the end", ""),
    "team_notes": (
        "&Notes for the team",
        "What stays in and why, what to check before publishing, and who tagged each quote.",
    ),
}
_NOT_FOR_BASKETS = {
    "joined": ("&Join overlapping: not in a basket", "A basket’s quotes stay as they were cut."),
    "charts": (
        "C&harts: none for a basket",
        "The headings of a basket stand for no code, so that nobody is counted under them.",
    ),
}
"""What is said in place of a choice that makes no difference to a basket, and why."""

_ID = Qt.ItemDataRole.UserRole
_PADDING = 4
_BREAK = re.compile(r"[\W_]")
"""Behind what the name of a file may go on in the next line."""


class ExportPackDialog(QDialog):
    """What goes in, as what, with what; beside it what leaves and what stays in.

    `look_wanted` asks to look again; `submission_wanted` for the particulars of a submission, by
    its id; `mask_wanted` to mask words in one; `template_wanted` for a template; `export_wanted`
    to write what `wanted`, `options` and `ending` say.
    """

    look_wanted = Signal()
    submission_wanted = Signal(str)
    mask_wanted = Signal(str, list)
    template_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, sources: Sequence[Source], choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export quote pack")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._sources = list(sources)
        self._template: Path | None = None
        self._folder = choices.folder
        self.headline = QLabel("Looking…", self)
        self.headline.setObjectName("heading")
        self.notes = QLabel(self)
        self.notes.setObjectName("muted")
        self.notes.setWordWrap(True)
        self._make_form(choices)
        self._make_tabs()
        self._make_buttons()
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(_scrolled(self._form), 2)
        columns.addWidget(self.tabs, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(self.headline)
        layout.addWidget(self.notes)
        layout.addLayout(columns, 1)
        layout.addSpacing(4)
        layout.addWidget(self._buttons)
        self._show_format()
        self._show_source()
        self.resize(QSize(1180, 680).boundedTo(parent.size() - QSize(40, 40)))

    # What was chosen

    @property
    def wanted(self) -> QuoteFilter:
        """Which quotes go in."""
        return self._source.wanted

    @property
    def file(self) -> str:
        """How the file may be called, without its ending."""
        return self._source.file

    @property
    def ending(self) -> str:
        """As which kind of file."""
        return self._format.ending

    @property
    def options(self) -> PackOptions:
        """With what, as far as this kind of file heeds it."""
        chosen = self._all_options()
        heeded = {name: getattr(chosen, name) for name in self._format.heeds}
        return replace(PackOptions(sensitive=chosen.sensitive), **heeded)

    @property
    def choices(self) -> Choices:
        """What is remembered for the next time."""
        return Choices(self.ending, self._all_options(), self._folder)

    @property
    def _source(self) -> Source:
        return self._sources[max(0, self.source.currentIndex())]

    @property
    def _format(self) -> Format:
        return format_of(str(self.format.currentData()))

    def _all_options(self) -> PackOptions:
        return PackOptions(
            sensitive=self.sensitive.isChecked(),
            citing=Citing(self.citing.currentData()),
            context=int(self.context.currentData()),
            template=self._template,
            **{name: box.isChecked() for name, box in self.boxes.items()},
        )

    # What is shown

    def show_looked(self, looked: Looked) -> None:
        """Shows what would leave and what would not."""
        preview = looked.preview
        self.headline.setText(_told(preview))
        unchecked = counted(preview.unchecked, "quote is", "quotes are")
        told = f"{unchecked} from transcripts that nobody has checked, and will say so."
        self.notes.setText("\n".join(filter(None, (preview.alone, told * bool(preview.unchecked)))))
        self.notes.setVisible(bool(self.notes.text()))
        self.contents.clear()
        for section in preview.sections:
            name = f"{'    ' * section.depth}{section.name}"
            item = QTreeWidgetItem(self.contents, [name, f"{section.quotes:,}", section.count])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.review.show_quotes(looked.anonymous)
        self._show_stays(looked)
        details = sum(len(quote.clues) for quote in looked.anonymous)
        self.tabs.setTabText(1, _numbered("Anonymous", len(looked.anonymous)))
        self.tabs.setTabToolTip(1, f"{counted(details, 'detail')} to look at" if details else "")
        self.tabs.setTabText(2, _numbered("Stays in", preview.left_out.passages))
        marked = preview.left_out.sensitive
        self.sensitive.setEnabled(bool(marked) or self.sensitive.isChecked())
        self.sensitive.setText("&Include sensitive passages" + (f" ({marked:,})" if marked else ""))
        self.go.setEnabled(bool(preview.quotes))

    def show_template(self, template: Path | None, told: Sequence[str] = ()) -> None:
        """Takes a template, or none for our own looks, with what is to be known of it."""
        self._template = template
        name = _BREAK.sub("\\g<0>\u200b", template.name) if template else "Our own looks"
        self.template_name.setText(name)
        self._template_told.setText(" ".join(told))
        self._template_told.setVisible(bool(told))
        self.own_looks.setVisible(template is not None)

    def _show_stays(self, looked: Looked) -> None:
        show_stays(self.stays, looked.stays)
        self.particulars.setEnabled(bool(looked.stays))
        self._stays_told.setText(
            str(looked.preview.left_out) or "Nothing stays in: all of it may be published."
        )

    def _show_source(self) -> None:
        self._source_told.setText(self._source.words)
        basket = bool(self._source.wanted.basket)
        for name, said in _NOT_FOR_BASKETS.items():
            words, tip = said if basket else _BOXES[name]
            self.boxes[name].setEnabled(not basket)
            self.boxes[name].setText(words)
            self.boxes[name].setToolTip(tip)
        self.headline.setText("Looking…")
        self.go.setEnabled(False)
        self.look_wanted.emit()

    def _show_format(self) -> None:
        chosen = self._format
        self._format_told.setText(chosen.sentence)
        for name, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(name in chosen.heeds)
        self.show_template(self._template)

    # How it is made

    def _make_form(self, choices: Choices) -> None:
        options = choices.options
        self._form = QWidget(self)
        self.source = combo(
            "What goes in", {place: one.name for place, one in enumerate(self._sources)}, 0
        )
        self._source_told = muted()
        self.format = combo(
            "Kind of file", {one.ending: one.name for one in FORMATS}, choices.ending
        )
        self._format_told = muted()
        self.citing = combo("Citations", _CITINGS, options.citing)
        nearest = min(_CONTEXTS, key=lambda size: abs(size - options.context))
        self.context = combo("Words around each quote", _CONTEXTS, nearest)
        self.boxes: dict[str, QCheckBox] = {}
        for name, (words, tip) in _BOXES.items():
            self.boxes[name] = QCheckBox(words)
            self.boxes[name].setToolTip(tip)
            self.boxes[name].setChecked(getattr(options, name))
        self.sensitive = QCheckBox("&Include sensitive passages")
        self.sensitive.clicked.connect(self._ask_sensitive)
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 8, 0, 0)
        form.setVerticalSpacing(6)
        form.addRow("&What goes in", self.source)
        form.addRow("", self._source_told)
        form.addRow("&Kind of file", self.format)
        form.addRow("", self._format_told)
        template = self._make_template()
        form.addRow("Looks", template)
        form.addRow("", self._template_told)
        form.addRow("Ci&tations", self.citing)
        form.addRow("Words &around", self.context)
        for box in (*self.boxes.values(), self.sensitive):
            form.addRow("", box)
        self._rows: dict[str, list[QWidget]] = {name: [box] for name, box in self.boxes.items()}
        for name, field in (
            ("template", template),
            ("citing", self.citing),
            ("context", self.context),
        ):
            self._rows[name] = [field, form.labelForField(field)]
        self._rows["template"].append(self._template_told)
        self.source.currentIndexChanged.connect(lambda _: self._show_source())
        self.format.currentIndexChanged.connect(lambda _: self._show_format())
        self.boxes["joined"].toggled.connect(lambda _: self.look_wanted.emit())

    def _make_template(self) -> QWidget:
        holder = QWidget()
        self.template_name = QLabel(holder)
        self.template_name.setWordWrap(True)
        self._template_told = muted()
        self.choose_template = QPushButton("&Template…", holder)
        self.choose_template.clicked.connect(self.template_wanted)
        self.own_looks = QPushButton("Use our own again", holder)
        self.own_looks.setObjectName("flat")
        self.own_looks.clicked.connect(lambda: self.show_template(None))
        row = QHBoxLayout()
        row.addWidget(self.choose_template)
        row.addWidget(self.own_looks)
        row.addStretch(1)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.template_name)
        column.addLayout(row)
        return holder

    def _make_tabs(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName("What leaves, and what stays in")
        self.contents = table(("Heading", "Quotes", "Who raised it"), "What the pack holds")
        self.review = ReviewPanel(self)
        self.review.mask_wanted.connect(self.mask_wanted)
        low = QWidget(self)
        self._stays_told = muted()
        self.stays = table(("Reference", "From", "Why", "Passages"), "What stays in, and why")
        self.stays.itemActivated.connect(lambda item, _: self._want(item))
        self.particulars = QPushButton("Set its &permission…", low)
        self.particulars.clicked.connect(lambda: self._want(self.stays.currentItem()))
        row = QHBoxLayout()
        row.addWidget(self.particulars)
        row.addStretch(1)
        column = QVBoxLayout(low)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self._stays_told)
        column.addWidget(self.stays, 1)
        column.addLayout(row)
        self.tabs.addTab(self.contents, "Contents")
        self.tabs.addTab(self.review, "Anonymous")
        self.tabs.addTab(low, "Stays in")

    def _make_buttons(self) -> None:
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = QPushButton("Export…", self)
        self.go.setObjectName("primary")
        self._buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        self.go.clicked.connect(self.export_wanted)
        self._buttons.rejected.connect(self.reject)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.go.setDefault(True)

    def _want(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.submission_wanted.emit(item.data(0, _ID))

    def _ask_sensitive(self, checked: bool) -> None:
        """Takes no yes for sensitive passages but one that was asked for."""
        if not checked:
            self.look_wanted.emit()
            return
        self.sensitive.setChecked(False)
        messages.ask(
            self,
            "Let passages out that are marked as sensitive?",
            "Somebody marked them so that they stay in. Look through them first, and tell those who"
            " will read the pack. This holds for this pack only.",
            "Include them",
            "Leave them out",
            self._include_sensitive,
        )

    def _include_sensitive(self) -> None:
        self.sensitive.setChecked(True)
        self.look_wanted.emit()


def _told(preview: PackPreview) -> str:
    if not preview.quotes:
        return "No passage may be published: nothing would be written."
    return quoted_from(preview.quotes, preview.submissions, preview.times)


def _numbered(name: str, number: int) -> str:
    return f"{name} ({number:,})" if number else name


class _Whole(QStyledItemDelegate):
    """Makes a row as high as its words are in the width of their column, which Qt does not."""

    def __init__(self, table: QTreeWidget) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        room = self._table.columnWidth(index.column()) - 2 * _PADDING
        option.rect = QRect(0, 0, room, 1)
        return super().sizeHint(option, index)


def _scrolled(form: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName("clear")
    area.setAccessibleName("What is exported, and how")
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(form)
    return area


def muted() -> QLabel:
    """A label of words that say more of what is above it."""
    label = QLabel()
    label.setObjectName("muted")
    label.setWordWrap(True)
    return label


def combo(name: str, offered: Mapping[Any, str], chosen: object) -> QComboBox:
    """A box of this name that offers values by these words."""
    combo = QComboBox()
    combo.setAccessibleName(name)
    for value, words in offered.items():
        combo.addItem(words, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    return combo


def show_stays(stays: QTreeWidget, told: Sequence[StaysIn]) -> None:
    """Lists what stays in, and why."""
    stays.clear()
    for one in told:
        item = QTreeWidgetItem(stays, [one.ref, one.name, one.why, f"{one.passages:,}"])
        item.setData(0, _ID, one.submission_id)
        item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if told:
        stays.setCurrentIndex(stays.model().index(0, 0))


def table(heads: tuple[str, ...], name: str) -> QTreeWidget:
    """An empty table with these headings, whose third column has the room that there is."""
    table = QTreeWidget()
    table.setHeaderLabels(heads)
    table.setRootIsDecorated(False)
    table.setAccessibleName(name)
    table.setObjectName("codes")
    table.setAllColumnsShowFocus(True)
    table.setWordWrap(True)
    table.setItemDelegate(_Whole(table))
    for place, width in enumerate((220, 70) if len(heads) == 3 else (90, 180, 220, 80)):
        table.setColumnWidth(place, width)
    header = table.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    header.sectionResized.connect(lambda *_: table.scheduleDelayedItemsLayout())
    return table
