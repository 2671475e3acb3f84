"""What is done with the codes chosen in the tree; each act is one undoable step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from coder.domain.model import Code, Coding
from coder.domain.palette import shade
from coder.domain.text import counted
from coder.project.codebook import Codebook
from coder.project.codebook_order import Shift
from coder.ui import messages, theme
from coder.ui.codebook.asking import ask_text
from coder.ui.codebook.card import CodeCard
from coder.ui.codebook.deleting import DeleteDialog
from coder.ui.codebook.split import SplitDialog
from coder.ui.picker import Choice, Picker
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

T = TypeVar("T")

FEW = 50
"""So many tags are moved or removed at once; more would hold up the window."""

_ON_TOP = "on top"
_STUCK = {
    Shift.UP: "It stands first already.",
    Shift.DOWN: "It stands last already.",
    Shift.IN: "There is no code above it that it could go below.",
    Shift.OUT: "It is a theme already.",
}


class CodeActs(QObject):
    """Acts on codes for one window. `note` gives a line for the status bar; `made` the id of a code
    that was just made."""

    note = Signal(str)
    made = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.session: Session | None = None

    def codes(self, ids: Sequence[str]) -> list[Code]:
        """The codes with these ids, as far as they are still there."""
        known = self.session.codes if self.session else {}
        return [known[one] for one in ids if one in known]

    def add(self, below: str = "") -> None:
        """Asks for a new code, below this one or on top."""
        above = next(iter(self.codes([below])), None)
        if self.session is None:
            return
        label = (
            f"Name of the new code below “{above.name}”:"
            if above
            else "Name of the code (Theme/Code puts it below a theme):"
        )

        def make(name: str) -> None:
            path = f"{self._path(above)}/{name.replace('/', '-')}" if above else name
            if name.strip():
                for code in self._try(lambda: self._book().add(path)):
                    self.made.emit(code.id)

        ask_text(self._parent, "Add a code", label, "", make)

    def rename(self, code_id: str, name: str) -> None:
        """Gives a code another name."""
        for code in self.codes([code_id]):
            self._try(partial(self._book().rename, code, name))

    def move(self, ids: Sequence[str], parent_id: str, before_id: str = "") -> None:
        """Puts codes below another or on top, before another or last."""
        codes, known = self.codes(ids), self.session.codes if self.session else {}
        if codes:
            parent, before = known.get(parent_id), known.get(before_id)
            self._try(lambda: self._book().move_all(codes, parent, before))

    def shift(self, code_id: str, by: Shift) -> None:
        """Moves a code by one place, and says so where it cannot go further."""
        for code in self.codes([code_id]):
            for moved in self._try(partial(self._book().shift, code, by)):
                if not moved:
                    self.note.emit(_STUCK[by])

    def recolour(self, ids: Sequence[str], colour: str) -> None:
        """Gives codes a colour of the palette."""
        codes = self.codes(ids)
        self._try(lambda: self._book().recolour_all(codes, colour))

    def set_key(self, code_id: str, key: str) -> None:
        """Gives a code a key, or none."""
        for code in self.codes([code_id]):
            self._try(partial(self._book().set_key, code, key))

    def ask_where(self, ids: Sequence[str], place: QPoint) -> None:
        """Offers every code that these can be moved below."""
        codes = self.codes(ids)
        if self.session is None or not codes:
            return
        choices = [Choice(_ON_TOP, "On top, as a theme of its own"), *self._others(codes)]
        picker = Picker(self._parent, choices, f"Move {_named(codes)} below…")
        picker.chosen.connect(lambda chosen: self.move(ids, chosen[0].removeprefix(_ON_TOP)))
        picker.open_at(place)

    def ask_merge(self, ids: Sequence[str], place: QPoint) -> None:
        """Offers every code that these can be merged into."""
        codes = self.codes(ids)
        if self.session is None or not codes:
            return
        picker = Picker(self._parent, self._others(codes), f"Merge {_named(codes)} into…")
        picker.chosen.connect(lambda chosen: self._merge(codes, chosen[0]))
        picker.open_at(place)

    def _merge(self, codes: Sequence[Code], into_id: str) -> None:
        into = next(iter(self.codes([into_id])), None)
        if into is None:
            return
        book, names = self._book(), _named(codes)
        self._carry_out(
            sum(book.coders_of(codes).values()),
            f"Merging {names}",
            partial(book.merge_all, codes, into),
            lambda _: self.note.emit(f"Merged {names} into “{into.name}”. Ctrl+Z takes it back."),
        )

    def ask_split(self, code_id: str) -> None:
        """Shows the passages of a code, of which some are to have another."""
        session, window = self.session, cast("Window", self._parent.window())
        code = next(iter(self.codes([code_id])), None)
        if session is None or code is None:
            return
        book = session.project.codebook
        dialog = SplitDialog(session, code, self._parent)
        dialog.wanted.connect(partial(self._split, code))
        self.made.connect(dialog.close)
        work = window.workshop.start(
            f"Reading the passages of “{code.name}”",
            lambda _: (book.passages(code), book.codings(code)),
        )
        work.matters = False
        work.finished.connect(dialog.show_found)
        work.failed.connect(partial(messages.tell, self._parent))
        dialog.open()

    def _split(self, code: Code, codings: list[Coding], path: str) -> None:
        def tell(made: Code) -> None:
            self.made.emit(made.id)
            moved = counted(len(codings), "passage has", "passages have")
            self.note.emit(f"{moved} “{made.name}” now. Ctrl+Z takes it back.")

        act = partial(self._book().split, code, codings, path)
        self._carry_out(len(codings), f"Splitting “{code.name}”", act, tell)

    def ask_delete(self, ids: Sequence[str]) -> None:
        """Asks what becomes of the tags of these codes, then deletes the codes."""
        codes = self.codes(ids)
        if self.session is None or not codes:
            return
        dialog = DeleteDialog(self.session, codes, self._parent)

        def delete() -> None:
            keep = next(iter(self.codes([dialog.keep_in()])), None)
            book, names = self._book(), _named(codes)

            def tell(number: int) -> None:
                became = f"moved to “{keep.name}”" if keep else "went with it"
                tags = f"; {counted(number, 'tag')} {became}" if number else ""
                self.note.emit(f"Deleted {names}{tags}. Ctrl+Z brings all of it back.")

            tags = sum(book.coders_of(book.family(codes)).values())
            act = partial(book.delete_all, codes, keep)
            self._carry_out(tags, f"Deleting {names}", act, tell)

        dialog.accepted.connect(delete)
        dialog.open()

    def open_card(self, code_id: str) -> None:
        """Shows all about a code, to be read and changed."""
        session = self.session
        for code in self.codes([code_id]):
            if session is not None:
                CodeCard(session, code, self._parent).open()

    def pin(self, coding: Coding | None) -> None:
        """Makes a tag an example of its code."""
        if self.session is None or coding is None:
            self.note.emit("There is no tag here. Put the caret in a tagged passage first.")
            return
        name = self.session.codes[coding.code_id].name
        for fresh in self._try(lambda: self._book().pin(coding)):
            self.note.emit(
                f"Pinned as an example of “{name}”." if fresh else f"It is one of “{name}” already."
            )

    # Below: what several of them need

    def _book(self) -> Codebook:
        if self.session is None:
            raise RuntimeError("no project is open")
        return self.session.project.codebook

    def _path(self, code: Code) -> str:
        return next(view.path for view in self._book().tree() if view.code.id == code.id)

    def _others(self, codes: Sequence[Code]) -> list[Choice]:
        """Every code but these and those below them."""
        inner = {code.id for code in self._book().family(codes)}
        dark = theme.current().dark
        return [
            Choice(
                view.code.id,
                view.path.replace("/", " / "),
                colour=shade(view.code.colour, dark),
                name=view.code.name,
            )
            for view in self._book().tree()
            if view.code.id not in inner
        ]

    def _carry_out(
        self, tags: int, title: str, act: Callable[[], T], tell: Callable[[T], object]
    ) -> None:
        """Does an act on so many tags: at once where they are few, else beside the window."""
        if tags <= FEW:
            for result in self._try(act):
                tell(result)
            return
        work = cast("Window", self._parent.window()).workshop.start(title, lambda _: act())
        work.finished.connect(tell)
        work.failed.connect(partial(messages.tell, self._parent))

    def _try(self, act: Callable[[], T]) -> tuple[T, ...]:
        return messages.attempt(self._parent, act)


def _named(codes: Sequence[Code]) -> str:
    return f"“{codes[0].name}”" if len(codes) == 1 else counted(len(codes), "code")
