"""Tagging by keys and mouse: passages, paragraphs, documents, and the tags that are there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from coder.ui.evidence.memo import MemoDialog
from coder.ui.picker import Choice
from coder.ui.window import Window
from tests.ui.evidence.hands import (
    ALT,
    CTRL,
    SHIFT,
    answer,
    box_of,
    labels,
    owners,
    picker_of,
    press,
    put_caret,
    select,
    tag,
    tagged,
    undo,
)

# The passage


def test_shift_enter_offers_codes_for_the_whole_paragraph(qtbot, text: Window) -> None:
    put_caret(text, "ring four people")
    press(qtbot, text, Qt.Key.Key_Return, SHIFT)
    picker = picker_of(text)
    qtbot.keyClicks(picker.field, "Volunt")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    [(code, words)] = tagged(text)
    assert code == "Volunteering"
    assert words == (
        "I had never volunteered before. Now I ring four people every Thursday, and they ring me."
    )
    undo(qtbot, text)
    assert tagged(text) == []


def test_several_paragraphs_that_are_touched_are_taken_whole(qtbot, text: Window) -> None:
    start, _ = select(text, "choir")
    _, end = select(text, "I had")
    text.evidence.desk.reader.select(start, end)
    press(qtbot, text, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClick(picker_of(text).field, Qt.Key.Key_Return)
    [(_, words)] = tagged(text)
    assert words.startswith("When the café")
    assert words.endswith("they ring me.")


def test_the_whole_document_is_tagged_and_escape_leaves_all_as_it_was(qtbot, text: Window) -> None:
    span = select(text, "choir")
    qtbot.keyClick(text.evidence.desk.reader._page, Qt.Key.Key_Return, CTRL | SHIFT)
    qtbot.keyClick(picker_of(text).field, Qt.Key.Key_Escape)
    assert text.evidence.desk.reader.selection() == span
    assert tagged(text) == []

    qtbot.keyClick(text.evidence.desk.reader._page, Qt.Key.Key_Return, CTRL | SHIFT)
    qtbot.keyClick(picker_of(text).field, Qt.Key.Key_Return)
    [(_, words)] = tagged(text)
    assert words.startswith("Dear committee")
    assert words.endswith("Ada")


def test_enter_and_v_take_the_sentence_at_the_caret(qtbot, text: Window) -> None:
    put_caret(text, "never volunteered")
    press(qtbot, text, Qt.Key.Key_V)
    assert tagged(text) == [("I had never volunteered before.", "I had never volunteered before.")]
    put_caret(text, "choir")
    press(qtbot, text, Qt.Key.Key_Return)
    qtbot.keyClick(picker_of(text).field, Qt.Key.Key_Return)
    assert "😀 Then the choir opened its hall." in [words for _, words in tagged(text)]


def test_a_codes_key_without_a_selection_says_what_to_do(qtbot, text: Window) -> None:
    put_caret(text, "choir")
    press(qtbot, text, Qt.Key.Key_1)
    assert tagged(text) == []
    assert "No words are selected" in text.status.currentMessage()


def test_several_codes_at_once_are_one_act(qtbot, text: Window) -> None:
    select(text, "choir")
    press(qtbot, text, Qt.Key.Key_Return)
    picker = picker_of(text)
    qtbot.keyClick(picker.field, Qt.Key.Key_Space)
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert len(tagged(text)) == 2
    undo(qtbot, text)
    assert tagged(text) == []


def test_r_repeats_all_codes_of_the_last_act(qtbot, text: Window) -> None:
    select(text, "choir")
    assert text.session is not None
    both = [code.id for code in text.session.codes.values() if code.parent_id is None]
    assert text.evidence.tagging.tag(both)
    select(text, "hall")
    press(qtbot, text, Qt.Key.Key_R)
    assert sorted(tagged(text)) == [
        ("Connection", "choir"),
        ("Connection", "hall"),
        ("Volunteering", "choir"),
        ("Volunteering", "hall"),
    ]


def test_the_last_code_is_known_when_the_project_is_opened_again(
    qtbot, text: Window, folder
) -> None:
    # Given a code that was used, and a project that was closed since
    tag(text, "choir", "2")
    text.close_project()
    assert text.open_project(folder)
    text.evidence.desk.reader.setFocus()

    # Then it stands first in the palette, and R puts it on
    select(text, "hall")
    press(qtbot, text, Qt.Key.Key_Return)
    picker = picker_of(text)
    assert picker.list.item(0).text() == "Volunteering"
    picker.close()
    press(qtbot, text, Qt.Key.Key_R)
    assert ("Volunteering", "hall") in tagged(text)


def test_suggestions_stand_on_top_and_are_taken_only_on_purpose(qtbot, text: Window) -> None:
    # Given a suggestion for the passage at hand, with its reason
    assert text.session is not None
    asked: list[tuple[int, int]] = []
    code = text.session.project.codebook.at("Volunteering")

    def suggest(document, start, end):
        asked.append((start, end))
        return [Choice(code.id, "Volunteering", "3 similar passages")]

    text.evidence.tagging.suggest = suggest
    tag(text, "hall", "1")
    span = select(text, "choir")

    # When the palette opens, then Enter alone takes the code used last
    press(qtbot, text, Qt.Key.Key_Return)
    picker = picker_of(text)
    lines = [picker.list.item(row).text() for row in range(4)]
    assert lines == ["Suggested", "Volunteering", "All codes", "Connection"]
    assert asked == [span]
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert ("Connection", "choir") in tagged(text)

    # And one line up is the suggestion
    undo(qtbot, text)
    press(qtbot, text, Qt.Key.Key_Return)
    qtbot.keyClick(picker_of(text).field, Qt.Key.Key_Up)
    qtbot.keyClick(picker_of(text).field, Qt.Key.Key_Return)
    assert ("Volunteering", "choir") in tagged(text)


# The tag at the caret


def test_a_tag_is_recoded_by_keys(qtbot, text: Window) -> None:
    tag(text, "choir")
    press(qtbot, text, Qt.Key.Key_R, SHIFT)
    picker = picker_of(text)
    assert picker.field.placeholderText() == "Recode the tag “Connection” as which code?"
    qtbot.keyClicks(picker.field, "Volunt")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert tagged(text) == [("Volunteering", "choir")]
    assert labels(text)[0] == "Recode as “Volunteering”"
    undo(qtbot, text)
    assert tagged(text) == [("Connection", "choir")]


@pytest.mark.parametrize(
    ("key", "modifier", "words"),
    [
        (Qt.Key.Key_Right, ALT, "ring four people every"),
        (Qt.Key.Key_Left, ALT, "ring four"),
        (Qt.Key.Key_Right, ALT | SHIFT, "four people"),
        (Qt.Key.Key_Left, ALT | SHIFT, "I ring four people"),
    ],
)
def test_keys_draw_a_tag_longer_or_shorter_by_a_word(
    qtbot, text: Window, key: Qt.Key, modifier, words: str
) -> None:
    tag(text, "ring four people")
    press(qtbot, text, key, modifier)
    assert tagged(text) == [("Connection", words)]
    assert text.evidence.desk.reader.selected_text() == words
    assert labels(text)[0] == "Change the ends of “Connection”"
    undo(qtbot, text)
    assert tagged(text) == [("Connection", "ring four people")]


def test_the_caret_stays_in_a_tag_that_is_drawn_shorter(qtbot, text: Window) -> None:
    coding = tag(text, "ring four people")
    text.evidence.desk.reader.select(coding.end, coding.end)
    for _ in range(5):
        press(qtbot, text, Qt.Key.Key_Left, ALT)
    assert tagged(text) == [("Connection", "ring")]
    assert "no further word" in text.status.currentMessage()
    assert text.evidence.desk.reader.selection() == (coding.start + 4, coding.start + 4)
    assert text.evidence.desk.bar.coding is not None


def test_the_ends_are_drawn_with_the_mouse(text: Window) -> None:
    coding = tag(text, "ring four people")
    start, end = select(text, "Now I ring four people every Thursday")
    text.evidence.desk.reader.resize_wanted.emit(coding.id, start, end)
    assert tagged(text) == [("Connection", "Now I ring four people every Thursday")]


def test_a_tag_is_split_at_the_caret_and_joined_again(qtbot, text: Window) -> None:
    tag(text, "ring four people every Thursday")
    put_caret(text, "people every")
    press(qtbot, text, Qt.Key.Key_S, SHIFT)
    assert [words for _, words in tagged(text)] == ["ring four", "people every Thursday"]
    assert labels(text)[0] == "Split the tag “Connection”"
    press(qtbot, text, Qt.Key.Key_J, SHIFT)
    assert [words for _, words in tagged(text)] == ["ring four people every Thursday"]
    assert labels(text)[0] == "Join 2 tags “Connection”"
    undo(qtbot, text)
    undo(qtbot, text)
    assert [words for _, words in tagged(text)] == ["ring four people every Thursday"]


def test_a_split_that_would_leave_nothing_is_refused(qtbot, text: Window, told) -> None:
    coding = tag(text, "choir")
    text.evidence.desk.reader.select(coding.start, coding.start)
    press(qtbot, text, Qt.Key.Key_S, SHIFT)
    assert "cannot be split here" in told()
    press(qtbot, text, Qt.Key.Key_J, SHIFT)
    assert "no neighbouring tag" in told()


def test_without_a_tag_the_acts_say_so(qtbot, text: Window) -> None:
    put_caret(text, "choir")
    for key, modifier in (
        (Qt.Key.Key_R, SHIFT),
        (Qt.Key.Key_S, SHIFT),
        (Qt.Key.Key_J, SHIFT),
        (Qt.Key.Key_Right, ALT),
        (Qt.Key.Key_Left, ALT | SHIFT),
        (Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_U, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_S, CTRL | SHIFT),
    ):
        text.status.clearMessage()
        press(qtbot, text, key, modifier)
        assert "no tag here" in text.status.currentMessage(), (key, modifier)


# The card below the text


def button(window: Window, words: str) -> QPushButton:
    bar = window.evidence.desk.bar
    return next(
        one
        for one in bar.findChildren(QPushButton)
        if one.isVisible() and words in (one.text(), one.accessibleName())
    )


def test_the_card_turns_over_the_tags_that_overlap(qtbot, text: Window) -> None:
    tag(text, "Then the choir opened its hall.", "1")
    tag(text, "choir opened", "2")
    tag(text, "choir", "3")
    bar = text.evidence.desk.bar
    put_caret(text, "choir")
    seen = []
    for _ in range(4):
        assert bar.coding is not None
        seen.append(bar.coding.quote)
        qtbot.mouseClick(button(text, "Next tag here"), Qt.MouseButton.LeftButton)
    whole = "Then the choir opened its hall."
    assert seen == ["choir", "choir opened", whole, "choir"]
    button(text, "Previous tag here").setFocus()
    qtbot.keyClick(button(text, "Previous tag here"), Qt.Key.Key_Space)
    assert bar.coding is not None
    assert bar.coding.quote == "choir"


def test_the_buttons_of_the_card_act_on_its_tag(qtbot, text: Window) -> None:
    tag(text, "choir opened its hall")
    put_caret(text, "its hall")
    qtbot.mouseClick(button(text, "Mark for use"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(text, "Sensitive"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(text, "Split"), Qt.MouseButton.LeftButton)
    assert [words for _, words in tagged(text)] == ["choir opened", "its hall"]
    assert {(c.marked, c.sensitive) for c in text.evidence.desk.codings.values()} == {(True, True)}
    qtbot.mouseClick(button(text, "Join"), Qt.MouseButton.LeftButton)
    assert [words for _, words in tagged(text)] == ["choir opened its hall"]
    qtbot.mouseClick(button(text, "Recode…"), Qt.MouseButton.LeftButton)
    picker_of(text).close()
    qtbot.mouseClick(button(text, "Memo…"), Qt.MouseButton.LeftButton)
    dialog = text.findChild(MemoDialog)
    assert dialog is not None
    dialog.reject()
    qtbot.mouseClick(button(text, "Remove"), Qt.MouseButton.LeftButton)
    assert tagged(text) == []


def test_every_button_of_the_card_has_a_name_and_can_be_tabbed_to(text: Window) -> None:
    tag(text, "choir opened", "1")
    tag(text, "choir", "2")
    put_caret(text, "choir")
    for one in text.evidence.desk.bar.findChildren(QPushButton):
        assert one.accessibleName() or len(one.text()) > 2, one
        assert one.focusPolicy() & Qt.FocusPolicy.TabFocus


# Others' tags


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_R, SHIFT),
        (Qt.Key.Key_S, SHIFT),
        (Qt.Key.Key_J, SHIFT),
        (Qt.Key.Key_Right, ALT),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_anothers_tag_is_refused_with_whose_it_is(
    qtbot, theirs: Window, key: Qt.Key, modifier
) -> None:
    before = owners(theirs)
    press(qtbot, theirs, key, modifier)
    assert "Noor Hadley's" in box_of(theirs).text()
    answer(qtbot, theirs, "Leave it")
    assert owners(theirs) == before


def test_ones_own_is_put_beside_anothers_instead(qtbot, theirs: Window) -> None:
    press(qtbot, theirs, Qt.Key.Key_Delete)
    answer(qtbot, theirs, "Put mine beside it")
    assert owners(theirs) == {
        ("Noor Hadley", "Connection", "choir opened"),
        ("Ines Okoro", "Connection", "choir opened"),
    }
    bar = theirs.evidence.desk.bar
    assert theirs.session is not None
    assert bar.coding is not None
    assert theirs.session.is_mine(bar.coding)


def test_another_code_is_put_beside_what_one_would_recode(qtbot, theirs: Window) -> None:
    press(qtbot, theirs, Qt.Key.Key_R, SHIFT)
    answer(qtbot, theirs, "Put mine beside it")
    qtbot.keyClicks(picker_of(theirs).field, "Volunt")
    qtbot.keyClick(picker_of(theirs).field, Qt.Key.Key_Return)
    assert ("Ines Okoro", "Volunteering", "choir opened") in owners(theirs)


def test_the_card_of_anothers_tag_offers_only_what_is_allowed(qtbot, theirs: Window) -> None:
    shown = [b.text() for b in theirs.evidence.desk.bar.findChildren(QPushButton) if b.isVisible()]
    assert shown == ["Mark for use", "Sensitive", "Put mine beside it"]
    qtbot.mouseClick(button(theirs, "Put mine beside it"), Qt.MouseButton.LeftButton)
    assert ("Ines Okoro", "Connection", "choir opened") in owners(theirs)


# The menu


def test_the_menu_of_a_stripe_offers_every_act(text: Window) -> None:
    coding = tag(text, "choir opened")
    text.evidence.desk.reader.coding_menu_wanted.emit([coding.id], QPoint(10, 10))
    menus = [menu for menu in text.findChildren(QMenu) if menu.title().startswith("Connection")]
    assert [action.text() for action in menus[0].actions()] == [
        "Recode…",
        "Memo…",
        "Mark for use",
        "Sensitive",
        "Split at the caret",
        "Join with neighbouring tags",
        "Remove",
    ]
    menus[0].actions()[-1].trigger()
    assert tagged(text) == []
    QApplication.activePopupWidget().close()


def test_a_tags_words_are_copied_with_their_citation(qtbot, text: Window) -> None:
    assert text.session is not None
    text.session.project.evidence.change("STR0001", permission="named")
    tag(text, "choir opened")
    put_caret(text, "opened its")
    qtbot.keyClick(text.evidence.desk.reader._page, Qt.Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == "“choir opened” (STR0001, para 2)"
