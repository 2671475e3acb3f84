"""Asks for lists of quotes, and pages of them, beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from coder.domain.quotes import Grouping, Order, Quote, QuoteFilter
from coder.jobs import Job
from coder.project.quotes import QuoteList
from coder.ui.background import QUOTING, Work, workshop_of
from coder.ui.session import Session

PAGE = 40
"""So many quotes are read at a time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list that is wanted. Quotes of the codings to `keep` stay chosen in it: the first of these
    that is there is at hand, with all `also`."""

    wanted: QuoteFilter
    grouping: Grouping = Grouping.NONE
    order: Order = Order.REFERENCE
    joined: bool = False
    keep: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some quotes, and for each the names of the baskets that have words of it."""

    quotes: list[Quote]
    used: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was asked for, the place of the quote at hand and of others to be chosen, and
    the page that it is on."""

    asked: Asked
    quotes: QuoteList
    place: int
    others: tuple[int, ...]
    page: Page


class Lister(QObject):
    """What is asked next ends what was asked before. `listed` brings a `Listed`, `paged` the number
    of a page and the page, `failed` an exception."""

    listed = Signal(object)
    paged = Signal(int, object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._work: Work | None = None
        self._pages: dict[int, Work] = {}

    @property
    def busy(self) -> bool:
        """Whether a list is being made."""
        return self._work is not None

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none; nothing more is told of the one before."""
        self.stop()
        self._session = session

    def ask(self, asked: Asked) -> None:
        """Begins to make a list."""
        session = self._session
        if session is None:
            return
        self.stop()
        project = session.project

        def act(job: Job) -> Listed:
            found = project.quotes.listing(
                asked.wanted, asked.grouping, asked.order, joined=asked.joined, job=job
            )
            place = next(iter(_places(found, asked.keep)), 0)
            others = tuple(_places(found, asked.also))
            page = _page(session, found, place // PAGE * PAGE)
            return Listed(asked, found, place, others, page)

        self._work = self._begin(act, self._tell)

    def read(self, found: QuoteList, number: int) -> None:
        """Begins to read a page, unless it is being read."""
        session = self._session
        if session is None or number in self._pages:
            return

        def tell(work: Work, page: object) -> None:
            if self._pages.get(number) is work:
                del self._pages[number]
                self.paged.emit(number, page)

        self._pages[number] = self._begin(lambda _: _page(session, found, number * PAGE), tell)

    def stop(self) -> None:
        """Ends what is under way; nothing more is told of it."""
        if self._work is not None and self._session is not None:
            self._session.project.quotes.stop(self._work.job)
        self._work = None
        self._pages.clear()

    def _begin(self, act: Callable[[Job], object], tell: Callable[[Work, object], None]) -> Work:
        work = workshop_of(self).quietly("Listing quotes", act, QUOTING)
        work.finished.connect(lambda found: tell(work, found))
        work.failed.connect(lambda problem: self._fail(work, problem))
        return work

    def _tell(self, work: Work, found: object) -> None:
        if self._work is work:
            self._work = None
            self.listed.emit(found)

    def _fail(self, work: Work, problem: object) -> None:
        if self._work is work or work in self._pages.values():
            self.stop()
            self.failed.emit(problem)


def _places(found: QuoteList, codings: Iterable[str]) -> Iterator[int]:
    """Where the quotes of these codings stand, as far as they are in the list."""
    places = (found.place_of(one) for one in codings)
    return (place for place in places if place is not None)


def _page(session: Session, found: QuoteList, first: int) -> Page:
    quotes = found.fetch(first, first + PAGE)
    spans = [(one.document_id, one.start, one.end) for one in quotes]
    return Page(quotes, session.project.baskets.used_in(spans))
