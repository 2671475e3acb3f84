"""Tag all: each passage is seen and can be unticked before one step tags the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt

from coder.ui.finding.everywhere import FindWindow
from coder.ui.finding.preview import TagAllDialog
from coder.ui.picker import Picker
from coder.ui.window import Window

Type = Callable[[str], None]
Offer = Callable[[str], TagAllDialog]


@pytest.fixture
def offer(qtbot, halls: Window, search: FindWindow, typed: Type) -> Offer:
    """Searches, presses *Tag all…*, and waits for the passages."""

    def press(words: str) -> TagAllDialog:
        typed(words)
        qtbot.mouseClick(search.tag_all, Qt.MouseButton.LeftButton)
        dialog = halls.finding.offered
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=30_000)
        return dialog

    return press


def code(halls: Window, name: str = "Places to meet"):
    assert halls.session is not None
    return halls.session.project.codebook.at(name)


def quotes(halls: Window) -> list[str]:
    assert halls.session is not None
    return [one.quote for one in halls.session.project.quotes.select()]


def test_all_places_are_ticked_at_first(offer: Offer) -> None:
    dialog = offer("chapel")

    assert [one.words for one in dialog.model.ticked] == [
        "The chapel was shut.",
        "Then the chapel opened again, and the choir sang.",
        "No bus runs to the chapel after six.",
        "The food bank moved into the chapel.",
    ]
    assert dialog.go.text() == "Tag 4 passages"
    dialog.reject()


def test_what_is_unticked_is_left_alone_and_undo_takes_all_back(
    qtbot, halls: Window, offer: Offer
) -> None:
    dialog = offer("chapel")
    dialog.choose(code(halls))
    dialog.list.setCurrentIndex(dialog.model.index(1))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.go.text() == "Tag 3 passages"
    assert dialog.said.text() == "1 unticked"

    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: len(quotes(halls)) == 3)
    assert "Then the chapel opened again, and the choir sang." not in quotes(halls)
    qtbot.waitUntil(lambda: not halls.workshop.running)
    halls.registry["undo"].trigger()
    assert quotes(halls) == []


def test_a_box_is_unticked_with_the_mouse(qtbot, offer: Offer) -> None:
    dialog = offer("chapel")
    row = dialog.list.visualRect(dialog.model.index(2))

    qtbot.mouseClick(
        dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(14, 14)
    )

    assert len(dialog.model.ticked) == 3
    dialog.reject()


def test_how_much_is_tagged_can_be_chosen(qtbot, offer: Offer) -> None:
    dialog = offer("garden")

    dialog.unit.setCurrentIndex(0)
    qtbot.waitUntil(lambda: dialog.model.all[0].words == "garden")
    dialog.unit.setCurrentIndex(2)
    qtbot.waitUntil(
        lambda: dialog.model.all[0].words == "The chapel was shut. We met in the garden."
    )
    dialog.reject()


def test_what_carries_the_code_already_is_said_and_left_out(
    qtbot, halls: Window, offer: Offer
) -> None:
    assert halls.session is not None
    project = halls.session.project
    [hit, *_] = project.find("bus chapel")
    project.codings.tag(
        project.document(hit.document_id), hit.start - 3, hit.end + 40, [code(halls)]
    )
    dialog = offer("chapel")

    dialog.choose(code(halls))

    assert dialog.go.text() == "Tag 3 passages"
    assert dialog.said.text() == "1 tagged already"
    assert any("tagged already" in dialog.model.index(row).data() for row in range(4))
    dialog.choose(code(halls, "Volunteering"))
    assert dialog.go.text() == "Tag 4 passages"
    dialog.reject()


def test_a_code_is_asked_for_before_anything_is_tagged(qtbot, halls: Window, offer: Offer) -> None:
    dialog = offer("garden")

    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    [picker] = dialog.findChildren(Picker)
    qtbot.keyClicks(picker.field, "volunt")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.choose_code.text() == "Volunteering"
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: quotes(halls) == ["We met in the garden."])


def test_a_new_code_is_made_with_the_tags(qtbot, halls: Window, offer: Offer) -> None:
    dialog = offer("lonely")
    dialog.open_picker()
    [picker] = dialog.findChildren(Picker)
    qtbot.keyClicks(picker.field, "Loneliness")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert dialog.choose_code.text() == "Loneliness (new)"

    dialog.go.click()

    qtbot.waitUntil(lambda: quotes(halls) == ["I am lonely in winter."])
    assert code(halls, "Loneliness").name == "Loneliness"


def test_only_the_ticked_places_are_offered_where_any_are(
    qtbot, halls: Window, search: FindWindow, typed: Type
) -> None:
    typed("chapel")
    search.results.tick(search.list.currentIndex())

    qtbot.keyClick(search.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    dialog = halls.finding.offered
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=30_000)
    dialog.reject()


def test_memos_and_names_are_said_to_stay_out(halls: Window, offer: Offer) -> None:
    dialog = offer("letter OR chapel")

    assert "names cannot be tagged" in dialog.note.text()
    dialog.reject()


def test_cancel_tags_nothing(qtbot, halls: Window, offer: Offer) -> None:
    dialog = offer("chapel")

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert quotes(halls) == []
