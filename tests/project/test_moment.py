"""What reads more than once sees the project as it was when it began, whoever writes meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from threading import Thread

import pytest

from coder.domain.model import Document
from coder.domain.quotes import Grouping
from coder.project import Project
from coder.project.moment import at_one_moment
from coder.store.listing import Shelf
from coder.store.store import Store

Letter = Callable[..., Document]


@pytest.fixture
def coded(project: Project, letter: Letter) -> Project:
    """One letter with a tag."""
    project.codings.tag(letter("Quote me."), 0, 9, [project.codebook.add("Any")])
    return project


class Counting:
    """A part of the project that reads twice, and is slow in between."""

    def __init__(self, project: Project, store: Store) -> None:
        self._project = project
        self._store = store

    @at_one_moment
    def codes(self, name: str) -> tuple[int, int]:
        """How many codes there are before and after another thread has made one."""
        before = len(self._store.read.codes())
        _elsewhere(self._project, name)
        return before, len(self._store.read.codes())

    @at_one_moment
    def twice(self) -> tuple[tuple[int, int], int]:
        """The same within another reading, and once more behind it."""
        return self.codes("Hope"), len(self._store.read.codes())


def test_what_is_made_meanwhile_is_not_seen_until_the_next_time(coded: Project) -> None:
    part = Counting(coded, coded._store)
    number = len(coded.codebook.codes())
    assert part.codes("Trust") == (number, number)
    assert part.twice() == ((number + 1, number + 1), number + 1)
    assert len(coded.codebook.codes()) == number + 2


def test_where_reading_fails_the_next_one_sees_what_is_new(coded: Project) -> None:
    class Failing(Counting):
        @at_one_moment
        def fail(self) -> None:
            self.codes("Trust")
            raise ZeroDivisionError

    part = Failing(coded, coded._store)
    number = len(coded.codebook.codes())
    with pytest.raises(ZeroDivisionError):
        part.fail()
    assert len(coded.codebook.codes()) == number + 1


def test_a_code_made_while_quotes_are_listed_breaks_nothing(coded: Project) -> None:
    class Slow(Shelf):
        def documents(self, connection: sqlite3.Connection):
            _elsewhere(coded, "Trust")
            return super().documents(connection)

    before = coded.quotes.listing(grouping=Grouping.THEME)
    coded.quotes._shelf = Slow()
    found = coded.quotes.listing(grouping=Grouping.THEME)
    assert len(found) == len(before) > 0


def _elsewhere(project: Project, name: str) -> None:
    other = Thread(target=lambda: project.codebook.add(name))
    other.start()
    other.join()
