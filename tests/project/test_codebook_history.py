"""The history of a code says who changed what, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coder.domain.model import Document
from coder.project import Project
from coder.project.codebook_order import Shift
from coder.store import chain

Letter = Callable[..., Document]


def told(project: Project, path: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Who changed what in the code, newest first."""
    changes = project.codebook.history(project.codebook.at(path))
    return [(one.coder, one.lines, one.turned) for one in changes]


def test_the_history_begins_with_the_making(project: Project) -> None:
    project.codebook.add("Volunteering/First-time", "Never before")

    assert told(project, "First-time") == [
        ("Noor", ("Definition: “Never before”",), ""),
        ("Noor", ("Made as “First-time” below “Volunteering”",), ""),
    ]


def test_what_was_written_stands_beside_what_is_written_now(project: Project) -> None:
    code = project.codebook.add("Trust", "Old words")
    project.as_coder("Ines")
    project.codebook.define(code, definition="New words", use_when="always")
    project.codebook.define(code, definition="")

    assert told(project, "Trust")[:2] == [
        ("Ines", ("Definition: “New words” → none",), ""),
        ("Ines", ("Definition: “Old words” → “New words”", "Use when: “always”"), ""),
    ]


def test_names_looks_places_and_examples_are_told(project: Project, letter: Letter) -> None:
    code = project.codebook.add("Trust")
    other = project.codebook.add("Neighbours")
    document = letter("They left the door open.")
    [coding] = project.codings.tag(document, 0, 4, [code])

    project.codebook.rename(code, "Trusting")
    project.codebook.recolour(code, "teal")
    project.codebook.set_key(code, "t")
    project.codebook.move(code, other)
    project.codebook.pin(coding)
    project.codebook.move(code, None)

    assert [line for _, lines, _ in told(project, "Trusting")[:6] for line in lines] == [
        "Moved to the top",
        "An example pinned",
        "Moved below “Neighbours”",
        "Key: none → “t”",
        "Colour: “blue” → “teal”",
        "Name: “Trust” → “Trusting”",
    ]


def test_a_key_that_another_code_took_is_told(project: Project) -> None:
    one, other = project.codebook.add("A"), project.codebook.add("B")
    project.codebook.set_key(one, "k")
    project.codebook.set_key(other, "k")

    assert told(project, "A")[0][1] == ("Key: “k” → none",)


def test_undo_and_redo_are_told_as_such(project: Project) -> None:
    code = project.codebook.add("Trust")
    project.codebook.define(code, definition="Words")
    project.undo()
    project.redo()

    assert [(lines, turned) for _, lines, turned in told(project, "Trust")[:2]] == [
        (("Definition: “Words”",), "done again"),
        (("Definition: “Words” → none",), "undone"),
    ]


def test_a_code_that_was_removed_and_came_back_says_so(project: Project) -> None:
    code = project.codebook.add("Trust")
    project.codebook.delete(code)
    project.undo()

    lines = [lines for _, lines, _ in told(project, "Trust")]
    assert lines == [("Made as “Trust”",), ("Removed",), ("Made as “Trust”",)]


def test_a_new_place_among_siblings_is_no_news(project: Project) -> None:
    project.codebook.add("A")
    code = project.codebook.add("B")
    project.codebook.shift(code, Shift.UP)

    assert len(told(project, "B")) == 1


def test_what_was_erased_is_told_without_its_words(project: Project) -> None:
    code = project.codebook.add("Trust", "Secret words")
    with project._store.step("Withdraw", project.coder, chain.ERASURE) as tx:
        chain.forget(tx.connection, tx.seq, "codes", {code.id})
        tx.put(replace(code, key="t"))

    assert [lines for _, lines, _ in told(project, "Trust")] == [
        ("Key: none → “t”",),
        ("Withdrawn since.",),
        ("Withdrawn since.",),
    ]
