"""The line below the tabs: what a document is, what is the matter, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from coder.domain.model import Document, DocumentKind, Submission
from coder.ui.evidence.notices import Notices

NOTED = ("“logo.png” was left out.", "Page 3 has no text.")


@pytest.fixture
def notices(qtbot) -> Iterator[Notices]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Notices(parent)
    parent.show()
    yield made
    parent.close()


def document(**known: object) -> Document:
    return Document("d", "s", 0, "Statement.docx", DocumentKind.DOCUMENT, **known)  # type: ignore[arg-type]


def test_kind_and_characters_are_told(notices: Notices) -> None:
    notices.show_document(document(), Submission("s", "SIC0001"), 12_345)

    assert notices._summary.text() == "Document · 12,345 characters"
    for hidden in (notices._notes, notices._wishes, notices._original, notices._transcribe):
        assert not hidden.isVisible()


def test_a_recording_is_told_by_its_length_and_can_be_transcribed(notices: Notices, qtbot) -> None:
    film = Document("d", "s", 0, "choir.mp4", DocumentKind.MEDIA, media_ms=723_000)
    notices.show_document(film, Submission("s", "SIC0001"), 0, transcribe=True)

    with qtbot.waitSignal(notices.transcribe):
        notices._transcribe.click()

    assert notices._summary.text() == "Recording · 12:03"


def test_a_question_that_stands_on_the_tab_is_not_said_twice(notices: Notices) -> None:
    answer = document(question="What helped you most?")
    one = Submission("s", "SIC0001")

    notices.show_document(answer, one, 10, headed=True)
    assert not notices._question.isVisible()

    notices.show_document(answer, one, 10)
    assert notices._question.isVisible()


def test_notes_are_counted_and_unfold(notices: Notices) -> None:
    notices.show_document(document(), Submission("s", "SIC0001"), 10, notes=NOTED)
    assert notices._notes.text() == "2 notes"
    assert not notices._list.isVisible()

    notices._notes.click()

    assert notices._list.isVisible()
    assert all(sentence in notices._list.text() for sentence in NOTED)


def test_the_question_of_an_answer_stands_above_it(notices: Notices) -> None:
    notices.show_document(document(question="What changed?"), Submission("s", "SIC0001"), 10)
    assert notices._question.text() == "What changed?"
    assert notices._question.isVisible()

    notices.show_document(document(), Submission("s", "SIC0001"), 10)

    assert not notices._question.isVisible()


def test_a_letter_leads_to_the_one_it_repeats(notices: Notices, qtbot) -> None:
    notices.show_document(
        document(),
        Submission("s", "SIC0002", flags=("campaign",)),
        10,
        urgent=["Machine draft: not yet checked by a person."],
        standing="One of 3 letters of a campaign.",
        other="SIC0001",
    )

    with qtbot.waitSignal(notices.other):
        notices._other.click()

    assert notices._other.text() == "Read SIC0001"
    assert notices.urgent() == "Machine draft: not yet checked by a person."


def test_saying_that_the_original_is_shown_asks_for_nothing(notices: Notices) -> None:
    asked: list[bool] = []
    notices.original.connect(asked.append)
    notices.show_document(document(original="ab" * 32), Submission("s", "SIC0001"), 10)

    notices.original_shown(shown=True)

    assert notices._original.isChecked()
    assert asked == []
    notices._original.click()
    assert asked == [False]
