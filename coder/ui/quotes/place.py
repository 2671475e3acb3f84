"""The quotes place: every coded passage, narrowed by what one asks for, in context."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from coder.domain.errors import NotFound
from coder.domain.palette import shade
from coder.domain.quotes import Quote, QuoteFilter
from coder.domain.sight import Others
from coder.domain.text import counted
from coder.jobs import Job
from coder.project import StepDone
from coder.project.quotes import View
from coder.ui import clipboard, messages, theme
from coder.ui.background import QUOTING, workshop_of
from coder.ui.quotes.basket import BasketPanel
from coder.ui.quotes.beside import Beside
from coder.ui.quotes.filter_panel import FilterPanel
from coder.ui.quotes.list_pane import ListPane
from coder.ui.quotes.lister import Asked, Listed, Lister
from coder.ui.quotes.preview import Preview
from coder.ui.quotes.saved_menu import Looked, SavedMenu
from coder.ui.session import Session

_AT_ONCE = 3
"""So many quotes are copied at once; more of them beside the window."""

_FEW = 100
"""Up to so many quotes stay chosen when the list is made again."""

_MOST = 1_000
"""So many quotes can be taken from the list at once."""

_NOTHING = "Nothing has been tagged yet. Tag passages in Evidence (Ctrl+1); they will appear here."
_HIDDEN = (
    "Nothing of your own has been tagged yet, and others’ tags are hidden"
    " (Ctrl+Shift+H shows them)."
)
_NO_MATCH = "No passage matches these filters."


class QuotesPlace(QWidget):
    """The list of quotes with its filters and the chosen one in context. `jump` opens a passage in
    the evidence place: submission, document, start, end. `chosen` says that another quote, or
    several, are chosen. `basket_pack_wanted` gives the id of a
    basket that is to become a pack."""

    jump = Signal(str, str, int, int)
    pack_wanted = Signal()
    basket_pack_wanted = Signal(str)
    note = Signal(str)
    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self._stale = True
        self._of_basket = False
        self._narrowing = False
        self._asked: list[str] = []
        self.filters = FilterPanel(self)
        self.pane = ListPane(self)
        self.preview = Preview(self)
        self.list, self.model = self.pane.list, self.pane.model
        self.lister = Lister(self)
        self.saved = SavedMenu(self._looked, self.filters)
        self.filters.top.addWidget(self.saved.button)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        self.basket = BasketPanel(self)
        self.beside = Beside(self.preview, self.basket, self)
        for part in (self.filters, self.pane, self.beside):
            split.addWidget(part)
        for stretching in (1, 2):
            split.setStretchFactor(stretching, 1)
        split.setSizes([290, 420, 550])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.split = split
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self._catch_up)
        self._connect()

    def _connect(self) -> None:
        self.filters.changed.connect(self.refresh)
        self.filters.to_list.connect(self._go_to_list)
        self.pane.changed.connect(self.refresh)
        self.pane.asked.connect(self.filters.ask)
        self.pane.pack_wanted.connect(self.pack_wanted)
        self.list.wanted.connect(self._do)
        self.list.chosen.connect(self._show_chosen)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.model.page_wanted.connect(self._read)
        self.lister.listed.connect(self._show)
        self.lister.paged.connect(self._take)
        self.lister.failed.connect(self._failed)
        self.saved.used.connect(self._use)
        self.saved.note.connect(self.note)
        self.preview.jump.connect(self._jump)
        self.preview.hearing.note.connect(self.note)
        self.preview.play.connect(self._play)
        self.preview.copy.connect(lambda: self._copy(self._previewed()))
        self.preview.mark.connect(lambda: self._mark(self._previewed()))
        self.preview.basket.connect(lambda: self.basket.put(self._previewed()))
        self.basket.note.connect(self.note)
        self.basket.jump.connect(self.jump)
        self.basket.pack_wanted.connect(self.basket_pack_wanted)
        self.basket.shown.connect(self._show_of_basket)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.lister.open_session(session)
        self.saved.open_session(session)
        self.session = session
        self._narrowing = False
        self.model.show_list(None, {})
        self.preview.show_quote(None, None)
        self.basket.open_session(session)
        if session:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self._sight_changed)
        self._stale = True
        if self.isVisible():
            self.enter()

    def enter(self) -> None:
        """Comes into view: reads what has changed meanwhile."""
        self._catch_up()
        self.list.setFocus()

    def come_back(self) -> None:
        """Goes to the quote from which one went to the evidence, also where that is in the
        basket."""
        if self._of_basket:
            self.basket.go_to()

    def wanted(self) -> QuoteFilter:
        """What the filters ask for now."""
        return replace(self.filters.wanted, **self._sight())

    def narrow_to(self, wanted: QuoteFilter) -> None:
        """Sets the filters, as far as what they name is still there."""
        if self.session:
            self.filters.fill(self.session)
            wanted = replace(wanted, **self._standing(wanted))
        self.filters.ask(wanted)

    def refresh(self) -> None:
        """Asks for the quotes again; they are shown when they have been found."""
        if self.session is None:
            return
        self._stale = False
        chosen = self.list.current()
        keep = (chosen.coding_ids or (chosen.id,)) if chosen else ()
        few = 1 < self.list.count_at_hand() <= _FEW
        also = tuple(one.id for one in self.list.at_hand()) if few else ()
        pane = self.pane
        self.lister.ask(Asked(self.wanted(), pane.grouping, pane.order, pane.joined, keep, also))

    @property
    def busy(self) -> bool:
        """Whether what is shown is about to be another list."""
        return self.lister.busy or self._later.isActive()

    def find_words(self) -> None:
        """Goes to the field that narrows the list by words."""
        self.filters.find_words()

    def submission_at_hand(self) -> str:
        """The id of the submission of the one quote that is chosen, in the list or the basket;
        nothing where none is, or several are."""
        several = not self._of_basket and self.list.count_at_hand() > 1
        return self.preview.quote.submission_id if self.preview.quote and not several else ""

    def at_hand(self) -> list[Quote]:
        """The quotes chosen in the list, in its order; none, and a word of it, where they are more
        than anyone chooses one by one."""
        count = self.list.count_at_hand()
        if count <= _MOST:
            return self.list.at_hand()
        self.note.emit(
            f"{count:,} quotes are chosen, and at most {_MOST:,} can be taken at once."
            " A pack takes all that the filters let through."
        )
        return []

    def copy_cited(self) -> None:
        """Puts the chosen quotes with their citations on the clipboard."""
        self._copy(self.at_hand())

    def _copy(self, quotes: list[Quote]) -> None:
        session = self.session
        if session is None or not quotes:
            return
        if len(quotes) <= _AT_ONCE:
            self._copied([_cited(session, quote) for quote in quotes])
            return

        def act(job: Job) -> list[str]:
            made = []
            for place, quote in enumerate(quotes):
                job.check()
                job.report(place, len(quotes), "Copying quotes")
                made.append(_cited(session, quote))
            return made

        work = workshop_of(self).start(f"Copying {counted(len(quotes), 'quote')}", act, QUOTING)
        work.finished.connect(self._copied)
        work.failed.connect(lambda problem: messages.tell(self, problem))

    def unseen(self) -> str:
        """Whose tags are neither listed here nor in a pack made from here, as a sentence's part;
        empty where everybody's are seen."""
        if self.session is None or self.session.sight.whole:
            return ""
        if self.session.others is Others.HIDDEN:
            return "only yours: others’ tags are hidden"
        return "blind: without others’ tags in documents that you have not declared coded"

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.list.restyle()
        self.preview.hearing.restyle()
        self.basket.restyle()
        self._stale = True
        if self.isVisible():
            self.enter()

    # What is done to quotes

    def _go_to_list(self) -> None:
        """Goes to what the words let through. Until that is shown, keys wait for it: they would be
        about what was listed before."""
        self._narrowing = self.lister.busy
        self._asked.clear()
        self.list.setFocus()

    def _failed(self, problem: BaseException) -> None:
        self._narrowing = False
        messages.tell(self, problem)

    def _do_asked(self) -> None:
        """Does what was asked for while the list was being narrowed."""
        if self._narrowing and not self.lister.busy:
            self._narrowing = False
            asked, self._asked = self._asked, []
            for what in asked:
                self._do(what)

    def _do(self, what: str) -> None:
        """What a key of the list or a button of the preview asks for."""
        if self._narrowing:
            self._asked.append(what)
            return
        quote = self.list.current()
        if what == "next-group":
            self.list.to_group(1)
        elif what == "previous-group":
            self.list.to_group(-1)
        elif what == "more":
            self.preview.show_more()
        elif quote is not None and what == "show":
            self._jump(quote)
        elif quote is not None and what == "play":
            self._play(quote)
        elif what == "mark":
            self._mark(self.at_hand())
        elif what == "basket":
            self.basket.put(self.at_hand())

    def _mark(self, quotes: list[Quote]) -> None:
        """Marks the quotes for use, under every code that their words have; where all of them are,
        takes the marks back."""
        if self.session is None or not quotes:
            return
        codings, sight = self.session.project.codings, self.session.sight
        marked = not all(quote.marked for quote in quotes)
        ids = [one for quote in quotes for one in quote.coding_ids]
        places = {(one.document_id, one.start, one.end) for one in quotes}
        beside = [coding for place in places for coding in codings.on(*place, sight)]
        known = {coding.id: coding for coding in (*map(codings.find, ids), *beside) if coding}
        found = list(known.values())
        if not found:
            self.note.emit("These words are not tagged, so there is nothing to mark.")
        elif messages.attempt(self, lambda: codings.mark(found, marked=marked)):
            done = "marked for use" if marked else "no longer marked for use"
            self.note.emit(f"{counted(len(quotes), 'quote')} {done}")

    def _jump(self, quote: Quote | None) -> None:
        if quote:
            self.jump.emit(quote.submission_id, quote.document_id, quote.start, quote.end)

    def _play(self, quote: Quote | None) -> None:
        if quote and self.session and quote.time_ms is not None:
            self.preview.hearing.toggle(quote, self.session)
        elif quote:
            self.note.emit("This quote is not from a recording.")

    def _copied(self, made: list[str]) -> None:
        clipboard.put_quote("\n\n".join(made))
        told = made[0][made[0].rindex("”") + 2 :] if len(made) == 1 else counted(len(made), "quote")
        self.note.emit(f"Copied: {told}")

    # What is shown

    def _show(self, found: Listed) -> None:
        session = self.session
        if session is None:
            return
        dark = theme.current().dark
        colours = {code.id: shade(code.colour, dark) for code in session.codes.values()}
        self.list.chosen.disconnect(self._show_chosen)
        self.pane.show_list(found, colours, self.unseen(), self._named)
        self.list.chosen.connect(self._show_chosen)
        if not len(found.quotes):
            filtered = self.filters.wanted != QuoteFilter()
            hidden = session.others is Others.HIDDEN
            why = _NO_MATCH if filtered else _HIDDEN if hidden else _NOTHING
            self.pane.show_empty(why, filtered=filtered)
        if not self._of_basket:
            self._show_chosen()
        self._do_asked()

    def _show_chosen(self) -> None:
        self._of_basket = False
        self._preview(self.list.current())

    def _show_of_basket(self, quote: Quote | None) -> None:
        """Shows the quote at hand in the basket, until another is chosen in the list."""
        self._of_basket = quote is not None
        self._preview(quote)

    def _preview(self, quote: Quote | None) -> None:
        self.preview.show_quote(quote, self.session)
        self.chosen.emit()

    def _previewed(self) -> list[Quote]:
        """The quotes that the buttons of the preview are about."""
        if self._of_basket:
            return [self.preview.quote] if self.preview.quote else []
        return self.at_hand()

    def _read(self, number: int) -> None:
        if self.model.listed is not None:
            self.lister.read(self.model.listed, number)

    def _take(self, number: int, page: Any) -> None:
        self.model.take(number, page)
        if self.preview.quote is None and self.list.current() is not None:
            self._show_chosen()

    def _use(self, view: View) -> None:
        """Looks at the quotes as a saved filter does."""
        self.pane.shape(view.grouping, view.order, joined=view.joined)
        self.filters.ask(view.wanted)

    def _looked(self) -> Looked:
        return self.filters.wanted, self.pane.grouping, self.pane.order, self.pane.joined

    def _named(self, of_id: str) -> str:
        """What a code or a basket is called; nothing where there is none of this id."""
        session = self.session
        if session is None:
            return ""
        if of_id in session.codes:
            return session.codes[of_id].name
        try:
            return session.project.baskets.one(of_id).name
        except NotFound:
            return ""

    def _standing(self, wanted: QuoteFilter) -> dict[str, Any]:
        """The codes of a filter that are still there."""
        codes = self.session.codes if self.session else {}
        names = ("codes", "without", "near", "overlapping")
        return {name: tuple(one for one in getattr(wanted, name) if one in codes) for name in names}

    # What changes meanwhile

    def _catch_up(self) -> None:
        self._later.stop()
        if self._stale and self.session:
            self.filters.fill(self.session)
            self.refresh()

    def _changed(self, step: StepDone) -> None:
        if step.touches("codings", "codes", "submissions", "documents", "coders", "basket_items"):
            self._stale = True
            if self.isVisible():
                self._later.start()

    def _sight_changed(self) -> None:
        """Leaves out, or shows again, what others tagged and the person at work does not see."""
        self._stale = True
        self.model.show_list(None, {})
        self._preview(None)
        if self.isVisible():
            self.enter()

    def _sight(self) -> dict[str, Any]:
        """What of a filter says whose tags the person at work does not see."""
        session = self.session
        if session is None or session.sight.whole:
            return {}
        return {"blind_to" if session.blind else "hidden_to": session.project.coder.id}


def _cited(session: Session, quote: Quote) -> str:
    project = session.project
    return project.quotes.cited(project.document(quote.document_id), quote.start, quote.end)
