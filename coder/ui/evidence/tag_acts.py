"""What can be done with tags that are there: with the one at the caret, or those chosen in the
list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Signal

from coder.domain.model import Code, Coding, Document
from coder.domain.text import counted, extend_by_word
from coder.project.coding_shapes import parted_at
from coder.ui import messages
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.memo import MemoDialog
from coder.ui.evidence.tag_menu import TagMenu
from coder.ui.picker import Choice, Picker
from coder.ui.session import Session

T = TypeVar("T")
Choices = Callable[[Session], list[Choice]]
ENDS = {
    "end-later": ("end", 1),
    "end-earlier": ("end", -1),
    "start-later": ("start", 1),
    "start-earlier": ("start", -1),
}


class TagActs(QObject):
    """Each act is one step, also on many tags; others' are left as they are, and that is said.

    `note` gives a line for the status bar; `palette_wanted` asks for codes for the selection,
    `copy_wanted` to copy with citation, `play_wanted` to hear the words. `choices` are the codes
    that a tag can get instead; `in_list` gives the tags chosen in the list of tags while somebody
    is at work there.
    """

    note = Signal(str)
    palette_wanted = Signal()
    copy_wanted = Signal()
    play_wanted = Signal()

    def __init__(self, desk: Desk, choices: Choices) -> None:
        super().__init__(desk)
        self._desk = desk
        self._choices = choices
        self._session: Session | None = None
        self._aside = ""
        self.in_list: Callable[[], list[Coding]] = list
        self.leave_list: Callable[[], None] = lambda: None
        self.menu = TagMenu(self, desk)
        desk.bar.wanted.connect(self._bar_wants)
        desk.bar.turned.connect(self._turn_to)
        desk.reader.coding_menu_wanted.connect(self.open_menu)
        desk.reader.resize_wanted.connect(self._resize_drawn)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "untag": self.remove,
            "memo": self.write_memo,
            "mark": self.toggle_marked,
            "sensitive": self.toggle_sensitive,
            "retag": self.recode,
            "split-tag": self.split,
            "join-tags": self.join,
            **{act: partial(self.move_end, *how) for act, how in ENDS.items()},
            "next-coding": partial(self.go_to_coding, forward=True),
            "previous-coding": partial(self.go_to_coding, forward=False),
        }

    def chosen_in_list(self) -> list[Coding]:
        """The tags chosen in the list of tags, where somebody is at work there."""
        return self.in_list()

    def remove(self) -> None:
        """Removes the tags at hand that are this coder's."""
        session, codings = self._session, self._own("remove")
        if session is None or not codings:
            return
        names = self._names(codings)
        for _ in self._try(lambda: session.project.codings.untag(codings)):
            it = "it" if len(codings) == 1 else "them"
            self._say(f"Removed {names}. Ctrl+Z brings {it} back.")

    def recode(self) -> None:
        """Offers other codes for the tags at hand."""
        session, codings = self._session, self._own("recode")
        if session is None or not codings:
            return

        def do(ids: list[str]) -> None:
            code = session.codes[ids[0]]
            for _ in self._try(lambda: session.project.codings.recode(codings, code)):
                self._say(f"Recoded {counted(len(codings), 'tag')} as “{code.name}”.")

        self._pick(session, f"Recode {self._names(codings)} as which code?", do)

    def write_memo(self) -> None:
        """Asks for a memo on the tag at hand, or for words to be added to those of several."""
        session, codings = self._session, self._own("memo")
        if session is None or not codings:
            return
        one = codings[0] if len(codings) == 1 else None
        about = session.codes[one.code_id].name if one else counted(len(codings), "tag")
        dialog = MemoDialog(about, one, self._desk)

        def save() -> None:
            written = dialog.memo()
            acts = session.project.codings
            if one:
                self._try(lambda: acts.write_memo(one, written))
            elif written:
                for _ in self._try(lambda: acts.add_memo(codings, written)):
                    self._say(f"Written on {counted(len(codings), 'tag')}.")

        dialog.accepted.connect(save)
        dialog.open()

    def toggle_marked(self) -> None:
        """Marks the passages at hand for use in a report, or takes that back. Anyone may."""
        session, codings = self._session, self._at_hand()
        if session is None or not codings:
            return
        marked = not all(one.marked for one in codings)
        for _ in self._try(lambda: session.project.codings.mark(codings, marked=marked)):
            self.note.emit("★ Marked for use." if marked else "No longer marked for use.")

    def toggle_sensitive(self) -> None:
        """Keeps the passages at hand out of exports, or lets them in again. Anyone may."""
        session, codings = self._session, self._at_hand()
        if session is None or not codings:
            return
        wanted = not all(one.sensitive for one in codings)
        for _ in self._try(
            lambda: session.project.codings.set_sensitive(codings, sensitive=wanted)
        ):
            self.note.emit(
                "⚑ Sensitive: stays out of packs unless asked for."
                if wanted
                else "No longer sensitive."
            )

    def split(self) -> None:
        """Makes two tags of the one at the caret."""
        session, document, codings = self._session, self._desk.document, self._own("split")
        if session is None or document is None or not codings:
            return
        coding = codings[0]
        start, end = self._desk.reader.selection()
        inside = [place for place in (start, end) if coding.start < place < coding.end]
        place = parted_at(document.text, coding, inside[0] if inside else start)
        for first, _ in self._try(lambda: session.project.codings.split(coding, document, place)):
            self._desk.show_coding(first.id)
            self.note.emit(f"Split the tag {self._names([first])} in two.")

    def join(self) -> None:
        """Makes one tag of the one at the caret and its neighbours of the same code, or of those
        among the chosen ones that stand beside one another."""
        session, document, codings = self._session, self._desk.document, self._own("join")
        if session is None or document is None or not codings:
            return
        acts = session.project.codings
        wanted = codings if len(codings) > 1 else acts.neighbours(codings[0], document)
        for made in self._try(lambda: acts.join(wanted, document)):
            self._desk.show_coding(made[0].id)
            self._say(f"Joined {self._names(made)}.")

    def move_end(self, which: str, by: int) -> None:
        """Lets the tag at hand begin or end a word later (1) or earlier (-1)."""
        document, coding = self._desk.document, self._desk.bar.coding
        if document is None or coding is None:
            self._nothing_here()
            return
        span = extend_by_word(document.text, coding.start, coding.end, which, by)
        if span == (coding.start, coding.end):
            self.note.emit("There is no further word on that side.")
        else:
            self._resize(coding, document, *span)

    def go_to_coding(self, *, forward: bool) -> None:
        """Selects the next tagged passage, or the one before."""
        found = self._desk.reader.select_next_coding(forward)
        if found:
            self._desk.show_coding(found)
        else:
            self.note.emit("No further tagged passage in this document.")

    def open_menu(self, ids: Sequence[str], place: QPoint) -> None:
        """Shows what can be done with these tags, at a place on the screen."""
        if self._session is not None:
            self.menu.open(self._session, [self._desk.codings.get(one) for one in ids], place)

    def do(self, act: str, coding_id: str) -> None:
        """Does an act of the menu to one tag, which is shown first."""
        self.leave_list()
        self._desk.show_coding(coding_id)
        self._bar_wants(act, coding_id)

    # Below: what these need

    def _bar_wants(self, act: str, coding_id: str) -> None:
        if coding_id not in self._desk.codings:
            return
        self.leave_list()
        does: dict[str, Callable[[], None]] = {
            "recode": self.recode,
            "memo": self.write_memo,
            "mark": self.toggle_marked,
            "sensitive": self.toggle_sensitive,
            "split": self.split,
            "join": self.join,
            "remove": self.remove,
            "beside": partial(self._put_beside, self._desk.codings[coding_id]),
        }
        does[act]()

    def _turn_to(self, coding_id: str) -> None:
        """Shows another of the tags that overlap here."""
        self._desk.show_coding(coding_id, self._desk.bar.here)

    def _at_hand(self) -> list[Coding]:
        """The tags chosen in the list, or else the one at the caret; says so where there are
        none."""
        chosen = self.chosen_in_list()
        if chosen:
            return chosen
        coding = self._desk.bar.coding
        if coding is None:
            self._nothing_here()
        return [coding] if coding else []

    def _own(self, act: str) -> list[Coding]:
        """Those at hand that are this coder's. Of others' it is said that they stay."""
        session, codings = self._session, self._at_hand()
        if session is None or not codings:
            return []
        own = [one for one in codings if session.is_mine(one)]
        left = len(codings) - len(own)
        self._aside = f" {counted(left, 'tag')} of others stayed." if left else ""
        if left and not own:
            self._refuse(codings, act)
        return own

    def _refuse(self, codings: Sequence[Coding], act: str) -> None:
        """Says whose tags these are, and offers to put one's own beside a single one."""
        session = self._session
        if session is None:
            return
        owners = ", ".join(sorted({session.coder_name(one.coder_id) for one in codings}))
        if len(codings) > 1:
            self.note.emit(f"These tags are {owners}'s and stay as they are.")
            return
        [coding] = codings
        messages.ask(
            self._desk,
            f"This tag is {owners}'s and stays as it is.",
            "Nobody's tags are changed by another. You can put your own tag on the same words;"
            " yours and theirs both stay.",
            "Put mine beside it…" if act == "recode" else "Put mine beside it",
            "Leave it",
            partial(self._put_beside, coding, act),
        )

    def _put_beside(self, coding: Coding, act: str = "") -> None:
        """Puts one's own tag on the words of another's, and goes on with what was wanted of it."""
        session, document = self._session, self._desk.document
        if session is None or document is None:
            return

        def put(code: Code) -> None:
            for [made] in self._try(
                lambda: session.project.codings.tag(document, coding.start, coding.end, [code])
            ):
                self._desk.show_coding(made.id)
                self.note.emit(f"Your own tag “{code.name}” is beside it now.")
                if act == "memo":
                    self.write_memo()

        if act == "recode":
            self._pick(session, "Put which code beside it?", lambda ids: put(session.codes[ids[0]]))
        else:
            put(session.codes[coding.code_id])

    def _resize_drawn(self, coding_id: str, start: int, end: int) -> None:
        coding, document = self._desk.codings.get(coding_id), self._desk.document
        if coding is not None and document is not None:
            self._resize(coding, document, start, end)

    def _resize(self, coding: Coding, document: Document, start: int, end: int) -> None:
        """Lets a tag begin and end elsewhere; what is selected, or the caret, stays with it."""
        session = self._session
        if session is None:
            return
        if not session.is_mine(coding):
            self._refuse([coding], "resize")
            return
        for moved in self._try(
            lambda: session.project.codings.resize(coding, document, start, end)
        ):
            reader = self._desk.reader
            first, last = reader.selection()
            if (first, last) == (coding.start, coding.end):
                reader.select(moved.start, moved.end, reveal=False)
            elif first == last and not moved.start <= first <= moved.end:
                edge = moved.start if first < moved.start else moved.end
                reader.select(edge, edge, reveal=False)
            reader.reveal(moved.start, moved.start + 1)
            if moved.end != coding.end:
                reader.reveal(moved.end - 1, moved.end)
            self._desk.show_coding(moved.id)

    def _pick(self, session: Session, hint: str, do: Callable[[list[str]], None]) -> None:
        picker = Picker(self._desk, self._choices(session), hint)
        picker.chosen.connect(do)
        picker.open_at(self._desk.reader.below_selection() - QPoint(230, 0))

    def _names(self, codings: Sequence[Coding]) -> str:
        """What tags are called in a sentence."""
        codes = self._session.codes if self._session else {}
        names = dict.fromkeys(codes[one.code_id].name for one in codings)
        quoted = ", ".join(f"“{name}”" for name in names)
        return f"the tag {quoted}" if len(codings) == 1 else f"{len(codings):,} tags ({quoted})"

    def _say(self, words: str) -> None:
        """Says what was done, and of how many it was not, since they are others'."""
        self.note.emit(words + self._aside)
        self._aside = ""

    def _nothing_here(self) -> None:
        self.note.emit("There is no tag here. Put the caret in a tagged passage first.")

    def _try(self, act: Callable[[], T]) -> tuple[T, ...]:
        return messages.attempt(self._desk, act)
