"""Filters that were given a name."""

from __future__ import annotations

import pytest

from coder.domain.errors import NotFound, Refused
from coder.domain.quotes import Grouping, Order, QuoteFilter
from coder.project import Project

WANTED = QuoteFilter(types=("charity",), text="bus", within=80, since="2020-09-01")


def test_a_filter_comes_back_as_it_was_saved_but_for_whose_tags_are_seen(project: Project) -> None:
    code = project.codebook.add("Transport")
    wanted = QuoteFilter(codes=(code.id,), near=(code.id,), hidden_to="me", every=True)
    project.quotes.save("  Buses  now ", wanted, Grouping.THEME, Order.LONGEST, joined=True)
    project.quotes.save("a first", WANTED)

    first, second = project.quotes.saved()

    assert (first.name, first.wanted, first.said) == ("a first", WANTED, "")
    assert second.name == "Buses now"
    assert second.wanted == QuoteFilter(codes=(code.id,), near=(code.id,), every=True)
    assert (second.grouping, second.order, second.joined) == (Grouping.THEME, Order.LONGEST, True)
    assert not first.joined
    assert project.quotes.saved_as("buses NOW") == second


def test_saving_renaming_and_forgetting_can_be_undone(project: Project) -> None:
    view = project.quotes.save("Buses", WANTED)
    assert project.quotes.save("buses", QuoteFilter(marked=True)).id == view.id
    project.quotes.rename(view.id, "Marked")
    project.quotes.forget(view.id)
    assert project.quotes.saved() == []

    assert project.undo() == "Delete the filter “Marked”"
    assert [one.name for one in project.quotes.saved()] == ["Marked"]
    project.undo()
    project.undo()
    assert [(one.name, one.wanted) for one in project.quotes.saved()] == [("Buses", WANTED)]
    project.undo()
    assert project.quotes.saved() == []


def test_what_has_gone_is_dropped_and_said(project: Project) -> None:
    gone, stays = project.codebook.add("Gone"), project.codebook.add("Stays")
    wanted = QuoteFilter(
        codes=(gone.id, stays.id), without=(gone.id,), questions=("Why?", gone.id), basket="none"
    )
    project.quotes.save("Mixed", wanted)
    project.codebook.delete(gone)

    [view] = project.quotes.saved()

    assert view.wanted == QuoteFilter(codes=(stays.id,), questions=("Why?",))
    assert view.said == (
        "1 code it asked for has gone from the codebook. The basket it asked for has gone."
    )


def test_names_are_refused_that_are_empty_or_taken(project: Project) -> None:
    project.quotes.save("Buses", WANTED)
    other = project.quotes.save("Trains", WANTED)
    with pytest.raises(Refused, match="has no name"):
        project.quotes.save(" ", WANTED)
    with pytest.raises(Refused, match="has no name"):
        project.quotes.rename(other.id, "")
    with pytest.raises(Refused, match="saved as “Buses”"):
        project.quotes.rename(other.id, "BUSES")
    assert project.quotes.rename(other.id, "TRAINS").name == "TRAINS"
    project.quotes.forget(other.id)
    with pytest.raises(NotFound):
        project.quotes.forget(other.id)
    with pytest.raises(NotFound, match="Trains"):
        project.quotes.saved_as("Trains")
