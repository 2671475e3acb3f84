"""What leaves by the window: quote packs, clips and the key to pseudonyms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from coder.domain.asked import in_words
from coder.domain.quotes import QuoteFilter
from coder.domain.text import counted, file_name, listed
from coder.jobs import Job
from coder.project.clips import ClipsReport
from coder.ui import messages
from coder.ui.background import HEARING
from coder.ui.folders import ask_for_file, documents
from coder.ui.packing.clips import ExportClipsDialog
from coder.ui.packing.dialog import ExportPackDialog
from coder.ui.packing.formats import FORMATS, format_of, remember, remembered
from coder.ui.packing.looking import look
from coder.ui.packing.wanted import Source
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

_TEMPLATES = "Word documents and templates (*.docx *.dotx)"


class Leaving(QObject):
    """The acts of one window by which something leaves the project."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def does(self) -> dict[str, Callable[[], None]]:
        """What each act does, by its id."""
        return {
            "export-pack": self.export_pack,
            "export-clips": self.export_clips,
            "export-key": self.export_key,
        }

    def export_pack(self, basket_id: str = "") -> None:
        """Asks what goes into a quote pack, this basket unless something else is chosen, and how
        it looks, and writes it."""
        session = self._window.session
        if session is not None:
            _Asking(self._window, session, basket_id).dialog.open()

    def set_pseudonym(self, submission_id: str, name: str) -> None:
        """Gives a submission a pseudonym, or takes it away where it is empty; asks whether others
        by a respondent of the same name have it too, and says what is to be known of it."""
        session = self._window.session
        if session is None:
            return
        pseudonyms = session.project.pseudonyms
        if not name:
            messages.attempt(self._window, partial(pseudonyms.remove, submission_id))
            return
        done = messages.attempt(self._window, partial(pseudonyms.choose, submission_id, name))
        others = [one.ref for one in pseudonyms.by_the_same(submission_id) if one.pseudonym != name]
        if not done:
            return
        if others:
            verb = "is" if len(others) == 1 else "are"
            messages.ask(
                self._window,
                f"{listed(others)} {verb} by a respondent of the same name. Quote them as"
                f" “{name}” too?",
                "Only where it is the same person: one person has one pseudonym everywhere.",
                f"Quote all as “{name}”",
                "Leave the others",
                partial(pseudonyms.choose, submission_id, name, together=True),
            )
        elif done[0]:
            self._window.status.note(" ".join(done[0]))

    def export_key(self) -> None:
        """Warns, and writes who is behind each pseudonym into a file."""
        session = self._window.session
        if session is None:
            return
        chosen = session.project.pseudonyms.all()
        if not chosen:
            messages.inform(
                self._window,
                "No submission has a pseudonym yet.",
                "Give one under Particulars in the menu Evidence.",
            )
            return
        messages.ask(
            self._window,
            f"Write down who is behind {counted(len(chosen), 'pseudonym')}?",
            "Whoever has this file knows the names of people who asked that theirs be kept back."
            " Keep it apart from the project, from packs, and from everything that is shared.",
            "Write the key…",
            "Do not",
            self._write_key,
        )

    def _write_key(self) -> None:
        session = self._window.session
        start = str(documents() / "key-to-pseudonyms.csv")
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Export the key to pseudonyms", start, "CSV (*.csv)"
        )
        if session is None or not path:
            return
        target = Path(path)
        if target.suffix.lower() != ".csv":
            target = target.with_name(f"{target.name}.csv")
        if messages.attempt(self._window, partial(session.project.pseudonyms.write_key, target)):
            self._window.status.note(f"“{target.name}” is written: keep it apart.")

    def export_clips(self) -> None:
        """Asks how clips are to be cut, and cuts those of the quotes that the filters show."""
        session = self._window.session
        if session is not None:
            _AskingClips(self._window, session).dialog.open()


class _Latest:
    """Looks beside the window for what a dialog shows; of several looks only the latest is shown,
    and none once it is closed."""

    def __init__(self, window: Window, dialog: QDialog) -> None:
        self._window = window
        self._dialog = dialog
        self._number = 0
        dialog.finished.connect(self.leave)

    def look(self, act: Callable[[Job], Any], show: Callable[[Any], object]) -> None:
        """Does the act, and shows what it gave."""
        self._number += 1
        number = self._number
        work = self._window.workshop.quietly("Looking through the quotes", act)
        work.finished.connect(lambda found: show(found) if number == self._number else None)
        work.failed.connect(
            lambda problem: messages.tell(self._dialog, problem) if number == self._number else None
        )

    def leave(self) -> None:
        """Shows nothing any more."""
        self._number += 1


