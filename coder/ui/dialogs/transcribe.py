"""Asks how to transcribe: with which model, in which language, and what to expect to hear; where no
model is installed, says how to get one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coder.domain.errors import Refused
from coder.domain.model import Hearing
from coder.domain.text import counted
from coder.project import models
from coder.project.languages import language_name
from coder.project.manner import Manner
from coder.project.models import Model, ModelMissing
from coder.project.recordings import Recording, joined
from coder.settings import Settings
from coder.ui import messages
from coder.ui.background import Work
from coder.ui.dialogs.language_box import LanguageBox
from coder.ui.dialogs.recordings_table import APART, MIXED, Asked, RecordingsTable, track_names
from coder.ui.dialogs.terms_field import TermsField
from coder.ui.dialogs.transcribe_parts import (
    about,
    called,
    in_a_row,
    level_labels,
    none_installed,
)
from coder.ui.folders import ask_for_file, ask_for_folder
from coder.ui.models.doing import Doing
from coder.ui.models.words import DOWNLOAD_COST

__all__ = ["Asked", "TranscribeDialog"]

_TIP = Qt.ItemDataRole.ToolTipRole

HourTakes = Callable[[str, str], float | None]
"""How many minutes an hour of sound takes on this machine, by engine and model, None where that was
never measured."""


def _unmeasured(engine: str, model: str) -> float | None:
    del engine, model
    return None


class TranscribeDialog(QDialog):
    """How these recordings are to be heard. `download_wanted` names a published model to fetch,
    `models_wanted` asks for the window of models, `check_wanted` for a look into a model that is
    not installed, after which `add_model` offers it; what is being done is shown by `follow`.

    `terms` are what the inquiry expects; `silent` recordings have no sound and are not asked about.
    With `change` it asks how a recording is to be heard that waits already, with `again` how one is
    whose transcript is to be replaced.
    """

    download_wanted = Signal(str)
    models_wanted = Signal()
    check_wanted = Signal(object, str)

    def __init__(
        self,
        asked: Sequence[Asked],
        settings: Settings,
        parent: QWidget,
        *,
        terms: str = "",
        change: Hearing | None = None,
        again: bool = False,
        silent: int = 0,
        hour_takes: HourTakes = _unmeasured,
    ) -> None:
        super().__init__(parent)
        self.asked = list(asked)
        self._settings = settings
        self._change = change
        self._hour_takes = hour_takes
        self._lacking: ModelMissing | None = None
        self._again = again
        self._silent = silent
        title = "Transcribe again" if again else "Transcribe"
        self.setWindowTitle("Change how it is transcribed" if change else title)
        self._about = QLabel(self)
        self._about.setWordWrap(True)
        self._make_models()
        self.language = LanguageBox(self)
        self.language.choose(change.language if change else settings.language)
        self.track = self._box("Sound track")
        self.voices = self._box("Voices")
        self.voices.addItems([MIXED, APART])
        self.table = RecordingsTable(self.asked, self)
        self.table.setVisible(len(self.asked) > 1)
        names = () if change else tuple(one.names for one in self.asked)
        self.expect = TermsField(change.hotwords if change else terms, names, self)
        self.expect.remember.setVisible(change is None)
        self._why = QLabel(self)
        self._why.setObjectName("danger")
        self._why.setWordWrap(True)
        self._why.hide()
        self._estimate = QLabel(self)
        self._estimate.setObjectName("muted")
        self._make_form()
        self._connect()
        self._fill()
        self._take_on()
        self.resize(680, self.sizeHint().height())
        (self.begin if self.begin.isEnabled() else self.model).setFocus()

    # What was chosen

    def manners(self) -> list[tuple[str, Manner]]:
        """How each recording that is wanted is to be heard, by its id."""
        shared = Manner(self.engine.currentText(), self.model.currentData() or "")
        chosen = []
        for place, one in enumerate(self.asked):
            row = self._row(place)
            if not row.wanted:
                continue
            names = one.names if self.expect.with_names else ""
            chosen.append(
                (
                    one.media_id,
                    replace(
                        shared,
                        language=row.language,
                        track=row.track,
                        apart=row.apart and self._stereo(place),
                        hotwords=joined(names, self.expect.terms),
                    ),
                )
            )
        return chosen

    @property
    def terms(self) -> str:
        """The names and terms to expect, as they were typed."""
        return self.expect.terms

    @property
    def remembers(self) -> bool:
        """Whether the inquiry is to expect these terms from now on, where they are others."""
        return self._change is None and self.expect.remembers

    def add_model(self, path: Path) -> None:
        """Offers the model in this folder or file, and chooses it."""
        self.model.addItem(path.name, str(path))
        self.model.setCurrentIndex(self.model.count() - 1)
        self.begin.setFocus()

    def follow(self, work: Work) -> None:
        """Shows what is being done with a model, until it ends; then looks which there are."""
        self._doing.follow(work)
        self._allow()
        work.ended.connect(self._fill)

    def offer_models(self, *, offered: bool) -> None:
        """Offers the window of models, or not."""
        self._models.setVisible(offered)

    def show_sounds(self, sounds: Mapping[str, Recording]) -> None:
        """Offers the sound tracks and voices that the recordings have."""
        self.table.show_sounds(sounds)
        if len(self.asked) != 1 or self.asked[0].media_id not in sounds:
            return
        tracks = sounds[self.asked[0].media_id].tracks
        self.track.addItems(track_names(tracks))
        default = next((one.number for one in tracks if one.default), 0)
        chosen = self._change.track if self._change else default
        self.track.setCurrentIndex(min(chosen, len(tracks) - 1))
        self._form.setRowVisible(self.track, len(tracks) > 1)
        self.voices.setCurrentIndex(int(bool(self._change and self._change.apart)))
        self._show_voices()

    # Made once

    def _box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        return box

    def _make_models(self) -> None:
        self.engine = self._box("Engine")
        self.engine.addItems(list(models.engines()))
        self.engine.setCurrentText(self._change.engine if self._change else self._settings.engine)
        self.model = self._box("Model")
        self.model.setPlaceholderText("Choose a model")
        self.model.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.model.setMinimumContentsLength(30)
        self._models = QPushButton("Models…", self)
        self._models.clicked.connect(self.models_wanted)
        self._models.hide()
        self._missing = QLabel(self)
        self._missing.setWordWrap(True)
        self._missing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._download = QPushButton(self)
        self._download.clicked.connect(self._fetch)
        self._folder = QPushButton("Choose a folder…", self)
        self._folder.clicked.connect(self._choose_folder)
        self._file = QPushButton("Choose a .pt file…", self)
        self._file.clicked.connect(self._choose_file)
        self._doing = Doing(self)
        for button in (self._models, self._download, self._folder, self._file):
            button.setAutoDefault(False)

    def _make_form(self) -> None:
        self._form = form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(10)
        called = QLabel("&Model", self)
        called.setBuddy(self.model)
        form.addRow(called, in_a_row(self.model, self._models, grows=self.model))
        form.addRow("", self._missing)
        form.addRow("", self._download)
        form.addRow("", self._doing)
        form.addRow("&Language", self.language)
        form.addRow("&Sound track", self.track)
        form.addRow("&Voices", self.voices)
        form.setRowVisible(self.track, False)
        form.setRowVisible(self.voices, False)
        form.addRow("&Names and terms", self.expect)
        self.expect.label_with(form.labelForField(self.expect))
        self._advanced = QPushButton("Advanced", self)
        self._advanced.setObjectName("flat")
        self._advanced.setCheckable(True)
        self._advanced.setAutoDefault(False)
        form.addRow("&Engine", self.engine)
        self._others = in_a_row(self._folder, self._file)
        form.addRow("Another model", self._others)
        level_labels(form, but=self.expect)
        self._show_advanced(shown=False)
        self._advanced.toggled.connect(self._show_advanced)
        buttons = QDialogButtonBox(self)
        word = "Change" if self._change else "Transcribe"
        self.begin = buttons.addButton(word, QDialogButtonBox.ButtonRole.AcceptRole)
        self.begin.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._advanced)
        row.addWidget(self._estimate, 1)
        row.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for part in (self._about, form, self.table, self._why, row):
            if isinstance(part, QWidget):
                layout.addWidget(part, 1 if part is self.table else 0)
            else:
                layout.addLayout(part)
        if len(self.asked) == 1:
            layout.insertStretch(layout.count() - 1, 1)

    def _connect(self) -> None:
        self.engine.currentTextChanged.connect(lambda _: self._fill())
        self.model.currentIndexChanged.connect(lambda _: self._allow())
        self.language.changed.connect(self._language_chosen)
        self.language.activated.connect(lambda _: self._language_chosen())
        self.track.currentIndexChanged.connect(lambda _: self._show_voices())
        self.expect.entered.connect(self.begin.click)
        self.table.rows.changed.connect(self._allow)

    def _take_on(self) -> None:
        """Gives every recording what is chosen for all."""
        code = self.language.code()
        if code:
            self.table.rows.speak(code)
        self._allow()

    # What goes with what

    def _fill(self) -> None:
        """Lists the models of the engine; keeps the one chosen, or takes the usual one."""
        engine, before = self.engine.currentText(), self.model.currentData()
        self.model.blockSignals(True)
        self.model.clear()
        here = [one for one in models.installed_models() if models.runs(engine, one)]
        for place, model in enumerate(here):
            doubled = any(one.id == model.id for one in here[place + 1 :])
            self.model.addItem(called(model, yours=doubled), str(model.path))
            self.model.setItemData(place, model.title, _TIP)
        missing = self._lacking = models.missing_model(engine)
        at = self._usual(engine) if before is None else self._find(before)
        if at < 0 and before and Path(before).exists():
            self.model.addItem(Path(before).name, before)
            at = self.model.count() - 1
        self.model.setCurrentIndex(at if at >= 0 else -1 if missing else 0)
        self.model.blockSignals(False)
        if missing:
            self._missing.setText(none_installed(missing))
            self._download.setText(f"Download “{missing.name}” ({models.size(missing.bytes)})")
        self._allow()

    def _usual(self, engine: str) -> int:
        """Where the model is that is used unless another is chosen: that of the hearing that is
        being changed, the one a person set, or what suits the machine; -1 where none of them is."""
        default = models.default_model(engine)
        wanted = (
            self._change.model if self._change else "",
            self._settings.model,
            str(default.path) if default else "",
        )
        return next((at for one in wanted if one and (at := self._find(one)) >= 0), -1)

    def _find(self, named: str) -> int:
        """The place of a model by its folder or its name, or −1."""
        for model in models.installed_models():
            if named in (model.id, str(model.path)):
                return self.model.findData(str(model.path))
        return self.model.findData(named)

    def _allow(self) -> None:
        """Lets one begin once a model is chosen that knows the languages; says what is missing."""
        chosen, missing = self.model.currentIndex() >= 0, self._lacking
        lacks = missing is not None and not chosen
        self._form.setRowVisible(self._missing, lacks)
        downloadable = missing is not None and missing.downloadable
        busy = self._doing.busy
        self._form.setRowVisible(self._download, lacks and downloadable and not busy)
        self._form.setRowVisible(self._doing, busy)
        for button in (self._folder, self._file):
            button.setEnabled(not busy)
        self._about.setText(
            about(self._wanted(), silent=self._silent, again=self._again, of=len(self.asked))
        )
        why = self._why_not()
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.begin.setEnabled(chosen and not why and bool(self._wanted()))
        model = self._model()
        self.expect.allow(heeded=model is None or model.decoding.get("hotwords", True) is not False)
        self._show_estimate()

    def _why_not(self) -> str:
        """What stands in the way, beside a model that is missing; nothing where all is well."""
        try:
            self.language.code_or_refuse()
        except Refused as problem:
            return str(problem)
        model = self._model()
        if model is None or not model.languages:
            return ""
        wanted = {one.language for one in self._wanted()}
        lacks = sorted(language_name(one) for one in wanted - set(model.languages))
        if not lacks:
            return ""
        knows = ", ".join(language_name(one) for one in model.languages)
        return f"The model “{model.id}” does not know {', '.join(lacks)}; it knows {knows}."

    def _model(self) -> Model | None:
        """The model that is chosen, where it is one of those installed."""
        chosen = self.model.currentData()
        return next((one for one in models.installed_models() if str(one.path) == chosen), None)

    def _language_chosen(self) -> None:
        code = self.language.code()
        if code:
            self.table.rows.speak(code)
        self._allow()

    def _row(self, place: int) -> Asked:
        """What is chosen for a recording: in the table, or in the form where it is the only one."""
        row = self.table.rows.rows[place]
        if len(self.asked) > 1:
            return row
        code = self.language.code() or row.language
        track = max(0, self.track.currentIndex()) if self.track.count() else row.track
        if not self.track.count() and self._change:
            return replace(row, language=code, track=self._change.track, apart=self._change.apart)
        return replace(row, language=code, track=track, apart=self.voices.currentIndex() == 1)

    def _wanted(self) -> list[Asked]:
        """The recordings that are to be heard, as was chosen for each."""
        rows = (self._row(place) for place in range(len(self.asked)))
        return [one for one in rows if one.wanted]

    def _stereo(self, place: int) -> bool:
        if self._change and not self.track.count():
            return True
        return self.table.rows.is_stereo(place, self._row(place).track)

    def _show_voices(self) -> None:
        """Offers voices apart only where the track has a left and a right."""
        self._form.setRowVisible(self.voices, len(self.asked) == 1 and self._stereo(0))

    def _show_estimate(self) -> None:
        """Says how long it will take, where that was ever measured."""
        takes = self._hour_takes(self.engine.currentText(), self.model.currentData() or "")
        hours = sum(one.media_ms for one in self._wanted()) / 3_600_000
        told = ""
        if takes is not None and hours:
            minutes = max(1, round(takes * hours))
            told = f"About {counted(minutes, 'minute')} on this machine"
        self._estimate.setText(told)

    def _show_advanced(self, shown: bool) -> None:
        """Offers what most people never need: the engine where there are two, and models that are
        not installed."""
        self._form.setRowVisible(self.engine, shown and self.engine.count() > 1)
        self._form.setRowVisible(self._others, shown)
        if self.isVisible():
            self.resize(self.width(), self.sizeHint().height())

    # Models that are not there yet

    def _choose_folder(self) -> None:
        if folder := ask_for_folder(self, "Folder with a Whisper model"):
            self.check_wanted.emit(folder, self.engine.currentText())

    def _choose_file(self) -> None:
        if file := ask_for_file(self, "Whisper model", "Models (*.pt)"):
            self.check_wanted.emit(file, self.engine.currentText())

    def _fetch(self) -> None:
        """Says what a download costs, and asks for it where that is agreed to."""
        wanted = self._lacking
        if wanted is None:
            return
        question = f"Download “{wanted.name}”, {models.size(wanted.bytes)}?"
        begin = partial(self.download_wanted.emit, wanted.name)
        messages.ask(self, question, DOWNLOAD_COST, "Download", "Not now", begin)

    def changeEvent(self, event: QEvent) -> None:
        """Looks for models again when a person comes back to it from the window of models."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._fill()
