"""Copies for colleagues in the window: shared, opened, merged; and the clashes that are open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from coder.domain.errors import EvidenceError, WrongPassphrase
from coder.jobs import Job
from coder.project import Project
from coder.project.evidence import State
from coder.project.merging import Clash, Merged
from coder.project.sharing import ENDING, Shared, ShareOptions, open_shared, refuse_strange
from coder.ui import messages
from coder.ui.background import Work
from coder.ui.folders import ask_for_file, ask_for_folder, documents
from coder.ui.session import Session
from coder.ui.together.choosing import ChooseSource, Lies
from coder.ui.together.clashes import Clashes
from coder.ui.together.merge_dialog import MergeDialog
from coder.ui.together.passphrase import PassphraseDialog, with_passphrase
from coder.ui.together.share_dialog import Offer, ShareDialog
from coder.ui.together.telling import ClashCount

if TYPE_CHECKING:
    from coder.ui.window import Window

_ABOUT = (
    "What was done in another copy of this inquiry comes in here, as one step. You see what it is"
    " first, and Ctrl+Z takes it back. The other copy stays as it is."
)
_SOURCES = {
    Lies.FILE: "A shared copy that came back, or the zip of a folder",
    Lies.FOLDER: "Another copy on this machine, a stick or a drive",
}
FILES = f"Shared copies (*{ENDING} *.zip);;All files (*)"


class TogetherActs(QObject):
    """What one window does with copies of inquiries."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.sharing: ShareDialog | None = None
        self.asking: PassphraseDialog | None = None
        self.choosing: ChooseSource | None = None
        self.merging: MergeDialog | None = None
        self.clashes: Clashes | None = None
        self._count: ClashCount | None = None
        window.status.clashes_wanted.connect(self.show_clashes)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does, but for opening a copy, which ends the
        work under way."""
        return {
            "share-copy": self.ask_to_share,
            "merge-copy": self.choose_copy,
            "clashes": self.show_clashes,
        }

    def open_session(self, session: Session | None) -> None:
        """Tells of the clashes of this inquiry, and puts away what is about the one before."""
        if self._count is not None:
            self._count.stop()
            self._count = None
        if self.clashes is not None:
            self.clashes.close()
            self.clashes.deleteLater()
            self.clashes = None
        if session is not None:
            self._count = ClashCount(session, self._window.status)
            self._count.count()

    # Sharing

    def ask_to_share(self) -> None:
        """Asks for whom a copy is and what is to be in it."""
        session = self._window.session
        if session is None:
            return
        dialog = self.sharing = ShareDialog(self._offer(session), self._window)
        dialog.wanted.connect(self._choose_target)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def share(self, path: Path, options: ShareOptions) -> None:
        """Writes a copy."""
        session = self._window.session
        if session is None:
            return
        share = partial(session.project.sharing.share, path, options)
        work = self._window.workshop.start(f"Writing {path.name}", share)
        work.failed.connect(lambda problem: messages.tell(self._window, problem))
        work.stopped.connect(lambda: self._window.status.note("Stopped. Nothing was written."))
        work.finished.connect(self._shared)

    def _offer(self, session: Session) -> Offer:
        project, views = session.project, self._window.evidence.list.model
        refs = {one.submission.id: one.submission.ref for one in views.views}
        names = {one.id: one.name for one in project.coders()}
        given: dict[str, tuple[str, ...]] = {}
        for one in project.assigning.all():
            name = names.get(one.coder_id, "")
            given[name] = (*given.get(name, ()), refs.get(one.submission_id, ""))
        listed = [one.view for one in views.matching if one.view.state is not State.ASIDE]
        chosen = refs.get(self._window.evidence.list.current(), "")
        listed_refs = tuple(one.submission.ref for one in listed)
        return Offer(project.people(), len(refs), listed_refs, chosen, given)

    def _choose_target(self, options: ShareOptions) -> None:
        session = self._window.session
        if session is None or self.sharing is None:
            return
        whom = f" for {options.to}" if options.to else ""
        words = f"{session.project.inquiry.title}{whom}"
        name = " ".join("".join(c if c.isalnum() or c in " -" else " " for c in words).split())
        path, _ = QFileDialog.getSaveFileName(
            self.sharing,
            "Share a copy",
            str(documents() / f"{name[:80]}{ENDING}"),
            f"Shared copies (*{ENDING})",
        )
        if path:
            self.sharing.accept()
            target = Path(path)
            self.share(target if target.suffix else target.with_suffix(ENDING), options)

    def _shared(self, shared: Shared) -> None:
        folder = shared.path.parent
        told = "\n\n".join([str(shared), *map(str, shared.left)])
        box = messages.inform(
            self._window, f"“{shared.path.name}” is written.", told, f"It lies in {folder}"
        )
        show = box.addButton("Show in folder", QMessageBox.ButtonRole.ActionRole)
        where = QUrl.fromLocalFile(str(folder))
        show.clicked.connect(lambda: QDesktopServices.openUrl(where))

    # Opening

    def choose_shared(self) -> None:
        """Asks for a file that was shared, and opens it."""
        path = ask_for_file(self._window, "Open a shared copy", FILES)
        if path is not None:
            self.open(path)

    def open(self, path: Path, problem: str = "") -> None:
        """Asks for what opens a shared copy, and where its inquiry is to lie; then opens it."""
        try:
            refuse_strange(path)
        except EvidenceError as strange:
            messages.tell(self._window, strange)
            return
        self.asking = with_passphrase(
            self._window, path, partial(self._choose_folder, path), problem
        )

    def unpack(self, path: Path, folder: Path, passphrase: str = "") -> None:
        """Makes an inquiry of a shared copy in this folder, and shows it."""

        def unpack(job: Job) -> None:
            open_shared(path, folder, passphrase, job)

        work = self._window.workshop.start(f"Opening {path.name}", unpack)
        if self._window.session is None:
            self._window.welcome.follow(work)
        work.finished.connect(lambda _: self._window.open_project(folder))
        work.failed.connect(partial(self._ask_again, partial(self.open, path)))
        work.stopped.connect(lambda: self._window.status.note("Stopped. Nothing was opened."))

    def _choose_folder(self, path: Path, passphrase: str) -> None:
        folder, _ = QFileDialog.getSaveFileName(
            self._window, "Where the inquiry is kept", str(documents() / path.stem)
        )
        if folder:
            self.unpack(path, Path(folder), passphrase)

    # Merging

    def choose_copy(self) -> None:
        """Asks for the file or folder of another copy, and shows what it would bring."""
        if not self._writable():
            return
        dialog = self.choosing = ChooseSource("Merge a copy", _ABOUT, _SOURCES, self._window)
        dialog.chosen.connect(self._choose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_at(self, path: Path, problem: str = "") -> None:
        """Shows what a copy would bring into the open inquiry, and brings it in on wish."""
        if self._writable():
            self.asking = with_passphrase(self._window, path, partial(self._preview, path), problem)

    def take(self, path: Path) -> None:
        """Asks what is to become of a copy that was dropped on an inquiry: merged into it, or
        opened by itself."""
        window = self._window
        box = messages.ask(
            window,
            f"“{path.name}” is a copy of an inquiry.",
            "Merge what was done in it into this inquiry, or open it as one of its own?",
            "Merge it",
            "Cancel",
            lambda: self.look_at(path),
        )
        apart = box.addButton("Open it", QMessageBox.ButtonRole.ActionRole)
        apart.clicked.connect(partial(window.when_free, partial(window.arriving.open, path)))

    def take_back(self, project: Project) -> None:
        """Undoes a merge beside the window, in which nothing else is done meanwhile."""
        label = project.next_labels()[0] or ""
        dialog = self.merging = MergeDialog(label, self._window)
        dialog.finished.connect(self._forget_merging)
        dialog.work_on("Taking it back", stoppable=False)
        dialog.open()
        work = self._window.workshop.start(f"Undoing “{label}”", lambda _: project.undo())
        work.ended.connect(dialog.end)
        work.finished.connect(lambda _: self._window.status.note(f"Undone: {label}"))
        work.failed.connect(lambda problem: messages.tell(self._window, problem))

    def _choose(self, lies: Lies) -> None:
        title = "Merge a copy"
        if lies is Lies.FILE:
            path = ask_for_file(self._window, title, FILES)
        else:
            path = ask_for_folder(self._window, title)
        if path is not None:
            self.look_at(path)

    def _writable(self) -> Session | None:
        session = self._window.session
        if session is not None and session.project.read_only:
            messages.inform(
                self._window,
                "This inquiry is open for reading only.",
                "Copies can be merged where it is open for work.",
            )
            return None
        return session

    def _preview(self, path: Path, passphrase: str) -> None:
        session = self._window.session
        if session is None:
            return
        merging, sight = session.project.merging, session.sight
        dialog = self.merging = MergeDialog(path.name, self._window)
        dialog.finished.connect(self._forget_merging)
        dialog.clashes_wanted.connect(self.show_clashes)
        dialog.open()
        look = partial(merging.preview, path, passphrase=passphrase, sight=sight)
        work = self._under_way(dialog, path, f"Looking at {path.name}", look)
        work.finished.connect(dialog.show_plan)

        def merge() -> None:
            dialog.work_on("Merging")
            bring = partial(merging.merge, path, passphrase=passphrase, sight=sight)
            come = self._under_way(dialog, path, f"Merging {path.name}", bring)
            come.finished.connect(dialog.show_done)
            come.stopped.connect(lambda: self._window.status.note("Stopped. Nothing came in."))

        dialog.wanted.connect(merge)

    def _under_way(
        self, dialog: MergeDialog, path: Path, title: str, act: Callable[..., Merged]
    ) -> Work:
        """Begins work that the dialog tells of, and that ends it where it does not succeed."""
        work = self._window.workshop.start(title, lambda job: act(job=job))

        def fail(problem: Exception) -> None:
            dialog.end()
            self._ask_again(partial(self.look_at, path), problem)

        work.progressed.connect(dialog.follow)
        work.failed.connect(fail)
        work.stopped.connect(dialog.end)
        dialog.stopped.connect(work.cancel)
        return work

    def _ask_again(self, ask: Callable[[str], None], problem: Exception) -> None:
        """Asks anew for a passphrase that was wrong; tells of anything else."""
        if isinstance(problem, WrongPassphrase):
            ask(f"{problem.what} {problem.remedy}")
        else:
            messages.tell(self._window, problem)

    def _forget_merging(self) -> None:
        if self.merging is not None:
            self.merging.deleteLater()
            self.merging = None

    # Clashes

    def show_clashes(self) -> None:
        """Shows what merges could not keep."""
        session = self._window.session
        if session is None:
            return
        if self.clashes is None:
            self.clashes = Clashes(session, self._window)
            self.clashes.show_wanted.connect(self._see)
        self.clashes.show()
        self.clashes.raise_()
        self.clashes.list.setFocus()

    def _see(self, clash: Clash) -> None:
        """Goes to what a clash is about."""
        session = self._window.session
        spot = session.project.merging.spot(clash) if session else None
        if spot is None:
            self._window.status.note("It is gone, or belongs to no submission and no code.")
        elif spot.code_id:
            self._window.evidence.themes.acts.open_card(spot.code_id)
        elif spot.end:
            self._window.show_passage(spot.submission_id, spot.document_id, spot.start, spot.end)
        else:
            self._window.go_to_place(0)
            self._window.evidence.show_document(spot.submission_id, spot.document_id)
