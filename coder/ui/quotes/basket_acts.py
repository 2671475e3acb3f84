"""What can be done with baskets and with what is in them: by keys, menus and dragging."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from coder.domain.baskets import Basket, ItemKind
from coder.domain.quotes import Quote
from coder.domain.text import counted, listed
from coder.project.baskets import Added, Baskets, Entry
from coder.ui import messages
from coder.ui.actions import BASKET, shown_keys
from coder.ui.codebook.asking import ask_text
from coder.ui.quotes.basket_trim import TrimDialog
from coder.ui.quotes.basket_widen import WidenDialog

if TYPE_CHECKING:
    from coder.ui.quotes.basket import BasketPanel

T = TypeVar("T")

_CHOOSE = "Choose a quote in the basket first."
_RULES_BEFORE = {"note", "up", "show", "remove"}


class BasketActs(QObject):
    """The acts of one `BasketPanel`."""

    def __init__(self, panel: BasketPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._next: list[str] = []

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does, but for adding what is at hand."""
        return {
            "basket-heading": self.add_heading,
            "basket-text": self.add_text,
            "basket-trim": self.trim,
            "basket-widen": self.widen,
            "basket-new": self.make,
            "basket-rename": self.rename,
            "basket-copy": self.copy,
            "basket-delete": self.delete,
            "export-basket": self.export,
        }

    def do(self, name: str) -> None:
        """Does what a key asks for, by the ids of `actions.BASKET`."""
        if self._may() or name == "show":
            self._doing()[name]()

    def take_next(self) -> list[str]:
        """The ids of the items to be chosen when the basket is shown next."""
        found, self._next = self._next, []
        return found

    # Baskets

    def make(self) -> None:
        """Asks for a name and makes a basket."""
        self._ask("New basket", "", lambda name: self._make(name, ()))

    def rename(self) -> None:
        """Asks for another name of the basket that is shown."""
        basket = self._basket()
        if basket:
            self._ask(
                "Rename the basket",
                basket.name,
                lambda name: self._try(lambda baskets: baskets.rename(basket.id, name)),
            )

    def copy(self) -> None:
        """Asks for a name and makes a basket with all that is in the one shown."""
        basket = self._basket()
        if basket:
            self._ask(
                "Copy the basket",
                f"{basket.name} (copy)",
                lambda name: self._go_to(self._try(lambda baskets: baskets.copy(basket.id, name))),
            )

    def delete(self) -> None:
        """Asks, and deletes the basket that is shown."""
        basket = self._basket()
        if basket is None:
            return
        number = counted(len(self._panel.list.entries.entries), "item")
        messages.ask(
            self._panel,
            f"Delete the basket “{basket.name}” with {number}?",
            "The evidence and its tags stay. Undo brings the basket back.",
            "Delete",
            "Keep it",
            lambda: self._try(lambda baskets: baskets.delete(basket.id)),
        )

    def export(self) -> None:
        """Asks for a pack of the basket that is shown."""
        basket = self._panel.current()
        if basket is not None:
            self._panel.pack_wanted.emit(basket.id)

    # What is in them

    def put(self, chosen: Sequence[Quote], before: str = "") -> None:
        """Puts quotes into the basket that is shown; makes one where there is none."""
        basket = self._panel.current()
        if not chosen:
            self._panel.note.emit("Choose quotes, or select words, to add them to the basket.")
        elif basket is not None and self._may():
            self._put(basket, chosen, before)
        elif self._may():
            self._ask("New basket", "Report", lambda name: self._make(name, chosen))

    def add_heading(self) -> None:
        """Asks for a heading above the item at hand, or last."""
        self._add_words("Heading", "Add a heading", lambda baskets: baskets.add_heading)

    def add_text(self) -> None:
        """Asks for words of the writer's own, above the item at hand or last."""
        self._add_words("Your own words", "Add words", lambda baskets: baskets.add_text, lines=True)

    def reword(self, item_id: str, words: str) -> None:
        """Gives a heading or a text other words, or a quote its note."""
        entry = next(
            (one for one in self._panel.list.entries.entries if one.item.id == item_id), None
        )
        if entry is None:
            return
        if entry.quote:
            self._try(lambda baskets: baskets.set_note(item_id, words))
        else:
            self._try(lambda baskets: baskets.set_text(item_id, words))

    def move(self, ids: Sequence[str], before: str) -> None:
        """Puts items before another, or last."""
        self._next = list(ids)
        self._try(lambda baskets: baskets.move(ids, before or None))

    def trim(self) -> None:
        """Asks what is left out of the quote at hand."""
        entry = self._quote()
        if entry and entry.quote:
            dialog = TrimDialog(entry.item, entry.quote.citation, self._panel)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            item_id = entry.item.id
            dialog.accepted.connect(
                lambda: self._try(lambda baskets: baskets.trim(item_id, dialog.omitted))
            )
            dialog.open()

    def widen(self) -> None:
        """Asks where the quote at hand begins and ends."""
        entry, session = self._quote(), self._panel.session
        if entry and entry.quote and session:
            text = session.project.document(entry.quote.document_id).text
            dialog = WidenDialog(entry.item, text, entry.quote.citation, self._panel)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            item_id = entry.item.id
            dialog.accepted.connect(
                lambda: self._try(lambda baskets: baskets.set_span(item_id, *dialog.span))
            )
            dialog.open()

    # Menus

    def open_menu(self, place: QPoint) -> None:
        """Offers what can be done with the items chosen."""
        menu = QMenu(self._panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        doing = self._doing()
        for act in BASKET:
            if not self._is_offered(act.id):
                continue
            if act.id in _RULES_BEFORE:
                menu.addSeparator()
            keys = shown_keys(act)
            action = menu.addAction(f"{act.title}\t{keys}" if keys else act.title)
            action.triggered.connect(doing[act.id])
        menu.popup(place)

    def open_basket_menu(self) -> None:
        """Offers what can be done with the baskets."""
        panel = self._panel
        menu = QMenu(panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        there, may = panel.current() is not None, self._may()
        for words, act, allowed in (
            ("New basket…", self.make, may),
            ("Rename…", self.rename, may and there),
            ("Copy…", self.copy, may and there),
            ("Delete…", self.delete, may and there),
            ("", None, True),
            ("Add a heading…", self.add_heading, may and there),
            ("Add words of your own…", self.add_text, may and there),
            ("", None, True),
            ("Export this basket…", self.export, panel.export.isEnabled()),
        ):
            if act is None:
                menu.addSeparator()
            else:
                action = menu.addAction(words)
                action.triggered.connect(act)
                action.setEnabled(allowed)
        menu.popup(panel.more.mapToGlobal(QPoint(0, panel.more.height())))

    # Below: what all of them need

    def _doing(self) -> dict[str, Callable[[], None]]:
        return {
            "edit": self._edit,
            "trim": self.trim,
            "widen": self.widen,
            "note": self._write_note,
            "heading": self.add_heading,
            "words": self.add_text,
            "up": partial(self._shift, -1),
            "down": partial(self._shift, 1),
            "show": self._show,
            "accept": self._accept,
            "remove": self._remove,
        }

    def _is_offered(self, name: str) -> bool:
        """Whether something can be done with the items chosen."""
        entry, may = self._panel.list.current(), self._may()
        if entry is None:
            return name in ("heading", "words") and may and self._panel.current() is not None
        if name == "show":
            return entry.quote is not None
        if name == "accept":
            return may and any(one.item.was for one in self._panel.list.chosen())
        if name == "edit":
            return may and entry.quote is None
        return may and (entry.quote is not None or name not in ("trim", "widen"))

    def _edit(self) -> None:
        entry = self._panel.list.current()
        if entry and entry.item.kind is ItemKind.QUOTE:
            self.trim()
        elif entry:
            self._panel.list.edit(self._panel.list.currentIndex())

    def _write_note(self) -> None:
        entry = self._panel.list.current()
        if entry and entry.quote:
            self._panel.list.edit(self._panel.list.currentIndex())

    def _shift(self, by: int) -> None:
        ids = self._ids()
        if ids:
            self._next = ids
            self._try(lambda baskets: baskets.shift(ids, by))

    def _remove(self) -> None:
        ids = self._ids()
        if ids and self._try(lambda baskets: baskets.remove(ids)):
            gone = counted(len(ids), "item")
            self._panel.note.emit(f"{gone} out of the basket. Undo brings back what went.")

    def _accept(self) -> None:
        self._try(lambda baskets: baskets.accept(self._ids()))

    def _show(self) -> None:
        entry = self._panel.list.current()
        if entry and entry.quote:
            quote = entry.quote
            where = (quote.submission_id, quote.document_id, quote.start, quote.end)
            self._panel.jump.emit(*where)

    def _make(self, name: str, chosen: Sequence[Quote]) -> None:
        made = self._try(lambda baskets: baskets.make(name))
        self._go_to(made)
        if made and chosen:
            self._put(made[0], chosen, "")

    def _go_to(self, made: tuple[Basket, ...]) -> None:
        for basket in made:
            self._panel.choose(basket.id)

    def _put(
        self, basket: Basket, chosen: Sequence[Quote], before: str, *, again: bool = False
    ) -> None:
        session = self._panel.session
        if session is None:
            return
        spans = [(one.document_id, one.start, one.end) for one in chosen]
        used = session.project.baskets.used_in(spans)
        for added in self._try(
            lambda baskets: baskets.add(basket.id, chosen, before or None, again=again)
        ):
            self._next = [one.id for one in added.items]
            if not added.items:
                self._ask_again(basket, chosen, before)
            else:
                elsewhere = {name for names in used for name in names} - {basket.name}
                self._panel.note.emit(_told(added, basket, sorted(elsewhere)))

    def _ask_again(self, basket: Basket, chosen: Sequence[Quote], before: str) -> None:
        one = len(chosen) == 1
        messages.ask(
            self._panel.window(),
            f"{'This passage is' if one else 'These passages are'} in “{basket.name}” already.",
            "A reader would meet the same words twice.",
            "Add again",
            "Leave it",
            lambda: self._put(basket, chosen, before, again=True),
        )

    def _add_words(
        self,
        label: str,
        title: str,
        act: Callable[[Baskets], Callable[..., object]],
        *,
        lines: bool = False,
    ) -> None:
        basket, entry = self._basket(), self._panel.list.current()
        if basket is None:
            return
        before = entry.item.id if entry else None
        ask_text(
            self._panel,
            title,
            f"{label}:",
            "",
            lambda words: self._try(lambda baskets: act(baskets)(basket.id, words, before)),
            lines=lines,
        )

    def _ask(self, title: str, name: str, take: Callable[[str], object]) -> None:
        if self._may():
            ask_text(self._panel, title, "Name, such as the report it is for:", name, take)

    def _ids(self) -> list[str]:
        return [one.item.id for one in self._panel.list.chosen()]

    def _quote(self) -> Entry | None:
        """The quote at hand that may be changed; says so where there is none."""
        entry = self._panel.list.current()
        if entry is None or entry.quote is None:
            self._panel.note.emit(_CHOOSE)
            return None
        return entry if self._may() else None

    def _basket(self) -> Basket | None:
        """The basket that is shown and may be changed; asks for one where there is none."""
        basket = self._panel.current()
        if basket is None:
            self.make()
        return basket if self._may() else None

    def _may(self) -> bool:
        return self._panel.session is not None and not self._panel.session.project.read_only

    def _try(self, act: Callable[[Baskets], T]) -> tuple[T, ...]:
        session = self._panel.session
        if session is None:
            return ()
        return messages.attempt(self._panel.window(), lambda: act(session.project.baskets))


def _told(added: Added, basket: Basket, elsewhere: Sequence[str]) -> str:
    """What came in, in a sentence."""
    told = f"{counted(len(added.items), 'quote')} added to “{basket.name}”"
    if added.already:
        told += f"; {len(added.already):,} there already"
    if elsewhere:
        told += f"; used already in {listed([f'“{name}”' for name in elsewhere])}"
    return f"{told}."