class _AskingClips(QObject):
    """One time that clips are asked for."""

    def __init__(self, window: Window, session: Session) -> None:
        self.dialog = ExportClipsDialog(_sources(window, session), window)
        super().__init__(self.dialog)
        self._window = window
        self._session = session
        dialog = self.dialog
        self._looking = _Latest(window, dialog)
        dialog.look_wanted.connect(self._look)
        dialog.export_wanted.connect(self._export)
        dialog.finished.connect(dialog.deleteLater)
        self._look()

    def _look(self) -> None:
        clips = self._session.project.clips
        wanted, options = self.dialog.wanted, self.dialog.options
        self._looking.look(lambda _: clips.preview(wanted, options), self.dialog.show_preview)

    def _export(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self.dialog, "Choose a folder for the clips", str(documents())
        )
        if not folder:
            return
        window, clips = self._window, self._session.project.clips
        wanted, options, target = self.dialog.wanted, self.dialog.options, Path(folder)
        self.dialog.accept()
        work = window.workshop.start(
            "Cutting clips", lambda job: clips.export(wanted, target, options, job), HEARING
        )
        work.failed.connect(lambda problem: messages.tell(window, problem))
        work.finished.connect(lambda report: _tell_of_clips(window, report))


def _tell_of_clips(window: Window, report: ClipsReport) -> None:
    box = messages.inform(
        window,
        f"{counted(len(report.clips), 'clip is', 'clips are')} written.",
        " ".join(filter(None, (report.preview.stays_in(), *report.problems))),
        f"They lie in {report.folder}",
    )
    for words, path in (("Open", report.folder / "clips.html"), ("Show in folder", report.folder)):
        if path.exists():
            button = box.addButton(words, QMessageBox.ButtonRole.ActionRole)
            url = QUrl.fromLocalFile(str(path))
            button.clicked.connect(partial(QDesktopServices.openUrl, url))


class _Asking(QObject):
    """One time that a pack is asked for: keeps the dialog up to date, and does what it wants."""

    def __init__(self, window: Window, session: Session, basket_id: str) -> None:
        sources = _sources(window, session)
        sources.sort(key=lambda one: one.wanted.basket != basket_id)
        kept = remembered()
        options = replace(kept.options, joined=window.quotes.pane.joined)
        self.dialog = ExportPackDialog(sources, replace(kept, options=options), window)
        super().__init__(self.dialog)
        self._window = window
        self._session = session
        dialog = self.dialog
        self._looking = _Latest(window, dialog)
        self._template = _Latest(window, dialog)
        dialog.look_wanted.connect(self._look)
        dialog.submission_wanted.connect(
            lambda submission: window.chores.change_particulars(submission, dialog)
        )
        dialog.mask_wanted.connect(self._mask)
        dialog.template_wanted.connect(self._choose_template)
        dialog.export_wanted.connect(self._export)
        dialog.finished.connect(dialog.deleteLater)
        session.changed.connect(self._look)
        dialog.finished.connect(lambda _: session.changed.disconnect(self._look))
        template = kept.options.template
        if template is not None and template.is_file():
            self._take_template(template)
        self._look()

    def _look(self) -> None:
        project = self._session.project
        wanted, options = self.dialog.wanted, self.dialog.options
        self._looking.look(lambda _: look(project, wanted, options), self.dialog.show_looked)

    def _mask(self, ref: str, words: list[str]) -> None:
        review = self._session.project.review
        messages.attempt(self.dialog, lambda: review.mask(ref, *words))

    def _choose_template(self) -> None:
        chosen = ask_for_file(self.dialog, "Choose a Word template", _TEMPLATES)
        if chosen is not None:
            self._take_template(chosen)

    def _take_template(self, template: Path) -> None:
        """Takes on a template, if it can be used."""
        packs = self._session.project.packs
        self._template.look(
            lambda _: packs.check_template(template),
            partial(self.dialog.show_template, template),
        )

    def _export(self) -> None:
        dialog = self.dialog
        format_ = format_of(dialog.ending)
        folder = Path(dialog.choices.folder or documents())
        start = (folder if folder.is_dir() else documents()) / f"{dialog.file}{format_.ending}"
        path, _ = QFileDialog.getSaveFileName(
            dialog, "Export quote pack", str(start), f"{format_.name} (*{format_.ending})"
        )
        if not path:
            return
        target = Path(path)
        if target.suffix.lower() not in {one.ending for one in FORMATS}:
            target = target.with_name(target.name + format_.ending)
        remember(replace(dialog.choices, folder=str(target.parent)))
        wanted, options = dialog.wanted, dialog.options
        dialog.accept()
        self._window.chores.write_pack(target, wanted, options)


def _sources(window: Window, session: Session) -> list[Source]:
    """What the filters of the quotes place let through, and every basket; the one that is shown
    there first."""
    shown = window.quotes.wanted()
    baskets = [
        Source(
            f"Basket “{one.name}”",
            "Its quotes in its order, under its headings, with your words between them.",
            QuoteFilter(basket=one.id),
            file_name(one.name) or "quote-pack",
        )
        for one in session.project.baskets.all()
    ]
    if shown.basket and baskets:
        return sorted(baskets, key=lambda source: source.wanted.basket != shown.basket)
    words = in_words(shown, session.codes, window.quotes.unseen())
    return [Source("What the filters show", words, shown), *baskets]
