"""The list of submissions: what it counts, hides and folds, and that it keeps what is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from coder.ui.evidence.listing import ROW, VIEW
from coder.ui.evidence.submissions import SubmissionList
from coder.ui.window import Window


def shown(place: SubmissionList) -> list[str]:
    """The references in the order of the lines, those below another with a dash."""
    rows = [place.model.index(row).data(ROW) for row in range(place.model.rowCount())]
    return [f"{'-' * row.below}{row.view.submission.ref}" for row in rows]


def choose(window: Window, ref: str) -> None:
    assert window.session is not None
    window.evidence.list.choose(window.session.project.submission(ref).id)


def chosen(window: Window) -> str:
    view = window.evidence.list.view(window.evidence.list.current())
    return view.submission.ref if view else ""


def test_the_count_follows_the_filter(window: Window, own_sample: Path) -> None:
    assert window.open_project(own_sample)
    place = window.evidence.list
    whole = place._count.text()
    assert whole == "0 of 15 read · 0 coded · 120 tags"

    place.field.setText("campaign")

    tags = sum(v.codings for v in place.model.views if "campaign" in v.submission.flags)
    assert place._count.text() == f"3 of 15 submissions · 0 read · 0 coded · {tags} tags"
    place.field.clear()
    assert place._count.text() == whole


def test_a_filter_that_hides_the_open_submission_leaves_it_open(related: Window) -> None:
    choose(related, "SIC0006")
    document = related.evidence.desk.document

    related.evidence.list.field.setText("duplicate")

    assert shown(related.evidence.list) == ["SIC0005"]
    assert chosen(related) == "SIC0006"
    assert related.evidence.desk.document == document
    related.evidence.list.field.clear()
    assert related.evidence.list.list.currentIndex().data(VIEW).submission.ref == "SIC0006"


def test_each_word_of_a_filter_narrows_the_list(related: Window) -> None:
    assert related.session is not None
    related.session.project.evidence.set_flags("SIC0006", ("late", "wishes", "needs-ocr"))
    related.evidence._catch_up()
    place = related.evidence.list

    found = {}
    for words in ("late", "asks", "needs OCR", "CAMPAIGN", "duplicate", "campaign 3"):
        place.field.setText(words)
        found[words] = shown(place)

    assert found == {
        "late": ["SIC0006"],
        "asks": ["SIC0006"],
        "needs OCR": ["SIC0006"],
        "CAMPAIGN": ["SIC0002", "SIC0003", "SIC0004"],
        "duplicate": ["SIC0005"],
        "campaign 3": ["SIC0003", "SIC0004"],
    }


def test_letters_fold_under_the_one_they_repeat_with_their_number(related: Window) -> None:
    place = related.evidence.list

    related.registry["group"].trigger()

    assert shown(place) == ["SIC0001", "SIC0002", "SIC0006"]
    assert [place.model.index(row).data(ROW).letters for row in range(3)] == [1, 2, 0]
    assert place._count.text().startswith("0 of 5 read")
    related.registry["group"].trigger()
    assert len(shown(place)) == 6


def test_right_opens_the_letters_and_left_goes_back_and_folds_them(related: Window) -> None:
    place = related.evidence.list
    place.set_grouped(grouped=True)
    choose(related, "SIC0002")

    QTest.keyClick(place.list, Qt.Key.Key_Right)
    assert shown(place) == ["SIC0001", "SIC0002", "-SIC0003", "-SIC0004", "SIC0006"]
    QTest.keyClick(place.list, Qt.Key.Key_Down)
    assert chosen(related) == "SIC0003"
    QTest.keyClick(place.list, Qt.Key.Key_Left)
    assert chosen(related) == "SIC0002"
    QTest.keyClick(place.list, Qt.Key.Key_Left)
    assert shown(place) == ["SIC0001", "SIC0002", "SIC0006"]


def test_a_click_on_the_number_opens_the_letters(related: Window) -> None:
    place = related.evidence.list
    place.set_grouped(grouped=True)
    line = place.list.visualRect(place.model.index(1))

    QTest.mouseClick(
        place.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(line.right() - 28, line.center().y()),
    )

    assert shown(place)[2] == "-SIC0003"


def test_a_letter_that_is_folded_away_is_shown_when_it_is_chosen(related: Window) -> None:
    related.evidence.list.set_grouped(grouped=True)

    choose(related, "SIC0004")

    assert chosen(related) == "SIC0004"
    assert "-SIC0004" in shown(related.evidence.list)


def test_the_order_is_kept_and_so_is_what_is_chosen(related: Window) -> None:
    choose(related, "SIC0003")
    place = related.evidence.list

    place._order.setCurrentText("By name")
    assert related.session is not None
    related.session.project.evidence.change("SIC0001", respondent="Zoe")
    related.evidence._catch_up()

    assert shown(place)[-1] == "SIC0001"
    assert chosen(related) == "SIC0003"
    assert place.list.currentIndex().data(VIEW).submission.ref == "SIC0003"


def test_that_letters_are_grouped_is_remembered(related: Window, qtbot) -> None:
    related.evidence.list.set_grouped(grouped=True)
    related.close()

    again = Window()
    qtbot.addWidget(again, before_close_func=lambda window: window.workshop.finish())

    assert again.evidence.list.grouping.isChecked()


def test_only_lines_that_changed_are_shown_anew(related: Window) -> None:
    assert related.session is not None
    changed = []
    related.evidence.list.model.dataChanged.connect(lambda top, *_: changed.append(top.row()))
    related.evidence.list.model.modelReset.connect(lambda: changed.append(-1))

    related.session.project.evidence.change("SIC0006", region="Walsall")
    related.evidence._catch_up()

    assert changed == [5]


def test_the_menu_key_opens_the_menu_of_the_chosen_submission(related: Window) -> None:
    choose(related, "SIC0006")
    asked: list[QPoint] = []
    related.evidence.list.menu_wanted.disconnect()
    related.evidence.list.menu_wanted.connect(asked.append)

    related.evidence.list.list.customContextMenuRequested.emit(QPoint(5, 5_000))

    assert len(asked) == 1
    assert chosen(related) == "SIC0006"
    assert related.registry["attach"].shortcut() == QKeySequence("Ctrl+Shift+A")
