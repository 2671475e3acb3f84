"""What the window on words does to the rest: opens, shows lines in the text, copies and exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from coder.domain.text import counted
from coder.project.words import Line, write_table
from coder.ui import messages
from coder.ui.session import Session
from coder.ui.window_state import state_file
from coder.ui.words.dialog import WordsDialog
from coder.ui.words.pages import Page, PlacesPage

if TYPE_CHECKING:
    from coder.ui.window import Window

_SIZE = "words"
_GUARDS = ("Permission", "Publication")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a page of the window on words, and how many of them must not be published."""

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    barred: int = 0

    def warning(self) -> str:
        """What is said when the table has left; empty where all may be published."""
        if not self.barred:
            return ""
        return f" Internal: {counted(self.barred, 'row')} must not be published."


class WordActs(QObject):
    """The window on words of the open project."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._session: Session | None = None
        self.dialog: WordsDialog | None = None

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        if self.dialog is not None:
            state_file().setValue(_SIZE, self.dialog.saveGeometry())
            self.dialog.close_down()
            self.dialog.hide()
            self.dialog.deleteLater()
            self.dialog = None
        self._session = session

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"words": self.open}

    def restyle(self) -> None:
        """Takes on the theme in use."""
        if self.dialog is not None:
            self.dialog.update()

    def open(self) -> None:
        """Opens the window; with the words selected in the text, where they stand."""
        session, desk = self._session, self._window.evidence.desk
        if session is None:
            return
        if self.dialog is None:
            self.dialog = self._make(session)
        self.dialog.follow()
        words = " ".join(desk.reader.selected_text().split())
        self.dialog.enter(words if len(words) <= 60 else "")

    def _make(self, session: Session) -> WordsDialog:
        window = self._window
        made = WordsDialog(session, window.evidence.desk, window.workshop, window)
        made.jump.connect(self._show)
        made.tag_wanted.connect(window.finding.tag_spans)
        made.copy_wanted.connect(self._copy)
        made.export_wanted.connect(self._export)
        made.closed.connect(self._closed)
        window.evidence.desk.document_shown.connect(made.follow)
        size = state_file().value(_SIZE)
        if size is not None:
            made.restoreGeometry(size)
        return made

    def _show(self, line: Line) -> None:
        """Shows a line in the text; the window on words stays."""
        self._window.show_passage(line.submission_id, line.document_id, line.start, line.end)

    def _copy(self, page: Page, rows: list[int]) -> None:
        """Puts rows on the clipboard, as spreadsheets take them: those chosen where there are
        several, or all."""
        make = self._table(page, rows if len(rows) > 1 else [])

        work = self._window.workshop.start("Copying", lambda _: make())
        work.matters = False

        def put(table: Table) -> None:
            cells = [table.headings, *table.rows]
            QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in cells))
            self._window.status.note(f"{counted(len(table.rows), 'row')} copied.{table.warning()}")

        work.finished.connect(put)

    def _export(self, page: Page, rows: list[int]) -> None:
        """Asks for a file and writes the table into it."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _ = QFileDialog.getSaveFileName(
            self.dialog,
            "Export the table (internal)",
            str(Path(folder) / "words.csv"),
            "CSV (*.csv)",
        )
        if not path:
            return
        target, make = Path(path), self._table(page, rows)

        def write(_: object) -> Table:
            table = make()
            write_table(target, table.headings, table.rows)
            return table

        def tell(table: Table) -> None:
            self._window.status.note(f"“{target.name}” is written.{table.warning()}")

        work = self._window.workshop.start(f"Writing {target.name}", write)
        work.failed.connect(lambda problem: messages.tell(self._window, problem))
        work.finished.connect(tell)

    def _table(self, page: Page, rows: list[int]) -> Callable[[], Table]:
        """Makes the table of these rows, or of all; words of the evidence with their permission,
        and with why they must not be published."""
        headings, cells = page.table(rows)
        session, found = self._session, None
        if isinstance(page, PlacesPage):
            found = page.model.concordance
        if session is None or found is None:
            return lambda: Table(tuple(headings), [tuple(row) for row in cells])
        quotes = session.project.quotes

        def make() -> Table:
            bars = quotes.bars(found.spans(rows or None))
            table = [
                (*row, permission, _said(why, remark))
                for row, (permission, why, remark) in zip(cells, bars, strict=True)
            ]
            return Table((*headings, *_GUARDS), table, sum(bool(why) for _, why, _ in bars))

        return make

    def _closed(self) -> None:
        """Lets go of what was counted, once nobody looks at it any more."""
        session = self._session
        if self.dialog is not None:
            self.dialog.places.model.show(None)
        if session is not None:
            self._window.workshop.aside(session.project.words.forget)


def _said(why: str, remark: str) -> str:
    """What a row says of publication: why not, and what is to be known before."""
    return "; ".join(filter(None, (f"[not for publication: {why}]" if why else "", remark)))
